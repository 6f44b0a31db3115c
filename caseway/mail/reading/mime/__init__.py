"""From bytes to a tree of parts with decoded headers; knows nothing of meaning."""
