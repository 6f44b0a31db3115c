"""Changing settings over the API: lists, teams, roles, the policy."""
