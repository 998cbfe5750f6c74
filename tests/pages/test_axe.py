"""No page has a violation that axe can find, in light or in dark."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.pages.conftest import LANGUAGES, ROLES, every_role
from tests.pages.pages import declared

# Nothing is judged while one colour is still on its way to another.
SETTLED = (
    "new Promise(requestAnimationFrame).then(() => Promise.allSettled(document.getAnimations().map(a => a.finished)))"
)
# Light on a wide screen is held to every rule; dark on a narrow one to those that colours and the width decide.
LOOKS = (
    ("light", 1280, 900, {}),
    ("dark", 320, 800, {"runOnly": ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]}),
)
# What passes is neither described nor sent back: most of the time went into that.
RUN = "options => axe.run({...options, resultTypes: ['violations']}).then(told => told.violations)"
# The pages of a role are looked at in so many tests, for two processes to share.
PARTS = 3


def pages_of(role: str) -> list[tuple[int, str]]:
    """What is looked at as `role`, with the number of the page.

    A page that opens for everybody is looked at as the public, and every third as one other role, in turn; another one as two of the
    roles for which it opens, in turn: what differs between roles are buttons.
    """
    found = []
    for number, (path, roles) in enumerate(declared().items()):
        if path.partition("?")[0].endswith(
            (".xlsx", ".csv", ".ttl", ".ics", ".xml")
        ):  # a file to take away, not a page
            continue
        opening = [one for one, expect in every_role(roles) if isinstance(expect, int)]
        if "public" in opening:
            others = opening[1:]
            looking = ["public", *([others[number % len(others)]] if others and number % 3 == 0 else [])]
        else:
            looking = [opening[(number + turn) % len(opening)] for turn in range(min(2, len(opening)))]
        if role in looking:
            found.append((number, path))
    return found


# The same pages are opened by the tests beside this one: what runs for them is counted there.
@pytest.mark.no_cover
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("role", ROLES)
def test_no_violation(role, part, demonstration, signed_in, live_server):
    page = signed_in(role)
    page.emulate_media(reduced_motion="reduce")
    found = []
    for number, path in pages_of(role)[part::PARTS]:
        answer = page.goto(f"/{LANGUAGES[number % len(LANGUAGES)]}/{path}")
        if answer is None or not (answer.header_value("content-type") or "").startswith("text/html"):
            continue
        page.evaluate(AXE_SCRIPT)
        for scheme, width, height, rules in LOOKS:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            page.evaluate(SETTLED)
            for violation in page.evaluate(RUN, rules):
                where = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
                found.append(f"{page.url} ({scheme}, {width} px): {violation['id']}: {violation['help']}: {where}")
    assert not found, "\n".join(found)
