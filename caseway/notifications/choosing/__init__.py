"""Of what each agent wants to be told, and how: in the product, by mail at once, in a daily digest."""
