"""Cases: lists, one case, and every operation on it."""
