"""The tables of the API."""

from .answer import KeptAnswer
from .token import Token

__all__ = ["KeptAnswer", "Token"]
