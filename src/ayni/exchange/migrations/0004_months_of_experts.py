"""The days of a mission are told by expert. No mission was kept before: the table of months is made anew."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_revisions_consent"),
        ("exchange", "0003_rounds"),
    ]

    operations = [
        migrations.RemoveField(model_name="missionpart", name="expert"),
        migrations.DeleteModel(name="MissionMonth"),
        migrations.CreateModel(
            name="MissionMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                ("days", models.PositiveSmallIntegerField()),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mission_months",
                        to="directory.expert",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="months", to="exchange.missionpart"
                    ),
                ),
            ],
            options={
                "verbose_name": "month of a mission",
                "ordering": ["part", "month", "expert"],
                "constraints": [
                    models.UniqueConstraint(fields=("part", "month", "expert"), name="mission_month_once"),
                    models.CheckConstraint(condition=models.Q(("days__range", (1, 31))), name="mission_month_days"),
                    models.CheckConstraint(
                        condition=models.Q(("month__isnull", True), ("month__day", 1), _connector="OR"),
                        name="mission_month_month_on_the_first",
                    ),
                ],
            },
        ),
    ]
