"""Tokens of the API: a person's program is told apart from others, and may read more in a minute."""

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ayni.common.columns import person

READ, BULK = "read", "bulk"
# What a token may be used for.
SCOPES: dict[str, Promise] = {
    READ: _("read lists and records"),
    BULK: _("take whole files"),
}


class ApiToken(models.Model):
    """A secret that a program sends. The table keeps its checksum and its first letters; it ends on a day, or is revoked before.

    `scopes`: codes of SCOPES in the order of the alphabet, with a space between. It reads what anybody may read, never more.
    """

    owner = person()
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    scopes = models.CharField(max_length=40)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField()
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(owner__isnull=False), name="api_token_owned"),
            models.CheckConstraint(condition=~Q(name=""), name="api_token_named"),
            models.CheckConstraint(condition=Q(scopes__regex=r"^(bulk|read|bulk read)$"), name="api_token_scopes"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="api_token_digest"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("created_at")),
                name="api_token_revoked_later",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_codes(self) -> list[str]:
        return self.scopes.split()

    @property
    def scope_names(self) -> list[Promise]:
        return [SCOPES[code] for code in self.scope_codes]
