"""Mail out: deliveries are written with their cause, claimed, sent and marked."""
