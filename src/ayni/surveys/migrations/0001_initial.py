import ayni.common.i18n
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('directory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Instrument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('title', ayni.common.i18n.TranslatedField(default=dict)),
            ],
            options={
                'verbose_name': 'instrument',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='InstrumentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('status', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('retired', 'retired')], default='draft', max_length=10)),
                ('introduction', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('default_language', models.CharField(default='es', max_length=2)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('published_on', models.DateField(blank=True, null=True)),
                ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='surveys.instrument')),
            ],
            options={
                'verbose_name': 'version of an instrument',
                'ordering': ['instrument', '-number'],
                'constraints': [models.UniqueConstraint(fields=('instrument', 'number'), name='instrument_version_once'), models.CheckConstraint(condition=models.Q(models.Q(('published_on__isnull', True), ('status', 'draft')), models.Q(models.Q(('status', 'draft'), _negated=True), ('published_on__isnull', False)), _connector='OR'), name='instrument_version_published_with_a_date')],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('title', ayni.common.i18n.TranslatedField(default=dict)),
                ('period_from', models.PositiveSmallIntegerField(verbose_name='first year')),
                ('period_to', models.PositiveSmallIntegerField(verbose_name='last year')),
                ('deadline', models.DateField(verbose_name='deadline')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('open', 'open'), ('closed', 'closed')], default='draft', max_length=10)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('fictional', models.BooleanField(default=False)),
                ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next_rounds', to='surveys.round')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='surveys.instrumentversion')),
            ],
            options={
                'verbose_name': 'round',
                'ordering': ['-period_to', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('period_from__lte', models.F('period_to'))), name='round_period_in_order'), models.CheckConstraint(condition=models.Q(('previous__isnull', True), models.Q(('previous', models.F('id')), _negated=True), _connector='OR'), name='round_not_after_itself')],
            },
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40)),
                ('title', ayni.common.i18n.TranslatedField(default=dict)),
                ('condition', models.JSONField(blank=True, null=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='surveys.instrumentversion')),
            ],
            options={
                'verbose_name': 'section of an instrument',
                'ordering': ['version', 'position'],
                'constraints': [models.UniqueConstraint(fields=('version', 'code'), name='section_code_once_a_version')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40)),
                ('number', models.CharField(blank=True, max_length=10)),
                ('kind', models.CharField(choices=[('text', 'short text'), ('long_text', 'text'), ('number', 'number'), ('money', 'amount of money with its currency'), ('date', 'date'), ('period', 'period of years'), ('single', 'one choice'), ('multiple', 'several choices'), ('countries', 'countries'), ('institutions', 'institutions and their roles'), ('file', 'file'), ('note', 'note without an answer')], max_length=15)),
                ('label', ayni.common.i18n.TranslatedField(default=dict)),
                ('help', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('required', models.BooleanField(default=False)),
                ('condition', models.JSONField(blank=True, null=True)),
                ('options', models.JSONField(blank=True, default=dict)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('scheme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='directory.conceptscheme')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='surveys.instrumentversion')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='surveys.section')),
            ],
            options={
                'verbose_name': 'question',
                'ordering': ['version', 'position'],
                'constraints': [models.UniqueConstraint(fields=('version', 'code'), name='question_code_once_a_version'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['single', 'multiple']), _negated=True), ('scheme__isnull', False), _connector='OR'), name='question_of_choice_has_a_vocabulary')],
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('draft', 'being answered'), ('submitted', 'submitted'), ('returned', 'returned'), ('accepted', 'accepted'), ('contested', 'contested'), ('validated', 'validated')], default='draft', max_length=10)),
                ('period_from', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('period_to', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('note', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('reason', models.TextField(blank=True)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('validated_at', models.DateTimeField(blank=True, null=True)),
                ('validation_source', models.CharField(blank=True, max_length=200)),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='directory.institution')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('validated_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='surveys.round')),
            ],
            options={
                'verbose_name': 'response',
                'ordering': ['round', 'institution'],
                'constraints': [models.UniqueConstraint(fields=('round', 'institution'), name='response_once_a_round'), models.CheckConstraint(condition=models.Q(models.Q(('period_from__isnull', True), ('period_to__isnull', True)), models.Q(('period_from__isnull', False), ('period_from__lte', models.F('period_to')), ('period_to__isnull', False)), _connector='OR'), name='response_period_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('submitted_at__isnull', True), ('submitted_by__isnull', True)), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='response_submitted_when_and_by_whom'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', True)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='response_accepted_when_and_by_whom'), models.CheckConstraint(condition=models.Q(models.Q(('validated_at__isnull', True), ('validated_by__isnull', True)), models.Q(('validated_at__isnull', False), ('validated_by__isnull', False)), _connector='OR'), name='response_validated_when_and_by_whom'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'validated'), _negated=True), ('validated_at__isnull', False), models.Q(('validation_source', ''), _negated=True), _connector='OR'), name='response_validated_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['returned', 'contested']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='response_returned_with_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('language', models.CharField(default='es', max_length=2)),
                ('invited_at', models.DateTimeField(blank=True, null=True)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('reminders', models.PositiveSmallIntegerField(default=0)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='directory.institution')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='surveys.round')),
            ],
            options={
                'verbose_name': 'invitation',
                'ordering': ['round', 'institution'],
                'constraints': [models.UniqueConstraint(fields=('round', 'institution'), name='invitation_once_a_round'), models.CheckConstraint(condition=models.Q(models.Q(('reminded_at__isnull', True), ('reminders', 0)), models.Q(('reminded_at__isnull', False), ('reminders__gt', 0)), _connector='OR'), name='invitation_reminders_have_a_date')],
            },
        ),
        migrations.CreateModel(
            name='DiagnosisEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('title', ayni.common.i18n.TranslatedField(default=dict)),
                ('status', models.CharField(choices=[('draft', 'draft'), ('frozen', 'frozen'), ('published', 'published')], default='draft', max_length=10)),
                ('content', models.TextField(blank=True)),
                ('checksum', models.CharField(blank=True, max_length=64)),
                ('frozen_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('frozen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next_editions', to='surveys.diagnosisedition')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='surveys.round')),
            ],
            options={
                'verbose_name': 'edition of the diagnosis',
                'ordering': ['-round__period_to', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('checksum', ''), ('content', ''), ('frozen_at__isnull', True), ('status', 'draft')), models.Q(models.Q(('status', 'draft'), _negated=True), models.Q(('content', ''), _negated=True), ('checksum__regex', '^[0-9a-f]{64}$'), ('frozen_at__isnull', False)), _connector='OR'), name='edition_frozen_whole'), models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', False), ('status', 'published')), models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', True)), _connector='OR'), name='edition_published_with_a_date'), models.CheckConstraint(condition=models.Q(('previous__isnull', True), models.Q(('previous', models.F('id')), _negated=True), _connector='OR'), name='edition_not_after_itself')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.JSONField(null=True)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('updated_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='surveys.question')),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='surveys.response')),
            ],
            options={
                'verbose_name': 'answer',
                'constraints': [models.UniqueConstraint(fields=('response', 'question'), name='answer_once_a_question')],
            },
        ),
        migrations.CreateModel(
            name='PartnerMention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(default='unknown', max_length=20)),
                ('since', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('until', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('printed_name', models.CharField(blank=True, max_length=100)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='directory.country')),
                ('reporter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.country')),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partners', to='surveys.response')),
            ],
            options={
                'verbose_name': 'partner country',
                'constraints': [models.UniqueConstraint(fields=('response', 'country'), name='partner_once_a_response'), models.CheckConstraint(condition=models.Q(('country', models.F('reporter')), _negated=True), name='partner_is_another_country'), models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('since__lte', models.F('until')), _connector='OR'), name='partner_period_in_order'), models.CheckConstraint(condition=models.Q(('role__in', ['first-offerer', 'second-offerer', 'recipient', 'both', 'unknown'])), name='partner_role_known_or_unknown')],
            },
        ),
        migrations.CreateModel(
            name='Coding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(blank=True, max_length=200)),
                ('passage', models.TextField(blank=True)),
                ('coder_name', models.CharField(max_length=200)),
                ('coded_at', models.DateTimeField(auto_now_add=True)),
                ('coder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('concept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codings', to='directory.concept')),
                ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.country')),
                ('question', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.question')),
                ('response', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='surveys.response')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='surveys.round')),
            ],
            options={
                'verbose_name': 'coding',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('response__isnull', True), ('country__isnull', True), _connector='OR'), name='coding_of_a_response_or_a_country'), models.UniqueConstraint(condition=models.Q(('response__isnull', False)), fields=('response', 'question', 'concept'), name='coding_once_a_response')],
            },
        ),
        migrations.CreateModel(
            name='AgencyMention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(blank=True, max_length=200)),
                ('name', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('scope', models.CharField(choices=[('national', 'national'), ('international', 'international')], max_length=15)),
                ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.country')),
                ('institution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='directory.institution')),
                ('role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.concept')),
                ('question', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.question')),
                ('response', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='surveys.response')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='surveys.round')),
            ],
            options={
                'verbose_name': 'agency involved',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('response__isnull', True), ('country__isnull', True), _connector='OR'), name='agencymention_of_a_response_or_a_country')],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(blank=True, max_length=200)),
                ('text', ayni.common.i18n.TranslatedField(default=dict)),
                ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.country')),
                ('question', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.question')),
                ('response', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='surveys.response')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='surveys.round')),
            ],
            options={
                'verbose_name': 'joint statement',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('response__isnull', True), ('country__isnull', True), _connector='OR'), name='statement_of_a_response_or_a_country')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(upload_to='answers/%Y/')),
                ('name', models.CharField(max_length=200)),
                ('content_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('uploaded_at', models.DateTimeField(auto_now_add=True)),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='surveys.answer')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'attachment',
            },
        ),
        migrations.CreateModel(
            name='AnswerRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('base', models.PositiveIntegerField()),
                ('revision', models.PositiveIntegerField(null=True)),
                ('value', models.JSONField(null=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('client', models.CharField(max_length=40)),
                ('sequence', models.PositiveIntegerField()),
                ('resolved', models.BooleanField(default=False)),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='surveys.answer')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['answer', 'id'],
                'constraints': [models.UniqueConstraint(fields=('answer', 'revision'), name='answer_revision_once'), models.UniqueConstraint(fields=('answer', 'client', 'sequence'), name='answer_edit_applied_once'), models.CheckConstraint(condition=models.Q(('revision__isnull', True), ('revision__gt', models.F('base')), _connector='OR'), name='answer_revision_after_its_base')],
            },
        ),
    ]
