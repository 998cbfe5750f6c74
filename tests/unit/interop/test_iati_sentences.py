"""Every finding of the engine has a sentence and an advice, in the language of who reads."""

import re
from pathlib import Path

import pytest

from ayni import iati
from ayni.iati.findings import Finding, Severity
from ayni.iati.rules.language import RULES
from ayni.iati.rules.standard import standard_cases
from ayni.interop.formats.findings.telling import SENTENCES, remedy, said

SOURCE = "".join(path.read_text() for path in Path(iati.__file__).parent.glob("*.py"))


def test_every_rule_has_its_sentence():
    assert {case.info["key"] for case in standard_cases()} <= SENTENCES.keys()
    assert {f"rule-{word}" for word in RULES} <= SENTENCES.keys()


def test_every_key_that_the_engine_names_has_its_sentence():
    named = set(
        re.findall(
            r'"((?:schema|code|broken|foreign|younger)-[a-z-]+|other-root|other-encoding|no-element|no-xml|document-type)"',
            SOURCE,
        )
    )
    assert named and named <= SENTENCES.keys()


@pytest.mark.parametrize("key", sorted(SENTENCES))
def test_a_sentence_is_made_of_the_values_of_its_finding(key):
    values = {
        name: 7 if kind == "d" else "seven" for name, kind in re.findall(r"%\((\w+)\)(\w)", "".join(SENTENCES[key]))
    }
    told = Finding(Severity.READ, "", "/", 1, key, values)
    assert "%(" not in said(told) + remedy(told) and said(told).strip() and remedy(told).strip()
