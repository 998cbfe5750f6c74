"""What changed since the previous edition, over what both editions can know."""

from typing import Any

Content = dict[str, Any]


def change(before: Content | None, after: Content) -> dict[str, Any] | None:
    """Partners added, gone and stayed, and figures before and after. None for a first edition.

    A country that reported in only one of the two editions changes what can be known, not necessarily what is:
    `by_country` and `hhi` compare reporters of both, and `reporters` names the others.
    """
    if before is None:
        return None
    reporters = {"before": set(before["reporters"]), "after": set(after["reporters"])}
    both = sorted(reporters["before"] & reporters["after"])
    partners = {
        side: {arc["to"] for arc in content["figures"]["F4"]["arcs"] if arc["from"] in both}
        for side, content in (("before", before), ("after", after))
    }
    return {
        "previous": before["edition"]["code"],
        "reporters": {
            "both": both,
            "only_before": sorted(reporters["before"] - reporters["after"]),
            "only_after": sorted(reporters["after"] - reporters["before"]),
        },
        "partners": {
            "added": sorted(partners["after"] - partners["before"]),
            "gone": sorted(partners["before"] - partners["after"]),
            "stayed": sorted(partners["before"] & partners["after"]),
        },
        "by_country": {
            code: [before["tables"]["T3"]["by_country"].get(code, 0), after["tables"]["T3"]["by_country"].get(code, 0)]
            for code in both
        },
        "hhi": {
            code: [before["figures"]["F9"]["hhi"].get(code), after["figures"]["F9"]["hhi"].get(code)] for code in both
        },
        "pairs": [before["tables"]["T3"]["pairs"], after["tables"]["T3"]["pairs"]],
        "total": [before["tables"]["T3"]["partners"], after["tables"]["T3"]["partners"]],
    }
