"""The demonstration: the diagnosis of 2010, an account for each role, and an open round. Fictional people, labelled as such."""

from typing import Any

from django.db import transaction

from ayni.accounts.models import User
from ayni.directory.actions.demo_experts import load_demo_experts
from ayni.directory.actions.demo_programmes import load_demo_programmes
from ayni.directory.actions.institutions import load_institutions
from ayni.directory.actions.people import add_person, grant_role
from ayni.directory.models import Country, Institution
from ayni.surveys.actions.demo_round import load_demo_round
from ayni.surveys.actions.editions import create_edition, freeze_edition, publish_edition
from ayni.surveys.actions.oas2010 import CODE, TITLE, load_oas2010
from ayni.surveys.models import DiagnosisEdition, Round

PASSWORD = "ayni-reciprocidad"
# Role, e-mail, name, language, institution, country.
PEOPLE = (
    ("focal-point", "punto.focal@demo.ayni", "Beatriz Nogueira", "pt", "BR-MDS", None),
    ("national-coordinator", "coordinacion@demo.ayni", "Rodrigo Fuentes", "es", None, "CHL"),
    ("secretariat", "secretaria@demo.ayni", "Marcela Ibáñez", "es", None, None),
    ("expert", "experta@demo.ayni", "Lucía Treviño", "es", "MX-SEDESOL", None),
    ("observer", "observador@demo.ayni", "Winston Clarke", "en", None, None),
    ("administrator", "administracion@demo.ayni", "Claire Moreau", "fr", None, None),
)


@transaction.atomic
def load_demonstration(*, by: Any) -> None:
    """Enter what is not there yet: institutions, the round of 2010, its published edition, the accounts, the open round."""
    load_institutions(by=by)
    load_oas2010(by=by)
    if not DiagnosisEdition.objects.filter(code=CODE).exists():
        round_ = Round.objects.get(code=CODE)
        edition = create_edition(by=by, round=round_, code=CODE, title=TITLE)
        publish_edition(by=by, edition=freeze_edition(by=by, edition=edition))
    _people(by)
    secretariat = User.objects.get(email=next(email for role, email, *_rest in PEOPLE if role == "secretariat"))
    load_demo_round(by=by, password=PASSWORD, secretariat=secretariat)
    load_demo_programmes(by=by)
    load_demo_experts(by=by)


def _people(by: Any) -> None:
    standing = set(User.objects.values_list("email", flat=True))
    for role, email, name, language, institution, country in PEOPLE:
        if email in standing:
            continue
        user = add_person(by=by, email=email, name=name, language=language, password=PASSWORD, demo=True)
        grant_role(
            by=by,
            user=user,
            role=role,
            institution=Institution.objects.get(code=institution) if institution else None,
            country=Country.objects.get(pk=country) if country else None,
        )
