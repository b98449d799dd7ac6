import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('partners', '0001_initial'),
        ('records', '0002_need_to_know'),
    ]

    operations = [
        migrations.CreateModel(
            name='RunningClock',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('rule', models.CharField(max_length=80)),
                ('key', models.CharField(max_length=60)),
                ('title', models.CharField(max_length=160)),
                ('edition', models.CharField(max_length=10)),
                ('fingerprint', models.CharField(max_length=16)),
                ('rule_as_started', models.JSONField()),
                ('starts', models.JSONField()),
                ('start_fact', models.CharField(max_length=40)),
                ('start_at', models.DateTimeField()),
                ('start_on', models.DateField()),
                ('start_precision', models.CharField(choices=[('exact', 'exact'), ('date', 'date'), ('time_unknown', 'time unknown'), ('about', 'about')], max_length=14)),
                ('first_start_at', models.DateTimeField()),
                ('first_due_on', models.DateField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('gross_due_on', models.DateField(null=True)),
                ('gross_due_at', models.DateTimeField(null=True)),
                ('net_due_on', models.DateField(null=True)),
                ('net_due_at', models.DateTimeField(null=True)),
                ('opens_on', models.DateField(null=True)),
                ('provisional', models.BooleanField(default=False)),
                ('skipped', models.JSONField(default=list)),
                ('paused', models.BooleanField(default=False)),
                ('breached', models.BooleanField(default=False)),
                ('met_at', models.DateTimeField(null=True)),
                ('met_on', models.DateField(null=True)),
                ('met_precision', models.CharField(blank=True, choices=[('exact', 'exact'), ('date', 'date'), ('time_unknown', 'time unknown'), ('about', 'about')], max_length=14)),
                ('outcome', models.CharField(blank=True, choices=[('running', 'Running'), ('overdue', 'Overdue'), ('paused', 'Paused'), ('met_in_time', 'Done in time'), ('met_late', 'Done late'), ('too_early', 'Done too early'), ('cannot_say', 'Timeliness cannot be said')], max_length=14)),
                ('cancelled', models.BooleanField(default=False)),
                ('closed_at', models.DateTimeField(null=True)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.circle')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.office')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clocks', to='records.record')),
            ],
        ),
        migrations.CreateModel(
            name='ClockEvent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('started', 'Started'), ('paused', 'Paused'), ('resumed', 'Taken up again'), ('start_corrected', 'Start corrected'), ('breached', 'Limit passed'), ('rederived', 'Worked out again'), ('met', 'Met'), ('cancelled', 'Ended without being met'), ('reopened', 'Opened again')], max_length=16)),
                ('moment', models.JSONField(help_text='The moment the event is about, as it is known', null=True)),
                ('reason', models.SlugField(blank=True, max_length=40)),
                ('note', models.TextField(blank=True)),
                ('due_before_on', models.DateField(null=True)),
                ('due_after_on', models.DateField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.person')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.circle')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.office')),
                ('clock', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='pathways.runningclock')),
            ],
        ),
        migrations.CreateModel(
            name='StageChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('pathway', models.CharField(max_length=60)),
                ('version', models.PositiveSmallIntegerField()),
                ('move', models.SlugField(max_length=60)),
                ('from_stage', models.SlugField(blank=True, max_length=40)),
                ('to_stage', models.SlugField(max_length=40)),
                ('side', models.SlugField(blank=True, max_length=40)),
                ('because', models.CharField(blank=True, help_text='The coded reason that let this person do it', max_length=60)),
                ('on', models.DateField()),
                ('reason', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.person')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.circle')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.office')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stage_changes', to='records.record')),
            ],
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('pathway', models.CharField(max_length=60)),
                ('version', models.PositiveSmallIntegerField()),
                ('stage', models.SlugField(max_length=40)),
                ('sides', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=40), default=list, size=None)),
                ('since_on', models.DateField()),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.circle')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.office')),
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='standing', to='records.record')),
            ],
        ),
        migrations.CreateModel(
            name='CheckedYear',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('against', models.CharField(help_text='Where the list was published', max_length=300)),
                ('checked_on', models.DateField()),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checked_years', to='partners.board')),
                ('checked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('board', 'year'), name='pathways_checkedyear_once')],
            },
        ),
        migrations.CreateModel(
            name='ProclaimedDay',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('day', models.DateField()),
                ('nations', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('england_and_wales', 'England and Wales'), ('scotland', 'Scotland'), ('northern_ireland', 'Northern Ireland')], max_length=20), size=None)),
                ('effect', models.CharField(choices=[('closed', 'Closed: a bank holiday'), ('open', 'Open: a working day after all')], default='closed', max_length=10)),
                ('name', models.CharField(max_length=80)),
                ('source', models.CharField(help_text='Where it was announced', max_length=300)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proclaimed_days', to='partners.board')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.person')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('board', 'day'), name='pathways_proclaimedday_once'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='pathways_proclaimedday_withdrawn_whole')],
            },
        ),
        migrations.CreateModel(
            name='RuleCheck',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('rule', models.CharField(max_length=80)),
                ('fingerprint', models.CharField(max_length=16)),
                ('finding', models.CharField(choices=[('checked', 'Checked: the guidance says this'), ('local', 'Local rule: there is no national one'), ('differs', 'Checked: the guidance says something else'), ('taken_back', 'Not checked after all')], max_length=12)),
                ('checked_on', models.DateField()),
                ('against', models.CharField(blank=True, help_text='The link or document it was checked against', max_length=500)),
                ('note', models.TextField(blank=True)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rule_checks', to='partners.board')),
                ('checked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.person')),
            ],
            options={
                'indexes': [models.Index(fields=['board', 'rule', '-created_at'], name='pathways_rulecheck_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('finding__in', ['checked', 'differs']), _negated=True), models.Q(('against', ''), _negated=True), _connector='OR'), name='pathways_rulecheck_names_its_source', violation_error_message='Say which link or document it was checked against.')],
            },
        ),
        migrations.AddIndex(
            model_name='runningclock',
            index=models.Index(fields=['record', 'key'], name='pathways_clock_of_record'),
        ),
        migrations.AddConstraint(
            model_name='runningclock',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('record', 'key'), name='pathways_clock_one_running'),
        ),
        migrations.AddConstraint(
            model_name='runningclock',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('outcome', '')), models.Q(('cancelled', True), ('closed_at__isnull', False), ('outcome', '')), models.Q(('cancelled', False), ('closed_at__isnull', False), ('met_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='pathways_clock_closed_says_how'),
        ),
        migrations.AddIndex(
            model_name='clockevent',
            index=models.Index(fields=['clock', 'created_at'], name='pathways_event_in_order'),
        ),
        migrations.AddIndex(
            model_name='stagechange',
            index=models.Index(fields=['record', 'created_at'], name='pathways_changes_in_order'),
        ),
        migrations.AddConstraint(
            model_name='stagechange',
            constraint=models.CheckConstraint(condition=models.Q(('side', ''), ('from_stage', models.F('to_stage')), _connector='OR'), name='pathways_stagechange_moves_or_sides'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['pathway', 'stage'], name='pathways_standing_by_stage'),
        ),
    ]
