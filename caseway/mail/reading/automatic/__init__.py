"""Messages that no person wrote: automatic replies, lists, bounces."""
