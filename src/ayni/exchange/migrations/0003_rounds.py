import ayni.common.i18n
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('directory', '0004_revisions_consent'),
        ('exchange', '0002_mission_cost_and_months'),
    ]

    operations = [
        migrations.CreateModel(
            name='CommitteeCriteria',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(unique=True, verbose_name='version')),
                ('note', ayni.common.i18n.TranslatedField(blank=True, default=dict)),
                ('status', models.CharField(choices=[('draft', 'draft'), ('current', 'in force'), ('superseded', 'superseded')], default='draft', max_length=10)),
            ],
            options={
                'verbose_name': 'criteria of the committee',
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'draft')), fields=('status',), name='criteria_one_draft'), models.UniqueConstraint(condition=models.Q(('status', 'current')), fields=('status',), name='criteria_one_current')],
            },
        ),
        migrations.CreateModel(
            name='CommitteeCriterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40)),
                ('name', ayni.common.i18n.TranslatedField(default=dict)),
                ('question', ayni.common.i18n.TranslatedField(default=dict)),
                ('weight', models.PositiveSmallIntegerField(default=1, verbose_name='weight')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('criteria', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='exchange.committeecriteria')),
            ],
            options={
                'verbose_name': 'criterion of the committee',
                'ordering': ['criteria', 'position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('criteria', 'code'), name='criterion_once_a_version'), models.CheckConstraint(condition=models.Q(('weight__gte', 1), ('weight__lte', 100)), name='criterion_weight_1_to_100')],
            },
        ),
        migrations.CreateModel(
            name='ExchangeRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('title', ayni.common.i18n.TranslatedField(default=dict)),
                ('place', ayni.common.i18n.TranslatedField(default=dict)),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(verbose_name='last day')),
                ('time_zone', models.CharField(default='America/Panama', max_length=40, verbose_name='time zone')),
                ('languages', models.CharField(default='es', max_length=20, verbose_name='languages')),
                ('interests_until', models.DateField(verbose_name='interests until')),
                ('state', models.CharField(choices=[('draft', 'being prepared'), ('interests', 'interests open'), ('planning', 'matrix and timetable'), ('running', 'meetings'), ('forms-closed', 'forms closed'), ('committee', 'committee'), ('closed', 'closed')], default='draft', max_length=12)),
                ('fictional', models.BooleanField(default=False)),
                ('criteria', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='exchange.committeecriteria')),
            ],
            options={
                'verbose_name': 'exchange round',
                'ordering': ['-starts_on', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('starts_on__lte', models.F('ends_on'))), name='exchange_round_days_in_order'), models.CheckConstraint(condition=models.Q(('interests_until__lte', models.F('starts_on'))), name='exchange_round_interests_before_it'), models.CheckConstraint(condition=models.Q(('languages__regex', '^(es|pt|en|fr)( (es|pt|en|fr))*$')), name='exchange_round_languages'), models.CheckConstraint(condition=models.Q(('code', 'new'), _negated=True), name='exchange_round_code_is_no_address'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['committee', 'closed']), _negated=True), ('criteria__isnull', False), _connector='OR'), name='exchange_round_committee_has_criteria')],
            },
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40)),
                ('languages', models.CharField(default='es', max_length=20, verbose_name='languages')),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='directory.country')),
                ('institution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='directory.institution')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegations', to='exchange.exchangeround')),
            ],
            options={
                'verbose_name': 'delegation',
                'ordering': ['round', 'country', 'code'],
                'constraints': [models.UniqueConstraint(fields=('round', 'code'), name='delegation_once_a_round'), models.CheckConstraint(condition=models.Q(('languages__regex', '^(es|pt|en|fr)( (es|pt|en|fr))*$')), name='delegation_languages'), models.CheckConstraint(condition=models.Q(('code', 'new'), _negated=True), name='delegation_code_is_no_address')],
            },
        ),
        migrations.CreateModel(
            name='Interpreters',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('one_language', models.CharField(max_length=2)),
                ('other_language', models.CharField(max_length=2)),
                ('count', models.PositiveSmallIntegerField(default=1, verbose_name='number')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interpreters', to='exchange.exchangeround')),
            ],
            options={
                'verbose_name': 'interpreters',
                'ordering': ['round', 'one_language', 'other_language'],
                'constraints': [models.UniqueConstraint(fields=('round', 'one_language', 'other_language'), name='interpreters_once_a_pair'), models.CheckConstraint(condition=models.Q(('one_language__lt', models.F('other_language')), ('one_language__regex', '^(es|pt|en|fr)$'), ('other_language__regex', '^(es|pt|en|fr)$')), name='interpreters_between_two_languages'), models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='interpreters_at_least_one')],
            },
        ),
        migrations.CreateModel(
            name='Reviewer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviewers', to='exchange.exchangeround')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'reviewer',
                'ordering': ['round', 'id'],
                'constraints': [models.UniqueConstraint(fields=('round', 'user'), name='reviewer_once_a_round')],
            },
        ),
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rooms', to='exchange.exchangeround')),
            ],
            options={
                'verbose_name': 'room',
                'ordering': ['round', 'number'],
                'constraints': [models.UniqueConstraint(fields=('round', 'number'), name='room_number_once_a_round'), models.CheckConstraint(condition=models.Q(('number__gte', 1), models.Q(('name', ''), _negated=True)), name='room_has_a_number_and_a_name')],
            },
        ),
        migrations.CreateModel(
            name='TimeSlot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('starts_at', models.TimeField(verbose_name='begins at')),
                ('ends_at', models.TimeField(verbose_name='ends at')),
                ('is_break', models.BooleanField(default=False, verbose_name='break')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='exchange.exchangeround')),
            ],
            options={
                'verbose_name': 'slot',
                'ordering': ['round', 'day', 'starts_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('starts_at__lt', models.F('ends_at'))), name='slot_ends_after_it_begins'), models.UniqueConstraint(fields=('round', 'day', 'starts_at'), name='slot_once_a_round')],
            },
        ),
        migrations.CreateModel(
            name='TimetableVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('how', models.CharField(choices=[('solved', 'planned'), ('repaired', 'repaired')], max_length=8)),
                ('objective', models.FloatField()),
                ('bound', models.FloatField()),
                ('wished', models.FloatField()),
                ('unmet', models.JSONField(blank=True, default=list)),
                ('moves', models.JSONField(blank=True, default=list)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='timetables', to='exchange.exchangeround')),
            ],
            options={
                'verbose_name': 'version of a timetable',
                'ordering': ['round', '-number'],
                'constraints': [models.UniqueConstraint(fields=('round', 'number'), name='timetable_number_once_a_round'), models.CheckConstraint(condition=models.Q(('bound__gte', models.F('objective'))), name='timetable_within_its_bound')],
            },
        ),
        migrations.CreateModel(
            name='Delegate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('position', models.CharField(blank=True, max_length=150, verbose_name='position')),
                ('leads', models.BooleanField(default=False, verbose_name='leads the delegation')),
                ('delegation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegates', to='exchange.delegation')),
            ],
            options={
                'verbose_name': 'delegate',
                'ordering': ['delegation', '-leads', 'name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='delegate_has_a_name'), models.UniqueConstraint(fields=('delegation', 'name'), name='delegate_once_a_delegation'), models.UniqueConstraint(condition=models.Q(('leads', True)), fields=('delegation',), name='delegation_has_one_lead')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('interpreted', models.CharField(blank=True, max_length=5)),
                ('state', models.CharField(choices=[('planned', 'planned'), ('displaced', 'without a place'), ('cancelled', 'cancelled')], default='planned', max_length=9)),
                ('pinned', models.BooleanField(default=False)),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings_as_one', to='exchange.delegation')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings_as_other', to='exchange.delegation')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='exchange.exchangeround')),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='exchange.room')),
                ('slot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='exchange.timeslot')),
            ],
            options={
                'verbose_name': 'meeting',
                'ordering': ['round', 'slot__day', 'slot__starts_at', 'room__number', 'number'],
                'constraints': [models.UniqueConstraint(fields=('round', 'number'), name='meeting_number_once_a_round'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='meeting_of_two_in_order'), models.UniqueConstraint(condition=models.Q(('state', 'planned')), fields=('one', 'other'), name='meeting_once_a_pair'), models.UniqueConstraint(condition=models.Q(('state', 'planned')), fields=('slot', 'one'), name='meeting_one_once_a_slot'), models.UniqueConstraint(condition=models.Q(('state', 'planned')), fields=('slot', 'other'), name='meeting_other_once_a_slot'), models.UniqueConstraint(condition=models.Q(('state', 'planned')), fields=('slot', 'room'), name='meeting_room_once_a_slot'), models.CheckConstraint(condition=models.Q(('state', 'planned'), ('pinned', False), _connector='OR'), name='meeting_pinned_is_planned')],
            },
        ),
        migrations.CreateModel(
            name='RoundProgramme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', ayni.common.i18n.TranslatedField(default=dict)),
                ('delegation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='programmes', to='exchange.delegation')),
                ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.programme')),
                ('quadrant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.concept')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.concept')),
            ],
            options={
                'verbose_name': 'participating programme',
                'ordering': ['delegation', 'id'],
            },
        ),
        migrations.CreateModel(
            name='RoomLoss',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='losses', to='exchange.room')),
                ('slot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='room_losses', to='exchange.timeslot')),
            ],
            options={
                'verbose_name': 'room that is not free',
                'constraints': [models.UniqueConstraint(fields=('room', 'slot'), name='room_lost_once_a_slot')],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('delegation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to='exchange.delegation')),
                ('slot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to='exchange.timeslot')),
            ],
            options={
                'verbose_name': 'absence',
                'constraints': [models.UniqueConstraint(fields=('delegation', 'slot'), name='absence_once_a_slot')],
            },
        ),
        migrations.CreateModel(
            name='MeetingReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('interest', models.PositiveSmallIntegerField(verbose_name='interest')),
                ('sees_action', models.BooleanField(verbose_name='sees a potential action')),
                ('stance', models.CharField(blank=True, choices=[('offer', 'would share its experience'), ('receive', "would receive the other's experience"), ('both', 'would do both')], max_length=7)),
                ('what', models.TextField(blank=True, verbose_name='what could be done')),
                ('why_not', models.TextField(blank=True, verbose_name='why there is none')),
                ('next_step', models.TextField(blank=True, verbose_name='next step')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='by')),
                ('contact', models.CharField(blank=True, max_length=200, verbose_name='contact person')),
                ('filled_at', models.DateTimeField(auto_now=True)),
                ('delegation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='exchange.delegation')),
                ('filled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='exchange.meeting')),
                ('modality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.concept')),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.concept')),
            ],
            options={
                'verbose_name': 'form of a meeting',
                'ordering': ['meeting', 'delegation'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'delegation'), name='report_once_a_side'), models.CheckConstraint(condition=models.Q(('interest__lte', 3)), name='report_interest_0_to_3'), models.CheckConstraint(condition=models.Q(models.Q(('modality__isnull', False), ('sees_action', True), ('topic__isnull', False), ('why_not', ''), models.Q(('what', ''), _negated=True), models.Q(('stance', ''), _negated=True)), models.Q(('modality__isnull', True), ('sees_action', False), ('stance', ''), ('topic__isnull', True), ('what', ''), models.Q(('why_not', ''), _negated=True)), _connector='OR'), name='report_says_what_or_why_not')],
            },
        ),
        migrations.CreateModel(
            name='PotentialAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('mutual', models.BooleanField(default=False, verbose_name='each gives and receives')),
                ('decision', models.CharField(choices=[('open', 'not decided yet'), ('selected', 'selected for follow-up'), ('declined', 'not selected')], default='open', max_length=8)),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='action', to='exchange.meeting')),
                ('offerer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.delegation')),
                ('recipient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.delegation')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='exchange.exchangeround')),
            ],
            options={
                'verbose_name': 'potential action',
                'ordering': ['round', 'number'],
                'constraints': [models.UniqueConstraint(fields=('round', 'number'), name='action_number_once_a_round'), models.CheckConstraint(condition=models.Q(models.Q(('offerer__isnull', True), ('recipient__isnull', True)), models.Q(('mutual', False), ('offerer__isnull', False), ('recipient__isnull', False), models.Q(('offerer', models.F('recipient')), _negated=True)), _connector='OR'), name='action_between_two'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decision', 'open'), ('reason', '')), models.Q(models.Q(('decision', 'open'), _negated=True), models.Q(('reason', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='action_decided_with_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aim', models.CharField(choices=[('seek', 'seeks'), ('offer', 'offers')], default='seek', max_length=5)),
                ('weight', models.PositiveSmallIntegerField(default=2, verbose_name='weight')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('withdrawn', models.BooleanField(default=False)),
                ('delegation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interests', to='exchange.delegation')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interests_of_others', to='exchange.delegation')),
                ('quadrant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.concept')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.concept')),
                ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='exchange.roundprogramme')),
            ],
            options={
                'verbose_name': 'interest',
                'ordering': ['delegation', '-weight', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('delegation', models.F('partner')), _negated=True), name='interest_in_another'), models.CheckConstraint(condition=models.Q(('weight__gte', 1), ('weight__lte', 3)), name='interest_weight_1_to_3'), models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('delegation', 'partner', 'topic', 'aim'), name='interest_once_about_a_topic')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comment', models.TextField(blank=True, verbose_name='comment')),
                ('conflict', models.TextField(blank=True, verbose_name='conflict of interest')),
                ('given_at', models.DateTimeField(auto_now=True)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='exchange.potentialaction')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='exchange.reviewer')),
            ],
            options={
                'verbose_name': 'review',
                'ordering': ['action', 'reviewer'],
                'constraints': [models.UniqueConstraint(fields=('reviewer', 'action'), name='review_once_a_reviewer'), models.CheckConstraint(condition=models.Q(('conflict', ''), ('comment', ''), _connector='OR'), name='review_abstains_or_comments')],
            },
        ),
        migrations.CreateModel(
            name='ReviewScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.PositiveSmallIntegerField(verbose_name='score')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='exchange.committeecriterion')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='exchange.review')),
            ],
            options={
                'verbose_name': 'score',
                'ordering': ['review', 'criterion'],
                'constraints': [models.UniqueConstraint(fields=('review', 'criterion'), name='score_once_a_criterion'), models.CheckConstraint(condition=models.Q(('value__lte', 3)), name='score_0_to_3')],
            },
        ),
    ]
