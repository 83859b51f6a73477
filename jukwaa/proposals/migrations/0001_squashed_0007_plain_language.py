import django.db.models.deletion
import django.utils.timezone
import jukwaa.core.migration_operations
import jukwaa.proposals.correspondence_models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('proposals', '0001_initial'), ('proposals', '0002_proposals'), ('proposals', '0003_submissions'), ('proposals', '0004_participants'), ('proposals', '0005_settings_and_sessions'), ('proposals', '0006_correspondence'), ('proposals', '0007_plain_language')]

    initial = True

    dependencies = [
        ('coalitions', '0002_seats_are_found_by_person'),
        ('mail', '0005_bounced'),
        ('records', '0009_relates_to'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        jukwaa.core.migration_operations.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='CallFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.SlugField(max_length=100)),
                        ('number', models.PositiveIntegerField(default=1)),
                        ('text', models.TextField(blank=True)),
                        ('saved_at', models.DateTimeField(auto_now_add=True)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='call_files', to='coalitions.coalition')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('coalition', 'name', 'number'), name='call_file_versions_are_numbered')],
                    },
                ),
                migrations.CreateModel(
                    name='Proposal',
                    fields=[
                        ('record_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='as_proposal', serialize=False, to='records.record')),
                        ('call_name', models.SlugField(max_length=100, verbose_name='call for proposals')),
                        ('call_number', models.PositiveIntegerField(default=0)),
                        ('earlier_call', models.SlugField(blank=True, max_length=100)),
                        ('answers', models.JSONField(blank=True, default=dict, verbose_name='answers')),
                        ('facts', models.JSONField(blank=True, default=dict, verbose_name='answers to the checks')),
                        ('late_fields', models.JSONField(blank=True, default=list)),
                        ('due_on', models.DateField(blank=True, null=True)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['due_on', 'record_ptr'], name='proposals_by_deadline')],
                    },
                    bases=('records.record',),
                ),
                migrations.CreateModel(
                    name='Submission',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('reference', models.CharField(blank=True, max_length=100, verbose_name='reference number')),
                        ('snapshot', models.JSONField(default=dict)),
                        ('outcome', models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('conditions', 'Accepted with conditions'), ('declined', 'Declined with comments'), ('merge', 'Asked to merge'), ('waiting', 'On the waiting list')], max_length=12, verbose_name='outcome')),
                        ('outcome_note', models.TextField(blank=True, verbose_name='comments')),
                        ('outcome_on', models.DateField(blank=True, null=True, verbose_name='date')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='submission', to='proposals.proposal')),
                        ('proof', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='records.attachment')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('outcome', ''), ('outcome_on__isnull', False), _connector='OR'), name='an_outcome_has_a_date')],
                    },
                ),
                migrations.CreateModel(
                    name='Participant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                        ('address', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                        ('organisation', models.CharField(blank=True, max_length=200, verbose_name='organisation')),
                        ('roles', models.JSONField(default=list, verbose_name='roles')),
                        ('status', models.CharField(choices=[('added', 'Not invited yet'), ('invited', 'Invited'), ('confirmed', 'Confirmed'), ('provisional', 'Provisionally confirmed'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='added', max_length=12, verbose_name='status')),
                        ('message', models.TextField(blank=True, max_length=1000, verbose_name='message')),
                        ('invited_at', models.DateTimeField(blank=True, null=True)),
                        ('answer_by', models.DateField(blank=True, null=True, verbose_name='answer by')),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('reason', models.TextField(blank=True, max_length=1000, verbose_name='reason')),
                        ('stakeholder_group', models.CharField(blank=True, choices=[('civil-society', 'Civil society'), ('government', 'Government'), ('intergovernmental', 'Intergovernmental organizations'), ('private-sector', 'Private sector'), ('technical-community', 'Technical community'), ('other', 'Other'), ('withheld', 'Prefer not to say')], max_length=20, verbose_name='stakeholder group')),
                        ('regional_group', models.CharField(blank=True, choices=[('african', 'African Group'), ('asia-pacific', 'Asia-Pacific Group'), ('eastern-european', 'Eastern European Group'), ('grulac', 'Latin American and Caribbean Group (GRULAC)'), ('weog', 'Western European and Others Group (WEOG)'), ('igo', 'Intergovernmental Organization'), ('withheld', 'Prefer not to say')], max_length=20, verbose_name='regional group')),
                        ('attendance', models.CharField(blank=True, choices=[('onsite', 'On site'), ('online', 'Online')], max_length=8, verbose_name='attendance')),
                        ('is_newcomer', models.BooleanField(blank=True, null=True, verbose_name='first time at this forum')),
                        ('sessions', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='sessions at this forum')),
                        ('consent_at', models.DateTimeField(blank=True, null=True)),
                        ('problem', models.CharField(blank=True, choices=[('withdrawn', 'Withdrew after confirming'), ('declined', 'Declined the invitation'), ('two-roles', 'Two roles at the same time'), ('sessions', 'In more sessions than the call for proposals allows')], max_length=12)),
                        ('problem_at', models.DateTimeField(blank=True, null=True)),
                        ('handled_at', models.DateTimeField(blank=True, null=True)),
                        ('is_introduced', models.BooleanField(default=False)),
                        ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('consent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='proposals.proposal')),
                    ],
                    options={
                        'ordering': ['pk'],
                        'indexes': [models.Index(condition=models.Q(('problem', ''), _negated=True), fields=['proposal'], name='participant_problems')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('proposal', 'person'), name='a_person_is_in_a_proposal_once'), models.UniqueConstraint(condition=models.Q(('address', ''), _negated=True), fields=('proposal', 'address'), name='an_address_is_in_a_proposal_once'), models.CheckConstraint(condition=models.Q(('person__isnull', True), models.Q(('address', ''), ('name', '')), _connector='OR'), name='a_known_participant_has_their_own_name_and_address'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'invited'), _negated=True), ('person__isnull', False), _connector='OR'), name='an_invited_participant_is_known')],
                    },
                ),
                migrations.CreateModel(
                    name='PrivateStatement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('gender', models.CharField(blank=True, choices=[('woman', 'Woman'), ('man', 'Man'), ('other', 'Another gender'), ('withheld', 'Prefer not to say')], max_length=10, verbose_name='gender')),
                        ('age_band', models.CharField(blank=True, choices=[('under-18', 'Under 18'), ('18-24', '18 to 24'), ('25-34', '25 to 34'), ('35-54', '35 to 54'), ('55', '55 or older'), ('withheld', 'Prefer not to say')], max_length=10, verbose_name='age')),
                        ('stated_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('participant', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='private', to='proposals.participant')),
                    ],
                ),
                migrations.CreateModel(
                    name='FieldComment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('field', models.SlugField(max_length=100)),
                        ('comment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='about_field', to='records.comment')),
                    ],
                ),
                migrations.CreateModel(
                    name='ProposalSettings',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('submitters', models.CharField(choices=[('chairs', 'Coordinators and chairs'), ('coordinators', 'Coordinators only'), ('team', 'Coordinators, chairs and everyone in the team of the proposal')], default='chairs', max_length=12, verbose_name='who can submit')),
                        ('keywords', models.TextField(blank=True, verbose_name='keywords')),
                        ('coalition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='proposal_settings', to='coalitions.coalition')),
                    ],
                ),
                migrations.CreateModel(
                    name='SessionList',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('call_name', models.SlugField(max_length=100)),
                        ('rows', models.JSONField(default=list)),
                        ('problems', models.JSONField(blank=True, default=list)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='session_lists', to='coalitions.coalition')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('coalition', 'call_name'), name='one_list_of_sessions_for_a_call')],
                    },
                ),
                migrations.CreateModel(
                    name='CorrespondenceMessage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('received', 'Received'), ('sent', 'Sent'), ('forwarded', 'Forwarded'), ('note', 'From the team')], max_length=10)),
                        ('held_because', models.CharField(blank=True, choices=[('stranger', 'The sender is not known.'), ('unproven', 'We could not confirm that this email comes from the sender it names.')], max_length=10)),
                        ('is_automatic', models.BooleanField(default=False)),
                        ('sender', models.EmailField(blank=True, max_length=254)),
                        ('sender_name', models.CharField(blank=True, max_length=120)),
                        ('recipient', models.EmailField(blank=True, max_length=254)),
                        ('subject', models.CharField(blank=True, max_length=250)),
                        ('text', models.TextField(blank=True)),
                        ('quoted', models.TextField(blank=True)),
                        ('original_sender', models.CharField(blank=True, max_length=200)),
                        ('original_date', models.CharField(blank=True, max_length=120)),
                        ('language', models.CharField(blank=True, max_length=35)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('is_dated', models.BooleanField(default=True)),
                        ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('message_id', models.CharField(blank=True, max_length=260)),
                        ('references', models.JSONField(blank=True, default=list)),
                        ('digest', models.CharField(max_length=64)),
                        ('shared_at', models.DateTimeField(blank=True, null=True)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='correspondence', to='coalitions.coalition')),
                        ('outbox', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='mail.message')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('proposal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='correspondence', to='proposals.proposal')),
                        ('answers', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answered_by', to='proposals.correspondencemessage')),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                        'indexes': [models.Index(fields=['coalition', '-at', '-id'], name='correspondence_in_order'), models.Index(fields=['coalition', 'message_id'], name='correspondence_by_id')],
                        'constraints': [models.UniqueConstraint(fields=('coalition', 'digest'), name='the_same_message_is_filed_once'), models.CheckConstraint(condition=models.Q(('held_because', ''), ('shared_at__isnull', True), _connector='OR'), name='a_held_message_is_not_shared')],
                    },
                ),
                migrations.CreateModel(
                    name='CorrespondenceFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.FileField(blank=True, upload_to=jukwaa.proposals.correspondence_models.random_name)),
                        ('name', models.CharField(max_length=200)),
                        ('media_type', models.CharField(blank=True, max_length=100)),
                        ('size', models.PositiveBigIntegerField(default=0)),
                        ('refusal', models.CharField(blank=True, max_length=500)),
                        ('is_checked', models.BooleanField(default=False)),
                        ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='proposals.correspondencemessage')),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('refusal', ''), models.Q(('file', ''), _negated=True)), models.Q(models.Q(('refusal', ''), _negated=True), ('file', '')), _connector='OR'), name='a_file_is_kept_or_says_why_not')],
                    },
                ),
                migrations.CreateModel(
                    name='CorrespondenceDraft',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('recipient', models.EmailField(max_length=254, verbose_name='to')),
                        ('subject', models.CharField(blank=True, max_length=200, verbose_name='subject')),
                        ('text', models.TextField(blank=True, verbose_name='text')),
                        ('state', models.CharField(choices=[('writing', 'Draft'), ('review', 'In review'), ('changes', 'Changes requested'), ('approved', 'Approved')], default='writing', max_length=10)),
                        ('note', models.TextField(blank=True, verbose_name='note')),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='correspondence_drafts', to='coalitions.coalition')),
                        ('proposal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='correspondence_drafts', to='proposals.proposal')),
                        ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('answers', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='proposals.correspondencemessage')),
                        ('sent', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='from_draft', to='proposals.correspondencemessage')),
                    ],
                    options={
                        'ordering': ['-changed_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state', 'writing'), ('reviewer__isnull', False), _connector='OR'), name='a_review_has_a_reviewer')],
                    },
                ),
                migrations.CreateModel(
                    name='CorrespondenceDeadline',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField(verbose_name='deadline')),
                        ('task', models.CharField(blank=True, max_length=200, verbose_name='what is due')),
                        ('words', models.CharField(blank=True, max_length=300)),
                        ('state', models.CharField(choices=[('suggested', 'Suggested'), ('confirmed', 'Confirmed'), ('done', 'Done'), ('dismissed', 'Dismissed')], default='suggested', max_length=10)),
                        ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deadlines', to='proposals.correspondencemessage')),
                    ],
                    options={
                        'ordering': ['day', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('message', 'day'), name='a_message_has_a_deadline_on_a_day_once')],
                    },
                ),
                migrations.CreateModel(
                    name='SecretariatAddress',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('address', models.EmailField(max_length=254, verbose_name='email address')),
                        ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='secretariat_addresses', to='coalitions.coalition')),
                    ],
                    options={
                        'verbose_name_plural': 'secretariat addresses',
                        'ordering': ['address'],
                        'constraints': [models.UniqueConstraint(fields=('coalition', 'address'), name='a_secretariat_address_is_listed_once')],
                    },
                ),
            ],
        ),
    ]
