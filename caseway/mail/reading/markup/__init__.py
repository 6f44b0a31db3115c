"""HTML of strangers: made safe, made readable, cut into new and quoted."""
