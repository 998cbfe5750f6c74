"""Reads the environment once, and says in one sentence what production still lacks."""

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[3]
HOST = re.compile(r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:]+\]")
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]


@dataclass(frozen=True, slots=True)
class Environment:
    """What the process was started with. `production` is true when AYNI_ENV=production."""

    production: bool
    data: Path
    secret: str
    hosts: list[str]
    database: str
    origins: list[str]


def read() -> Environment:
    """Read the environment.

    Raises ImproperlyConfigured with one sentence for each thing that production needs and does not have.
    """
    kind = os.environ.get("AYNI_ENV") or "local"
    if kind not in ("production", "local"):
        raise ImproperlyConfigured(f"AYNI_ENV is production or local, not {kind!r}. See docs/howto/deploy.md.")
    production = kind == "production"
    data = Path(os.environ.get("AYNI_DATA") or ROOT / "var").expanduser().resolve()
    hosts = [host for host in os.environ.get("AYNI_HOSTS", "").replace(",", " ").split() if host]
    database = os.environ.get("DATABASE_URL", "")
    secret = os.environ.get("AYNI_SECRET", "")
    if production:
        _refuse_half_configured(secret, hosts, database)
    data.mkdir(parents=True, exist_ok=True)
    return Environment(
        production=production,
        data=data,
        secret=secret or _local_secret(data),
        hosts=hosts or LOOPBACK_HOSTS,
        database=database or f"sqlite:///{data / 'ayni.sqlite3'}",
        origins=[f"https://{host}" for host in hosts] if production else [],
    )


def _refuse_half_configured(secret: str, hosts: list[str], database: str) -> None:
    url, port = os.environ.get("AYNI_URL", ""), os.environ.get("AYNI_EMAIL_PORT", "")
    wanted = [
        (
            len(secret) >= 40 and len(set(secret)) >= 10,
            "AYNI_SECRET must hold a secret of at least 40 characters that nobody guesses.",
        ),
        (
            bool(hosts) and all(HOST.fullmatch(host) for host in hosts),
            "AYNI_HOSTS must name the host names the site answers to, separated by spaces (ayni.example.org).",
        ),
        (
            database.startswith(("postgres://", "postgresql://")),
            "DATABASE_URL must point to a PostgreSQL database (postgres://user:password@host/name).",
        ),
        (not url or url.startswith("https://"), "AYNI_URL must begin with https://."),
        (not port or port.isdecimal(), "AYNI_EMAIL_PORT must be a number, such as 587."),
        (
            os.environ.get("AYNI_SECOND_STEP") in (None, "", "required", "optional"),
            "AYNI_SECOND_STEP is required or optional.",
        ),
        (os.environ.get("AYNI_WORDING") in (None, "", "on", "off"), "AYNI_WORDING is on or off."),
    ]
    missing = [sentence for stands, sentence in wanted if not stands]
    if missing:
        raise ImproperlyConfigured("Production does not start: " + " ".join(missing) + " See docs/howto/deploy.md.")


def _local_secret(data: Path) -> str:
    """A secret of this data folder's own, so that sessions survive a restart."""
    file = data / "secret"
    try:
        return file.read_text()
    except FileNotFoundError:
        secret = secrets.token_urlsafe(50)
        file.touch(mode=0o600, exist_ok=True)
        file.write_text(secret)
        return secret
