"""The command palette: what is at hand beyond the present page, found by typing."""
