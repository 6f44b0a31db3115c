"""The settings of the organisation: their home, and the log of what was changed."""
