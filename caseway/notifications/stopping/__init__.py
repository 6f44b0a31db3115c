"""The links by which somebody is mailed no more: signed, without a sign-in, in one click (RFC 8058)."""
