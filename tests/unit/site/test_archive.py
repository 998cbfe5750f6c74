"""Backup and restoration: all of it comes back, and a damaged or foreign file changes nothing."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command

from ayni.common.errors import Refused
from ayni.common.models import AuditEvent
from ayni.directory.models import Country
from ayni.site.archive import container

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("emptied")]


@pytest.fixture
def backup(tmp_path: Path, settings, emptied) -> Path:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.MEDIA_ROOT = tmp_path / "uploads"
    (tmp_path / "uploads/a").mkdir(parents=True)
    (tmp_path / "uploads/a/report.pdf").write_bytes(b"\0report" * 500)
    Country.objects.create(iso3="BRA", iso2="BR", m49="076", name={"es": "Brasil", "fr": "Brésil"})
    AuditEvent.objects.create(verb="created", object_type="x", object_id="1", after={"a": [1, None]})
    call_command("backup", output=tmp_path / "b.zip", verbosity=0)
    return tmp_path / "b.zip"


def restore(path: Path) -> None:
    call_command("restore", path, yes=True, verbosity=0)


def test_everything_comes_back(backup: Path, settings):
    before = AuditEvent.objects.get(verb="created")
    Country.objects.all().delete()
    (settings.MEDIA_ROOT / "a/report.pdf").unlink()
    (settings.MEDIA_ROOT / "later.txt").write_text("later")
    restore(backup)
    assert Country.objects.get().name == {"es": "Brasil", "fr": "Brésil"}
    after = AuditEvent.objects.get(verb="created")
    assert (after.at, after.after) == (before.at, {"a": [1, None]})
    assert (settings.MEDIA_ROOT / "a/report.pdf").read_bytes() == b"\0report" * 500
    assert not (settings.MEDIA_ROOT / "later.txt").exists()


def test_a_restoration_has_a_number_no_page_has_seen(backup: Path):
    later = AuditEvent.objects.create(verb="later", object_type="x", object_id="1")
    restore(backup)
    assert AuditEvent.objects.get(verb="restored").pk > later.pk


def test_a_backup_is_for_its_owner_alone(backup: Path):
    assert backup.stat().st_mode & 0o777 == 0o600


def test_no_backup_is_written_over(backup: Path):
    with pytest.raises(Refused):
        call_command("backup", output=backup)


def refused(path: Path) -> None:
    Country.objects.update(name={"es": "Hoy"})
    with pytest.raises(Refused):
        restore(path)
    assert Country.objects.get().name == {"es": "Hoy"}


@pytest.mark.parametrize("place", [0, 10, 0.3, 0.6, 0.9, -1, -70])
def test_one_wrong_byte_is_refused(backup: Path, place: float):
    content = bytearray(backup.read_bytes())
    place = int(place * len(content)) if isinstance(place, float) else place
    content[place] ^= 1
    backup.write_bytes(content)
    refused(backup)


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.99])
def test_a_truncated_file_is_refused(backup: Path, share: float):
    content = backup.read_bytes()
    backup.write_bytes(content[: int(share * len(content))])
    refused(backup)


def test_another_zip_is_refused(backup: Path, tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as file:
        file.writestr("hello.txt", "hello")
    refused(tmp_path / "other.zip")
    refused(tmp_path / "absent.zip")


def forged(path: Path, manifest: dict, members: dict[str, bytes]) -> Path:
    """A file whose seal is right and whose content is not."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
        file.writestr(container.MANIFEST, json.dumps(manifest))
        file.comment = container.COMMENT + b"0" * container.SEAL_LENGTH
    seal = container._digest_before_seal(path)
    path.write_bytes(path.read_bytes()[: -container.SEAL_LENGTH] + seal)
    return path


def declared(members: dict[str, bytes]) -> dict[str, dict]:
    facts = {name: container._size_and_digest(BytesIO(body)) for name, body in members.items()}
    return {name: {"size": size, "sha256": digest} for name, (size, digest) in facts.items()}


@pytest.mark.parametrize(
    "members",
    [
        {"uploads/../../evil": b"x"},
        {"/uploads/evil": b"x"},
        {"uploads/a\\..\\evil": b"x"},
        {"elsewhere/evil": b"x"},
        {"uploads/bomb": b"\0" * 20_000_000},
    ],
)
def test_a_forged_file_is_refused(backup: Path, tmp_path: Path, members: dict[str, bytes]):
    facts = {"format": "ayni-backup", "format_version": 1, "members": declared(members)}
    refused(forged(tmp_path / "forged.zip", facts, members))


def test_a_missing_member_another_format_and_another_version_are_refused(backup: Path, tmp_path: Path):
    facts = {"format": "ayni-backup", "format_version": 1, "ayni": "9", "migrations": [["x", "1"]], "members": {}}
    gone = {**facts, "members": declared({"uploads/gone": b"x"})}
    refused(forged(tmp_path / "gone.zip", gone, {}))
    refused(forged(tmp_path / "format.zip", {**facts, "format_version": 2}, {}))
    refused(forged(tmp_path / "version.zip", facts, {}))
