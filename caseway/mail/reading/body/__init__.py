"""Which parts are the text, and how they become one."""
