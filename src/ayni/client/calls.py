"""The calls of the API: a method for each list, and for what has an address of its own."""

import hashlib
import time
from collections.abc import Callable, Iterator
from typing import Any, cast
from urllib.parse import quote, urlencode

from ayni.client import figures, others
from ayni.client import rows as shapes
from ayni.client.errors import ApiError
from ayni.client.transport import Transport

A_PAGE = 500


class Client:
    """Reads the open data of one site.

    `site` is its address ("https://ayni.example"), `token` one of an account (optional), `lang` the language of texts: es, pt,
    en or fr. `wait` is called with seconds where the limit is reached. Filters are those of the API (see /api/v1/openapi.json);
    one that it does not know raises ApiError.
    """

    def __init__(
        self,
        site: str,
        *,
        token: str = "",
        lang: str = "en",
        timeout: float = 60,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.site = site.rstrip("/")
        self.lang = lang
        headers = {"Accept": "application/json", "User-Agent": "ayni.client/1"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self.transport = Transport(headers, timeout, wait)

    def rows(self, name: str, **asked: Any) -> Iterator[dict[str, Any]]:
        """Every row of the list `name` that answers what is asked, page after page. `limit` is the size of a page."""
        asked = {"limit": A_PAGE, **asked}
        while True:
            page = self.get(name, **asked)
            yield from page["items"]
            if page["next"] is None:
                return
            asked["cursor"] = page["next"]

    def get(self, path: str, **asked: Any) -> Any:
        """What stands at an address below /api/v1/, as JSON gives it."""
        return self.transport.get(self.url(path, lang=self.lang, **asked)).json()

    def url(self, path: str, **asked: Any) -> str:
        """The address of a call; what is None is not asked."""
        given = {name: _told(value) for name, value in asked.items() if value is not None}
        return f"{self.site}/api/v1/{quote(path)}" + (f"?{urlencode(given)}" if given else "")

    def countries(self, **asked: Any) -> Iterator[shapes.Country]:
        return cast(Iterator[shapes.Country], self.rows("countries", **asked))

    def regions(self, **asked: Any) -> Iterator[shapes.Region]:
        return cast(Iterator[shapes.Region], self.rows("regions", **asked))

    def institutions(self, **asked: Any) -> Iterator[shapes.Institution]:
        return cast(Iterator[shapes.Institution], self.rows("institutions", **asked))

    def programmes(self, **asked: Any) -> Iterator[shapes.Programme]:
        return cast(Iterator[shapes.Programme], self.rows("programmes", **asked))

    def components(self, **asked: Any) -> Iterator[shapes.Component]:
        return cast(Iterator[shapes.Component], self.rows("components", **asked))

    def vocabularies(self, **asked: Any) -> Iterator[shapes.Vocabulary]:
        return cast(Iterator[shapes.Vocabulary], self.rows("vocabularies", **asked))

    def terms(self, **asked: Any) -> Iterator[shapes.Term]:
        return cast(Iterator[shapes.Term], self.rows("terms", **asked))

    def initiatives(self, **asked: Any) -> Iterator[shapes.Initiative]:
        return cast(Iterator[shapes.Initiative], self.rows("initiatives", **asked))

    def participations(self, **asked: Any) -> Iterator[shapes.Participation]:
        return cast(Iterator[shapes.Participation], self.rows("participations", **asked))

    def agreements(self, **asked: Any) -> Iterator[shapes.Agreement]:
        return cast(Iterator[shapes.Agreement], self.rows("agreements", **asked))

    def offers(self, **asked: Any) -> Iterator[shapes.Offer]:
        return cast(Iterator[shapes.Offer], self.rows("offers", **asked))

    def demands(self, **asked: Any) -> Iterator[shapes.Demand]:
        return cast(Iterator[shapes.Demand], self.rows("demands", **asked))

    def lessons(self, **asked: Any) -> Iterator[shapes.Lesson]:
        return cast(Iterator[shapes.Lesson], self.rows("lessons", **asked))

    def editions(self) -> Iterator[figures.Edition]:
        return cast(Iterator[figures.Edition], self.rows("editions"))

    def partners(self, **asked: Any) -> Iterator[figures.Mark]:
        """The marks of Table 3."""
        return cast(Iterator[figures.Mark], self.rows("partners", **asked))

    def statistics(self, **asked: Any) -> Iterator[figures.Count]:
        return cast(Iterator[figures.Count], self.rows("statistics", **asked))

    def accounts(self, **asked: Any) -> Iterator[figures.Figure]:
        return cast(Iterator[figures.Figure], self.rows("accounts", **asked))

    def flows(self, **asked: Any) -> Iterator[others.Flow]:
        """Who gave what to whom, each row on its own basis: never add rows of different ones."""
        return cast(Iterator[others.Flow], self.rows("flows", **asked))

    def reported(self, **asked: Any) -> Iterator[others.ReportedActivity]:
        return cast(Iterator[others.ReportedActivity], self.rows("reported", **asked))

    def transactions(self, **asked: Any) -> Iterator[others.ReportedTransaction]:
        return cast(Iterator[others.ReportedTransaction], self.rows("transactions", **asked))

    def reported_organisations(self, **asked: Any) -> Iterator[others.ReportedOrganisation]:
        return cast(Iterator[others.ReportedOrganisation], self.rows("reported-organisations", **asked))

    def reported_budgets(self, **asked: Any) -> Iterator[others.ReportedBudget]:
        return cast(Iterator[others.ReportedBudget], self.rows("reported-budgets", **asked))

    def reported_documents(self, **asked: Any) -> Iterator[others.ReportedDocument]:
        return cast(Iterator[others.ReportedDocument], self.rows("reported-documents", **asked))

    def sources(self, **asked: Any) -> Iterator[others.Source]:
        return cast(Iterator[others.Source], self.rows("sources", **asked))

    def count(self, name: str, **asked: Any) -> int:
        """How many rows of the list `name` answer what is asked, exactly."""
        return int(self.get(name, count=True, limit=1, **asked)["count"])

    def table(self, edition: str, table: str) -> figures.EditionTable:
        """A table of an edition as it was frozen."""
        return cast(figures.EditionTable, self.get(f"editions/{edition}/tables/{table}"))

    def edition_content(self, edition: str) -> bytes:
        """The frozen bytes of an edition. Raises ApiError when they are not those of its checksum."""
        told = self.get(f"editions/{edition}")
        body = self.transport.get(self.url(f"editions/{edition}/content.json")).body
        if hashlib.sha256(body).hexdigest() != told["sha256"]:
            raise ApiError(200, {"title": "The content is not that of the edition's checksum"})
        return body

    def file(self, name: str, ending: str = "csv") -> bytes:
        """A whole resource as a file: csv, json or parquet."""
        return self.transport.get(self.url(f"bulk/{name}.{ending}")).body


def _told(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
