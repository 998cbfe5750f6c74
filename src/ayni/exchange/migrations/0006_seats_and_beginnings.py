"""Slots say the instant at which they begin, and planned meetings the seats of both sides."""

import datetime
from zoneinfo import ZoneInfo

import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    for slot in apps.get_model("exchange", "TimeSlot").objects.select_related("round"):
        slot.begins = datetime.datetime.combine(slot.day, slot.starts_at, ZoneInfo(slot.round.time_zone))
        slot.save(update_fields=["begins"])
    seat = apps.get_model("exchange", "MeetingSeat")
    seat.objects.bulk_create(
        seat(meeting=meeting, slot_id=meeting.slot_id, delegation_id=side)
        for meeting in apps.get_model("exchange", "Meeting").objects.filter(state="planned")
        for side in (meeting.one_id, meeting.other_id)
    )


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0005_one_draft'),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='changed_late',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='timeslot',
            name='begins',
            field=models.DateTimeField(default=datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC), editable=False),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name='MeetingSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('delegation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='exchange.delegation')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='exchange.meeting')),
                ('slot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='exchange.timeslot')),
            ],
            options={
                'verbose_name': 'seat in a meeting',
                'ordering': ['slot', 'delegation'],
                'constraints': [models.UniqueConstraint(fields=('slot', 'delegation'), name='seat_once_a_slot'), models.UniqueConstraint(fields=('meeting', 'delegation'), name='seat_once_a_meeting')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
