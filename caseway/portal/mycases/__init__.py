"""My cases: the list, its filters, and the portal's home that shows its beginning."""
