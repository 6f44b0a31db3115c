"""Pages and streams as a WSGI application; `config.rsgi` is what the web server loads."""

import os
import sys

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from caseway.core.http.beside import StreamsBeside
from config.attachment import attach_database
from config.environment import load
from config.lifetime import die_with_parent, keep_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# The server that loads us starts one process for each of its workers: none may outlive it.
die_with_parent()
CASEWAY = load()
attach_database(CASEWAY, lambda line: print(line, file=sys.stderr))  # noqa: T201
application = StreamsBeside(
    get_wsgi_application(),
    path="/events",
    host=CASEWAY.events_host,
    port=CASEWAY.events_port,
    most=CASEWAY.streams,
)
get_resolver().url_patterns  # noqa: B018 - loads the pages now, not with the first visitor
keep_what_is_loaded()
