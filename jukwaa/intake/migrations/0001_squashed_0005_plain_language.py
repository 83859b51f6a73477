import django.db.models.deletion
import django.utils.timezone
import jukwaa.core.migration_operations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('intake', '0001_initial'), ('intake', '0002_a_lock_for_each_text'), ('intake', '0003_dates_that_are_not_decided'), ('intake', '0004_plain_labels'), ('intake', '0005_plain_language')]

    initial = True

    dependencies = [
        ('coalitions', '0001_initial'),
        ('meetings', '0001_initial'),
        ('records', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        jukwaa.core.migration_operations.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Reading',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('meeting_title', models.CharField(blank=True, max_length=250, verbose_name='meeting')),
                        ('meeting_on', models.DateField(blank=True, null=True, verbose_name='date')),
                        ('meeting_precision', models.CharField(choices=[('day', 'the day is known'), ('month', 'the month is known'), ('year', 'the year is known'), ('open', 'the date has not been decided')], default='day', max_length=5)),
                        ('meeting_place', models.CharField(blank=True, max_length=120, verbose_name='place')),
                        ('meeting_country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                        ('title', models.CharField(max_length=250, verbose_name='title')),
                        ('label', models.CharField(choices=[('TLP:CLEAR', 'TLP:CLEAR'), ('TLP:GREEN', 'TLP:GREEN'), ('TLP:AMBER', 'TLP:AMBER'), ('TLP:AMBER+STRICT', 'TLP:AMBER+STRICT'), ('TLP:RED', 'TLP:RED')], default='TLP:CLEAR', max_length=20, verbose_name='who can read it')),
                        ('language', models.CharField(blank=True, max_length=35)),
                        ('understood', models.BooleanField(default=True)),
                        ('notes', models.JSONField(blank=True, default=list)),
                        ('likeness', models.CharField(blank=True, db_index=True, max_length=64)),
                        ('state', models.CharField(choices=[('reading', 'being processed'), ('failed', 'could not be read'), ('open', 'to review'), ('entered', 'added to the record'), ('given-up', 'stopped')], default='open', max_length=10)),
                        ('scope', models.CharField(choices=[('all', 'all suggestions'), ('binding', 'only attendance, decisions and commitments')], default='all', max_length=10)),
                        ('upload', models.FileField(blank=True, upload_to='readings/%Y/%m/')),
                        ('upload_name', models.CharField(blank=True, max_length=200)),
                        ('pages_done', models.PositiveIntegerField(default=0)),
                        ('pages_total', models.PositiveIntegerField(default=0)),
                        ('problem', models.TextField(blank=True)),
                        ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('position', models.PositiveIntegerField(blank=True, null=True)),
                        ('entered_at', models.DateTimeField(blank=True, null=True)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='coalitions.coalition')),
                        ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='records.document')),
                        ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='meetings.meeting')),
                        ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to=settings.AUTH_USER_MODEL)),
                        ('same_as', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='intake.reading')),
                    ],
                    options={
                        'ordering': ['-started_at', '-pk'],
                        'indexes': [models.Index(fields=['coalition', 'state', '-started_at'], name='readings_of_coalition')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['reading', 'failed', 'given-up']), ('document__isnull', False), _connector='OR'), name='a_reading_at_the_desk_has_its_document'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'entered'), _negated=True), models.Q(('entered_at__isnull', False), ('meeting__isnull', False)), _connector='OR'), name='an_entered_reading_has_a_day_and_a_meeting'), models.UniqueConstraint(fields=('document',), name='a_document_is_read_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Actor',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('written', models.CharField(max_length=250)),
                        ('means', models.CharField(choices=[('matched', 'an organisation in the directory'), ('new', 'a new organisation'), ('as-written', 'the name as written, without a match')], default='as-written', max_length=12)),
                        ('new_name', models.CharField(blank=True, max_length=200, verbose_name='name of the organisation')),
                        ('is_group', models.BooleanField(default=False)),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('likely', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organisation')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organisation')),
                        ('reading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actors', to='intake.reading')),
                    ],
                    options={
                        'ordering': ['written'],
                        'constraints': [models.UniqueConstraint(fields=('reading', 'written'), name='a_name_is_decided_once_in_a_reading'), models.CheckConstraint(condition=models.Q(models.Q(('means', 'matched'), ('organisation__isnull', False)), models.Q(('means', 'new'), ('organisation__isnull', True), models.Q(('new_name', ''), _negated=True)), models.Q(('means', 'as-written'), ('organisation__isnull', True)), _connector='OR'), name='an_actor_is_matched_or_new_or_neither')],
                    },
                ),
                migrations.CreateModel(
                    name='ReadingPart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('first', models.PositiveIntegerField(verbose_name='first sentence')),
                        ('last', models.PositiveIntegerField(verbose_name='last sentence')),
                        ('chatham', models.BooleanField(default=False, verbose_name='held under the Chatham House Rule')),
                        ('reading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='intake.reading')),
                    ],
                    options={
                        'ordering': ['first', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='a_part_ends_after_it_began')],
                    },
                ),
                migrations.CreateModel(
                    name='Sentence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField()),
                        ('start', models.PositiveIntegerField()),
                        ('end', models.PositiveIntegerField()),
                        ('unit', models.CharField(blank=True, max_length=12)),
                        ('section', models.CharField(blank=True, max_length=250)),
                        ('opens', models.BooleanField(default=False)),
                        ('joined', models.BooleanField(default=False)),
                        ('in_record', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='records.record')),
                        ('reading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sentences', to='intake.reading')),
                    ],
                    options={
                        'ordering': ['reading', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('reading', 'number'), name='a_sentence_has_its_number_once'), models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='a_sentence_has_words')],
                    },
                ),
                migrations.CreateModel(
                    name='Suggestion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('start', models.PositiveIntegerField()),
                        ('end', models.PositiveIntegerField()),
                        ('kind', models.CharField(choices=[('attendee', 'Attendance'), ('new_member', 'New member'), ('topic', 'Topic'), ('report', 'Status report'), ('announcement', 'Announcement'), ('offer', 'Offer'), ('request', 'Request'), ('proposal', 'Proposal'), ('observation', 'Observation'), ('decision', 'Decision'), ('commitment', 'Commitment'), ('interest', 'Expression of interest'), ('recommendation', 'Recommendation'), ('next_meeting', 'Next meeting')], max_length=20, verbose_name='kind')),
                        ('text', models.TextField(verbose_name='text')),
                        ('actors', models.JSONField(blank=True, default=list, verbose_name='people or organisations')),
                        ('owner', models.CharField(blank=True, max_length=250, verbose_name='person or organisation responsible')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='deadline')),
                        ('due_text', models.CharField(blank=True, max_length=120, verbose_name='deadline as written')),
                        ('came_as', models.CharField(blank=True, choices=[('member', 'member'), ('new-member', 'new member'), ('new-attendee', 'first-time attendee'), ('observer', 'observer')], max_length=15, verbose_name='attended as')),
                        ('is_chair', models.BooleanField(default=False, verbose_name='chaired')),
                        ('by_machine', models.BooleanField(default=True)),
                        ('why', models.CharField(blank=True, max_length=250)),
                        ('decision', models.CharField(choices=[('waiting', 'to review'), ('accepted', 'accepted'), ('edited', 'edited'), ('refused', 'rejected'), ('merged', 'merged')], default='waiting', max_length=10)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('entered_at', models.DateTimeField(blank=True, null=True)),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='intake.reading')),
                        ('record', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='records.record')),
                        ('sentence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='intake.sentence')),
                        ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='intake.suggestion')),
                    ],
                    options={
                        'ordering': ['sentence__number', 'start', 'pk'],
                        'indexes': [models.Index(fields=['reading', 'decision'], name='suggestions_by_decision')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='a_suggestion_has_words'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('decision', 'waiting')), models.Q(models.Q(('decision', 'waiting'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='who_decided_is_kept_with_the_time'), models.CheckConstraint(condition=models.Q(models.Q(('decision', 'merged'), ('merged_into__isnull', False)), models.Q(models.Q(('decision', 'merged'), _negated=True), ('merged_into__isnull', True)), _connector='OR'), name='what_is_merged_names_into_what'), models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('pk')), _negated=True), _connector='OR'), name='a_suggestion_is_not_merged_into_itself'), models.CheckConstraint(condition=models.Q(('entered_at__isnull', True), ('decision__in', ['accepted', 'edited']), _connector='OR'), name='only_what_a_person_kept_is_entered')],
                    },
                ),
                migrations.CreateModel(
                    name='Drive',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('name', models.CharField(max_length=200)),
                        ('file', models.FileField(blank=True, upload_to='drives/%Y/%m/')),
                        ('digest', models.CharField(max_length=64)),
                        ('state', models.CharField(choices=[('reading', 'Reading'), ('done', 'Done'), ('failed', 'Failed')], default='reading', max_length=10)),
                        ('total', models.PositiveIntegerField(default=0)),
                        ('done', models.PositiveIntegerField(default=0)),
                        ('made', models.PositiveIntegerField(default=0)),
                        ('found', models.PositiveIntegerField(default=0)),
                        ('held', models.PositiveIntegerField(default=0)),
                        ('notes', models.JSONField(blank=True, default=list)),
                        ('problem', models.TextField(blank=True)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drives', to='coalitions.coalition')),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('done__lte', models.F('total'))), name='a_drive_is_done_when_its_files_are'), models.UniqueConstraint(condition=models.Q(('state', 'reading')), fields=('coalition', 'digest'), name='a_drive_is_read_once_at_a_time')],
                    },
                ),
                migrations.CreateModel(
                    name='TextLock',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('likeness', models.CharField(max_length=64)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('coalition', 'likeness'), name='a_text_is_locked_once')],
                    },
                ),
            ],
        ),
    ]
