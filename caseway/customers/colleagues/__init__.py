"""The people of a customer account: who comes in, who administers it."""
