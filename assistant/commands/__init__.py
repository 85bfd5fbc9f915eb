"""The commands of ``annae``, by group. Heavy parts are imported inside them, so that ``--help`` answers at once."""
