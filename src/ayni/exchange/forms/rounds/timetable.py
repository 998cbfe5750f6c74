"""The forms with which a timetable is repaired and a meeting moved."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ayni.exchange.forms.rounds.choices import SlotField, SlotsField
from ayni.exchange.models import ExchangeRound, Meeting, Room
from ayni.exchange.queries.rounds.planning import AS_FEW_AS_POSSIBLE, WHERE_IT_BRINGS_MORE


class RepairForm(forms.Form):
    how = forms.ChoiceField(
        label=_("What may move"),
        choices=[
            (AS_FEW_AS_POSSIBLE, _("As little as possible: only what can no longer stay")),
            (WHERE_IT_BRINGS_MORE, _("Also what makes room for more or weightier wishes")),
        ],
        widget=forms.RadioSelect,
        initial=AS_FEW_AS_POSSIBLE,
    )


class MoveForm(forms.Form):
    slot = SlotField(label=_("Slot"))
    room = forms.ModelChoiceField(label=_("Room"), queryset=Room.objects.none())

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        kwargs["initial"] = {"slot": meeting.slot_id, "room": meeting.room_id}
        super().__init__(*args, **kwargs)
        slot, room = self.fields["slot"], self.fields["room"]
        assert isinstance(slot, forms.ModelChoiceField) and isinstance(room, forms.ModelChoiceField)
        slot.queryset = meeting.round.slots.filter(is_break=False)
        room.queryset = meeting.round.rooms.all()


class RoomLossForm(forms.Form):
    slots = SlotsField(label=_("Cannot be used in"))

    def __init__(self, *args: Any, round: ExchangeRound, room: Room, **kwargs: Any) -> None:
        kwargs["initial"] = {"slots": [one.slot_id for one in room.losses.all()]}
        super().__init__(*args, **kwargs)
        slots = self.fields["slots"]
        assert isinstance(slots, SlotsField)
        slots.queryset = round.slots.filter(is_break=False)
