"""Letting somebody in again who has lost their second factor.

It stands here since this is the lowest slice that knows both seats and contacts of a person.
"""
