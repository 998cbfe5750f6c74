"""Asking over HTTP: the token, versions of what is known already, and patience where the API asks for it."""

import gzip
import json
import time
import urllib.error
import urllib.request
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPMessage
from typing import IO, Any
from urllib.parse import urlsplit

from ayni.client.errors import ApiError

# So often is a request repeated, and so long (in seconds) is waited between two times at most.
TRIES = 4
LONGEST_WAIT = 65
BUSY = (429, 502, 503, 504)
KEEP = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """The body as it was sent (uncompressed), and its version."""

    body: bytes
    etag: str

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Transport:
    """Asks with GET. `wait` is called with seconds before a request is repeated; `known` keeps the last KEEP answers."""

    headers: dict[str, str]
    timeout: float = 60
    wait: Callable[[float], None] = time.sleep
    known: "OrderedDict[str, Answer]" = field(default_factory=OrderedDict)

    def get(self, url: str) -> Answer:
        """The answer at `url`. Raises ApiError for a problem that does not pass, ValueError for another scheme than http(s)."""
        if urlsplit(url).scheme not in ("http", "https"):
            raise ValueError(f"not an address of the web: {url}")
        for tried in range(1, TRIES + 1):
            try:
                return self._ask(url)
            except urllib.error.HTTPError as error:
                with error:
                    if error.code == 304:
                        self.known.move_to_end(url)
                        return self.known[url]
                    if error.code not in BUSY or tried == TRIES:
                        raise ApiError(error.code, _problem(error.read())) from None
                    self.wait(_pause(error.headers.get("Retry-After", ""), tried))
        raise AssertionError("the last try returns or raises")

    def _ask(self, url: str) -> Answer:
        known = self.known.get(url)
        headers = {**self.headers, "Accept-Encoding": "gzip", **({"If-None-Match": known.etag} if known else {})}
        request = urllib.request.Request(url, headers=headers)
        with OPENER.open(request, timeout=self.timeout) as response:
            body = response.read()
            if response.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            answer = Answer(body, response.headers.get("ETag", ""))
        if answer.etag:
            self.known[url] = answer
            while len(self.known) > KEEP:
                self.known.popitem(last=False)
        return answer


class _OwnSite(urllib.request.HTTPRedirectHandler):
    """A site that sends on to another one does not get the token there."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        found = super().redirect_request(req, fp, code, msg, headers, newurl)
        if found is not None and urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            found.remove_header("Authorization")
        return found


OPENER = urllib.request.build_opener(_OwnSite)


def _pause(asked: str, tried: int) -> float:
    """What the API asks for, in seconds or as a date; without it, longer each time."""
    if asked.isdecimal():
        return min(float(asked), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(asked)
    except (TypeError, ValueError):
        return min(2.0**tried, LONGEST_WAIT)
    return min(max((until - datetime.now(until.tzinfo or UTC)).total_seconds(), 0.0), LONGEST_WAIT)


def _problem(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
