import ayni.common.i18n
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('directory', '0002_codes_are_no_addresses'),
    ]

    operations = [
        migrations.CreateModel(
            name='Expert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('position', models.CharField(blank=True, max_length=200)),
                ('summary', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('languages', models.CharField(blank=True, max_length=40)),
                ('teaching', models.PositiveSmallIntegerField(choices=[(0, 'has not taught'), (1, 'has taught colleagues'), (2, 'teaches regularly'), (3, 'proven: courses evaluated by those who took them')], default=0)),
                ('daily_cost', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True)),
                ('consented_on', models.DateField(blank=True, null=True)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('fictional', models.BooleanField(default=False)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='experts', to='directory.institution')),
                ('profiles', models.ManyToManyField(blank=True, related_name='+', to='directory.concept')),
                ('topics', models.ManyToManyField(blank=True, related_name='+', to='directory.concept')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='expert_profiles', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'expert',
                'ordering': ['institution', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('institution', 'email'), name='expert_once_an_institution'), models.CheckConstraint(condition=models.Q(('teaching__range', (0, 3))), name='expert_teaching_0_to_3'), models.CheckConstraint(condition=models.Q(('daily_cost__isnull', True), ('daily_cost__gte', 0), _connector='OR'), name='expert_daily_cost_not_below_0'), models.CheckConstraint(condition=models.Q(('withdrawn_on__isnull', True), models.Q(('consented_on__isnull', False), ('withdrawn_on__gte', models.F('consented_on'))), _connector='OR'), name='expert_withdraws_what_was_given'), models.CheckConstraint(condition=models.Q(('languages__regex', '^([a-z]{2}( [a-z]{2})*)?$')), name='expert_languages_are_codes')],
            },
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, unique=True)),
                ('name', ayni.common.i18n.TranslatedField(default=dict)),
                ('acronym', models.CharField(blank=True, max_length=60)),
                ('summary', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('began', models.CharField(blank=True, max_length=10)),
                ('ended', models.CharField(blank=True, max_length=10)),
                ('languages', models.CharField(blank=True, max_length=40)),
                ('evidence', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'no evidence yet'), (1, 'described: how it works is written down'), (2, 'monitored: its own figures are published'), (3, 'evaluated by somebody else'), (4, 'impact shown by comparison with those who had no programme')], null=True)),
                ('website', models.URLField(blank=True, max_length=500)),
                ('contact', models.CharField(blank=True, max_length=200)),
                ('contact_email', models.EmailField(blank=True, max_length=254)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('fictional', models.BooleanField(default=False)),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='directory.country')),
                ('institution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='directory.institution')),
                ('modalities', models.ManyToManyField(blank=True, related_name='+', to='directory.concept')),
                ('quadrants', models.ManyToManyField(blank=True, related_name='+', to='directory.concept')),
                ('topics', models.ManyToManyField(blank=True, related_name='+', to='directory.concept')),
            ],
            options={
                'verbose_name': 'programme',
                'ordering': ['country', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Z]{2}-[A-Z0-9-]+$')), name='programme_code'), models.CheckConstraint(condition=models.Q(('began', ''), ('began__regex', '^\\d{4}(-\\d{2}(-\\d{2})?)?$'), _connector='OR'), name='programme_began_is_a_date'), models.CheckConstraint(condition=models.Q(('ended', ''), ('ended__regex', '^\\d{4}(-\\d{2}(-\\d{2})?)?$'), _connector='OR'), name='programme_ended_is_a_date'), models.CheckConstraint(condition=models.Q(('began', ''), ('ended', ''), ('began__lte', models.F('ended')), _connector='OR'), name='programme_dates_in_order'), models.CheckConstraint(condition=models.Q(('evidence__isnull', True), ('evidence__range', (0, 4)), _connector='OR'), name='programme_evidence_0_to_4'), models.CheckConstraint(condition=models.Q(('languages__regex', '^([a-z]{2}( [a-z]{2})*)?$')), name='programme_languages_are_codes')],
            },
        ),
        migrations.CreateModel(
            name='Component',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('name', ayni.common.i18n.TranslatedField(default=dict)),
                ('description', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('prerequisites', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('evidence', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'no evidence yet'), (1, 'described: how it works is written down'), (2, 'monitored: its own figures are published'), (3, 'evaluated by somebody else'), (4, 'impact shown by comparison with those who had no programme')], null=True)),
                ('evidence_note', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('materials', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('legal_base', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('cost_drivers', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('languages', models.CharField(blank=True, max_length=40)),
                ('retired', models.BooleanField(default=False)),
                ('modalities', models.ManyToManyField(blank=True, related_name='+', to='directory.concept')),
                ('quadrants', models.ManyToManyField(blank=True, related_name='+', to='directory.concept')),
                ('topics', models.ManyToManyField(blank=True, related_name='+', to='directory.concept')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='components', to='directory.programme')),
            ],
            options={
                'verbose_name': 'component',
                'ordering': ['programme', 'position', 'code'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'code'), name='component_code_once_a_programme'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='component_version_from_1'), models.CheckConstraint(condition=models.Q(('evidence__isnull', True), ('evidence__range', (0, 4)), _connector='OR'), name='component_evidence_0_to_4'), models.CheckConstraint(condition=models.Q(('languages__regex', '^([a-z]{2}( [a-z]{2})*)?$')), name='component_languages_are_codes')],
            },
        ),
        migrations.CreateModel(
            name='ExpertMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('days', models.PositiveSmallIntegerField()),
                ('expert', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='months', to='directory.expert')),
            ],
            options={
                'verbose_name': 'month of an expert',
                'ordering': ['expert', 'month'],
                'constraints': [models.UniqueConstraint(fields=('expert', 'month'), name='expert_month_once'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='expert_month_begins_on_the_first'), models.CheckConstraint(condition=models.Q(('days__range', (0, 31))), name='expert_month_days')],
            },
        ),
        migrations.CreateModel(
            name='ExpertService',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('days', models.PositiveSmallIntegerField(default=0)),
                ('what', ayni.common.i18n.TranslatedField(default=dict)),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.country')),
                ('expert', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='services', to='directory.expert')),
                ('quadrant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.concept')),
            ],
            options={
                'verbose_name': 'service of an expert',
                'ordering': ['expert', '-year', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('year__range', (1950, 2100))), name='expert_service_year')],
            },
        ),
        migrations.CreateModel(
            name='ProgrammeVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('since', models.CharField(blank=True, max_length=10)),
                ('changes', ayni.common.i18n.TranslatedField(default=dict)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='directory.programme')),
            ],
            options={
                'verbose_name': 'version of a programme',
                'ordering': ['programme', '-number'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'number'), name='programme_version_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='programme_version_from_1'), models.CheckConstraint(condition=models.Q(('since', ''), ('since__regex', '^\\d{4}(-\\d{2}(-\\d{2})?)?$'), _connector='OR'), name='programme_version_since_is_a_date')],
            },
        ),
        migrations.CreateModel(
            name='Prerequisite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('component', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='prerequisite_rows', to='directory.component')),
                ('needed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needed_rows', to='directory.component')),
            ],
            options={
                'verbose_name': 'prerequisite',
                'constraints': [models.UniqueConstraint(fields=('component', 'needed'), name='prerequisite_once'), models.CheckConstraint(condition=models.Q(('component', models.F('needed')), _negated=True), name='prerequisite_of_another')],
            },
        ),
        migrations.CreateModel(
            name='ProgrammeDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', ayni.common.i18n.TranslatedField(default=dict)),
                ('url', models.URLField(max_length=500)),
                ('language', models.CharField(blank=True, max_length=2)),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(2100)])),
                ('component', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='directory.component')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='directory.programme')),
            ],
            options={
                'verbose_name': 'document of a programme',
                'ordering': ['programme', '-year', 'id'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'url'), name='programme_document_once'), models.CheckConstraint(condition=models.Q(('year__isnull', True), ('year__range', (1900, 2100)), _connector='OR'), name='programme_document_year')],
            },
        ),
        migrations.AddField(
            model_name='component',
            name='needs',
            field=models.ManyToManyField(related_name='needed_by', through='directory.Prerequisite', to='directory.component'),
        ),
    ]
