"""Canned answers: written once, of a person, a team or the organisation, and filled in for each case."""
