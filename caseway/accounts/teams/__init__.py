"""Teams: who shares a queue, who leads it, and in which time zone it works."""
