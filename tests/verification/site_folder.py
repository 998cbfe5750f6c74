"""A site of its own, in processes of its own, on the database that the tests run on."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.db.backends.sqlite3._functions import register

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Site:
    """`url` is empty for SQLite, whose file lies in `data`."""

    data: Path
    url: str

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        own = {"AYNI_DATA": str(self.data), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        return {**kept, **own, **({"DATABASE_URL": self.url} if self.url else {})}

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=self.data,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *arguments: str) -> str:
        """What a management command prints; it must succeed."""
        process = self.start("ayni.site", *arguments)
        told, complaints = process.communicate(timeout=180)
        assert process.returncode == 0, complaints.decode()
        return told.decode()

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        if self.url:
            with psycopg.connect(self.url) as connection:
                return connection.execute(sql.encode()).fetchall()
        with closing(sqlite3.connect(self.data / "ayni.sqlite3")) as connection:
            # The check of the database asks its constraints again; some functions of theirs are Django's.
            register(connection)
            return connection.execute(sql).fetchall()

    def is_sound(self) -> bool:
        """Whether the database opens and its own check of itself finds nothing."""
        return bool(self.ask("SELECT 1")) if self.url else self.ask("PRAGMA integrity_check") == [("ok",)]

    def create(self) -> None:
        if self.url:
            self._administer("CREATE DATABASE {}")

    def drop(self) -> None:
        if self.url:
            self._administer("DROP DATABASE IF EXISTS {} WITH (FORCE)")

    def _administer(self, statement: str) -> None:
        name = urlsplit(self.url).path[1:]
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            connection.execute(psycopg.sql.SQL(statement).format(psycopg.sql.Identifier(name)))


def another_site(data: Path) -> Site:
    """On SQLite, or on the server of DATABASE_URL where the tests run on PostgreSQL."""
    base = os.environ.get("DATABASE_URL", "")
    return Site(data, urlsplit(base)._replace(path=f"/ayni_{data.name}_{os.getpid()}").geturl() if base else "")
