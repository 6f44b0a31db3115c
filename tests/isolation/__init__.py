"""Nobody sees more than their share: every address and operation, as every kind of person."""
