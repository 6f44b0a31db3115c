"""The stream server's application: `/events` and nothing else. Pages are `config.wsgi`'s."""

import os
import sys

import django

from config.attachment import attach_database
from config.environment import load
from config.lifetime import die_with_parent, keep_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
die_with_parent()
attach_database(load(), lambda line: print(line, file=sys.stderr))  # noqa: T201
django.setup()

from caseway.live.asgi import Events  # noqa: E402 - its models need Django set up

application = Events()
keep_what_is_loaded()
