"""The objects that the desk's HTTP routes speak (v1). The public routes' objects are in ``assistant/contract``.

Times are ISO 8601 in UTC with seconds; days are ISO 8601 days. Offsets count characters of a stored page's text.
"""
