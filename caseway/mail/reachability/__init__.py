"""Addresses that mail can't reach: nothing more is sent there until somebody knows better."""
