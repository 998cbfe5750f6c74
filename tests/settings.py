"""The site's settings for the tests: a data folder of each process's own, nothing slow, nothing kept."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["AYNI_DATA"] = tempfile.mkdtemp(prefix="ayni-tests-")
atexit.register(shutil.rmtree, os.environ["AYNI_DATA"], ignore_errors=True)
# The browser's driver keeps a loop running in the thread of the tests, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

from ayni.site.settings import *

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as on a real machine: each thread of a live server has a connection, and a transaction, of its own.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(os.environ["AYNI_DATA"]) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"

# Pages are read without gathered static files.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir(exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The encoder takes a second to load; the tests of wording turn it on.
WORDING = False
