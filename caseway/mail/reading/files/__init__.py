"""Attachments: their names, types and dangers."""
