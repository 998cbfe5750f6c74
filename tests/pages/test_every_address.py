"""No address of the site is left out: each is visited by some `PAGES`, or told here where else it is tested."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils.translation import override

from tests.pages.conftest import every_role
from tests.pages.pages import declared

# {name of the address: why no page of this folder opens it}.
ELSEWHERE = {
    "root": "stands above the languages: tests/unit/site/test_safety.py",
    "robots": "stands above the languages: tests/unit/site/test_safety.py",
    "person_invite": "takes only POST: tests/unit/directory/test_people.py",
    "person_activate": "takes only POST: tests/unit/directory/test_people.py",
    "role_add": "takes only POST: tests/unit/directory/test_people.py",
    "name_edit": "its number differs between databases: tests/unit/directory/test_editing.py",
    "name_remove": "takes only POST: tests/unit/directory/test_editing.py",
    "successor_remove": "takes only POST: tests/unit/directory/test_editing.py",
    "affiliation_remove": "takes only POST: tests/unit/directory/test_editing.py",
    "version_remove": "takes only POST: tests/pages/test_programme_edit.py",
    "document_edit": "its number differs between databases: tests/pages/test_programme_edit.py",
    "document_remove": "takes only POST: tests/pages/test_programme_edit.py",
    "expert": "its number differs between databases: tests/pages/test_experts.py",
    "expert_edit": "its number differs between databases: tests/pages/test_experts.py",
    "expert_months": "its number differs between databases: tests/pages/test_experts.py",
    "expert_service_add": "its number differs between databases: tests/pages/test_experts.py",
    "expert_service_remove": "its number differs between databases: tests/pages/test_experts.py",
    "expert_consent": "its number differs between databases: tests/pages/test_experts.py",
    "expert_withdraw": "its number differs between databases: tests/pages/test_experts.py",
    "expert_erase": "its number differs between databases: tests/pages/test_experts.py",
    "answer_autosave": "takes only POST: tests/pages/test_answers.py",
    "response_submit": "takes only POST: tests/pages/test_responses.py",
    "response_withdraw": "takes only POST: tests/pages/test_responses.py",
    "response_validate": "takes only POST: tests/pages/test_responses.py",
    "response_contest": "takes only POST: tests/pages/test_responses.py",
    "interest_edit": "its number differs between databases: tests/unit/exchange/test_round_pages.py",
    "interest_withdraw": "takes only POST: tests/unit/exchange/test_round_pages.py",
    "offer_autosave": "takes only POST: tests/pages/test_exchange_use.py",
    "demand_autosave": "takes only POST: tests/pages/test_exchange_use.py",
    "match_suggest": "takes only POST: tests/pages/test_exchange_use.py",
    "party_remove": "takes only POST: tests/pages/test_agreements.py",
    "agreement_document": "opens an uploaded file: tests/pages/test_agreements.py",
    "agreement_document_remove": "takes only POST: tests/pages/test_agreements.py",
    "evaluation_remove": "takes only POST: tests/pages/test_evaluations.py",
    "opinion_survey_close": "takes only POST: tests/pages/test_evaluations.py",
    "record_declare": "takes only POST: tests/pages/test_declarations.py",
    "record_confirm": "takes only POST: tests/pages/test_declarations.py",
    "record_publish": "takes only POST: tests/pages/test_declarations.py",
    "dispute_step": "takes only POST: tests/pages/test_declarations.py",
    "activity_agree": "takes only POST: tests/pages/test_plan.py",
    "expert_release": "takes only POST: tests/pages/test_plan.py",
    "calendar_feed": "its secret differs each time: tests/pages/test_plan.py",
    "calendar_feed_revoke": "takes only POST: tests/pages/test_plan.py",
    "results": "of initiatives that the tests make: tests/pages/test_results.py",
    "initiative_let_go": "takes only POST: tests/pages/test_initiatives.py",
    "frame_let_go": "takes only POST: tests/pages/test_results.py",
    "frame_open": "takes only POST: tests/pages/test_results.py",
    "frame_open_due": "takes only POST: tests/pages/test_results.py",
    "result_remove": "takes only POST: tests/pages/test_results.py",
    "indicator_remove": "takes only POST: tests/pages/test_results.py",
    "period_remove": "takes only POST: tests/pages/test_results.py",
    "period_lock": "takes only POST: tests/pages/test_results.py",
    "period_unlock": "takes only POST: tests/pages/test_results.py",
    "lesson_agree": "takes only POST: tests/pages/test_lessons.py",
    "lesson_use_remove": "takes only POST: tests/pages/test_lessons.py",
    "lesson_use_verify": "takes only POST: tests/pages/test_lessons.py",
    "product_remove": "takes only POST: tests/pages/test_lessons.py",
    "obstacle_remove": "takes only POST: tests/pages/test_lessons.py",
    "reported_activity": "of records that the tests load: tests/pages/test_reported.py",
    "reported_organisation": "of records that the tests load: tests/pages/test_reported.py",
    "linkage_decide": "takes only POST: tests/pages/test_linkage.py",
    "linkage_open": "takes only POST: tests/pages/test_linkage.py",
    "linkage_part": "takes only POST: tests/pages/test_linkage.py",
    "initiative_reports": "of reports that the tests attach: tests/pages/test_linkage.py",
    "initiative_report_answer": "of reports that the tests attach: tests/pages/test_linkage.py",
    "record_profile_sample": "takes only POST: tests/pages/test_national.py",
    "record_profile_step": "takes only POST: tests/pages/test_national.py",
    "source_file": "of files that the tests load: tests/pages/test_reported.py",
    "api_token_revoke": "takes only POST: tests/pages/test_api_tokens.py",
    "theme": "takes only POST: tests/unit/common/test_components.py",
}
# Sign-in and second factor are allauth's own pages, drawn with our templates; the module of people visits some.
# The API stands above the languages: tests/pages/test_api.py.
OTHERS = ("account_", "mfa_", "socialaccount_", "v1_")


def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns)
        elif pattern.name and not pattern.name.startswith(OTHERS):
            yield pattern.name


def visited() -> set[str]:
    found = set()
    with override("es"):
        for path in declared():
            with suppress(Resolver404):
                found.add(resolve("/es/" + path.partition("?")[0]).url_name)
    return found


def test_every_address_is_visited_or_tested_elsewhere():
    missing = set(names(get_resolver().url_patterns)) - visited() - set(ELSEWHERE)
    assert not missing, f"no PAGES entry opens: {sorted(missing)}"


def test_what_is_tested_elsewhere_exists():
    assert set(ELSEWHERE) <= set(names(get_resolver().url_patterns))


@pytest.mark.parametrize("path", declared())
def test_every_role_is_told_what_to_expect(path):
    assert dict(every_role(declared()[path]))
