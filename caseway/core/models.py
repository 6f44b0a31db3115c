"""The tables of the core, gathered for Django."""

from caseway.core.limits import Tally

__all__ = ["Tally"]
