"""Answers as the big mail programs write them, in the portal's six languages."""
