"""The feed, for the tests of this folder."""

from caseway.shipments.feed.tests.feeds import feed

__all__ = ["feed"]
