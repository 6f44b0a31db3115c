"""Shipments at the desk."""
