"""Names in titles: what no language translates."""

import numpy as np
import pytest

from ayni.methods.linkage.features import FEATURES, rough
from ayni.methods.linkage.record import Record
from ayni.methods.linkage.table import table_of
from ayni.methods.linkage.words import names_of

TITLES = {
    "Registro único de hogares en Cusco": ["cusco"],
    "Apoyo a la red de Chile Crece Contigo en Santa Lucía": ["chile", "crece", "contigo", "santa", "lucia"],
    "Registro único de hogares": [],
    "Hogares con PcD en la OEA": ["pcd"],
    "Strengthening The Single Registry Of Households": [],
    "": [],
}


@pytest.mark.parametrize("title", TITLES)
def test_a_name_begins_with_a_capital_inside_a_title(title):
    assert names_of(title) == TITLES[title]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Registro en Cusco", "Cadastro em Cusco", 1.0),
        ("Registro en Cusco", "Cadastro em Loja", 0.0),
        ("Registro en Cusco", "Cadastro", 0.5),
        ("Registro", "Cadastro", None),
    ],
)
def test_two_titles_share_a_name_or_bear_others(one, other, expected):
    given = [Record(key=key, reporter=key, title={"es": title}) for key, title in (("A", one), ("B", other))]
    place = np.array([0]), np.array([1])
    found = rough(table_of(given), *place)[0, FEATURES.index("names")]
    assert np.isnan(found) if expected is None else found == expected
