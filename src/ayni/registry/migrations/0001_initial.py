import ayni.common.i18n
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('directory', '0004_revisions_consent'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', ayni.common.i18n.TranslatedField(default=dict)),
                ('purpose', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('roles', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('responsibilities', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('limits', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('renews', models.BooleanField(default=False)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('review', 'in legal review'), ('signed', 'signed'), ('in-force', 'in force'), ('expired', 'expired'), ('terminated', 'terminated')], default='draft', max_length=12)),
                ('reason', models.TextField(blank=True)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                ('fictional', models.BooleanField(default=False)),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.concept')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='directory.institution')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='below', to='registry.agreement')),
                ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'agreement',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['state', 'valid_to'], name='agreement_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='agreement_not_below_itself'), models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_from__lte', models.F('valid_to')), _connector='OR'), name='agreement_dates_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['in-force', 'expired', 'terminated']), _negated=True), ('valid_from__isnull', False), _connector='OR'), name='agreement_in_force_from_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'expired'), _negated=True), ('valid_to__isnull', False), _connector='OR'), name='agreement_expired_on_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'terminated'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='agreement_terminated_with_a_reason'), models.CheckConstraint(condition=models.Q(('revision__gte', 1)), name='agreement_revision_from_1'), models.CheckConstraint(condition=models.Q(models.Q(('reviewed_at__isnull', True), ('reviewed_by__isnull', True)), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='agreement_reviewed_when_and_by_whom')],
            },
        ),
        migrations.CreateModel(
            name='SigningRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signing_rules', to='directory.country')),
                ('form', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.concept')),
                ('ranks', models.ManyToManyField(related_name='+', to='directory.concept')),
                ('via', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.institution')),
            ],
            options={
                'verbose_name': 'signing rule',
                'ordering': ['country', 'form__position'],
                'constraints': [models.UniqueConstraint(fields=('country', 'form'), name='signing_rule_once'), models.UniqueConstraint(condition=models.Q(('form__isnull', True)), fields=('country',), name='signing_rule_for_every_form_once')],
            },
        ),
        migrations.CreateModel(
            name='AgreementDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('url', models.URLField(max_length=500)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='registry.agreement')),
            ],
            options={
                'verbose_name': 'document of an agreement',
                'ordering': ['agreement', 'id'],
                'constraints': [models.UniqueConstraint(fields=('agreement', 'url'), name='agreement_document_once')],
            },
        ),
        migrations.CreateModel(
            name='AgreementParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('commitments', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('signatory', models.CharField(blank=True, max_length=150)),
                ('signed_on', models.DateField(blank=True, null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='registry.agreement')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreement_parties', to='directory.institution')),
                ('rank', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.concept')),
            ],
            options={
                'verbose_name': 'party of an agreement',
                'ordering': ['agreement', 'id'],
                'constraints': [models.UniqueConstraint(fields=('agreement', 'institution'), name='agreement_party_once'), models.CheckConstraint(condition=models.Q(models.Q(('rank__isnull', True), ('signed_on__isnull', True)), models.Q(('rank__isnull', False), ('signed_on__isnull', False)), _connector='OR'), name='agreement_signed_on_a_day_by_a_rank')],
            },
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('amendment', 'amendment'), ('renewal', 'renewal')], max_length=10)),
                ('changes', ayni.common.i18n.TranslatedField(default=dict)),
                ('agreed_on', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='amendments', to='registry.agreement')),
            ],
            options={
                'verbose_name': 'amendment',
                'ordering': ['agreement', '-number'],
                'constraints': [models.UniqueConstraint(fields=('agreement', 'number'), name='amendment_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='amendment_from_1'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'renewal'), _negated=True), ('valid_to__isnull', False), _connector='OR'), name='renewal_until_a_day'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('agreed_on')), _connector='OR'), name='amendment_dates_in_order')],
            },
        ),
    ]
