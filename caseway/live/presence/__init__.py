"""Who is at which case: told to colleagues of the same organisation, to nobody else."""
