"""The script at the root: what it says when it cannot go on, and what it skips."""

import ast
import importlib.util
import os
import socket
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / "ayni"


@pytest.fixture
def ayni() -> ModuleType:
    loader = SourceFileLoader("ayni_script", str(SCRIPT))
    spec = importlib.util.spec_from_loader("ayni_script", loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def started(*arguments: str, code: str = "") -> subprocess.CompletedProcess:
    """Run the script in a process of its own; `code` runs before it."""
    program = f"import runpy, sys; sys.argv = {['ayni', *arguments]!r}; {code}"
    program += f"\nrunpy.run_path({str(SCRIPT)!r}, run_name='__main__')"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)


def test_an_old_python_can_read_the_script():
    ast.parse(SCRIPT.read_text(), feature_version=(3, 6))


def test_an_old_python_gets_a_sentence():
    result = started("up", code="import os; os.environ['PATH'] = ''; sys.hexversion = 0x03060000")
    assert result.returncode == 1
    assert "needs Python 3.11" in result.stderr and "necesita Python 3.11" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_taken_port_gets_a_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = started("up", "--port", str(taken.getsockname()[1]))
    assert result.returncode == 1
    assert "is in use" in result.stderr and "está ocupado" in result.stderr
    assert "Traceback" not in result.stderr


def test_without_arguments_it_says_what_it_can_do():
    result = started()
    assert result.returncode == 0
    assert "./ayni up" in result.stdout


def test_a_full_disk_is_told_before_anything_is_written(ayni, monkeypatch, tmp_path):
    monkeypatch.setattr(ayni.shutil, "disk_usage", lambda folder: SimpleNamespace(free=5_000_000))
    with pytest.raises(ayni.Stop, match="Not enough disk space"):
        ayni.require_space(tmp_path / "not/there", 10_000_000)


def test_a_missing_module_is_named(ayni, monkeypatch):
    monkeypatch.setattr(ayni.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ayni.Stop, match="venv is missing"):
        ayni.require_modules()


@pytest.mark.parametrize(
    ("arguments", "rest"),
    [(["x", "--data", "d", "-o", "f"], ["x", "-o", "f"]), (["--data=d", "x"], ["x"])],
)
def test_the_data_folder_may_stand_anywhere(ayni, monkeypatch, arguments, rest):
    monkeypatch.setenv("AYNI_DATA", "")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "ayni.site.settings")
    assert ayni.take_data_folder(arguments) == rest
    assert os.environ["AYNI_DATA"] == os.path.abspath("d")


def test_a_data_option_without_a_folder_gets_a_sentence(ayni, monkeypatch):
    monkeypatch.setenv("AYNI_DATA", "")
    with pytest.raises(ayni.Stop, match="needs a folder"):
        ayni.take_data_folder(["x", "--data"])


def test_an_interrupted_installation_counts_as_missing(ayni, monkeypatch, tmp_path):
    monkeypatch.setattr(ayni, "STATE", tmp_path / "ayni.json")
    monkeypatch.setattr(ayni, "PYTHON", sys.executable)
    mark = ayni.digest_of(ayni.ROOT / "requirements/base.txt")
    ayni.write_json(ayni.STATE, {"python": ayni.interpreter(), "locks": {"base.txt": mark}})
    assert ayni.missing_locks(("base.txt",)) == {}
    ayni.write_json(ayni.STATE, {"python": "being installed", "locks": {}})
    assert ayni.missing_locks(("base.txt",)) == {"base.txt": mark}


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ("Retrying (Retry(total=2)) after connection broken by 'NewConnectionError'", "network connection"),
        ("OSError: [Errno 28] No space left on device", "disk filled up"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the one that the lock names"),
        ("ERROR: something new", "see .venv/pip.log"),
    ],
)
def test_an_installation_that_fails_is_explained(ayni, monkeypatch, tmp_path, told, sentence):
    pip = tmp_path / "python"
    pip.write_text(f"#!/bin/sh\ncat <<'END'\n{told}\nEND\nexit 1\n")
    pip.chmod(0o755)
    monkeypatch.setattr(ayni, "VENV", tmp_path)
    monkeypatch.setattr(ayni, "PYTHON", str(pip))
    with pytest.raises(ayni.Stop, match=sentence) as stopped:
        ayni.install_lock(ayni.ROOT / "requirements/base.txt")
    assert len(stopped.value.args) == 2, "in English and in Spanish"
