"""Real mail servers for tests: Debian's Dovecot and Postfix, beside the system and never of it."""
