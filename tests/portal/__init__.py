"""The portal in a real browser: for everyone, at every width, with scripts at work."""
