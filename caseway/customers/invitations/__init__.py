"""Inviting somebody into the portal, and accepting."""
