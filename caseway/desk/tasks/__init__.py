"""Boards and lists of tasks, over all cases."""
