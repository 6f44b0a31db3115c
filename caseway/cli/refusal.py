"""Why a command can't do what was asked."""


class Refused(Exception):
    """The message is one clear line."""
