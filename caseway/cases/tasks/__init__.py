"""What colleagues have to do on a case; one side's own affair."""
