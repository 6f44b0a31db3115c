"""Mails that are fetched from IMAP servers: stored first, and only then put away at the server."""
