"""Families of rules: from a number and places, the cases that the engine judges."""

from collections.abc import Iterator, Sequence
from typing import Any

from ayni.iati.rules.language import Case

DAC = "[@vocabulary='1' or @vocabulary='' or not(@vocabulary)]"
"""Of the OECD DAC's list, which is meant where no list is named."""

OTHERS = "[@vocabulary!='1']/@vocabulary"
SPAN = {"start": "period-start/@iso-date", "end": "period-end/@iso-date"}
_SIGNS = r"^[^/&|?]+$"


def case(where: str, rule: str, number: str, said: str, loop: Sequence[str] = (), **spec: Any) -> Case:
    """One case; ``said`` names the sentence."""
    return Case(where, rule, spec, tuple(loop), {"id": number, "key": said})


def begins(where: str, number: str, path: str, *starts: str) -> Case:
    """The value begins with another and a hyphen."""
    return case(where, "startswith", number, "foreign-beginning", paths=[path], prefix=list(starts), separator="-")


def registered(number: str, where: str, path: str) -> Case:
    """The identifier begins with the code of a registration agency."""
    return case(
        where,
        "startswith",
        number,
        "unregistered",
        paths=[path],
        prefix=["ORG-ID-PREFIX"],
        idCondition="NOT_EXISTING_ORG_ID",
    )


def unsigned(number: str, where: str, path: str, unless: str = "NOT_EXISTING_ORG_ID") -> Case:
    """No / & | ? in an identifier, ``unless`` it is a registered one."""
    return case(where, "regexmatches", number, "signs", paths=[path], regex=_SIGNS, idCondition=unless)


def present(number: str, said: str, where: str, paths: Sequence[str], condition: str = "") -> Case:
    """At least one of the paths."""
    asked = {"condition": condition} if condition else {}
    return case(where, "atleastone", number, said, paths=list(paths), **asked)


def implied(number: str, said: str, where: str, if_: str, then: str, *shown: str, loop: Sequence[str] = ()) -> Case:
    """Where the one is true, the other is; ``shown`` are the nodes to point at."""
    return case(where, "ifthen", number, said, loop, **{"if": if_, "then": then, "paths": list(shown)})


def forbidden(number: str, said: str, where: str, path: str) -> Case:
    """Nothing stands there."""
    return case(where, "noneof", number, said, paths=[path])


def past(number: str, said: str, where: str, day: str) -> Case:
    """The day is not after today."""
    return case(where, "datenow", number, said, date=day)


def period(number: str, where: str, longest: str) -> Iterator[Case]:
    """A period in its order; under the number ``longest`` at most a year."""
    yield case(where, "dateorder", number, "period-order", less=SPAN["start"], more=SPAN["end"])
    if longest:
        yield case(where, "timelimit", longest, "period-long", **SPAN)


def single(number: str, said: str, where: str, name: str) -> Iterator[Case]:
    """At most one of each vocabulary."""
    yield case(where, "nomorethanone", number, said, paths=[name + DAC])
    yield case(where, "nomorethanone", number, said, [name + OTHERS], paths=[f"{name}[@vocabulary=$each]"])


def shares(
    where: str,
    name: str,
    among: str,
    numbers: tuple[str, str, str],
    word: str,
    *,
    told: bool = False,
    others: bool = False,
    only: str = "",
    with_: str = "",
    each: str = "",
    item: str = "",
) -> Iterator[Case]:
    """Shares of 100 per cent: several have one each (first number) and add up (second), a single one has none or 100 (third).

    ``among`` filters ``name``; with ``others`` or ``each`` the rule holds for each vocabulary apart. ``told``: added up where
    several shares are given, not several elements. ``only``: a further condition. ``with_``: elements whose shares count with
    these. ``item``: the children that have the shares.
    """
    loop = [name + OTHERS] if others else [f"{each}/@vocabulary"] if each else []
    all_ = name + (among if not loop else "[@vocabulary=$each]") + item
    bound = f" and {only}" if only else ""
    lone = f" and not({with_})" if with_ else bound
    count = f"count({all_}{'/@percentage' if told else ''})" + (f" + count({with_})" if with_ else "")
    added = [f"{all_}/@percentage", *([f"{with_}/@percentage"] if with_ else [])]
    missing = f"{all_}[not(@percentage)]"
    said = f"{word}-shares"
    yield implied(
        numbers[0], f"{said}-missing", where, f"count({all_}) > 1{bound}", f"not({missing})", missing, loop=loop
    )
    yield case(
        where,
        "strictsum",
        numbers[1],
        f"{said}-sum",
        loop,
        condition=f"{count} > 1{bound}",
        paths=added,
        sum=100,
    )
    yield case(
        where,
        "noneof",
        numbers[2],
        f"{said}-single",
        loop,
        condition=f"count({all_}) = 1{lone}",
        paths=[f"{all_}[@percentage != 100]"],
    )
