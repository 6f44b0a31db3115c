"""One mail a day, at a time of its reader's own: what is unread."""
