"""Putting something into what is being written on a case: a guide, a canned answer, a colleague's name."""
