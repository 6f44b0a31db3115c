"""Customers, contacts, organisations, and oneself."""
