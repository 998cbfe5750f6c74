"""What open data holds beside the demonstration, and how tests read it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.test import Client

from ayni.atlas.actions.snapshot import write_snapshot
from ayni.interop.actions.flows import load_flows, prepare_flows
from ayni.interop.models import ReportedActivity
from tests.factories.organisations import reported_organisation
from tests.factories.reported import reported

CRS = """donor_name,recipient_name,year,value,base_period,amount_type,sector_code,flow_code
Germany,Brazil,2020,2,2022,Constant prices,16010,C01
Brazil,Haiti,2021,1.5,2022,Constant prices,16010,D011
World Bank [IBRD],"Africa, regional",2019,4,2022,Constant prices,,C01
"""


def some_of_others(folder: Path) -> ReportedActivity:
    """An activity that another reports, and a snapshot of flows; `folder` is that of the data and of the uploads."""
    (folder / "crs.csv").write_text(CRS)
    load_flows(by=None, prepared=prepare_flows(path=folder / "crs.csv", format="crs"))
    write_snapshot()
    return an_activity()


def an_activity() -> ReportedActivity:
    """An activity that another reports, and an organisation, with a row in each of their tables."""
    titles, amounts = {"es": "Registro de hogares", "ar": "سجل"}, {"USD": {"committed": "10.50"}}
    one = reported(words="registro de hogares", titles=titles, amounts=amounts)
    one.places.create(code="BO", share=100)
    one.sectors.create(code="16010")
    one.parties.create(number=1, role="4", ref="XX-1", name="Agencia")
    reported_organisation()
    one.transactions.create(number=1, kind="3", value="1000.50", currency="USD", on=date(2024, 5, 1))
    return one


def get(path: str) -> Any:
    """What stands at an address of the API, for a reader without an account."""
    return Client().get(f"/api/v1/{path}")


def file(name: str, ending: str) -> bytes:
    """A whole resource."""
    return bytes(get(f"bulk/{name}.{ending}").getvalue())


def every(name: str) -> list[dict[str, Any]]:
    """Every row of a resource."""
    return list(json.loads(file(name, "json")))
