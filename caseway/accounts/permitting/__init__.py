"""Roles: what people may do, as sets of permissions. Nobody grants what they lack."""
