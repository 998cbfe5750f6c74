"""Who may do what: a role is a class with a sentence and a list of permissions, granted within a scope.

Ask `may(user, permission, on)`; `on` is any object with a `permission_scope` (or None for the whole network).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ANSWER = "answer the questionnaire"
VALIDATE = "validate what will be published"
FOLLOW = "follow the country's answers"
READ_DRAFTS = "read what is not yet published"
RUN_ROUNDS = "run rounds of questionnaires"
CODE = "code answers"
PUBLISH = "publish editions"
EDIT_INSTRUMENTS = "edit instruments"
EDIT_VOCABULARIES = "edit vocabularies"
EDIT_MATRIX = "edit the cooperation matrix"
EDIT_DIRECTORY = "edit the directory"
EDIT_PROGRAMMES = "edit programmes and their components"
EDIT_EXPERTS = "keep the roster of experts"
RUN_EXCHANGE_ROUNDS = "run exchange rounds"
TAKE_PART = "take part in exchange rounds"
SCORE_ACTIONS = "score potential actions"
SEE_RECORD = "see the record of changes"
MANAGE_PEOPLE = "manage people and roles"
WRITE_EXCHANGE = "write offers and demands and accept matches"
ENDORSE = "publish offers and endorse demands"
SCREEN = "screen demands and suggest matches"
SET_RULES = "set the rules of matching"
KEEP_AGREEMENTS = "keep the record of agreements"
REVIEW_AGREEMENTS = "review agreements and record signatures"
KEEP_SIGNING_RULES = "keep what a country asks of who signs"
KEEP_INITIATIVES = "keep the record of initiatives"
APPROVE_INITIATIVES = "approve initiatives for a country"
DECLARE = "declare, confirm and dispute records for a country"
MEDIATE = "mediate between two sides of a record"
REVIEW_RESULTS = "open periods and approve measurements"
KEEP_RATES = "keep exchange rates and daily costs"
EVALUATE = "write evaluations"
VERIFY_LESSONS = "verify the use of lessons"
DISSEMINATE = "disseminate lessons"
IMPORT_RECORDS = "load records of other systems"
LOAD_FLOWS = "load files of flows"
LINK_RECORDS = "say which records are of the same cooperation"


@dataclass(frozen=True, slots=True)
class Scope:
    """What an object belongs to: institution numbers and country codes (ISO 3166 alpha-3)."""

    institutions: frozenset[int] = frozenset()
    countries: frozenset[str] = frozenset()


class Scoped(Protocol):
    @property
    def permission_scope(self) -> Scope: ...


class Grant(Protocol):
    """A person's role within an institution, a country, or (neither) the whole network."""

    role: str
    institution_id: int | None
    country_id: str | None


class Role:
    """What a person is in the network."""

    code: ClassVar[str]
    name: ClassVar[Promise]
    sentence: ClassVar[Promise]
    scope: ClassVar[str]  # institution | country | network
    permissions: ClassVar[frozenset[str]]


class FocalPoint(Role):
    code = "focal-point"
    name = _("Focal point")
    sentence = _(
        "Answers the questionnaires for an institution, validates what is published about it, keeps its programmes and "
        "experts, writes its offers and demands, keeps its agreements and initiatives, and acts for its delegation in "
        "exchange rounds."
    )
    scope = "institution"
    permissions = frozenset(
        {
            ANSWER,
            VALIDATE,
            EDIT_PROGRAMMES,
            EDIT_EXPERTS,
            TAKE_PART,
            WRITE_EXCHANGE,
            KEEP_AGREEMENTS,
            KEEP_INITIATIVES,
            EVALUATE,
        }
    )


