"""What a test sees in a page: a small reading of its HTML, by the standard library."""

from html.parser import HTMLParser

# Elements whose text is not words of the page.
UNREAD = frozenset({"script", "style", "code", "pre", "textarea"})


class Page(HTMLParser):
    """The parts of a page that every page must have right."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lang = ""
        self.title = ""
        self.headings: list[str] = []
        self.alternates: dict[str, str] = {}
        self.links: list[str] = []
        self.ids: list[str] = []
        self.forbidden: list[str] = []
        self.leftovers: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._check_policy(tag, given)
        self.leftovers += [f"<{tag} {name}={value!r}>" for name, value in given.items() if _left_over(value)]
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "html":
            self.lang = given.get("lang", "")
        elif tag == "link" and given.get("rel") == "alternate" and "hreflang" in given:
            self.alternates[given["hreflang"]] = given["href"]
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "h1":
            self.headings.append("")
        if tag in {"title", "h1", *UNREAD}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        inside = self._open[-1] if self._open else ""
        if inside == "title":
            self.title = self.title or data.strip()
        elif inside == "h1":
            self.headings[-1] += data
        if inside not in UNREAD and _left_over(data):
            self.leftovers.append(data.strip())

    def _check_policy(self, tag: str, given: dict[str, str]) -> None:
        """What the content security policy would block: style and script inside the page."""
        self.forbidden += [f"<{tag} {name}>" for name in given if name == "style" or name.startswith(("on", "hx-on"))]
        if given.get("href", "").startswith("javascript:"):
            self.forbidden.append(f"<{tag} href=javascript:>")
        if tag == "style" or (tag == "script" and "src" not in given and "json" not in given.get("type", "")):
            self.forbidden.append(f"<{tag}>")


def _left_over(text: str) -> bool:
    """Python's or a template's own words, which no reader should meet."""
    return text.strip() == "None" or "/None/" in text or any(mark in text for mark in ("{{", "{%", "%(", "&amp;lt;"))
