"""Mail in: stored first, then read, routed, and put on a case, held, or set aside with a reason."""
