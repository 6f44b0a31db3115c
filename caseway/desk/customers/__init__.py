"""Customer accounts at the desk: their page, their cases, and one case as customer service reads it."""
