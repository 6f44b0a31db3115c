"""Reminding of deadlines, by the organisation's rules: each rule once of each deadline."""
