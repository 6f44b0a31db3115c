"""How much of a mail is taken, by whichever way it comes."""

MOST_BYTES = 80_000_000
"""Of one mail: files of 50 MB as they travel, in Base64. What a policy forbids below it is held."""
