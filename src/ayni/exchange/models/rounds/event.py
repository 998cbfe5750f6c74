"""An exchange round: who comes, with which programmes, and whom each delegation wants to meet about what."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ayni.common.i18n import TranslatedField, language, text_in
from ayni.common.permissions import Scope
from ayni.directory.models import Concept, Country, Institution, Programme

# One or more of the site's languages with blanks between: "es", "es pt".
LANGUAGES = r"^(es|pt|en|fr)( (es|pt|en|fr))*$"


def tongues(codes: str, mark: str = " ") -> list[str]:
    """The names of languages, in the language of the page."""
    names = [str(get_language_info(code)["name_translated"]) for code in codes.split(mark) if code]
    return names if language() == "en" else [name.lower() for name in names]


class RoundState(models.TextChoices):
    """In this order, one after the other."""

    DRAFT = "draft", _("being prepared")
    INTERESTS = "interests", _("interests open")
    PLANNING = "planning", _("matrix and timetable")
    RUNNING = "running", _("meetings")
    FORMS_CLOSED = "forms-closed", _("forms closed")
    COMMITTEE = "committee", _("committee")
    CLOSED = "closed", pgettext_lazy("exchange round", "closed")


class ExchangeRound(models.Model):
    code = models.SlugField(max_length=40, unique=True)
    title = TranslatedField()
    place = TranslatedField()
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    time_zone = models.CharField(_("time zone"), max_length=40, default="America/Panama")
    languages = models.CharField(_("languages"), max_length=20, default="es")
    interests_until = models.DateField(_("interests until"))
    state = models.CharField(max_length=12, choices=RoundState.choices, default=RoundState.DRAFT)
    # The criteria that the committee scores by, from the day it begins.
    criteria = models.ForeignKey(
        "exchange.CommitteeCriteria", models.PROTECT, null=True, blank=True, related_name="rounds"
    )
    fictional = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("exchange round")
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="exchange_round_days_in_order"),
            models.CheckConstraint(
                condition=Q(interests_until__lte=F("starts_on")), name="exchange_round_interests_before_it"
            ),
            models.CheckConstraint(condition=Q(languages__regex=LANGUAGES), name="exchange_round_languages"),
            # exchange/rounds/new/ is the page that makes one.
            models.CheckConstraint(condition=~Q(code="new"), name="exchange_round_code_is_no_address"),
            models.CheckConstraint(
                condition=~Q(state__in=["committee", "closed"]) | Q(criteria__isnull=False),
                name="exchange_round_committee_has_criteria",
            ),
        ]

    def __str__(self) -> str:
        return text_in(self.title)

    @property
    def spoken(self) -> list[str]:
        return self.languages.split()


class Delegation(models.Model):
    """Who sits at a table together: of a country's cooperation agency, or of one of its institutions."""

    round = models.ForeignKey(ExchangeRound, models.CASCADE, related_name="delegations")
    # Part of its address: the institution's code, or the country's.
    code = models.SlugField(max_length=40)
    country = models.ForeignKey(Country, models.PROTECT, related_name="delegations")
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="delegations")
    languages = models.CharField(_("languages"), max_length=20, default="es")
    NAMED_BY = ("country", "institution__names")

    class Meta:
        verbose_name = _("delegation")
        ordering = ["round", "country", "code"]
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="delegation_once_a_round"),
            models.CheckConstraint(condition=Q(languages__regex=LANGUAGES), name="delegation_languages"),
            # delegations/new/ is the page that adds one.
            models.CheckConstraint(condition=~Q(code="new"), name="delegation_code_is_no_address"),
        ]

    def __str__(self) -> str:
        return f"{self.country} · {self.institution}" if self.institution else str(self.country)

    @property
    def spoken(self) -> list[str]:
        return self.languages.split()

    @property
    def speaks(self) -> str:
        """The names of its languages, in the language of the page."""
        return ", ".join(tongues(self.languages))

    @property
    def permission_scope(self) -> Scope:
        institutions = frozenset({self.institution_id}) if self.institution_id else frozenset()
        return Scope(institutions=institutions, countries=frozenset({self.country_id}))


class Delegate(models.Model):
    """A person of a delegation. Names are personal data: the record of changes does not hold them."""

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="delegates")
    name = models.CharField(_("name"), max_length=150)
    position = models.CharField(_("position"), max_length=150, blank=True)
    leads = models.BooleanField(_("leads the delegation"), default=False)

    class Meta:
        verbose_name = _("delegate")
        ordering = ["delegation", "-leads", "name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="delegate_has_a_name"),
            models.UniqueConstraint(fields=["delegation", "name"], name="delegate_once_a_delegation"),
            models.UniqueConstraint(fields=["delegation"], condition=Q(leads=True), name="delegation_has_one_lead"),
        ]

    def __str__(self) -> str:
        return str(_("delegate of %(delegation)s") % {"delegation": self.delegation})


class RoundProgramme(models.Model):
    """A programme that a delegation brings: what it can share."""

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="programmes")
    name = TranslatedField()
    topic = models.ForeignKey(Concept, models.PROTECT, related_name="+")
    quadrant = models.ForeignKey(Concept, models.PROTECT, null=True, blank=True, related_name="+")
    # The same in the catalogue, where it stands there.
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("participating programme")
        ordering = ["delegation", "id"]

    def __str__(self) -> str:
        return text_in(self.name)


class Aim(models.TextChoices):
    SEEK = "seek", _("seeks")
    OFFER = "offer", pgettext_lazy("what a country does", "offers")


class Interest(models.Model):
    """A delegation wants to meet another, about a topic: to learn from it, or to share with it."""

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="interests")
    partner = models.ForeignKey(Delegation, models.CASCADE, related_name="interests_of_others")
    aim = models.CharField(max_length=5, choices=Aim.choices, default=Aim.SEEK)
    topic = models.ForeignKey(Concept, models.PROTECT, related_name="+")
    quadrant = models.ForeignKey(Concept, models.PROTECT, null=True, blank=True, related_name="+")
    programme = models.ForeignKey(RoundProgramme, models.PROTECT, null=True, blank=True, related_name="interests")
    weight = models.PositiveSmallIntegerField(_("weight"), default=2)
    note = models.TextField(_("note"), blank=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("interest")
        ordering = ["delegation", "-weight", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(delegation=F("partner")), name="interest_in_another"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=3), name="interest_weight_1_to_3"),
            models.UniqueConstraint(
                fields=["delegation", "partner", "topic", "aim"],
                condition=Q(withdrawn=False),
                name="interest_once_about_a_topic",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegation} → {self.partner}"
