"""PostgreSQL for Caseway: the embedded server, and what is asked of an external one.

Nothing here imports Django: the server runs before Django starts and after it ends.
"""
