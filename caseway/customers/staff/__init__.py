"""Who sits at an organisation's desk: inviting, roles and teams, switching off, ending sessions.

It stands here since this is the lowest slice that knows both seats and contacts of a person.
"""
