"""The desk's keys: one declaration, which menus, titles, lists and the list of keys show."""
