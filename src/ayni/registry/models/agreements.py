"""Agreements (R24): what was agreed between institutions of several countries, who signed, and for how long."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ayni.common.columns import moment, person, when_and_who
from ayni.common.i18n import TranslatedField, text_in
from ayni.common.permissions import Scope
from ayni.directory.models import Concept, Country, Institution


class AgreementState(models.TextChoices):
    DRAFT = "draft", _("draft")
    REVIEW = "review", _("in legal review")
    SIGNED = "signed", _("signed")
    IN_FORCE = "in-force", _("in force")
    EXPIRED = "expired", pgettext_lazy("agreement", "expired")
    TERMINATED = "terminated", _("terminated")


# An agreement that has come so far has been signed by everybody.
CONCLUDED = (AgreementState.SIGNED, AgreementState.IN_FORCE, AgreementState.EXPIRED, AgreementState.TERMINATED)


class Agreement(models.Model):
    """`institution` entered it and keeps its record; the parties, that one among them, are `parties`."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="agreements")
    form = models.ForeignKey(Concept, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")
    title = TranslatedField()
    purpose = TranslatedField(blank=True)
    roles = TranslatedField(blank=True)
    responsibilities = TranslatedField(blank=True)
    limits = TranslatedField(blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    renews = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=AgreementState.choices, default=AgreementState.DRAFT)
    reason = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    reviewed_at = moment()
    reviewed_by = person()
    fictional = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("agreement")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="agreement_not_below_itself"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
                name="agreement_dates_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["in-force", "expired", "terminated"]) | Q(valid_from__isnull=False),
                name="agreement_in_force_from_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="expired") | Q(valid_to__isnull=False), name="agreement_expired_on_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="terminated") | ~Q(reason=""), name="agreement_terminated_with_a_reason"
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="agreement_revision_from_1"),
            *when_and_who("agreement", "reviewed"),
        ]
        indexes = [models.Index(fields=["state", "valid_to"], name="agreement_state")]

    def __str__(self) -> str:
        return text_in(self.title) or str(_("Without a title"))

    @property
    def permission_scope(self) -> Scope:
        """The institution that keeps the record."""
        return self.institution.permission_scope


class AgreementParty(models.Model):
    """An institution bound by an agreement; once it has signed, who did, with which rank, and on which day."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="agreement_parties")
    commitments = TranslatedField(blank=True)
    signatory = models.CharField(max_length=150, blank=True)
    rank = models.ForeignKey(Concept, models.PROTECT, null=True, blank=True, related_name="+")
    signed_on = models.DateField(null=True, blank=True)
    # The coordination of the institution that keeps the record wrote the signature down: this party's country has none.
    by_other_side = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("party of an agreement")
        ordering = ["agreement", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "institution"], name="agreement_party_once"),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True, rank__isnull=True) | Q(signed_on__isnull=False, rank__isnull=False),
                name="agreement_signed_on_a_day_by_a_rank",
            ),
            models.CheckConstraint(
                condition=Q(by_other_side=False) | Q(signed_on__isnull=False),
                name="agreement_party_recorded_once_signed",
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="agreement_party_revision_from_1"),
        ]

    def __str__(self) -> str:
        return str(self.institution)


class AgreementDocument(models.Model):
    """The text of an agreement, or an annex: a file that is kept here, or the address at which it can be read."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="documents")
    title = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    file = models.FileField(upload_to="agreements/%Y/", blank=True)
    name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("document of an agreement")
        ordering = ["agreement", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "url"], condition=~Q(url=""), name="agreement_document_address_once"
            ),
            models.UniqueConstraint(
                fields=["agreement", "sha256"], condition=~Q(sha256=""), name="agreement_document_file_once"
            ),
            models.CheckConstraint(
                condition=Q(url="") & ~Q(file="") & ~Q(sha256="") & ~Q(name="") & Q(size__isnull=False)
                | ~Q(url="") & Q(file="", sha256="", name="", size__isnull=True),
                name="agreement_document_file_or_address",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SigningRule(models.Model):
    """What a country's practice asks of a form: who signs, through which office. From Section III, to be kept up to date."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="signing_rules")
    # None: every form that no other rule names.
    form = models.ForeignKey(Concept, models.PROTECT, null=True, blank=True, related_name="+")
    ranks = models.ManyToManyField(Concept, related_name="+")
    via = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="+")
    note = TranslatedField(blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("signing rule")
        ordering = ["country", "form__position"]
        constraints = [
            models.UniqueConstraint(fields=["country", "form"], name="signing_rule_once"),
            models.UniqueConstraint(
                fields=["country"], condition=Q(form__isnull=True), name="signing_rule_for_every_form_once"
            ),
        ]

    def __str__(self) -> str:
        form = self.form or _("every form")
        return f"{self.country}: {form}"
