"""Doing one thing to many cases: chosen one by one or by a filter, run as a job, undone as a whole."""
