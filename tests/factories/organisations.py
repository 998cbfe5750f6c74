"""IATI organisation files of a few organisations, and what is kept of them, for tests."""

from typing import Any

from django.utils import timezone

from ayni.interop.models import ReportedOrganisation
from tests.factories.reported import source_file


def organisation(number: int, name: str = "Agencia", *, extra: str = "", identifier: str | None = None) -> str:
    """An organisation that XX-1 reports: two whole budgets, one for each kind of recipient, one expenditure, one document."""
    called = f"XX-1-{number}" if identifier is None else identifier
    period = '<period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/>'
    return f"""<iati-organisation xml:lang="es" default-currency="USD" last-updated-datetime="2026-01-0{number % 9 + 1}T00:00:00Z">
<organisation-identifier>{called}</organisation-identifier>
<name><narrative>{name} {number}</narrative><narrative xml:lang="en">Agency {number}</narrative></name>
<reporting-org ref="XX-1" type="10"><narrative>Agencia</narrative><narrative xml:lang="en">Agency</narrative></reporting-org>
<total-budget status="2"><period-start iso-date="2023-01-01"/><period-end iso-date="2023-12-31"/>
<value currency="USD" value-date="2023-01-01">800.00</value></total-budget>
<total-budget status="1">{period}<value value-date="2024-01-01">1000.50</value>
<budget-line ref="A"><value currency="USD" value-date="2024-01-01">600</value><narrative>Cooperación</narrative></budget-line>
</total-budget>
<recipient-org-budget status="1"><recipient-org ref="XX-2"><narrative>Fondo</narrative></recipient-org>{period}
<value currency="EUR" value-date="2024-01-01">70</value></recipient-org-budget>
<recipient-region-budget status="1"><recipient-region vocabulary="1" code="489">
<narrative>América del Sur</narrative></recipient-region>{period}
<value currency="USD" value-date="2024-01-01">90</value></recipient-region-budget>
<recipient-country-budget status="2"><recipient-country code="BO"/>{period}
<value currency="USD" value-date="2024-01-01">50.25</value></recipient-country-budget>
<total-expenditure><period-start iso-date="2023-01-01"/><period-end iso-date="2023-12-31"/>
<value currency="USD" value-date="2023-12-31">790</value><expense-line ref="A"><value currency="USD" value-date="2023-12-31">500</value>
<narrative>Cooperación</narrative></expense-line></total-expenditure>
<document-link format="text/html" url="https://example.org/{number}"><title><narrative>Informe {number}</narrative></title>
<description><narrative>Lo hecho</narrative></description><category code="B01"/><language code="es"/><document-date iso-date="2024-03-01"/>
<recipient-country code="BO"/></document-link>
{extra}</iati-organisation>"""


def organisations(*each: str, end: str = "</iati-organisations>", version: str = "2.03") -> bytes:
    """A file of these organisations."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<iati-organisations version="{version}">\n' + "\n".join(each) + end
    ).encode()


def reported_organisation(**values: Any) -> ReportedOrganisation:
    """An organisation as it stands, with a row in each of its tables."""
    file = values.get("last_file") or source_file(kind="iati-organisations")
    given: dict[str, Any] = {
        "publisher": "XX-1",
        "identifier": f"XX-1-{ReportedOrganisation.objects.count()}",
        "names": {"es": "Agencia", "ar": "وكالة"},
        "words": "agencia",
        "content": "{}",
        "digest": "a" * 64,
        "first_file": file,
        "last_file": file,
        "number": 1,
        "changed_at": timezone.now(),
    }
    made = ReportedOrganisation.objects.create(**(given | values))
    names = {"es": "Cooperación", "en": "Cooperation"}
    lines = [{"ref": "A", "names": names, "value": "6.00", "currency": "USD", "value_on": "2026-01-01"}]
    made.budgets.create(
        number=1, kind="country", status="1", recipient="BO", value="10.50", currency="USD", lines=lines
    )
    made.documents.create(number=1, url="https://example.org/", titles={"es": "Informe"}, categories=["B01"])
    return made
