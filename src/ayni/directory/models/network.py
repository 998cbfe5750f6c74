"""Countries, regions, institutions with their dated names, people's roles, vocabularies."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from ayni.common.i18n import TranslatedField, text_in
from ayni.common.permissions import ROLES, Scope

# A date as far as it is known: 2011, 2011-10 or 2011-10-13 (ISO 8601, reduced precision).
PARTIAL_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"

# The country's two letters (XX for international), a hyphen, and capitals: PE-MIDIS.
INSTITUTION_CODE = r"^[A-Z]{2}-[A-Z0-9-]+$"


def partial_date(name: str, table: str) -> models.CheckConstraint:
    """The column holds a date as far as it is known, or nothing."""
    return models.CheckConstraint(
        condition=Q(**{name: ""}) | Q(**{f"{name}__regex": PARTIAL_DATE}), name=f"{table}_{name}_is_a_date"
    )


class RegionScheme(models.TextChoices):
    OAS2010 = "oas2010", _("Regions of the 2010 document")
    M49 = "m49", _("United Nations M49")


class Region(models.Model):
    scheme = models.CharField(max_length=10, choices=RegionScheme.choices)
    code = models.CharField(max_length=40)
    name = TranslatedField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("region")
        ordering = ["scheme", "position", "code"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="region_code_once_a_scheme")]

    def __str__(self) -> str:
        return text_in(self.name)


class Country(models.Model):
    """A country or territory of ISO 3166-1; its names come from the Unicode CLDR."""

    iso3 = models.CharField(max_length=3, primary_key=True)
    iso2 = models.CharField(max_length=2, unique=True)
    m49 = models.CharField(max_length=3, unique=True)
    name = TranslatedField()
    regions = models.ManyToManyField(Region, through="CountryRegion", related_name="countries")

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["iso3"]
        constraints = [models.CheckConstraint(condition=Q(iso3__regex=r"^[A-Z]{3}$"), name="country_iso3")]

    def __str__(self) -> str:
        return text_in(self.name)

    @property
    def permission_scope(self) -> Scope:
        return Scope(countries=frozenset({self.iso3}))


class CountryRegion(models.Model):
    """A country lies in one region of each scheme."""

    country = models.ForeignKey(Country, models.CASCADE)
    region = models.ForeignKey(Region, models.CASCADE)
    scheme = models.CharField(max_length=10, choices=RegionScheme.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["country", "scheme"], name="country_in_one_region_a_scheme")]

    def __str__(self) -> str:
        return f"{self.country_id} {self.scheme} {self.region_id}"


class SchemeStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    CURRENT = "current", _("in force")
    SUPERSEDED = "superseded", _("superseded")


class Standing(models.TextChoices):
    DOCUMENT = "D", _("said by the 2010 document")
    STANDARD = "S", _("taken from a standard or the field's practice")
    JUDGEMENT = "J", _("Ayni's own judgement or reconstruction")


class ConceptScheme(models.Model):
    """A version of a vocabulary (SKOS: concept scheme)."""

    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    title = TranslatedField()
    note = TranslatedField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    standing = models.CharField(max_length=1, choices=Standing.choices, default=Standing.JUDGEMENT)
    status = models.CharField(max_length=10, choices=SchemeStatus.choices, default=SchemeStatus.DRAFT)

    class Meta:
        verbose_name = _("vocabulary")
        verbose_name_plural = _("vocabularies")
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="scheme_version_once"),
            # vocabularies/new/ is the page that makes one.
            models.CheckConstraint(condition=~Q(code="new"), name="scheme_code_is_no_address"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(status=SchemeStatus.CURRENT), name="scheme_one_version_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{text_in(self.title)} ({self.version})"


class ConceptQuerySet(models.QuerySet["Concept"]):
    def current(self, scheme: str) -> "ConceptQuerySet":
        """The concepts of the version in force of `scheme` that are not retired, in order."""
        return self.filter(scheme__code=scheme, scheme__status=SchemeStatus.CURRENT, retired_on__isnull=True).order_by(
            "position"
        )


class Concept(models.Model):
    """A term of a vocabulary. Retired when no longer wanted; the database keeps it while anything uses it."""

    scheme = models.ForeignKey(ConceptScheme, models.PROTECT, related_name="concepts")
    code = models.SlugField(max_length=60)
    broader = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="narrower")
    label = TranslatedField()
    definition = TranslatedField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=200, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    retired_on = models.DateField(null=True, blank=True)

    objects = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name = _("concept")
        ordering = ["scheme", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="concept_code_once_a_scheme"),
            models.CheckConstraint(condition=~Q(broader=F("id")), name="concept_not_broader_than_itself"),
        ]

    def __str__(self) -> str:
        return text_in(self.label)


class Institution(models.Model):
    """A body of one country, or an international one (no country). Its names are dated."""

    code = models.CharField(max_length=40, unique=True)
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="institutions")
    international = models.BooleanField(default=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="bodies")
    kind = models.ForeignKey(Concept, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.ForeignKey(Concept, models.PROTECT, null=True, blank=True, related_name="+")
    website = models.URLField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    # What `str` reads, for lists of many.
    NAMED_BY = ("names",)

    class Meta:
        verbose_name = _("institution")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(international=True, country__isnull=True) | Q(international=False, country__isnull=False),
                name="institution_of_a_country_or_international",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="institution_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.short_name

    @cached_property
    def latest_name(self) -> "InstitutionName | None":
        """The name in use, or the last one used; reads `names`, prefetched or not."""
        names = sorted(self.names.all(), key=lambda name: (name.valid_to == "", name.valid_to, name.valid_from))
        return names[-1] if names else None

    def name_at(self, year: int) -> "InstitutionName | None":
        """The name borne in `year`, the later one when it changed that year; else the latest name."""
        names = [name for name in self.names.all() if name.valid_from[:4] <= str(year) <= (name.valid_to[:4] or "9999")]
        return max(names, key=lambda name: name.valid_from, default=self.latest_name)

    @property
    def name(self) -> dict[str, str]:
        return self.latest_name.name if self.latest_name else {"es": self.code}

    @property
    def with_country(self) -> str:
        """Its name with its country: ministries of several countries bear the same letters."""
        return f"{self} ({self.country})" if self.country else str(self)

    @property
    def short_name(self) -> str:
        return (self.latest_name.acronym if self.latest_name else "") or text_in(self.name)

    @property
    def permission_scope(self) -> Scope:
        countries = frozenset({self.country_id}) if self.country_id else frozenset()
        return Scope(institutions=frozenset({self.pk}), countries=countries)


class InstitutionName(models.Model):
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="names")
    name = TranslatedField()
    acronym = models.CharField(max_length=60, blank=True)
    valid_from = models.CharField(max_length=10, blank=True)
    valid_to = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("name of an institution")
        ordering = ["institution", "valid_from"]
        constraints = [
            partial_date("valid_from", "institution_name"),
            partial_date("valid_to", "institution_name"),
            models.CheckConstraint(
                condition=Q(valid_from="") | Q(valid_to="") | Q(valid_from__lte=F("valid_to")),
                name="institution_name_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return text_in(self.name)


class Succession(models.Model):
    """One institution took over from another."""

    predecessor = models.ForeignKey(Institution, models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Institution, models.CASCADE, related_name="precedents")
    on = models.CharField(max_length=10, blank=True)
    note = TranslatedField(blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("succession")
        constraints = [
            partial_date("on", "succession"),
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Affiliation(models.Model):
    """An institution is a member of a network or another body."""

    member = models.ForeignKey(Institution, models.CASCADE, related_name="affiliations")
    body = models.ForeignKey(Institution, models.CASCADE, related_name="members")
    since = models.CharField(max_length=10, blank=True)
    until = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("membership of a network")
        constraints = [
            partial_date("since", "affiliation"),
            partial_date("until", "affiliation"),
            models.UniqueConstraint(fields=["member", "body"], name="affiliation_once"),
            models.CheckConstraint(condition=~Q(member=F("body")), name="affiliation_with_another"),
        ]

    def __str__(self) -> str:
        return f"{self.member} – {self.body}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_force(self) -> "MembershipQuerySet":
        """Those that hold today."""
        today = date.today()
        return self.filter(Q(until__isnull=True) | Q(until__gt=today), since__lte=today)


class Membership(models.Model):
    """A person's role: within an institution, for a country, or in the whole network.

    It holds from `since` to the day before `until`: a role that is ended today ends at once.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=30, choices=[(code, role.name) for code, role in ROLES.items()])
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="people")
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="people")
    since = models.DateField(default=date.today)
    until = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("role of a person")
        ordering = ["user", "role"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["focal-point", "expert"], institution__isnull=False, country__isnull=True)
                | Q(role="national-coordinator", institution__isnull=True, country__isnull=False)
                | Q(
                    role__in=["secretariat", "observer", "administrator"],
                    institution__isnull=True,
                    country__isnull=True,
                ),
                name="membership_scope_fits_its_role",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="membership_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {ROLES[self.role].name}"

    @property
    def has_ended(self) -> bool:
        return self.until is not None and self.until <= date.today()

    @property
    def scope_name(self) -> str:
        """The institution or country, "" for the whole network."""
        return str(self.institution or self.country or "")

    @property
    def sentence(self) -> Promise:
        """What the role does."""
        return ROLES[self.role].sentence
