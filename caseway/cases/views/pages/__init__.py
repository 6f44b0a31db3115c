"""The pages around a list: its columns, and saving it as a view."""