class NationalCoordinator(Role):
    code = "national-coordinator"
    name = _("National coordinator")
    sentence = _(
        "Follows the answers of a country's institutions at its cooperation agency, may answer with them, keeps its "
        "programmes, publishes its offers, endorses its demands, reviews its agreements, approves its initiatives and their "
        "results, declares and confirms records of cooperation, loads records of other systems, says which are of the same "
        "cooperation, and acts for the country's "
        "delegations in exchange rounds."
    )
    scope = "country"
    permissions = frozenset(
        {
            ANSWER,
            FOLLOW,
            EDIT_PROGRAMMES,
            TAKE_PART,
            SCORE_ACTIONS,
            WRITE_EXCHANGE,
            ENDORSE,
            KEEP_AGREEMENTS,
            REVIEW_AGREEMENTS,
            KEEP_SIGNING_RULES,
            KEEP_INITIATIVES,
            APPROVE_INITIATIVES,
            DECLARE,
            REVIEW_RESULTS,
            KEEP_RATES,
            EVALUATE,
            IMPORT_RECORDS,
            LINK_RECORDS,
        }
    )


class Secretariat(Role):
    code = "secretariat"
    name = _("Secretariat")
    sentence = _(
        "Runs the rounds of questionnaires and of exchange, codes the answers, publishes the diagnosis, screens demands "
        "and suggests matches, mediates between the sides of a record, loads records of other systems, says which are of the "
        "same cooperation, and spreads lessons for the network."
    )
    scope = "network"
    permissions = frozenset(
        {
            FOLLOW,
            READ_DRAFTS,
            RUN_ROUNDS,
            CODE,
            PUBLISH,
            EDIT_INSTRUMENTS,
            EDIT_VOCABULARIES,
            EDIT_MATRIX,
            EDIT_DIRECTORY,
            EDIT_PROGRAMMES,
            EDIT_EXPERTS,
            RUN_EXCHANGE_ROUNDS,
            SCORE_ACTIONS,
            SEE_RECORD,
            SCREEN,
            SET_RULES,
            KEEP_SIGNING_RULES,
            MEDIATE,
            KEEP_RATES,
            DISSEMINATE,
            IMPORT_RECORDS,
            LOAD_FLOWS,
            LINK_RECORDS,
        }
    )


class Expert(Role):
    code = "expert"
    name = _("Expert")
    sentence = _(
        "Offers experience to the network's members on behalf of an institution; scores potential actions where asked."
    )
    scope = "institution"
    permissions = frozenset({SCORE_ACTIONS})


class Observer(Role):
    code = "observer"
    name = _("Observer")
    sentence = _(
        "Accompanies and evaluates the network's work from academia or another body; reads drafts, and scores "
        "potential actions where asked; writes evaluations and verifies that lessons were used."
    )
    scope = "network"
    permissions = frozenset({READ_DRAFTS, SCORE_ACTIONS, EVALUATE, VERIFY_LESSONS})


class Administrator(Role):
    code = "administrator"
    name = _("Administrator")
    sentence = _("Looks after accounts, roles and the running of the site; writes none of its content.")
    scope = "network"
    permissions = frozenset({MANAGE_PEOPLE, SEE_RECORD})


ROLES: dict[str, type[Role]] = {
    role.code: role for role in (FocalPoint, NationalCoordinator, Secretariat, Expert, Observer, Administrator)
}


def grants_of(user: Any) -> Iterable[Grant]:
    """The roles that `user` holds today, read once per request."""
    if not getattr(user, "is_authenticated", False):
        return ()
    return user.grants


def may(user: Any, permission: str, on: Scoped | None = None) -> bool:
    """Whether one of the roles of `user` allows `permission` on `on` (None: anywhere at all)."""
    return any(
        permission in ROLES[grant.role].permissions and (on is None or _covers(grant, on.permission_scope))
        for grant in grants_of(user)
    )


def require(user: Any, permission: str, on: Scoped | None = None) -> None:
    """Raises PermissionDenied unless `may(user, permission, on)`."""
    if not may(user, permission, on):
        raise PermissionDenied(permission)


def _covers(grant: Grant, scope: Scope) -> bool:
    kind = ROLES[grant.role].scope
    if kind == "institution":
        return grant.institution_id in scope.institutions
    if kind == "country":
        return grant.country_id in scope.countries
    return True
