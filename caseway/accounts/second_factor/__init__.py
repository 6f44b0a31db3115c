"""The second factor: codes of an authenticator app, passkeys, recovery codes. Made of allauth's mfa."""
