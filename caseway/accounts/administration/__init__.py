"""Django's admin, as the system administrator's place."""
