"""Invented flows between countries of the network, so that the atlas shows what it can do before anybody has loaded a file.

data/demo/flows.csv was drawn at random, by sizes that we chose: no line of it is or comes from a report of anybody. It is read as any file
of TOSSD is, and stays a source of its own, so that it is never added to what was reported.
"""

from typing import Any

from django.conf import settings
from django.db import transaction

from ayni.interop.actions.flows import load_flows, prepare_flows
from ayni.interop.models import FlowFile, FlowFormat

FILE = "demo/flows.csv"


@transaction.atomic
def load_demo_flows(*, by: Any) -> None:
    """Load them, unless a file of flows was loaded already. `by` None is the system."""
    if FlowFile.objects.exists():
        return
    prepared = prepare_flows(path=settings.REFERENCE_DATA / FILE, format=FlowFormat.TOSSD)
    load_flows(by=by, prepared=prepared, fictional=True)
