from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_cooperation")]

    operations = [
        migrations.AddField("contribution", "interpretation", models.BooleanField(default=False)),
    ]
