"""The door granian opens: `granian --interface wsgi ayni.site.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ayni.site.settings")
application = get_wsgi_application()
