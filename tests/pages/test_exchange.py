"""The exchange's pages: offers, demands, screening, ranking, matches, rules, notices."""

import pytest

PAGES: dict[str, dict[str, int | str]] = {
    "exchange/": {"public": 15, "*": 17},
    "offers/": {"public": 11, "*": 13},
    "offers/?topic=single-registry&quadrant=Q2&language=es&text=registro": {"public": 13, "*": 15},
    "offers/1/": {"public": 6, "national-coordinator": 9, "expert": 8, "administrator": 8, "*": 12},
    "offers/12/": {"focal-point": 10, "secretariat": 10, "observer": 10, "*": "404"},
    "offers/new/": {"public": "302", "focal-point": 5, "national-coordinator": 5, "*": "403"},
    "offers/12/edit/": {"public": "302", "focal-point": 17, "national-coordinator": "404", "*": "403"},
    "offers/12/step/approve/": {"public": "302", "focal-point": 8, "secretariat": "403", "observer": "403", "*": "404"},
    "offers/12/step/archive/": {"public": "302", "focal-point": 9, "secretariat": "403", "observer": "403", "*": "404"},
    "demands/": {"public": 12, "*": 14},
    "demands/?country=PRY&modality=technical-assistance&state=eligible": {"public": 12, "*": 14},
    "demands/1/": {
        "public": 7,
        "focal-point": 12,
        "national-coordinator": 10,
        "expert": 9,
        "administrator": 9,
        "*": 13,
    },
    "demands/6/": {"focal-point": 11, "secretariat": 11, "observer": 11, "*": "404"},
    "demands/new/": {"public": "302", "focal-point": 5, "national-coordinator": 5, "*": "403"},
    "demands/6/edit/": {"public": "302", "focal-point": 18, "national-coordinator": "404", "*": "403"},
    "demands/6/step/withdraw/": {
        "public": "302",
        "focal-point": 10,
        "secretariat": "403",
        "observer": "403",
        "*": "404",
    },
    "demands/5/screening/": {"public": "302", "secretariat": 12, "observer": 12, "*": "404"},
    "demands/6/screening/": {
        "public": "302",
        "national-coordinator": "404",
        "expert": "404",
        "administrator": "404",
        "*": 10,
    },
    "demands/1/screening/1/": {"public": "302", "secretariat": 14, "observer": 14, "*": "403"},
    "demands/5/screening/decide/": {"public": "302", "secretariat": 12, "*": "403"},
    "demands/1/project/": {"public": "302", "secretariat": 10, "observer": 10, "*": "403"},
    "demands/1/ranking/": {"public": "302", "secretariat": 36, "observer": 36, "*": "403"},
    "demands/1/ranking/?topic=0&cost=50": {"public": "302", "secretariat": 36, "observer": 36, "*": "403"},
    "demands/6/ranking/": {
        "public": "302",
        "national-coordinator": "404",
        "expert": "404",
        "administrator": "404",
        "*": 12,
    },
    "matches/": {"public": "302", "expert": 3, "administrator": 3, "*": 7},
    "matches/1/": {"public": "302", "secretariat": 10, "observer": 10, "*": "404"},
    "matches/3/": {"public": "302", "national-coordinator": "404", "expert": "404", "administrator": "404", "*": 10},
    "matches/3/step/accept-offer/": {
        "public": "302",
        "focal-point": 6,
        "secretariat": "403",
        "observer": "403",
        "*": "404",
    },
    "matches/3/initiative/": {"public": "302", "*": "405"},
    "matching-rules/": {"public": 3, "*": 5},
    "matching-rules/new/": {"public": "302", "secretariat": 5, "*": "403"},
    "matching-rules/1/in-force/": {"public": "302", "secretariat": 4, "*": "403"},
    "notices/": {"public": "302", "focal-point": 6, "national-coordinator": 6, "*": "403"},
    "methods/screening/": {"public": 2, "*": 4},
    "methods/matching/": {"public": 2, "*": 4},
}

pytestmark = pytest.mark.django_db


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)
