"""Guides by topic: what customers are offered before they raise a case, and how it helped."""
