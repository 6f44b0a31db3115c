"""The queue itself: running its workers, and mending it after they died."""
