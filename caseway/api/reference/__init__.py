"""The lists that cases refer to."""
