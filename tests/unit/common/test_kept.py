import os
import time
from pathlib import Path

import pytest

from ayni.common.errors import Refused
from ayni.common.kept import SECONDS, forget, keep, kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    return tmp_path / "generated" / "kept"


def test_a_file_is_given_back_to_the_person_it_was_kept_for(folder, person):
    by = person("secretariat")
    token = keep(b"content", name="a.xlsx", by=by, purpose="p")
    assert kept(token, by=by, purpose="p").data == b"content"
    for other in ({"by": person("observer"), "purpose": "p"}, {"by": by, "purpose": "q"}):
        with pytest.raises(Refused):
            kept(token, **other)
    forget(token)
    with pytest.raises(Refused):
        kept(token, by=by, purpose="p")
    forget("nonsense")


def test_an_altered_file_and_an_altered_token_are_refused(folder, person):
    by = person("secretariat")
    token = keep(b"content", name="a.xlsx", by=by, purpose="p")
    (file,) = folder.iterdir()
    assert file.stat().st_mode & 0o077 == 0, "only this site reads it"
    file.write_bytes(b"another")
    with pytest.raises(Refused):
        kept(token, by=by, purpose="p")
    with pytest.raises(Refused):
        kept(token[:-3] + "aaa", by=by, purpose="p")


def test_what_nobody_confirmed_is_swept_away(folder, person):
    by = person("secretariat")
    keep(b"old", name="a", by=by, purpose="p")
    (old,) = folder.iterdir()
    os.utime(old, (time.time() - SECONDS - 60,) * 2)
    keep(b"new", name="b", by=by, purpose="p")
    assert [Path(file).read_bytes() for file in folder.iterdir()] == [b"new"]
