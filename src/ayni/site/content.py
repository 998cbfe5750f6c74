"""What a data folder holds before anybody writes into it: the reference data, and (if wanted) the demonstration."""

from ayni.directory.actions.countries import load_countries
from ayni.directory.actions.regions import load_regions
from ayni.directory.actions.vocabularies import load_vocabularies
from ayni.exchange.actions.demo_exchange_round import load_demo_exchange_rounds
from ayni.exchange.actions.demo_loop import load_loop
from ayni.exchange.actions.demonstration import load_exchange
from ayni.exchange.actions.matching import load_rules
from ayni.exchange.actions.matrix import load_matrix
from ayni.exchange.actions.rounds.criteria import load_criteria
from ayni.interop.actions.demo_flows import load_demo_flows
from ayni.interop.actions.demo_organisations import load_demo_organisations
from ayni.interop.actions.national.demonstration import load_national_demo
from ayni.interop.actions.national.shipped import load_profiles
from ayni.learning.actions.demo_evaluations import load_evaluations
from ayni.learning.actions.demo_lessons import load_lessons
from ayni.registry.actions.demo_contributions import load_contributions
from ayni.registry.actions.demo_declarations import load_declarations
from ayni.registry.actions.demo_initiatives import load_initiatives
from ayni.registry.actions.demo_plan import load_plans
from ayni.registry.actions.demo_results import load_results
from ayni.registry.actions.demonstration import load_agreements
from ayni.registry.actions.signing_rules import load_signing_rules
from ayni.surveys.actions.demo_opinions import load_opinions
from ayni.surveys.actions.demonstration import PASSWORD, load_demonstration
from ayni.surveys.actions.instruments import load_instruments


def load_reference() -> None:
    """Countries, regions, vocabularies, the matrix, criteria, questionnaires and rules; what is there stays as it is."""
    load_countries(by=None)
    load_regions(by=None)
    load_vocabularies(by=None)
    load_matrix(by=None)
    load_criteria(by=None)
    load_instruments(by=None)
    load_rules(by=None)
    load_profiles(by=None)


def load_demo() -> None:
    """The diagnosis of 2010 with its people, and an exchange, a registry, lessons and flows that are labelled fictional."""
    load_demonstration(by=None)
    load_demo_exchange_rounds(by=None)
    load_exchange(by=None, password=PASSWORD)
    load_signing_rules(by=None)
    load_agreements(by=None)
    load_initiatives(by=None)
    load_plans(by=None)
    load_contributions(by=None)
    load_results(by=None)
    load_declarations(by=None)
    load_evaluations(by=None)
    load_opinions(by=None)
    load_lessons(by=None)
    load_loop(by=None)
    load_national_demo(by=None)
    load_demo_organisations(by=None)
    load_demo_flows(by=None)
