"""What every answer of Caseway has in common: a reference, a policy, an honest error page."""
