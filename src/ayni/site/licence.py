"""The licence under which the open data are given: who runs the site decides (AYNI_OPEN_DATA_LICENCE, docs/howto/open-data.md)."""

import re

from django.core.exceptions import ImproperlyConfigured

# {SPDX identifier: (title, address)}: the licences that opendefinition.org finds open for data, and are used by administrations.
KNOWN = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": ("Creative Commons Attribution-ShareAlike 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC0-1.0": ("Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ODC-By-1.0": ("Open Data Commons Attribution 1.0", "https://opendatacommons.org/licenses/by/1-0/"),
    "ODbL-1.0": ("Open Data Commons Open Database 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    "PDDL-1.0": ("Open Data Commons Public Domain 1.0", "https://opendatacommons.org/licenses/pddl/1-0/"),
}
DEFAULT = "CC-BY-4.0"
# A licence of one's own: its short name, its address, its title.
OWN = re.compile(r"([A-Za-z0-9][A-Za-z0-9.+-]*) (https://\S+) (\S.*)")


def licence(told: str) -> dict[str, str]:
    """{name, title, path} of the licence that the environment tells; CC BY 4.0 where it tells none.

    Raises ImproperlyConfigured for what is neither known nor told in full.
    """
    name = told.strip() or DEFAULT
    if name in KNOWN:
        title, path = KNOWN[name]
        return {"name": name, "title": title, "path": path}
    own = OWN.fullmatch(name)
    if own is None:
        raise ImproperlyConfigured(
            f"AYNI_OPEN_DATA_LICENCE is one of {', '.join(KNOWN)}, or a short name, an https address and a title with a space "
            f"between, not {name!r}. See docs/howto/open-data.md."
        )
    return dict(zip(("name", "path", "title"), own.groups(), strict=True))
