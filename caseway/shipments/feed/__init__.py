"""The order feed: files that tell us of shipments and what happened to them."""
