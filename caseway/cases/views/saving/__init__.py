"""Saved views: a list by a name of one's own, or of a team."""
