"""The tables of notifications."""

from .choices import Choices
from .notice import Kind, Notice

__all__ = ["Choices", "Kind", "Notice"]
