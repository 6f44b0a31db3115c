"""What somebody was told of, and by which rules they are reminded."""
