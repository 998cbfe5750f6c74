"""The site for benchmarks/api.py: without limits of the API, and, with AYNI_COUNTS=each, with a full count on every page."""

import os

from django.conf import settings

from ayni.site.wsgi import application

settings.API_LIMITS = {"address": 10**9, "token": 10**9}

if os.environ.get("AYNI_COUNTS") == "each":
    from ayni.interop.queries.kept import KeptAnswers

    # What a list would cost that counts all its rows for each page.
    KeptAnswers.answer = lambda self, stamp, question, ask: ask()  # type: ignore[method-assign]

__all__ = ["application"]
