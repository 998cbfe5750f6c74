"""What the pages are measured against: Django as `startproject` gives it, with one view that lists 25 rows.

It reads the countries of the same database, with a template, and runs under the same server with the same options.
"""

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Rows</title></head><body><h1>Rows</h1><table>
{% for row in rows %}<tr><th>{{ row.iso3 }}</th><td>{{ row.iso2 }}</td><td>{{ row.m49 }}</td></tr>
{% endfor %}</table></body></html>
"""

settings.configure(
    SECRET_KEY="measured, not deployed",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": Path(os.environ["AYNI_DATA"]) / "ayni.sqlite3",
            "CONN_MAX_AGE": 60,
        }
    },
)
django.setup()


class Row(models.Model):
    iso3 = models.CharField(max_length=3, primary_key=True)
    iso2 = models.CharField(max_length=2)
    m49 = models.CharField(max_length=3)

    class Meta:
        app_label = "bare"
        managed = False
        db_table = "directory_country"


template = engines["django"].from_string(PAGE)


def rows(request: HttpRequest) -> HttpResponse:
    return HttpResponse(template.render({"rows": Row.objects.order_by("iso3")[:25]}, request))


urlpatterns = [path("", rows)]
application = get_wsgi_application()
