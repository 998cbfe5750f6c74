"""The roster of experts: who can teach or advise, in which languages, and when. Personal data: see docs/howto/experts.md."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ayni.common.i18n import TranslatedField
from ayni.common.permissions import Scope
from ayni.directory.models.network import Concept, Country, Institution
from ayni.directory.models.spoken import SpokenField, spoken_constraint


class Teaching(models.IntegerChoices):
    """Competence in teaching, an aptitude that the document asks for (Section III)."""

    NONE = 0, _("has not taught")
    SOME = 1, _("has taught colleagues")
    OFTEN = 2, _("teaches regularly")
    PROVEN = 3, _("proven: courses evaluated by those who took them")


class Expert(models.Model):
    """A person of an institution who may go on missions. Without consent, or after it is withdrawn, nobody is proposed."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="experts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="expert_profiles"
    )
    name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    position = models.CharField(max_length=200, blank=True)
    summary = TranslatedField(blank=True)
    profiles = models.ManyToManyField(Concept, related_name="+", blank=True)
    topics = models.ManyToManyField(Concept, related_name="+", blank=True)
    languages = SpokenField()
    teaching = models.PositiveSmallIntegerField(default=Teaching.NONE, choices=Teaching.choices)
    daily_cost = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    consented_on = models.DateField(null=True, blank=True)
    # What was agreed to, word for word, in the language in which it was read.
    consent_text = models.TextField(blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    fictional = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("expert")
        ordering = ["institution", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "email"], condition=~Q(email=""), name="expert_once_an_institution"
            ),
            models.CheckConstraint(condition=Q(teaching__range=(0, 3)), name="expert_teaching_0_to_3"),
            models.CheckConstraint(
                condition=Q(daily_cost__isnull=True) | Q(daily_cost__gte=0), name="expert_daily_cost_not_below_0"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True)
                | Q(consented_on__isnull=False, withdrawn_on__gte=models.F("consented_on")),
                name="expert_withdraws_what_was_given",
            ),
            models.CheckConstraint(
                condition=Q(consented_on__isnull=True) | ~Q(consent_text=""), name="expert_consent_has_its_text"
            ),
            models.UniqueConstraint(
                fields=["institution", "user"],
                condition=Q(user__isnull=False),
                name="expert_account_once_an_institution",
            ),
            spoken_constraint("expert"),
        ]

    def __str__(self) -> str:
        # Never the name: what is written here may be read outside the institution.
        return f"{self.institution} · {self.pk}"

    @property
    def may_be_proposed(self) -> bool:
        """The person has agreed, and has not taken it back."""
        return self.consented_on is not None and self.withdrawn_on is None

    @property
    def permission_scope(self) -> Scope:
        return Scope(institutions=frozenset({self.institution_id}))


class ExpertMonth(models.Model):
    """How many days of a month an expert can give."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="months")
    month = models.DateField()
    days = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("month of an expert")
        ordering = ["expert", "month"]
        constraints = [
            models.UniqueConstraint(fields=["expert", "month"], name="expert_month_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="expert_month_begins_on_the_first"),
            models.CheckConstraint(condition=Q(days__range=(0, 31)), name="expert_month_days"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.days}"


class ExpertService(models.Model):
    """A mission or other service that an expert has done."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="services")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField(default=0)
    what = TranslatedField()
    quadrant = models.ForeignKey(Concept, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("service of an expert")
        ordering = ["expert", "-year", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(year__range=(1950, 2100)), name="expert_service_year"),
        ]

    def __str__(self) -> str:
        return f"{self.country_id} {self.year}"
