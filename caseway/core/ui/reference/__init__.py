"""The reference page of the kit: every component in every state. In development only."""
