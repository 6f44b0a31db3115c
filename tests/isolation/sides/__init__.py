"""Two organisations on fifty cases: what one of them keeps for itself, the other never learns."""
