"""The application that the web server loads."""

from caseway.core.http.bodies import BodiesFirst
from config.wsgi import CASEWAY
from config.wsgi import application as pages_and_streams

# A thread of its own for each stream, which waits for news: it costs some 50 kB.
application = BodiesFirst(pages_and_streams, at_once=CASEWAY.threads, apart={"/events": CASEWAY.streams})
