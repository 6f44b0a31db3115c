"""A case's page in the portal: progress, shipment, conversation. Composed of queries only."""
