"""How somebody likes a list: its columns, their order and width, and with which list the desk opens."""
