import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import jukwaa.core.migration_operations
import jukwaa.records.index.schema
import jukwaa.records.models.safeguards
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('records', '0001_initial'), ('records', '0002_index'), ('records', '0003_link_version_alter_link_relation'), ('records', '0004_what_was_read_from_a_file'), ('records', '0005_what_the_screen_finds'), ('records', '0006_label_in_index'), ('records', '0007_redacted_at'), ('records', '0008_narrowed_records'), ('records', '0009_relates_to'), ('records', '0010_plain_labels'), ('records', '0011_renamed_task'), ('records', '0012_plain_label_of_released_items')]

    initial = True

    dependencies = [
        ('coalitions', '0002_seats_are_found_by_person'),
        ('django_tasks_database', '0021_conditional_partial_index_ordering'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        jukwaa.core.migration_operations.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Record',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(db_index=True, max_length=30, verbose_name='kind')),
                        ('title', models.CharField(max_length=250, verbose_name='title')),
                        ('summary', models.TextField(blank=True, verbose_name='summary')),
                        ('language', models.CharField(default='en', max_length=35, verbose_name='language')),
                        ('label', models.CharField(choices=[('TLP:CLEAR', 'TLP:CLEAR'), ('TLP:GREEN', 'TLP:GREEN'), ('TLP:AMBER', 'TLP:AMBER'), ('TLP:AMBER+STRICT', 'TLP:AMBER+STRICT'), ('TLP:RED', 'TLP:RED')], default='TLP:CLEAR', max_length=20, verbose_name='who can read it')),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted'), ('safeguarding', 'in review'), ('held', 'in quarantine'), ('published', 'published'), ('withdrawn', 'withdrawn')], default='draft', max_length=20)),
                        ('countries', models.JSONField(blank=True, default=list, verbose_name='countries')),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('withdrawn_because', models.TextField(blank=True)),
                        ('areas', models.ManyToManyField(blank=True, related_name='records', to='coalitions.areaofwork', verbose_name='areas of work')),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='coalitions.coalition')),
                        ('held_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='records.record')),
                        ('redacted_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['coalition', 'kind', 'state', '-published_at', '-id'], name='published_of_kind'), models.Index(fields=['coalition', 'state', '-published_at', '-id', 'label'], name='published_of_coalition')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='published_records_have_a_date'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_because', ''), _negated=True)), _connector='OR'), name='withdrawn_records_have_a_date_and_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Comment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('body', models.TextField()),
                        ('token', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('edited_at', models.DateTimeField(blank=True, null=True)),
                        ('hidden_at', models.DateTimeField(blank=True, null=True)),
                        ('hidden_because', models.TextField(blank=True)),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='records.record')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('hidden_at__isnull', True), models.Q(('hidden_because', ''), _negated=True), _connector='OR'), name='hiding_a_comment_takes_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Document',
                    fields=[
                        ('record_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='records.record')),
                        ('text', models.TextField(blank=True)),
                        ('fingerprint', models.CharField(db_index=True, max_length=64)),
                        ('file', models.FileField(blank=True, upload_to='documents/%Y/%m/')),
                        ('file_name', models.CharField(blank=True, max_length=200, verbose_name='file name')),
                        ('media_type', models.CharField(blank=True, max_length=100)),
                    ],
                    bases=('records.record',),
                ),
                migrations.CreateModel(
                    name='Authorship',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('capacity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authorships', to='records.record')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('record', 'person'), name='a_person_authors_a_record_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Audience',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organisation')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='audience', to='records.record')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', False), ('person__isnull', True)), models.Q(('organisation__isnull', True), ('person__isnull', False)), _connector='OR'), name='an_audience_is_a_person_or_an_organisation'), models.UniqueConstraint(fields=('record', 'person'), name='a_person_is_named_once'), models.UniqueConstraint(fields=('record', 'organisation'), name='an_organisation_is_named_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Attachment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.FileField(upload_to='attachments/%Y/%m/')),
                        ('name', models.CharField(max_length=200)),
                        ('media_type', models.CharField(max_length=100)),
                        ('size', models.PositiveBigIntegerField()),
                        ('fingerprint', models.CharField(db_index=True, max_length=64)),
                        ('text', models.TextField(blank=True)),
                        ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='records.record')),
                        ('language', models.CharField(blank=True, max_length=35)),
                        ('pages', models.JSONField(blank=True, default=list)),
                        ('reason', models.CharField(blank=True, max_length=30)),
                        ('signature', models.BigIntegerField(blank=True, db_index=True, null=True)),
                        ('state', models.CharField(choices=[('reading', 'being processed'), ('read', 'text available'), ('unreadable', 'could not be read'), ('picture', 'image')], default='reading', max_length=20)),
                        ('signs', models.JSONField(blank=True, null=True)),
                        ('hits', models.JSONField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['name', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('record', 'fingerprint'), name='the_same_file_hangs_on_a_record_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'unreadable'), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('state', 'unreadable'), _negated=True), ('reason', '')), _connector='OR'), name='a_file_that_was_not_read_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='Held',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('door', models.CharField(choices=[('comment', 'a comment'), ('form', 'a form'), ('reading', 'an imported document'), ('attachment', 'a file attached to a record'), ('import', 'an imported file'), ('mail', 'an email'), ('application', 'an application')], max_length=20)),
                        ('why', models.CharField(choices=[('disclosure', 'possible disclosure of harm to a child'), ('material', 'possible child sexual abuse material, or an offer of it')], max_length=20)),
                        ('text', models.TextField(blank=True)),
                        ('file', models.FileField(blank=True, upload_to=jukwaa.records.models.safeguards.random_name)),
                        ('file_name', models.CharField(blank=True, max_length=200)),
                        ('address', models.EmailField(blank=True, max_length=254)),
                        ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('state', models.CharField(choices=[('held', 'in quarantine'), ('released', 'released: no concern found'), ('purged', 'deleted permanently')], default='held', max_length=10)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('salt', models.CharField(blank=True, max_length=32)),
                        ('digest', models.CharField(max_length=64)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held', to='coalitions.coalition')),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name_plural': 'held',
                        'ordering': ['-received_at', '-pk'],
                        'indexes': [models.Index(fields=['coalition', 'state', '-received_at'], name='held_of_coalition')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'purged'), _negated=True), models.Q(('address', ''), ('file', ''), ('file_name', ''), ('person__isnull', True), ('salt', ''), ('text', '')), _connector='OR'), name='what_is_purged_holds_nothing_of_people'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'held')), models.Q(models.Q(('state', 'held'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='whoever_decided_on_what_is_held_is_kept_with_the_time')],
                    },
                ),
                migrations.CreateModel(
                    name='Link',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('relation', models.CharField(choices=[('cites', 'cites'), ('answers', 'answers'), ('began-as', 'began as'), ('adapted-from', 'adapted from'), ('supersedes', 'replaces'), ('fulfils', 'fulfils'), ('translates', 'translates'), ('relates-to', 'relates to')], max_length=20)),
                        ('from_record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_out', to='records.record')),
                        ('to_record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_in', to='records.record')),
                        ('version', models.PositiveIntegerField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('from_record', 'to_record', 'relation'), name='two_records_are_linked_once'), models.CheckConstraint(condition=models.Q(('from_record', models.F('to_record')), _negated=True), name='a_record_is_not_linked_to_itself')],
                    },
                ),
                migrations.CreateModel(
                    name='Passage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('anchor', models.CharField(blank=True, max_length=40)),
                        ('language', models.CharField(max_length=35)),
                        ('text', models.TextField()),
                        ('position', models.PositiveIntegerField()),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='records.record')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['language'], name='languages_of_passages')],
                        'constraints': [models.UniqueConstraint(fields=('record', 'position'), name='a_passage_has_its_position_once'), models.CheckConstraint(condition=models.Q(('id', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('record'), '*', models.Value(65536)), '+', models.F('position')))), name='a_passage_is_numbered_by_its_record')],
                    },
                ),
                migrations.CreateModel(
                    name='Version',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField()),
                        ('content', models.JSONField()),
                        ('salt', models.CharField(max_length=32)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='records.record')),
                    ],
                    options={
                        'ordering': ['record', '-number'],
                        'constraints': [models.UniqueConstraint(fields=('record', 'number'), name='a_version_has_its_number_once')],
                    },
                ),
                migrations.CreateModel(
                    name='CommentVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField()),
                        ('body', models.TextField()),
                        ('at', models.DateTimeField()),
                        ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='records.comment')),
                    ],
                    options={
                        'ordering': ['comment', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('comment', 'number'), name='a_comment_version_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Source',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('start', models.PositiveIntegerField(null=True)),
                        ('end', models.PositiveIntegerField(null=True)),
                        ('quote', models.TextField(blank=True)),
                        ('number', models.PositiveIntegerField(null=True)),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='records.record')),
                        ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cited_by', to='records.document')),
                    ],
                    options={
                        'ordering': ['document', 'start'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('end__isnull', True), ('quote', ''), ('start__isnull', True)), models.Q(('end__gt', models.F('start')), ('end__isnull', False), ('start__isnull', False), models.Q(('quote', ''), _negated=True)), _connector='OR'), name='a_source_has_its_whole_span_or_none'), models.UniqueConstraint(fields=('record', 'document', 'start'), name='a_passage_is_a_source_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Narrowed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('record', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='narrowed', to='records.record')),
                    ],
                ),
            ],
        ),
        migrations.RunPython(
            code=jukwaa.records.index.schema.create,
            reverse_code=jukwaa.records.index.schema.drop,
        ),
    ]
