import ayni.common.i18n
import datetime
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Country',
            fields=[
                ('iso3', models.CharField(max_length=3, primary_key=True, serialize=False)),
                ('iso2', models.CharField(max_length=2, unique=True)),
                ('m49', models.CharField(max_length=3, unique=True)),
                ('name', ayni.common.i18n.TranslatedField(default=dict)),
            ],
            options={
                'verbose_name': 'country',
                'verbose_name_plural': 'countries',
                'ordering': ['iso3'],
                'constraints': [models.CheckConstraint(condition=models.Q(('iso3__regex', '^[A-Z]{3}$')), name='country_iso3')],
            },
        ),
        migrations.CreateModel(
            name='ConceptScheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('title', ayni.common.i18n.TranslatedField(default=dict)),
                ('note', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('standing', models.CharField(choices=[('D', 'said by the 2010 document'), ('S', "taken from a standard or the field's practice"), ('J', "Ayni's own judgement or reconstruction")], default='J', max_length=1)),
                ('status', models.CharField(choices=[('draft', 'draft'), ('current', 'in force'), ('superseded', 'superseded')], default='draft', max_length=10)),
            ],
            options={
                'verbose_name': 'vocabulary',
                'verbose_name_plural': 'vocabularies',
                'ordering': ['code', '-version'],
                'constraints': [models.UniqueConstraint(fields=('code', 'version'), name='scheme_version_once'), models.UniqueConstraint(condition=models.Q(('status', 'current')), fields=('code',), name='scheme_one_version_in_force')],
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(choices=[('oas2010', 'Regions of the 2010 document'), ('m49', 'United Nations M49')], max_length=10)),
                ('code', models.CharField(max_length=40)),
                ('name', ayni.common.i18n.TranslatedField(default=dict)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='directory.region')),
            ],
            options={
                'verbose_name': 'region',
                'ordering': ['scheme', 'position', 'code'],
                'constraints': [models.UniqueConstraint(fields=('scheme', 'code'), name='region_code_once_a_scheme')],
            },
        ),
        migrations.CreateModel(
            name='Concept',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60)),
                ('label', ayni.common.i18n.TranslatedField(default=dict)),
                ('definition', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('extra', models.JSONField(blank=True, default=dict)),
                ('retired_on', models.DateField(blank=True, null=True)),
                ('broader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='narrower', to='directory.concept')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='concepts', to='directory.conceptscheme')),
            ],
            options={
                'verbose_name': 'concept',
                'ordering': ['scheme', 'position', 'code'],
                'constraints': [models.UniqueConstraint(fields=('scheme', 'code'), name='concept_code_once_a_scheme'), models.CheckConstraint(condition=models.Q(('broader', models.F('id')), _negated=True), name='concept_not_broader_than_itself')],
            },
        ),
        migrations.CreateModel(
            name='CountryRegion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(choices=[('oas2010', 'Regions of the 2010 document'), ('m49', 'United Nations M49')], max_length=10)),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='directory.country')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='directory.region')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('country', 'scheme'), name='country_in_one_region_a_scheme')],
            },
        ),
        migrations.CreateModel(
            name='Institution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('international', models.BooleanField(default=False)),
                ('website', models.URLField(blank=True)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='institutions', to='directory.country')),
                ('kind', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.concept')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bodies', to='directory.institution')),
                ('role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.concept')),
            ],
            options={
                'verbose_name': 'institution',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('country__isnull', True), ('international', True)), models.Q(('country__isnull', False), ('international', False)), _connector='OR'), name='institution_of_a_country_or_international'), models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='institution_not_its_own_parent')],
            },
        ),
        migrations.CreateModel(
            name='Affiliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.CharField(blank=True, max_length=10)),
                ('until', models.CharField(blank=True, max_length=10)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='directory.institution')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='affiliations', to='directory.institution')),
            ],
            options={
                'verbose_name': 'membership of a network',
                'constraints': [models.CheckConstraint(condition=models.Q(('since', ''), ('since__regex', '^\\d{4}(-\\d{2}(-\\d{2})?)?$'), _connector='OR'), name='affiliation_since_is_a_date'), models.CheckConstraint(condition=models.Q(('until', ''), ('until__regex', '^\\d{4}(-\\d{2}(-\\d{2})?)?$'), _connector='OR'), name='affiliation_until_is_a_date'), models.UniqueConstraint(fields=('member', 'body'), name='affiliation_once'), models.CheckConstraint(condition=models.Q(('member', models.F('body')), _negated=True), name='affiliation_with_another')],
            },
        ),
        migrations.CreateModel(
            name='InstitutionName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', ayni.common.i18n.TranslatedField(default=dict)),
                ('acronym', models.CharField(blank=True, max_length=60)),
                ('valid_from', models.CharField(blank=True, max_length=10)),
                ('valid_to', models.CharField(blank=True, max_length=10)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='directory.institution')),
            ],
            options={
                'verbose_name': 'name of an institution',
                'ordering': ['institution', 'valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', ''), ('valid_from__regex', '^\\d{4}(-\\d{2}(-\\d{2})?)?$'), _connector='OR'), name='institution_name_valid_from_is_a_date'), models.CheckConstraint(condition=models.Q(('valid_to', ''), ('valid_to__regex', '^\\d{4}(-\\d{2}(-\\d{2})?)?$'), _connector='OR'), name='institution_name_valid_to_is_a_date'), models.CheckConstraint(condition=models.Q(('valid_from', ''), ('valid_to', ''), ('valid_from__lte', models.F('valid_to')), _connector='OR'), name='institution_name_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('focal-point', 'Focal point'), ('national-coordinator', 'National coordinator'), ('secretariat', 'Secretariat'), ('expert', 'Expert'), ('observer', 'Observer'), ('administrator', 'Administrator')], max_length=30)),
                ('since', models.DateField(default=datetime.date.today)),
                ('until', models.DateField(blank=True, null=True)),
                ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='directory.country')),
                ('institution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='directory.institution')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'role of a person',
                'ordering': ['user', 'role'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('country__isnull', True), ('institution__isnull', False), ('role__in', ['focal-point', 'expert'])), models.Q(('country__isnull', False), ('institution__isnull', True), ('role', 'national-coordinator')), models.Q(('country__isnull', True), ('institution__isnull', True), ('role__in', ['secretariat', 'observer', 'administrator'])), _connector='OR'), name='membership_scope_fits_its_role'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='membership_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.CharField(blank=True, max_length=10)),
                ('note', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='successions', to='directory.institution')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='precedents', to='directory.institution')),
            ],
            options={
                'verbose_name': 'succession',
                'constraints': [models.CheckConstraint(condition=models.Q(('on', ''), ('on__regex', '^\\d{4}(-\\d{2}(-\\d{2})?)?$'), _connector='OR'), name='succession_on_is_a_date'), models.UniqueConstraint(fields=('predecessor', 'successor'), name='succession_once'), models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='succession_of_another')],
            },
        ),
        migrations.AddField(
            model_name='country',
            name='regions',
            field=models.ManyToManyField(related_name='countries', through='directory.CountryRegion', to='directory.region'),
        ),
    ]
