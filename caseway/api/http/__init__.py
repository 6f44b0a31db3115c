"""What every operation has in common: who calls, what may be sent, how it is answered."""
