import django.db.models.deletion
import django.utils.timezone
import jukwaa.core.migration_operations
import jukwaa.updates.models.incoming
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('updates', '0001_initial'), ('updates', '0002_stakeholder_group_of_pending_mail'), ('updates', '0003_following'), ('updates', '0004_topic_of_travels'), ('updates', '0005_inputs_by_mail'), ('updates', '0006_held_replies'), ('updates', '0007_questions_of_held_replies'), ('updates', '0008_combined_reminders'), ('updates', '0009_plain_labels'), ('updates', '0010_list_archive')]

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('coalitions', '0005_readers_of_the_list_archive'),
        ('drafting', '0001_initial'),
        ('mail', '0002_digests_of_reply_tokens'),
        ('records', '0010_plain_labels'),
        ('search', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        jukwaa.core.migration_operations.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Lease',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('worker', models.CharField(max_length=64, unique=True)),
                        ('renewed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                ),
                migrations.CreateModel(
                    name='Told',
                    fields=[
                        ('activity', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='told', serialize=False, to='coalitions.activity')),
                    ],
                    options={
                        'verbose_name_plural': 'told',
                    },
                ),
                migrations.CreateModel(
                    name='ToldUntil',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('activity_id', models.PositiveBigIntegerField(default=0)),
                    ],
                    options={
                        'verbose_name_plural': 'told until',
                    },
                ),
                migrations.CreateModel(
                    name='FirstMail',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='first_mail', to=settings.AUTH_USER_MODEL)),
                    ],
                ),
                migrations.CreateModel(
                    name='Letter',
                    fields=[
                        ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='mail.message')),
                        ('is_first', models.BooleanField(default=False)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='coalitions.coalition')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('record', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='records.record')),
                        ('names', models.ManyToManyField(related_name='+', to='records.record')),
                    ],
                ),
                migrations.CreateModel(
                    name='Run',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('job', models.CharField(max_length=60)),
                        ('period', models.CharField(max_length=20)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('job', 'period'), name='a_job_is_done_once_in_a_period')],
                    },
                ),
                migrations.CreateModel(
                    name='ListPost',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('message_id', models.CharField(max_length=260)),
                        ('thread', models.CharField(max_length=260)),
                        ('subject', models.CharField(blank=True, max_length=250)),
                        ('sender', models.CharField(blank=True, max_length=120)),
                        ('body', models.TextField()),
                        ('posted_at', models.DateTimeField()),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='list_posts', to='coalitions.coalition')),
                        ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='records.document')),
                        ('hidden_at', models.DateTimeField(blank=True, null=True)),
                        ('hidden_because', models.CharField(blank=True, max_length=300)),
                        ('hidden_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('is_dated', models.BooleanField(default=True)),
                        ('is_open', models.BooleanField(default=False)),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('brought', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='updates.listimport')),
                    ],
                    options={
                        'ordering': ['-posted_at', '-pk'],
                        'indexes': [models.Index(fields=['coalition', '-posted_at'], name='list_posts_of_coalition'), models.Index(fields=['coalition', 'thread', 'posted_at'], name='list_posts_of_thread')],
                        'constraints': [models.UniqueConstraint(fields=('coalition', 'message_id'), name='a_post_is_kept_once'), models.CheckConstraint(condition=models.Q(('hidden_at__isnull', True), models.Q(('hidden_because', ''), _negated=True), _connector='OR'), name='a_hidden_post_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='MailChoice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('topic', models.CharField(choices=[('concerns', 'Applications, affiliations, roles and requests that concern me'), ('comments', 'Comments on records that I wrote or commented on'), ('reminders', 'Reminders of deadlines'), ('travels', 'Use of what I shared, and changes in what I used or translated'), ('news', 'New meetings and reports'), ('digest', 'Digest of what I follow, once a week or once a day')], max_length=12)),
                        ('wanted', models.BooleanField()),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mail_choices', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('person', 'coalition', 'topic'), name='a_person_chooses_once_for_a_topic')],
                    },
                ),
                migrations.CreateModel(
                    name='PendingMail',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('apply', 'an application'), ('leave', 'ending a membership'), ('reply', 'a reply to a question')], max_length=10)),
                        ('address', models.EmailField(max_length=254)),
                        ('name', models.CharField(blank=True, max_length=120)),
                        ('organisation', models.CharField(blank=True, max_length=200)),
                        ('country', models.CharField(blank=True, max_length=2)),
                        ('position', models.CharField(blank=True, max_length=120)),
                        ('text', models.TextField(blank=True)),
                        ('language', models.CharField(blank=True, max_length=35)),
                        ('came_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('expires_at', models.DateTimeField(db_index=True, default=jukwaa.updates.models.incoming._in_two_weeks)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                        ('membership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.membership')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('record', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='records.record')),
                        ('stakeholder_group', models.CharField(blank=True, choices=[('civil-society', 'Civil society'), ('government', 'Government'), ('intergovernmental', 'Intergovernmental organizations'), ('private-sector', 'Private sector'), ('technical-community', 'Technical community'), ('other', 'Other'), ('unknown', 'Unknown')], max_length=30)),
                        ('reply', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='mail.replyaddress')),
                        ('subject', models.CharField(blank=True, max_length=250)),
                        ('question', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'reply'), ('person__isnull', False), ('record__isnull', False), models.Q(('question', ''), _negated=True)), models.Q(('kind', 'leave'), ('membership__isnull', False), ('person__isnull', False)), ('kind', 'apply'), _connector='OR'), name='what_waits_says_what_it_is_about')],
                    },
                ),
                migrations.CreateModel(
                    name='Digest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('rhythm', models.CharField(choices=[('weekly', 'Once a week, on Monday'), ('daily', 'Once a day')], default='weekly', max_length=6)),
                        ('told_until', models.DateTimeField()),
                        ('due_at', models.DateTimeField(db_index=True)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='digests', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('person', 'coalition'), name='one_digest_of_a_coalition')],
                    },
                ),
                migrations.CreateModel(
                    name='Follow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(blank=True, max_length=30)),
                        ('region', models.CharField(blank=True, choices=[('african', 'African Group'), ('asia-pacific', 'Asia-Pacific Group'), ('eastern-european', 'Eastern European Group'), ('grulac', 'Latin American and Caribbean Group (GRULAC)'), ('weog', 'Western European and Others Group (WEOG)'), ('igo', 'Intergovernmental Organization'), ('unknown', 'Unknown')], max_length=20)),
                        ('since', models.DateTimeField(default=django.utils.timezone.now)),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.areaofwork')),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.organisation')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL)),
                        ('record', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='records.record')),
                        ('search', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='search.savedsearch')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', ''), ('region', ''), models.Q(('record__isnull', True), _negated=True), ('search__isnull', True), ('organisation__isnull', True), ('area__isnull', True)), models.Q(('kind', ''), ('region', ''), ('record__isnull', True), models.Q(('search__isnull', True), _negated=True), ('organisation__isnull', True), ('area__isnull', True)), models.Q(('kind', ''), ('region', ''), ('record__isnull', True), ('search__isnull', True), models.Q(('organisation__isnull', True), _negated=True), ('area__isnull', True)), models.Q(('kind', ''), ('region', ''), ('record__isnull', True), ('search__isnull', True), ('organisation__isnull', True), models.Q(('area__isnull', True), _negated=True)), models.Q(models.Q(('kind', ''), _negated=True), ('region', ''), ('record__isnull', True), ('search__isnull', True), ('organisation__isnull', True), ('area__isnull', True)), models.Q(('kind', ''), models.Q(('region', ''), _negated=True), ('record__isnull', True), ('search__isnull', True), ('organisation__isnull', True), ('area__isnull', True)), _connector='OR'), name='one_thing_is_followed'), models.UniqueConstraint(condition=models.Q(('kind', ''), ('region', ''), models.Q(('record__isnull', True), _negated=True), ('search__isnull', True), ('organisation__isnull', True), ('area__isnull', True)), fields=('person', 'coalition', 'record'), name='record_is_followed_once'), models.UniqueConstraint(condition=models.Q(('kind', ''), ('region', ''), ('record__isnull', True), models.Q(('search__isnull', True), _negated=True), ('organisation__isnull', True), ('area__isnull', True)), fields=('person', 'coalition', 'search'), name='search_is_followed_once'), models.UniqueConstraint(condition=models.Q(('kind', ''), ('region', ''), ('record__isnull', True), ('search__isnull', True), models.Q(('organisation__isnull', True), _negated=True), ('area__isnull', True)), fields=('person', 'coalition', 'organisation'), name='organisation_is_followed_once'), models.UniqueConstraint(condition=models.Q(('kind', ''), ('region', ''), ('record__isnull', True), ('search__isnull', True), ('organisation__isnull', True), models.Q(('area__isnull', True), _negated=True)), fields=('person', 'coalition', 'area'), name='area_is_followed_once'), models.UniqueConstraint(condition=models.Q(models.Q(('kind', ''), _negated=True), ('region', ''), ('record__isnull', True), ('search__isnull', True), ('organisation__isnull', True), ('area__isnull', True)), fields=('person', 'coalition', 'kind'), name='kind_is_followed_once'), models.UniqueConstraint(condition=models.Q(('kind', ''), models.Q(('region', ''), _negated=True), ('record__isnull', True), ('search__isnull', True), ('organisation__isnull', True), ('area__isnull', True)), fields=('person', 'coalition', 'region'), name='region_is_followed_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Seen',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('until', models.DateTimeField()),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name_plural': 'seen',
                        'constraints': [models.UniqueConstraint(fields=('person', 'coalition'), name='seen_until_one_time')],
                    },
                ),
                migrations.CreateModel(
                    name='CombinedReminders',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name_plural': 'combined reminders',
                    },
                ),
                migrations.CreateModel(
                    name='CombinedReminder',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('key', models.CharField(max_length=200, unique=True)),
                        ('subject', models.CharField(blank=True, max_length=200)),
                        ('email', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='updates.combinedreminders')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('email', 'number'), name='a_reminder_has_its_number_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ListImport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('name', models.CharField(max_length=200)),
                        ('file', models.FileField(blank=True, upload_to='list-imports/%Y/%m/')),
                        ('state', models.CharField(choices=[('reading', 'Reading'), ('read', 'Read'), ('open', 'Open'), ('failed', 'Failed'), ('undone', 'Undone')], default='reading', max_length=10)),
                        ('total', models.PositiveIntegerField(default=0)),
                        ('done', models.PositiveIntegerField(default=0)),
                        ('made', models.PositiveIntegerField(default=0)),
                        ('found', models.PositiveIntegerField(default=0)),
                        ('held', models.PositiveIntegerField(default=0)),
                        ('undated', models.PositiveIntegerField(default=0)),
                        ('cut', models.PositiveIntegerField(default=0)),
                        ('problem', models.TextField(blank=True)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='list_imports', to='coalitions.coalition')),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['reading', 'read'])), fields=('coalition',), name='one_list_import_at_a_time')],
                    },
                ),
            ],
        ),
    ]
