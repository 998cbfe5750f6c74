"""The page on which a file is brought: what it would change first, then the file that was looked at goes in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ayni.common.errors import Refused
from ayni.common.kept import Kept, forget, keep, kept
from ayni.common.sheets.lines import FileLine, counts
from ayni.common.workbooks.safe_upload import safe_name


@dataclass(frozen=True)
class Looked:
    """What a file would change, for the template; `purpose` binds it to what was seen, "" when it cannot go in."""

    shown: Mapping[str, Any]
    purpose: str


@dataclass(frozen=True)
class Brought:
    """The file is in: what to tell the person, and the page (its name or address) that shows it."""

    told: str
    page: str


def looked_through(lines: Sequence[FileLine], *, digest: str, purpose: str) -> Looked:
    """A file told line by line: what changes and what is refused, with how many of each. It goes in as a whole or not at all."""
    shown = [line for line in lines if line.state != "unchanged"]
    refused = any(line.state == "refused" for line in lines)
    told = {"lines": shown, "counts": counts(lines), "refused": refused, "seen": digest, "read": True}
    return Looked(told, purpose if shown and not refused else "")


def load_page(
    request: HttpRequest,
    template: str,
    *,
    form: forms.Form,
    look: Callable[[Kept], Looked],
    purpose: str,
    put_in: Callable[[Kept], Brought],
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """GET: choose a file. POST with a file: what it would change. POST with the token of that: put it in.

    `form` has a field `file`; `look` and `put_in` may raise Refused; `purpose` is that of the file whose token was posted.
    """
    if "token" in request.POST:
        return _put_in(request, purpose, put_in)
    told = {**(context or {}), "form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        upload = Kept(safe_name(file.name), file.read())
        try:
            looked = look(upload)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            told |= {"token": _token(request, upload, looked.purpose), "name": upload.name, **looked.shown}
    return render(request, template, told)


def _token(request: HttpRequest, upload: Kept, purpose: str) -> str:
    return keep(upload.data, name=upload.name, by=request.user, purpose=purpose) if purpose else ""


def _put_in(request: HttpRequest, purpose: str, put_in: Callable[[Kept], Brought]) -> HttpResponse:
    token = request.POST["token"]
    try:
        brought = put_in(kept(token, by=request.user, purpose=purpose))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(request.path)
    forget(token)
    messages.success(request, brought.told)
    return redirect(brought.page)
