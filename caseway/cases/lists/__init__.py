"""The organisation's own lists, as its administrators change them: each is a line of `kinds.py`."""
