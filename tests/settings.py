"""Settings of the tests: those of Caseway, in a data folder of their own."""

import os

os.environ.setdefault("CASEWAY_DATA_DIR", "var/test")

from config.settings import *  # noqa: F403
from config.settings import STORAGES

# Weighing a password for 50 ms at each sign-in would be most of the suite's time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# No collected files, hence no manifest.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
STRICT_TEMPLATES = True
