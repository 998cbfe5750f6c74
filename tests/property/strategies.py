"""Random rounds of questionnaires, as the methods see them."""

from dataclasses import dataclass

from hypothesis import strategies as st

from ayni.methods.partners import Mark

REGIONS = ("Americas", "Africa", "Asia", "Europe")
COUNTRIES = tuple(f"{letter}{number}" for letter in "ABCD" for number in range(4))
REPORTERS = COUNTRIES[:5]


@dataclass(frozen=True)
class Declared:
    """A random matrix: marks, their institutions, and the region of every country."""

    marks: tuple[Mark, ...]
    institutions: tuple[str, ...]
    region_of: dict[str, str]


@st.composite
def matrices(draw: st.DrawFn) -> Declared:
    """Up to six institutions of five countries, each with any partners but its own country, in any order."""
    homes = draw(st.lists(st.sampled_from(REPORTERS), min_size=1, max_size=6))
    home = {f"institution-{number}": country for number, country in enumerate(homes)}
    region_of = {country: draw(st.sampled_from(REGIONS)) for country in COUNTRIES}
    marks = [
        Mark(institution, reporter, partner)
        for institution, reporter in home.items()
        for partner in draw(st.sets(st.sampled_from([code for code in COUNTRIES if code != reporter])))
    ]
    return Declared(tuple(draw(st.permutations(marks))), tuple(home), region_of)


pairs = st.sets(
    st.tuples(st.sampled_from(REPORTERS), st.sampled_from(COUNTRIES)).filter(lambda pair: pair[0] != pair[1])
)
counts = st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any)
