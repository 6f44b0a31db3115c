"""One question after closing: is the customer satisfied?"""
