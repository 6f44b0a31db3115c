"""Reading the organisation's log: who changed what, and when."""
