"""Senders whose mail an organisation doesn't take: it is kept, and ignored."""
