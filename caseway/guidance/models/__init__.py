"""The tables of guidance."""

from .guide import Guide

__all__ = ["Guide"]
