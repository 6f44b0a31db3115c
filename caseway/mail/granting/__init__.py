"""Permissions to use a mailbox, asked for at its provider: OAuth 2 with PKCE (RFC 6749, RFC 7636)."""
