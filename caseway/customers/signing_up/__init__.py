"""Joining an account by oneself, with an address of a domain that the account allows."""
