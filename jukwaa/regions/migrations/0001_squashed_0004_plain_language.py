import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import jukwaa.core.migration_operations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('regions', '0001_initial'), ('regions', '0002_links'), ('regions', '0003_delete_figures'), ('regions', '0004_plain_language')]

    initial = True

    dependencies = [
        ('coalitions', '0002_seats_are_found_by_person'),
        ('drafting', '0002_resting'),
        ('events', '0001_initial'),
        ('library', '0001_initial'),
        ('records', '0004_what_was_read_from_a_file'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        jukwaa.core.migration_operations.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Delivery',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('to', models.CharField(max_length=40)),
                        ('body', models.CharField(blank=True, max_length=200, verbose_name='name of the body')),
                        ('length', models.CharField(choices=[('two', '2 pages'), ('five', '5 pages')], max_length=5)),
                        ('how', models.CharField(choices=[('mail', 'by email'), ('handed', 'handed over in person'), ('meeting', 'in a meeting'), ('hearing', 'at a hearing or a consultation'), ('post', 'by post'), ('other', 'in another way')], max_length=10)),
                        ('on', models.DateField(verbose_name='date')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='drafting.edition')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organisation')),
                    ],
                    options={
                        'verbose_name_plural': 'deliveries',
                        'ordering': ['-on', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('organisation__isnull', False), models.Q(('body', ''), _negated=True), _connector='OR'), name='a_delivery_names_who_received_it')],
                    },
                ),
                migrations.CreateModel(
                    name='BriefUse',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('url', models.CharField(blank=True, max_length=1000, verbose_name='evidence on the web')),
                        ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='used_in', to='drafting.edition')),
                        ('record', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='records.record')),
                        ('use', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='of_brief', to='library.use')),
                        ('delivery', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='uses', to='regions.delivery')),
                    ],
                    options={
                        'ordering': ['-use__year', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='BriefQuestion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('asked_on', models.DateField()),
                        ('words', models.TextField(verbose_name='follow-up question')),
                        ('answer', models.TextField(blank=True, verbose_name='answer')),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='regions.delivery')),
                    ],
                    options={
                        'ordering': ['asked_on', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='an_answer_to_a_brief_has_its_day')],
                    },
                ),
                migrations.CreateModel(
                    name='NeverAgain',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(max_length=40)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ],
                    options={
                        'verbose_name_plural': 'never again',
                        'constraints': [models.UniqueConstraint(fields=('coalition', 'digest'), name='never_again_is_kept_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Outreach',
                    fields=[
                        ('record_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='records.record')),
                        ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                        ('region', models.CharField(blank=True, choices=[('african', 'African Group'), ('asia-pacific', 'Asia-Pacific Group'), ('eastern-european', 'Eastern European Group'), ('grulac', 'Latin American and Caribbean Group (GRULAC)'), ('weog', 'Western European and Others Group (WEOG)')], max_length=20, verbose_name='regional group')),
                        ('on', models.DateField(verbose_name='target date')),
                        ('forget_on', models.DateField(verbose_name='delete unanswered invitations after')),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('at_event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='events.event')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('region', ''), ('country', ''), _connector='OR'), name='an_outreach_plan_is_for_a_country_or_a_region')],
                    },
                    bases=('records.record',),
                ),
                migrations.CreateModel(
                    name='Milestone',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=200, verbose_name='milestone')),
                        ('due_on', models.DateField(verbose_name='due date')),
                        ('done_on', models.DateField(blank=True, null=True)),
                        ('moves', models.PositiveIntegerField(default=0)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organisation')),
                        ('outreach', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='regions.outreach')),
                    ],
                    options={
                        'ordering': ['outreach', 'due_on', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Hosting',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('what', models.CharField(max_length=250, verbose_name='what the organisation will host')),
                        ('confirmed_on', models.DateField(blank=True, null=True)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organisation')),
                        ('outreach', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hostings', to='regions.outreach')),
                    ],
                    options={
                        'ordering': ['outreach', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Prospect',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('region', models.CharField(blank=True, choices=[('african', 'African Group'), ('asia-pacific', 'Asia-Pacific Group'), ('eastern-european', 'Eastern European Group'), ('grulac', 'Latin American and Caribbean Group (GRULAC)'), ('weog', 'Western European and Others Group (WEOG)')], max_length=20)),
                        ('name', models.CharField(max_length=200, verbose_name='organisation')),
                        ('folded', models.CharField(editable=False, max_length=250)),
                        ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                        ('stakeholder_group', models.CharField(choices=[('civil-society', 'Civil society'), ('government', 'Government'), ('intergovernmental', 'Intergovernmental organizations'), ('private-sector', 'Private sector'), ('technical-community', 'Technical community'), ('other', 'Other'), ('unknown', 'Unknown')], default='unknown', max_length=25, verbose_name='stakeholder group')),
                        ('role', models.CharField(max_length=120, verbose_name='role of the recipient')),
                        ('language', models.CharField(default='en', max_length=35, verbose_name='language of the letter')),
                        ('why', models.TextField(blank=True, verbose_name='reason for writing')),
                        ('state', models.CharField(choices=[('noted', 'letter to be sent'), ('sent', 'sent, no answer yet'), ('reminded', 'one reminder, no answer yet'), ('yes', 'said yes'), ('not-now', 'said not now'), ('closed', 'closed without an answer')], default='noted', max_length=10)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('sent_on', models.DateField(blank=True, null=True)),
                        ('reminded_on', models.DateField(blank=True, null=True)),
                        ('answered_on', models.DateField(blank=True, null=True)),
                        ('contact_name', models.CharField(blank=True, max_length=200, verbose_name='your name')),
                        ('contact_address', models.EmailField(blank=True, max_length=254, verbose_name='your address')),
                        ('written_on', models.DateField(blank=True, null=True)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='coalitions.areaofwork')),
                        ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                        ('introducer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='coalitions.organisation')),
                        ('outreach', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='prospects', to='regions.outreach')),
                    ],
                    options={
                        'ordering': [django.db.models.functions.text.Lower('name'), 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('contact_address', ''), ('contact_name', '')), models.Q(('answered_on__isnull', False), ('state', 'yes')), _connector='OR'), name='no_contact_without_a_yes'), models.CheckConstraint(condition=models.Q(('reminded_on__isnull', True), ('sent_on__isnull', False), _connector='OR'), name='whoever_is_reminded_was_written_to'), models.UniqueConstraint(fields=('coalition', 'folded', 'country'), name='a_prospect_is_noted_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Acquaintance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('prospect', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acquaintances', to='regions.prospect')),
                    ],
                    options={
                        'ordering': ['prospect', 'at', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('prospect', 'person'), name='one_knows_somebody_there_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Question',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('words', models.CharField(max_length=300, verbose_name='what we want to learn')),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('answer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='records.record')),
                        ('outreach', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='regions.outreach')),
                    ],
                    options={
                        'ordering': ['outreach', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Voice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField()),
                        ('says', models.CharField(choices=[('confirms', 'We observe the same'), ('adds', 'We add something'), ('differs', 'We see it differently')], max_length=10)),
                        ('words', models.TextField(blank=True)),
                        ('stands', models.BooleanField(default=True)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='voices', to='library.item')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organisation')),
                    ],
                    options={
                        'ordering': ['item', 'at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('organisation__isnull', False), ('stands', True)), fields=('item', 'organisation'), name='one_voice_of_an_organisation_stands'), models.UniqueConstraint(condition=models.Q(('organisation__isnull', True), ('stands', True)), fields=('item', 'author'), name='one_voice_of_a_person_stands'), models.CheckConstraint(condition=models.Q(models.Q(('says__in', ['adds', 'differs']), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='what_is_added_or_differs_is_said')],
                    },
                ),
                migrations.CreateModel(
                    name='BriefShape',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('step', models.PositiveIntegerField()),
                        ('addressed_to', models.JSONField(blank=True, default=list)),
                        ('short', models.JSONField(blank=True, default=list)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shapes', to='drafting.text')),
                    ],
                    options={
                        'ordering': ['text', '-step'],
                        'constraints': [models.UniqueConstraint(fields=('text', 'step'), name='a_brief_has_one_shape_at_a_step')],
                    },
                ),
                migrations.CreateModel(
                    name='BriefTranslation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('step', models.PositiveIntegerField()),
                        ('original', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='drafting.text')),
                        ('text', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='translation_of', to='drafting.text')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', models.F('original')), _negated=True), name='a_brief_is_not_its_own_translation')],
                    },
                ),
                migrations.CreateModel(
                    name='AnswerLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('sealed', models.TextField()),
                        ('ends_on', models.DateField(db_index=True)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                        ('prospect', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='links', to='regions.prospect')),
                    ],
                ),
            ],
        ),
    ]
