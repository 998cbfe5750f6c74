"""The filters of the record of changes."""

from datetime import datetime, time

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from ayni.common.models import AuditEvent
from ayni.common.record.entries import kind_of
from ayni.common.record.verbs import VERBS


class RecordFilter(forms.Form):
    """What happened, to what, by whom, when; all optional."""

    what = forms.ChoiceField(label=_("What happened"), required=False)
    kind = forms.ChoiceField(label=_("To what"), required=False)
    name = forms.CharField(label=_("Its name"), required=False, max_length=250)
    who = forms.CharField(label=_("By whom"), required=False, max_length=200)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: QueryDict, *, kinds: list[str]) -> None:
        super().__init__(data)
        _offer(self.fields["what"], [(verb, str(text)) for verb, text in VERBS.items()])
        _offer(self.fields["kind"], [(kind, kind_of(kind)) for kind in kinds])

    def chosen(self, events: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        """Those of `events` that pass; a filter that cannot be read hides nothing."""
        self.is_valid()
        wanted = self.cleaned_data
        if wanted.get("what"):
            events = events.filter(verb=wanted["what"])
        if wanted.get("kind"):
            events = events.filter(object_type=wanted["kind"])
        if wanted.get("name"):
            events = events.filter(object_name__icontains=wanted["name"])
        if wanted.get("who"):
            events = events.filter(actor_name__icontains=wanted["who"])
        if wanted.get("since"):
            events = events.filter(at__gte=make_aware(datetime.combine(wanted["since"], time.min)))
        if wanted.get("until"):
            events = events.filter(at__lte=make_aware(datetime.combine(wanted["until"], time.max)))
        return events


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", _("Everything")), *sorted(choices, key=lambda choice: choice[1].casefold())]
