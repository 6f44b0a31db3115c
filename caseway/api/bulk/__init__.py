"""Bulk operations: begun, followed, stopped, tried again, taken back."""
