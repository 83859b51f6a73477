import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.utils.timezone
import jukwaa.core.migration_operations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('meetings', '0001_initial'), ('meetings', '0002_time_and_place_of_meetings'), ('meetings', '0003_sequence_continues_from_version'), ('meetings', '0004_agenda'), ('meetings', '0005_decisions'), ('meetings', '0006_ideas'), ('meetings', '0007_commitments_have_owners_who_confirm'), ('meetings', '0008_owners_named_in_public_have_confirmed'), ('meetings', '0009_emailed_agendas'), ('meetings', '0010_replies_to_invitations'), ('meetings', '0011_summaries_are_sent_once'), ('meetings', '0012_live_minutes'), ('meetings', '0013_silence_procedures'), ('meetings', '0014_polls_for_the_time_of_a_meeting'), ('meetings', '0015_messages_to_missing_groups'), ('meetings', '0016_imported_calendars'), ('meetings', '0017_key_findings'), ('meetings', '0018_corrections_and_errata'), ('meetings', '0019_quorum'), ('meetings', '0020_topics_under_the_rule'), ('meetings', '0021_consent_of_adult_contacts'), ('meetings', '0022_dates_that_are_not_decided'), ('meetings', '0023_indexes_of_lists'), ('meetings', '0024_role_of_representatives'), ('meetings', '0025_plain_language'), ('meetings', '0026_plain_language')]

    initial = True

    dependencies = [
        ('coalitions', '0002_seats_are_found_by_person'),
        ('drafting', '0005_silence_procedures'),
        ('records', '0009_relates_to'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        jukwaa.core.migration_operations.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Meeting',
                    fields=[
                        ('record_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='as_meeting', serialize=False, to='records.record')),
                        ('starts_on', models.DateField(blank=True, null=True, verbose_name='date')),
                        ('precision', models.CharField(choices=[('day', 'the day is known'), ('month', 'the month is known'), ('year', 'the year is known'), ('open', 'the date has not been decided')], default='day', max_length=5, verbose_name='how exact the date is')),
                        ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='starts')),
                        ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='ends')),
                        ('place', models.CharField(blank=True, max_length=120, verbose_name='place')),
                        ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                        ('forum', models.CharField(blank=True, max_length=160, verbose_name='forum')),
                        ('public_source', models.URLField(blank=True, max_length=400, verbose_name='public page')),
                        ('chair', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('cancellation_reason', models.TextField(blank=True, verbose_name='reason for the cancellation')),
                        ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                        ('duration', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='duration in minutes')),
                        ('fold', models.PositiveSmallIntegerField(default=0)),
                        ('interpretation', models.CharField(blank=True, max_length=200, verbose_name='interpretation')),
                        ('joining_link', models.URLField(blank=True, max_length=400, verbose_name='joining link')),
                        ('joining_link_is_public', models.BooleanField(default=False)),
                        ('languages', models.CharField(blank=True, max_length=200, verbose_name='languages')),
                        ('sequence', models.PositiveIntegerField(default=0)),
                        ('start_time', models.TimeField(blank=True, null=True, verbose_name='start time')),
                        ('time_zone', models.CharField(blank=True, max_length=64, verbose_name='time zone')),
                        ('series', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='meetings', to='meetings.series')),
                        ('order_day', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('starts_on', models.Case(models.When(precision='open', then=models.Value(datetime.date(9999, 12, 31), models.DateField())), default=models.Value(datetime.date(1, 1, 1), models.DateField()))), output_field=models.DateField())),
                    ],
                    options={
                        'indexes': [models.Index(fields=['order_day', 'record_ptr'], name='meetings_by_day')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('start_time__isnull', True), models.Q(('starts_on__isnull', False), models.Q(('time_zone', ''), _negated=True)), _connector='OR'), name='a_start_time_has_a_day_and_a_zone'), models.CheckConstraint(condition=models.Q(('cancelled_at__isnull', True), models.Q(('cancellation_reason', ''), _negated=True), _connector='OR'), name='a_cancelled_meeting_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('precision', 'open'), _negated=True), ('starts_on__isnull', True), _connector='OR'), name='an_undecided_date_has_no_day')],
                    },
                    bases=('records.record',),
                ),
                migrations.CreateModel(
                    name='Part',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('chatham', models.BooleanField(default=False, verbose_name='held under the Chatham House Rule')),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='meetings.meeting')),
                        ('holds_updates', models.BooleanField(default=False)),
                        ('is_standing', models.BooleanField(default=False, verbose_name='standing item')),
                        ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='planned length in minutes')),
                        ('presenter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='presented_parts', to='coalitions.capacity', verbose_name='presenter')),
                        ('purpose', models.CharField(blank=True, choices=[('information', 'For information'), ('discussion', 'For discussion'), ('decision', 'For decision')], max_length=11, verbose_name='purpose')),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('about', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='agenda_items', to='records.record')),
                    ],
                    options={
                        'ordering': ['position', 'pk'],
                        'indexes': [models.Index(condition=models.Q(('about__isnull', False)), fields=['about'], name='agenda_items_about_a_record')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('holds_updates', True)), fields=('meeting',), name='updates_are_one_agenda_item'), models.CheckConstraint(condition=models.Q(('holds_updates', False), ('chatham', False), _connector='OR'), name='updates_are_not_under_the_chatham_house_rule')],
                    },
                ),
                migrations.CreateModel(
                    name='Entry',
                    fields=[
                        ('record_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='records.record')),
                        ('position', models.PositiveIntegerField()),
                        ('text', models.TextField(verbose_name='text')),
                        ('speakers', models.ManyToManyField(blank=True, related_name='entries', to='coalitions.capacity')),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='meetings.meeting')),
                        ('part', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='meetings.part')),
                        ('response', models.CharField(choices=[('open', 'open'), ('taken-up', 'taken up'), ('closed', 'closed')], default='open', max_length=8, verbose_name='status')),
                        ('taken_up_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('topic', models.CharField(blank=True, max_length=120, verbose_name='topic')),
                    ],
                    options={
                        'verbose_name_plural': 'entries',
                        'ordering': ['position', 'pk'],
                        'indexes': [models.Index(fields=['meeting', 'position'], name='entries_in_order')],
                    },
                    bases=('records.record',),
                ),
                migrations.CreateModel(
                    name='Attendance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('came_as', models.CharField(choices=[('member', 'member'), ('new-member', 'new member'), ('new-attendee', 'first-time attendee'), ('observer', 'observer')], max_length=15, verbose_name='attended as')),
                        ('is_chair', models.BooleanField(default=False, verbose_name='chaired')),
                        ('is_group', models.BooleanField(default=False)),
                        ('capacity', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='coalitions.capacity')),
                        ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='records.source')),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='meetings.meeting')),
                        ('part', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='meetings.part')),
                    ],
                    options={
                        'ordering': ['-is_chair', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Report',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('edits', models.JSONField(default=dict)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                        ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='report', to='meetings.meeting')),
                    ],
                ),
                migrations.CreateModel(
                    name='Commitment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                        ('due_text', models.CharField(blank=True, max_length=120, verbose_name='due, as written')),
                        ('progress', models.CharField(choices=[('open', 'open'), ('in-hand', 'in progress'), ('kept', 'done'), ('dropped', 'dropped')], default='open', max_length=10, verbose_name='status')),
                        ('closed_on', models.DateField(blank=True, null=True)),
                        ('closing_note', models.TextField(blank=True)),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='coalitions.capacity', verbose_name='owner')),
                        ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='commitment', to='meetings.entry')),
                        ('evidence_file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='records.attachment')),
                        ('evidence_record', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='records.record')),
                        ('evidence_url', models.URLField(blank=True, max_length=400)),
                        ('needs_owner', models.BooleanField(default=False)),
                        ('owner_spoke', models.BooleanField(default=False)),
                        ('proposed_name', models.CharField(blank=True, max_length=250)),
                        ('proposed_organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organisation')),
                        ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withheld_text', models.TextField(blank=True)),
                        ('withheld_title', models.CharField(blank=True, max_length=250)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', True), ('progress__in', ['open', 'in-hand'])), models.Q(('closed_on__isnull', False), ('progress__in', ['kept', 'dropped'])), _connector='OR'), name='a_commitment_that_is_closed_has_a_day'), models.CheckConstraint(condition=models.Q(('proposed_organisation', None), models.Q(('proposed_name', ''), _negated=True), _connector='OR'), name='a_proposed_owner_has_a_name')],
                        'indexes': [models.Index(fields=['closed_on', 'due_on'], name='open_commitments_by_due_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Series',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('rule', models.CharField(blank=True, max_length=200, verbose_name='recurrence rule')),
                        ('time_zone', models.CharField(blank=True, max_length=64, verbose_name='time zone')),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meeting_series', to='coalitions.coalition')),
                    ],
                    options={
                        'verbose_name_plural': 'series',
                    },
                ),
                migrations.CreateModel(
                    name='Agenda',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('ready_at', models.DateTimeField(blank=True, null=True)),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('sent_version', models.PositiveIntegerField(blank=True, null=True)),
                        ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to='meetings.meeting')),
                        ('emailed_version', models.PositiveIntegerField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', True), ('sent_version__isnull', True)), models.Q(('sent_at__isnull', False), ('sent_version__isnull', False)), _connector='OR'), name='an_agenda_that_was_sent_has_a_version')],
                    },
                ),
                migrations.CreateModel(
                    name='MeetingReminder',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_at', models.DateTimeField()),
                        ('ahead', models.CharField(choices=[('day', 'a day before'), ('hour', 'an hour before')], max_length=4)),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meetings.meeting')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('meeting', 'starts_at', 'ahead'), name='a_meeting_is_reminded_of_once')],
                    },
                ),
                migrations.CreateModel(
                    name='MemberUpdate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.CharField(max_length=280, verbose_name='update')),
                        ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('capacity', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='member_update', to='coalitions.capacity')),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='member_updates', to='meetings.meeting')),
                    ],
                    options={
                        'ordering': ['written_at', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('meeting', 'author'), name='a_person_has_one_update_for_a_meeting')],
                    },
                ),
                migrations.CreateModel(
                    name='Paper',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                        ('linked_on', models.DateField(blank=True, null=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('attachment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='records.attachment')),
                        ('part', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='meetings.part')),
                        ('record', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='records.record')),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('attachment__isnull', True), ('record__isnull', True), _connector='OR'), name='a_paper_is_a_file_or_a_record')],
                    },
                ),
                migrations.CreateModel(
                    name='Decision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('method', models.CharField(blank=True, choices=[('consensus', 'Consensus'), ('rough-consensus', 'Rough consensus'), ('silence', 'Silence procedure'), ('vote', 'Vote'), ('delegated', 'Delegated authority')], max_length=20, verbose_name='how the decision was made')),
                        ('votes_for', models.PositiveIntegerField(blank=True, null=True, verbose_name='votes in favour')),
                        ('votes_against', models.PositiveIntegerField(blank=True, null=True, verbose_name='votes against')),
                        ('abstentions', models.PositiveIntegerField(blank=True, null=True, verbose_name='abstentions')),
                        ('status', models.CharField(choices=[('in-force', 'In force'), ('superseded', 'Superseded'), ('completed', 'Completed'), ('lapsed', 'Lapsed')], default='in-force', max_length=12, verbose_name='status')),
                        ('ended_on', models.DateField(blank=True, null=True, verbose_name='in force until')),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='decision', to='meetings.entry')),
                        ('superseded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supersedes', to='meetings.entry', verbose_name='superseded by')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('method', 'vote'), models.Q(('abstentions', None), ('votes_against', None), ('votes_for', None)), _connector='OR'), name='votes_are_counted_only_in_a_vote'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'superseded'), ('superseded_by__isnull', False)), models.Q(models.Q(('status', 'superseded'), _negated=True), ('superseded_by', None)), _connector='OR'), name='a_superseded_decision_names_its_successor')],
                    },
                ),
                migrations.CreateModel(
                    name='Dissent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('stood-aside', 'Stood aside'), ('objected', 'Objected'), ('reservation', 'Supported with a reservation'), ('amendment', 'Proposed an amendment'), ('procedure', 'Objected to deciding in writing')], max_length=12)),
                        ('statement', models.TextField(blank=True, verbose_name='statement')),
                        ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dissents', to='coalitions.capacity')),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dissents', to='meetings.entry')),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('entry', 'capacity'), name='one_dissent_for_a_capacity')],
                    },
                ),
                migrations.CreateModel(
                    name='Idea',
                    fields=[
                        ('record_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='as_idea', serialize=False, to='records.record')),
                        ('timeframe', models.CharField(choices=[('next-meeting', 'Next meeting'), ('year', 'This year')], default='next-meeting', max_length=15, verbose_name='timeframe')),
                        ('declined_because', models.TextField(blank=True, verbose_name='reason')),
                        ('support_count', models.PositiveIntegerField(default=0)),
                        ('region_count', models.PositiveSmallIntegerField(default=0)),
                        ('group_count', models.PositiveSmallIntegerField(default=0)),
                        ('breadth', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('region_count'), '+', models.F('group_count')), output_field=models.PositiveSmallIntegerField())),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('agenda_item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='ideas', to='meetings.part')),
                        ('became', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='records.record')),
                        ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged', to='meetings.idea')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('became__isnull', True), ('declined_because', ''), ('merged_into__isnull', True)), models.Q(('agenda_item__isnull', True), ('declined_because', ''), ('merged_into__isnull', True)), models.Q(('agenda_item__isnull', True), ('became__isnull', True), ('declined_because', '')), models.Q(('agenda_item__isnull', True), ('became__isnull', True), ('merged_into__isnull', True)), _connector='OR'), name='an_idea_has_one_answer_at_most'), models.CheckConstraint(condition=models.Q(('merged_into', models.F('record_ptr')), _negated=True), name='an_idea_is_not_merged_into_itself')],
                    },
                    bases=('records.record',),
                ),
                migrations.CreateModel(
                    name='MergeRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('is_accepted', models.BooleanField(default=False)),
                        ('idea', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merge_requests', to='meetings.idea')),
                        ('into', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merge_requests_received', to='meetings.idea')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('idea', 'into'), name='a_merge_is_requested_once'), models.CheckConstraint(condition=models.Q(('idea', models.F('into')), _negated=True), name='an_idea_is_merged_into_another')],
                    },
                ),
                migrations.CreateModel(
                    name='Support',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('idea', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='meetings.idea')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('idea', 'person'), name='a_person_supports_an_idea_once')],
                    },
                ),
                migrations.CreateModel(
                    name='CommitmentChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('event', models.CharField(choices=[('status', 'Status changed'), ('due', 'Due date changed'), ('proposed', 'Owner asked to confirm'), ('confirmed', 'Owner confirmed'), ('declined', 'Declined by the owner'), ('taken-over', 'Taken over'), ('responsible', 'Person responsible changed'), ('carried', 'Carried forward')], max_length=12)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('before', models.CharField(blank=True, max_length=250)),
                        ('after', models.CharField(blank=True, max_length=250)),
                        ('note', models.TextField(blank=True)),
                        ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='meetings.commitment')),
                        ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='meetings.meeting')),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Rsvp',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('answer', models.CharField(choices=[('yes', 'I will attend'), ('maybe', 'I may attend'), ('no', 'I will not attend'), ('colleague', 'A colleague will attend')], max_length=10, verbose_name='reply')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rsvps', to='coalitions.capacity')),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rsvps', to='meetings.meeting')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('consent_at', models.DateTimeField(blank=True, null=True)),
                        ('consent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('meeting', 'person'), name='one_reply_to_an_invitation')],
                    },
                ),
                migrations.CreateModel(
                    name='Summary',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('fingerprint', models.CharField(max_length=64)),
                        ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='summary_sent', to='meetings.meeting')),
                    ],
                    options={
                        'verbose_name_plural': 'summaries',
                    },
                ),
                migrations.CreateModel(
                    name='Minutes',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('revision', models.PositiveIntegerField(default=1)),
                        ('erased_revision', models.PositiveIntegerField(default=0)),
                        ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('approved_at', models.DateTimeField(blank=True, null=True)),
                        ('current_item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='meetings.part')),
                        ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='minutes', to='meetings.meeting')),
                        ('allows_silence', models.BooleanField(default=True)),
                        ('approved_at_meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='meetings.meeting')),
                        ('approved_how', models.CharField(blank=True, choices=[('meeting', 'at a meeting'), ('silence', 'without objection')], max_length=10)),
                        ('circulated_at', models.DateTimeField(blank=True, null=True)),
                        ('circulated_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('corrections_until', models.DateField(blank=True, null=True, verbose_name='corrections until')),
                    ],
                    options={
                        'verbose_name_plural': 'minutes',
                        'constraints': [models.CheckConstraint(condition=models.Q(('circulated_at__isnull', True), ('corrections_until__isnull', False), _connector='OR'), name='circulated_minutes_have_a_last_day'), models.CheckConstraint(condition=models.Q(('approved_at__isnull', False), models.Q(('approved_at_meeting__isnull', True), ('approved_how', '')), _connector='OR'), name='a_draft_of_minutes_was_approved_in_no_way')],
                    },
                ),
                migrations.CreateModel(
                    name='Line',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('token', models.UUIDField(default=uuid.uuid4, editable=False)),
                        ('revision', models.PositiveIntegerField()),
                        ('kind', models.CharField(blank=True, choices=[('topic', 'Topic'), ('report', 'Status report'), ('announcement', 'Announcement'), ('offer', 'Offer'), ('request', 'Request or call for input'), ('proposal', 'Proposal'), ('observation', 'Observation'), ('decision', 'Decision'), ('commitment', 'Commitment'), ('interest', 'Expression of interest'), ('recommendation', 'Recommendation'), ('next_meeting', 'Next meeting')], max_length=30)),
                        ('text', models.TextField(blank=True, verbose_name='text')),
                        ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='line', to='meetings.entry')),
                        ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meetings.part')),
                        ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='meetings.minutes')),
                        ('topic', models.CharField(blank=True, max_length=120, verbose_name='topic')),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('minutes', 'token'), name='a_line_of_minutes_is_saved_once'), models.CheckConstraint(condition=models.Q(('text', ''), ('entry__isnull', True), _connector='OR'), name='a_line_keeps_words_only_without_an_entry')],
                    },
                ),
                migrations.CreateModel(
                    name='SilenceProcedure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='silence_procedure', to='meetings.entry')),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='silence_procedures', to='meetings.meeting')),
                        ('text', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='silence_procedure', to='drafting.text')),
                    ],
                    options={
                        'ordering': ['-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='TimeOption',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('starts_on', models.DateField(verbose_name='date')),
                        ('start_time', models.TimeField(verbose_name='start time')),
                        ('fold', models.PositiveSmallIntegerField(default=0)),
                        ('poll', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='meetings.timepoll')),
                    ],
                    options={
                        'ordering': ['number'],
                        'constraints': [models.UniqueConstraint(fields=('poll', 'number'), name='options_have_numbers_of_their_own'), models.UniqueConstraint(fields=('poll', 'starts_on', 'start_time', 'fold'), name='a_time_is_offered_once')],
                    },
                ),
                migrations.CreateModel(
                    name='TimePoll',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('time_zone', models.CharField(max_length=64, verbose_name='time zone')),
                        ('duration', models.PositiveSmallIntegerField(verbose_name='duration in minutes')),
                        ('closes_at', models.DateTimeField(verbose_name='open until')),
                        ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('chosen', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='meetings.timeoption')),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='time_polls', to='meetings.meeting')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('meeting',), name='a_meeting_has_one_open_time_poll'), models.CheckConstraint(condition=models.Q(('chosen', None), ('closed_at__isnull', False), _connector='OR'), name='a_time_is_chosen_by_closing_the_poll')],
                    },
                ),
                migrations.CreateModel(
                    name='TimeVote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('answer', models.CharField(choices=[('yes', 'Yes'), ('if-need-be', 'If need be'), ('no', 'No')], max_length=10, verbose_name='answer')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('option', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='meetings.timeoption')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('option', 'person'), name='one_answer_to_a_time')],
                    },
                ),
                migrations.CreateModel(
                    name='GroupMessage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField(verbose_name='message')),
                        ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('token', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='group_messages', to='meetings.meeting')),
                        ('organisations', models.ManyToManyField(related_name='+', to='coalitions.organisation')),
                    ],
                    options={
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='ImportedCalendar',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('address', models.URLField(blank=True, max_length=1000, verbose_name='address')),
                        ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('label', models.CharField(choices=[('TLP:CLEAR', 'TLP:CLEAR'), ('TLP:GREEN', 'TLP:GREEN'), ('TLP:AMBER', 'TLP:AMBER'), ('TLP:AMBER+STRICT', 'TLP:AMBER+STRICT'), ('TLP:RED', 'TLP:RED')], default='TLP:GREEN', max_length=20)),
                        ('read_at', models.DateTimeField(blank=True, null=True)),
                        ('problem', models.TextField(blank=True)),
                        ('failures', models.PositiveIntegerField(default=0)),
                        ('stopped_at', models.DateTimeField(blank=True, null=True)),
                        ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imported_calendars', to='coalitions.coalition')),
                    ],
                    options={
                        'ordering': ['-added_at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(models.Q(('address', ''), _negated=True), ('stopped_at', None)), fields=('coalition', 'address'), name='an_address_is_read_once_for_a_coalition')],
                    },
                ),
                migrations.CreateModel(
                    name='ImportedEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=64)),
                        ('fingerprint', models.CharField(blank=True, max_length=64)),
                        ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='meetings.importedcalendar')),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                        ('meeting', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='imported_event', to='meetings.meeting')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('coalition', 'key'), name='an_event_is_imported_once')],
                    },
                ),
                migrations.CreateModel(
                    name='FindingSource',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='records.record')),
                        ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='finding_sources', to='meetings.keyfinding')),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('finding', 'record'), name='a_finding_has_a_source_once')],
                    },
                ),
                migrations.CreateModel(
                    name='KeyFinding',
                    fields=[
                        ('record_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='as_key_finding', serialize=False, to='records.record')),
                        ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1990), django.core.validators.MaxValueValidator(2200)], verbose_name='year')),
                        ('based_on', models.ManyToManyField(related_name='key_findings', through='meetings.FindingSource', to='records.record')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['year', 'record_ptr'], name='key_findings_by_year')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('year__gte', 1990), ('year__lte', 2200)), name='a_key_finding_is_of_a_year')],
                    },
                    bases=('records.record',),
                ),
                migrations.CreateModel(
                    name='Correction',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('entry_version', models.PositiveIntegerField(blank=True, null=True)),
                        ('body', models.TextField(verbose_name='correction')),
                        ('came', models.CharField(choices=[('web', 'on this site'), ('mail', 'by email'), ('word', 'in a Word file'), ('phone', 'by phone'), ('room', 'in person')], default='web', max_length=10)),
                        ('token', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('is_late', models.BooleanField(default=False)),
                        ('disposition', models.CharField(blank=True, choices=[('accepted', 'accepted'), ('in-part', 'accepted in part'), ('not-accepted', 'not accepted')], max_length=15)),
                        ('reason', models.TextField(blank=True, verbose_name='reason')),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='meetings.entry')),
                        ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='meetings.minutes')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('disposition', '')), models.Q(models.Q(('disposition', ''), _negated=True), models.Q(('reason', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='a_decided_correction_has_its_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Erratum',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField(verbose_name='text')),
                        ('role', models.CharField(choices=[('coordinator', 'coordinator'), ('chair', 'chair'), ('rapporteur', 'rapporteur'), ('editor', 'editor'), ('safeguarding-lead', 'safeguarding lead'), ('representative', 'representative at coordination meetings')], max_length=20, verbose_name='role')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('correction', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='erratum', to='meetings.correction')),
                        ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='errata', to='meetings.entry')),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='errata', to='meetings.meeting')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name_plural': 'errata',
                        'ordering': ['at', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='QuorumRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('members', models.PositiveSmallIntegerField(default=0, verbose_name='members')),
                        ('organisations', models.PositiveSmallIntegerField(default=0, verbose_name='member organisations')),
                        ('regions', models.PositiveSmallIntegerField(default=0, verbose_name='regions')),
                        ('stakeholder_groups', models.PositiveSmallIntegerField(default=0, verbose_name='stakeholder groups')),
                        ('coalition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='quorum_rule', to='coalitions.coalition')),
                    ],
                ),
            ],
        ),
    ]
