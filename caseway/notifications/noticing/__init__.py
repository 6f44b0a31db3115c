"""Who is told of an event, and the page on which they read it."""
