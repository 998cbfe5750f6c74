"""Reads the environment once, and says in one sentence what production still lacks."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[3]
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
    production = os.environ.get("AYNI_ENV", "local") == "production"
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
    missing = []
    if len(secret) < 40:
        missing.append("AYNI_SECRET must hold a secret of at least 40 characters.")
    if not hosts or "*" in hosts:
        missing.append("AYNI_HOSTS must name the host names the site answers to, separated by spaces.")
    if not database.startswith(("postgres://", "postgresql://")):
        missing.append("DATABASE_URL must point to a PostgreSQL database (postgres://user:password@host/name).")
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
