"""The door granian opens: `granian --interface wsgi ayni.site.wsgi:application`.

A process knows all its addresses before its first reader asks, so that nobody waits for them to be loaded; and what was loaded until
then is taken out of the garbage collector's rounds, each of which would go through all of it in the middle of some answer.
"""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ayni.site.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)
gc.freeze()
