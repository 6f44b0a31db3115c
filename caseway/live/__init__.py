"""What happens, told at once to those who may know it, and who else is here.

One small process (`config/asgi.py`) answers `/events` for everybody. It holds one connection that
listens; what it asks of the database, it asks in one thread, for all streams together.
"""
