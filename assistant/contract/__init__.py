"""The objects that HTTP and ``--json`` speak (v1): the one place that turns domain objects into them."""
