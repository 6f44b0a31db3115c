"""What came in by mail, for those who administrate it: outcomes, decisions, the source."""
