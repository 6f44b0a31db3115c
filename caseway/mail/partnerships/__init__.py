"""Partnerships as each of the two organisations sets them up for itself."""
