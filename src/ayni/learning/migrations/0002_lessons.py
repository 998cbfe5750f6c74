from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """A component without its version is refused: a comparison with nothing is no refusal in SQL."""

    dependencies = [("learning", "0001_cooperation")]

    operations = [
        migrations.RemoveConstraint(model_name="lessonuse", name="lesson_use_of_one_version"),
        migrations.AddConstraint(
            model_name="lessonuse",
            constraint=models.CheckConstraint(
                condition=Q(programme_version__isnull=False, component__isnull=True, component_version__isnull=True)
                | Q(
                    programme_version__isnull=True,
                    component__isnull=False,
                    component_version__isnull=False,
                    component_version__gte=1,
                ),
                name="lesson_use_of_one_version",
            ),
        ),
    ]
