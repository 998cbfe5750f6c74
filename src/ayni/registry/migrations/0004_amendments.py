import ayni.common.i18n
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0004_revisions_consent'),
        ('registry', '0003_cooperation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    # Amendments of before were made at once: they are in effect, and say in words what they changed.
    operations = [
        migrations.CreateModel(
            name='AmendmentSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signatory', models.CharField(blank=True, max_length=150)),
                ('signed_on', models.DateField()),
                ('by_other_side', models.BooleanField(default=False)),
                ('amendment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='registry.amendment')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='amendment_signatures', to='registry.agreementparty')),
                ('rank', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.concept')),
            ],
            options={
                'verbose_name': 'signature of an amendment',
                'ordering': ['amendment', 'party'],
                'constraints': [models.UniqueConstraint(fields=('amendment', 'party'), name='amendment_signed_once')],
            },
        ),
        migrations.RemoveConstraint(
            model_name='agreementdocument',
            name='agreement_document_once',
        ),
        migrations.RemoveConstraint(
            model_name='amendment',
            name='amendment_dates_in_order',
        ),
        migrations.AddField(
            model_name='agreementdocument',
            name='content_type',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name='agreementdocument',
            name='file',
            field=models.FileField(blank=True, upload_to='agreements/%Y/'),
        ),
        migrations.AddField(
            model_name='agreementdocument',
            name='name',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='agreementdocument',
            name='sha256',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='agreementdocument',
            name='size',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='amendment',
            name='former',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='amendment',
            name='reason',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='amendment',
            name='reviewed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='amendment',
            name='reviewed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='amendment',
            name='revision',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='amendment',
            name='state',
            field=models.CharField(choices=[('draft', 'draft'), ('review', 'in legal review'), ('signed', 'signed'), ('in-effect', 'in effect'), ('withdrawn', 'withdrawn')], default='in-effect', max_length=10),
        ),
        migrations.AlterField(
            model_name='amendment',
            name='state',
            field=models.CharField(choices=[('draft', 'draft'), ('review', 'in legal review'), ('signed', 'signed'), ('in-effect', 'in effect'), ('withdrawn', 'withdrawn')], default='draft', max_length=10),
        ),
        migrations.AddField(
            model_name='amendment',
            name='texts',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AlterField(
            model_name='agreementdocument',
            name='url',
            field=models.URLField(blank=True, max_length=500),
        ),
        migrations.AlterField(
            model_name='amendment',
            name='agreed_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='amendment',
            name='changes',
            field=ayni.common.i18n.TranslatedField(blank=True, default=dict),
        ),
        migrations.AddConstraint(
            model_name='agreementdocument',
            constraint=models.UniqueConstraint(condition=models.Q(('url', ''), _negated=True), fields=('agreement', 'url'), name='agreement_document_address_once'),
        ),
        migrations.AddConstraint(
            model_name='agreementdocument',
            constraint=models.UniqueConstraint(condition=models.Q(('sha256', ''), _negated=True), fields=('agreement', 'sha256'), name='agreement_document_file_once'),
        ),
        migrations.AddConstraint(
            model_name='agreementdocument',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('url', ''), models.Q(('file', ''), _negated=True), models.Q(('sha256', ''), _negated=True), models.Q(('name', ''), _negated=True), ('size__isnull', False)), models.Q(models.Q(('url', ''), _negated=True), ('file', ''), ('name', ''), ('sha256', ''), ('size__isnull', True)), _connector='OR'), name='agreement_document_file_or_address'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'review', 'signed'))), fields=('agreement',), name='amendment_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'renewal'), ('valid_to__isnull', True), _connector='OR'), name='amendment_moves_no_day'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('agreed_on__isnull', True), ('valid_to__gte', models.F('agreed_on')), _connector='OR'), name='amendment_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'in-effect'), _negated=True), ('agreed_on__isnull', False), _connector='OR'), name='amendment_in_effect_from_a_day'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='amendment_withdrawn_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(('revision__gte', 1)), name='amendment_revision_from_1'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reviewed_at__isnull', True), ('reviewed_by__isnull', True)), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='amendment_reviewed_when_and_by_whom'),
        ),
    ]
