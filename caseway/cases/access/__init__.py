"""Who sees and may do what: the door (`queries`), the table of roles (`rules`), the locks (`locking`)."""
