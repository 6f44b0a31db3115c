"""Cases that customers begin in the portal: kept step by step, until sent, solved or thrown away."""
