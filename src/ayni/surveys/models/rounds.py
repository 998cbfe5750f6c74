"""A round sends an instrument to institutions; each has one response, made of answers that keep their history."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ayni.common.i18n import TranslatedField, text_in
from ayni.common.permissions import Scope
from ayni.directory.models import Institution
from ayni.learning.models import Evaluation
from ayni.surveys.models.instruments import InstrumentVersion, Question


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name=name)


class RoundStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class Round(models.Model):
    code = models.SlugField(max_length=40, unique=True)
    title = TranslatedField()
    version = models.ForeignKey(InstrumentVersion, models.PROTECT, related_name="rounds")
    period_from = models.PositiveSmallIntegerField(_("first year"))
    period_to = models.PositiveSmallIntegerField(_("last year"))
    deadline = models.DateField(_("deadline"))
    status = models.CharField(max_length=10, choices=RoundStatus.choices, default=RoundStatus.DRAFT)
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="next_rounds")
    # The recipient's opinion of an initiative (R9): the round of one evaluation.
    evaluation = models.OneToOneField(Evaluation, models.PROTECT, null=True, blank=True, related_name="survey")
    source = models.CharField(max_length=200, blank=True)
    fictional = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("round")
        ordering = ["-period_to", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(period_from__lte=F("period_to")), name="round_period_in_order"),
            # rounds/new/ is the page that makes one.
            models.CheckConstraint(condition=~Q(code="new"), name="round_code_is_no_address"),
            models.CheckConstraint(
                condition=Q(previous__isnull=True) | ~Q(previous=F("id")), name="round_not_after_itself"
            ),
        ]

    def __str__(self) -> str:
        return text_in(self.title)


class Invitation(models.Model):
    """An institution asked to answer a round, and the e-mail addresses it was asked at."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="invitations")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(max_length=2, default="es")
    invited_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("invitation")
        ordering = ["round", "institution"]
        constraints = [
            models.UniqueConstraint(fields=["round", "institution"], name="invitation_once_a_round"),
            models.CheckConstraint(
                condition=Q(reminders=0, reminded_at__isnull=True) | Q(reminders__gt=0, reminded_at__isnull=False),
                name="invitation_reminders_have_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.institution}"


class ResponseStatus(models.TextChoices):
    DRAFT = "draft", _("being answered")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("accepted")
    CONTESTED = "contested", _("contested")
    VALIDATED = "validated", _("validated")


class Response(models.Model):
    """An institution's answers to a round.

    draft → submitted → accepted → validated; returned (with a reason) goes back to the respondent, contested
    (with a reason) to the secretariat's coding. An accepted response that is coded is proposed to its institution,
    which validates or contests what will be published.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="responses")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="responses")
    status = models.CharField(max_length=10, choices=ResponseStatus.choices, default=ResponseStatus.DRAFT)
    period_from = models.PositiveSmallIntegerField(null=True, blank=True)
    period_to = models.PositiveSmallIntegerField(null=True, blank=True)
    note = TranslatedField(blank=True)
    reason = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = _person("+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = _person("+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = _person("+")
    validated_at = models.DateTimeField(null=True, blank=True)
    validated_by = _person("+")
    # Where the validation is recorded when it did not happen here, as note 5 of the 2010 document says.
    validation_source = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("response")
        ordering = ["round", "institution"]
        constraints = [
            models.UniqueConstraint(fields=["round", "institution"], name="response_once_a_round"),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True, period_to__isnull=True)
                | Q(period_from__isnull=False, period_to__isnull=False, period_from__lte=F("period_to")),
                name="response_period_in_order",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{verb}_at__isnull": True, f"{verb}_by__isnull": True})
                    | Q(**{f"{verb}_at__isnull": False, f"{verb}_by__isnull": False}),
                    name=f"response_{verb}_when_and_by_whom",
                )
                for verb in ("submitted", "accepted", "proposed", "validated")
            ),
            models.CheckConstraint(
                condition=~Q(status="validated") | Q(validated_at__isnull=False) | ~Q(validation_source=""),
                name="response_validated_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["returned", "contested"]) | ~Q(reason=""),
                name="response_returned_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} – {self.round}"

    @property
    def institution_name(self) -> dict[str, str]:
        """The institution's name at the end of the period that the answers are about."""
        borne = self.institution.name_at(self.period_to or self.round.period_to)
        return borne.name if borne else self.institution.name

    @property
    def permission_scope(self) -> Scope:
        return self.institution.permission_scope


class Answer(models.Model):
    """What was answered to a question, as it stands. `value` is shaped by the question's kind (docs/methods/answers.md)."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    value = models.JSONField(null=True)
    revision = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=200, blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = _person("+")

    class Meta:
        verbose_name = _("answer")
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="answer_once_a_question")]

    def __str__(self) -> str:
        return f"{self.response}: {self.question.code}"


class AnswerRevision(models.Model):
    """Every value that anyone gave an answer. Those that met a newer one are kept aside until somebody chooses."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="revisions")
    base = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(null=True)
    value = models.JSONField(null=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    client = models.CharField(max_length=40)
    sequence = models.PositiveIntegerField()
    resolved = models.BooleanField(default=False)

    class Meta:
        ordering = ["answer", "id"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "revision"], name="answer_revision_once"),
            models.UniqueConstraint(fields=["answer", "client", "sequence"], name="answer_edit_applied_once"),
            models.CheckConstraint(
                condition=Q(revision__isnull=True) | Q(revision__gt=F("base")), name="answer_revision_after_its_base"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer} {self.revision}"


class Attachment(models.Model):
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to="answers/%Y/")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("attachment")

    def __str__(self) -> str:
        return self.name
