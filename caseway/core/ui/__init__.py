"""The interface kit: components as Jinja2 macros, the filters they need, and their assets."""
