"""The policy of an organisation, as its administrators read and change it."""
