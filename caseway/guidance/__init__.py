"""Guides: what customers read before, or instead of, raising a case."""
