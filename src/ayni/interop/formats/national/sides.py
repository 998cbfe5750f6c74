"""Who takes part in a row, and in which role: countries, and the institutions that are named."""

from collections.abc import Iterator

from ayni.iati.model import LegacyData, Participant
from ayni.iati.parts import Country
from ayni.interop.formats.national.cells import Cells, Place
from ayni.interop.formats.national.profile import Common, Source
from ayni.interop.formats.national.said import ALONE, GROUP, NO_COUNTRY, NO_ROLE
from ayni.interop.formats.national.values import Value, parts_of, text_of

# The roles of countries, and what a record calls them. A partner takes part, nobody says how.
PROVIDER, RECIPIENT, PARTNER = "provider", "recipient", "partner"
# The roles of institutions as IATI numbers them: who offers extends, who receives implements, who facilitates answers for it.
ROLES = {Common.FUNDER: "1", Common.FACILITATOR: "2", Common.PROVIDER: "3", Common.RECIPIENT: "4"}
# {the reporter's role: (IATI's number for its own institution, for the counterpart's)}; where both or nobody offers, both implement.
OWN_INSTITUTIONS: dict[tuple[str, ...], tuple[str, str]] = {(PROVIDER,): ("3", "4"), (RECIPIENT,): ("4", "3")}
# {what the reporter is: (its role, the counterpart's)}.
FACING = {
    "provider": ((PROVIDER,), (RECIPIENT,)),
    "recipient": ((RECIPIENT,), (PROVIDER,)),
    "both": ((PROVIDER, RECIPIENT), (PROVIDER, RECIPIENT)),
}
LEGACY = "ayni:"
TOLD_ALREADY = frozenset({GROUP.key, NO_COUNTRY.key})
# Of identifiers of other systems, those that the record has with the counterpart (IATI: A9, other).
COUNTERPARTS = "A9"


class Sides:
    """The countries of a row by role, in the order of the file, each once in a role."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._own = cells.countries(cells.profile.country) if cells.profile.country else None
        self.roles: dict[tuple[str, str], tuple[str, Place]] = {}
        self.own: tuple[str, ...] = ()
        self._read()

    def legacy(self) -> tuple[LegacyData, ...]:
        """Each country in its role, as the reporter wrote it."""
        return tuple(
            LegacyData(f"{LEGACY}{role}", written, iso3) for (role, iso3), (written, _place) in self.roles.items()
        )

    def recipients(self) -> tuple[Country, ...]:
        """The countries in which it takes place: those that receive; where nobody says who does, all partners."""
        for wanted in (RECIPIENT, PARTNER):
            places = [place for (role, _iso3), (_written, place) in self.roles.items() if role == wanted]
            if places:
                return tuple(Country(place.iso2) for place in places)
        return ()

    def _read(self) -> None:
        own, facing = self._facing()
        self.own = own
        for field, roles in (
            (Common.COUNTERPART, facing),
            (Common.PROVIDER_COUNTRY, (PROVIDER,)),
            (Common.RECIPIENT_COUNTRY, (RECIPIENT,)),
        ):
            for source, value in self._cells.held(field):
                self._take(source, value, roles)
        if self._own is not None:
            for role in own:
                self.roles.setdefault((role, self._own.iso3), (self._own.iso3, self._own))
        others = {iso3 for _role, iso3 in self.roles if self._own is None or iso3 != self._own.iso3}
        if not others and not any(one.key in TOLD_ALREADY for one in self._cells.findings):
            self._cells.tell_of_row(ALONE)

    def _facing(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The roles of the reporter and of its counterparts, as the row says."""
        for source, value in self._cells.held(Common.ROLE):
            written = text_of(value)
            ours = self._cells.profile.code("role", written) or written
            if ours in FACING:
                return FACING[ours]
            self._cells.tell(NO_ROLE, source, value=written)
        return (), (PARTNER,)

    def _take(self, source: Source, value: Value, roles: tuple[str, ...]) -> None:
        for written in parts_of(text_of(value), self._cells.profile.separator):
            place = self._cells.countries(self._cells.profile.code("country", written) or written)
            if place is None:
                self._cells.tell(NO_COUNTRY, source, value=written)
            elif place.group:
                self._cells.tell(GROUP, source, value=written)
            else:
                for role in roles:
                    self.roles.setdefault((role, place.iso3), (written[:250], place))


def institutions(cells: Cells, own: tuple[str, ...]) -> Iterator[Participant]:
    """The institutions that a row names, each once in a role; `own` is what the reporting country is."""
    mine, theirs = OWN_INSTITUTIONS.get(own, ("4", "4"))
    roles = {**ROLES, Common.INSTITUTION: mine, Common.COUNTERPART_INSTITUTION: theirs}
    met = set()
    for field, role in roles.items():
        for _source, value in cells.held(field):
            for name in parts_of(text_of(value), cells.profile.separator):
                if (role, name) not in met:
                    met.add((role, name))
                    yield Participant(role=role, names=((cells.profile.language, name[:250]),))
