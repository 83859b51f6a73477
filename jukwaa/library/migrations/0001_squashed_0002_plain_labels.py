import django.db.models.deletion
import django.utils.timezone
import jukwaa.core.migration_operations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('library', '0001_initial'), ('library', '0002_plain_labels')]

    initial = True

    dependencies = [
        ('coalitions', '0001_initial'),
        ('records', '0004_what_was_read_from_a_file'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        jukwaa.core.migration_operations.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Collection',
                    fields=[
                        ('record_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='records.record')),
                        ('introduction', models.TextField(blank=True, verbose_name='introduction')),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                    ],
                    bases=('records.record',),
                ),
                migrations.CreateModel(
                    name='Item',
                    fields=[
                        ('record_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='records.record')),
                        ('what_worked', models.TextField(blank=True)),
                        ('what_changed', models.TextField(blank=True)),
                        ('how_it_links', models.TextField(blank=True)),
                        ('details', models.JSONField(blank=True, default=dict)),
                        ('review_by', models.DateField(blank=True, null=True, verbose_name='next check due')),
                        ('asks_for_review', models.BooleanField(default=False)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                    ],
                    bases=('records.record',),
                ),
                migrations.CreateModel(
                    name='CollectionEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveIntegerField()),
                        ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='library.collection')),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='records.record')),
                    ],
                    options={
                        'ordering': ['position', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('collection', 'record'), name='a_record_is_in_a_collection_once'), models.CheckConstraint(condition=models.Q(('collection', models.F('record')), _negated=True), name='a_collection_does_not_hold_itself')],
                    },
                ),
                migrations.CreateModel(
                    name='Review',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField()),
                        ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('consent', models.TextField()),
                        ('accepted_at', models.DateTimeField(blank=True, null=True)),
                        ('opened_to_reviewer', models.BooleanField(default=False)),
                        ('outcome', models.CharField(blank=True, choices=[('publish', 'published'), ('revise', 'changes needed first'), ('restrict', 'published for fewer readers'), ('refuse', 'not published'), ('overtaken', 'closed because the text was changed'), ('taken-back', 'withdrawn by the author')], max_length=12)),
                        ('can_be_combined', models.BooleanField(null=True)),
                        ('reason', models.TextField(blank=True)),
                        ('label', models.CharField(blank=True, choices=[('TLP:CLEAR', 'TLP:CLEAR'), ('TLP:GREEN', 'TLP:GREEN'), ('TLP:AMBER', 'TLP:AMBER'), ('TLP:AMBER+STRICT', 'TLP:AMBER+STRICT'), ('TLP:RED', 'TLP:RED')], max_length=20)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('assigned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='library.item')),
                        ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-sent_at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('item',), name='an_item_waits_for_one_review_at_a_time'), models.CheckConstraint(condition=models.Q(('outcome', ''), ('decided_at__isnull', False), _connector='XOR'), name='a_review_is_decided_at_a_time'), models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'overtaken', 'taken-back']), models.Q(('can_be_combined__isnull', False), ('decided_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='a_second_person_decides_with_a_reason'), models.CheckConstraint(condition=models.Q(('reviewer__isnull', True), models.Q(('reviewer', models.F('sent_by')), _negated=True), _connector='OR'), name='whoever_sent_an_item_does_not_review_it'), models.CheckConstraint(condition=models.Q(('consent', ''), _negated=True), name='consent_is_said_in_words')],
                    },
                ),
                migrations.CreateModel(
                    name='Use',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('country', models.CharField(blank=True, max_length=2)),
                        ('year', models.PositiveSmallIntegerField()),
                        ('how', models.TextField()),
                        ('result', models.TextField(blank=True)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('adaptation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='library.item')),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='library.item')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['item', '-year', '-id'], name='uses_of_an_item')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('adaptation__isnull', True), models.Q(('adaptation', models.F('item')), _negated=True), _connector='OR'), name='an_item_is_not_its_own_adaptation'), models.CheckConstraint(condition=models.Q(('year__gte', 1980), ('year__lte', 2200)), name='a_use_is_of_a_year')],
                    },
                ),
                migrations.CreateModel(
                    name='WebLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('url', models.URLField(max_length=1000)),
                        ('title', models.CharField(blank=True, max_length=200)),
                        ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='web_links', to='library.item')),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('item', 'url'), name='an_item_has_a_link_once'), models.CheckConstraint(condition=models.Q(('url__startswith', 'https://'), ('url__startswith', 'http://'), _connector='OR'), name='a_link_leads_to_the_web')],
                    },
                ),
            ],
        ),
    ]
