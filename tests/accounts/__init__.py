"""Signing in and joining, in a real browser."""
