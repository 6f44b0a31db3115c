"""Tokens: made once, hashed at rest, scoped, revocable at once."""
