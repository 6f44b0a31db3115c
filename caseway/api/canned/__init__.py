"""Canned answers."""
