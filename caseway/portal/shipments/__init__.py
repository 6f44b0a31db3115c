"""The customer's shipments: their events, and their cases."""
