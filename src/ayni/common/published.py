"""Published pages, read again by anonymous readers, change only with the data's version.

Such a page is made once for a version, kept in memory (compressed), and answered with an ETag; a reader who has
it already gets 304. Everything else passes through untouched.
"""

import functools
import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseNotModified
from django.utils.timezone import localdate

from ayni import __version__
from ayni.common.audit import data_version

View = Callable[..., HttpResponse]

MARK = "X-Ayni-Published"
VERSION = "ayni.data_version"
THEMES = ("light", "dark")
KEEP = 512
# Bytes of all pages together, so that invented addresses do not fill the memory.
ROOM = 64_000_000
LARGEST = 2_000_000
COMPRESSED_TYPES = ("text/", "application/json", "image/svg+xml")


@dataclass(frozen=True, slots=True)
class Kept:
    etag: str
    content_type: str
    body: bytes
    compressed: bytes | None
    disposition: str
    language: str


class PublishedPages:
    """Middleware: answers published pages from memory while the data's version stands."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._version = -1
        self._lock = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.get_response(request)
        # Read before the page is made: a change in between makes the next reader's page new, never old.
        version = version_of(request)
        theme = request.COOKIES.get("theme", "")
        key = f"{localdate()}|{request.get_full_path()}|{theme if theme in THEMES else ''}|{request.get_host()}"
        kept = self._find(version, key)
        if kept is None:
            response = self.get_response(request)
            if not _may_keep(response):
                return response
            kept = self._keep(version, key, response)
        return _answer(request, kept)

    def _find(self, version: int, key: str) -> Kept | None:
        with self._lock:
            if version != self._version:
                self._kept.clear()
                self._version = version
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
            return kept

    def _keep(self, version: int, key: str, response: HttpResponse) -> Kept:
        body = response.content
        kind = response.headers["Content-Type"]
        digest = hashlib.sha256(f"{__version__}|{version}|{key}|".encode() + body).hexdigest()[:32]
        kept = Kept(
            etag=f'"{digest}"',
            content_type=kind,
            body=body,
            compressed=gzip.compress(body, 6, mtime=0) if kind.startswith(COMPRESSED_TYPES) else None,
            disposition=response.headers.get("Content-Disposition", ""),
            language=response.headers.get("Content-Language", ""),
        )
        with self._lock:
            if version == self._version:
                self._kept[key] = kept
                while len(self._kept) > KEEP or self._bytes() > ROOM:
                    self._kept.popitem(last=False)
        return kept

    def _bytes(self) -> int:
        return sum(len(kept.body) + len(kept.compressed or b"") for kept in self._kept.values())


def version_of(request: HttpRequest) -> int:
    """The version of the data that this request reads; the database is asked once."""
    if VERSION not in request.META:
        request.META[VERSION] = data_version()
    return int(request.META[VERSION])


def published(*asks: str) -> Callable[[View], View]:
    """Mark a view whose page, for an anonymous reader, depends on nothing but its address and the data.

    `asks` are the names that the view reads from the query; a page asked for with any other name is not kept, so that
    invented addresses do not drive out the others.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            if not request.user.is_authenticated and request.GET.keys() <= set(asks):
                response[MARK] = "1"
            return response

        return marked

    return decorate


def _may_keep(response: HttpResponseBase) -> bool:
    marked = response.headers.pop(MARK, None) is not None
    return (
        marked
        and isinstance(response, HttpResponse)
        and response.status_code == 200
        and not response.cookies
        and len(response.content) <= LARGEST
    )


def _answer(request: HttpRequest, kept: Kept) -> HttpResponse:
    if kept.etag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    elif kept.compressed is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(kept.compressed, content_type=kept.content_type)
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(kept.body, content_type=kept.content_type)
    if kept.disposition:
        response["Content-Disposition"] = kept.disposition
    if kept.language:
        response["Content-Language"] = kept.language
    response["ETag"] = kept.etag
    response["Cache-Control"] = "public, no-cache"
    response["Vary"] = "Accept-Encoding, Cookie"
    return response
