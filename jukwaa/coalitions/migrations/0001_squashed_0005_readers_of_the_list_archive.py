import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import jukwaa.core.migration_operations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('coalitions', '0001_initial'), ('coalitions', '0002_seats_are_found_by_person'), ('coalitions', '0003_representatives_and_pages_of_the_list'), ('coalitions', '0004_plain_language'), ('coalitions', '0005_readers_of_the_list_archive')]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        jukwaa.core.migration_operations.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Coalition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^(?!(about|account|accounts|api|health|jukwaa|mail|places|sheet|static)$)')])),
                        ('name', models.CharField(max_length=160, verbose_name='name')),
                        ('forum', models.CharField(blank=True, max_length=160, verbose_name='forum')),
                        ('about', models.TextField(blank=True, verbose_name='about the coalition')),
                        ('objectives', models.TextField(blank=True, verbose_name='objectives (1 on each line)')),
                        ('founded', models.CharField(blank=True, max_length=40, verbose_name='founded')),
                        ('language', models.CharField(default='en', max_length=35, verbose_name='language')),
                        ('time_zone', models.CharField(default='UTC', max_length=64, verbose_name='time zone')),
                        ('country', models.CharField(blank=True, max_length=2, verbose_name='country of the helpline that is shown first')),
                        ('list_address', models.EmailField(blank=True, max_length=254, verbose_name='email address of the mailing list')),
                        ('mail_released_at', models.DateTimeField(blank=True, null=True)),
                        ('revision', models.PositiveBigIntegerField(default=0)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('list_archive', models.URLField(blank=True, max_length=400, verbose_name='archive of the mailing list')),
                        ('list_page', models.URLField(blank=True, max_length=400, verbose_name='page on which anyone can subscribe to the mailing list')),
                        ('list_readers', models.CharField(choices=[('public', 'Everyone, without an account'), ('members', 'Members and people with a role in the coalition'), ('nobody', 'Only coordinators')], default='members', max_length=10, verbose_name='who can read the archive of the mailing list')),
                    ],
                ),
                migrations.CreateModel(
                    name='Capacity',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=250)),
                        ('stakeholder_group', models.CharField(choices=[('civil-society', 'Civil society'), ('government', 'Government'), ('intergovernmental', 'Intergovernmental organizations'), ('private-sector', 'Private sector'), ('technical-community', 'Technical community'), ('other', 'Other'), ('unknown', 'Unknown')], default='unknown', max_length=25)),
                        ('country', models.CharField(blank=True, max_length=2)),
                        ('regional_group', models.CharField(choices=[('african', 'African Group'), ('asia-pacific', 'Asia-Pacific Group'), ('eastern-european', 'Eastern European Group'), ('grulac', 'Latin American and Caribbean Group (GRULAC)'), ('weog', 'Western European and Others Group (WEOG)'), ('igo', 'Intergovernmental Organization'), ('unknown', 'Unknown')], default='unknown', max_length=20)),
                        ('taken_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='capacities', to=settings.AUTH_USER_MODEL)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.coalition')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='capacities', to='coalitions.organisation')),
                    ],
                    options={
                        'verbose_name_plural': 'capacities',
                    },
                ),
                migrations.CreateModel(
                    name='AreaOfWork',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('scheme', models.CharField(choices=[('coalition', 'area of work'), ('itu-cop', "area of ITU's Child Online Protection"), ('audience', 'audience')], default='coalition', max_length=20)),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                        ('source', models.CharField(blank=True, max_length=300)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='coalitions.coalition')),
                    ],
                    options={
                        'ordering': ['scheme', 'position', 'name'],
                        'constraints': [models.UniqueConstraint(fields=('coalition', 'scheme', 'name'), name='one_area_of_a_name_in_a_scheme')],
                    },
                ),
                migrations.CreateModel(
                    name='Activity',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('verb', models.CharField(max_length=40)),
                        ('kind', models.CharField(max_length=40)),
                        ('object_id', models.PositiveBigIntegerField()),
                        ('digest', models.CharField(blank=True, max_length=64)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to=settings.AUTH_USER_MODEL)),
                        ('capacity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('coalition', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='coalitions.coalition')),
                    ],
                    options={
                        'verbose_name_plural': 'activities',
                        'indexes': [models.Index(fields=['coalition', '-id'], name='activity_of_coalition'), models.Index(fields=['kind', 'object_id'], name='activity_of_object')],
                    },
                ),
                migrations.CreateModel(
                    name='CoalitionName',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=160)),
                        ('acronym', models.CharField(blank=True, max_length=40)),
                        ('starts_on', models.DateField(blank=True, null=True)),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('source', models.CharField(blank=True, max_length=300)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='coalitions.coalition')),
                    ],
                    options={
                        'ordering': [models.OrderBy(models.F('starts_on'), nulls_first=True)],
                        'constraints': [models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a_coalitions_name_ends_after_it_began')],
                    },
                ),
                migrations.CreateModel(
                    name='Import',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('of', models.CharField(choices=[('members', 'Members (1 organisation in each row)'), ('people', 'People on the mailing list')], default='members', max_length=10)),
                        ('file_name', models.CharField(max_length=200)),
                        ('table', models.JSONField(default=list)),
                        ('first', models.PositiveIntegerField(default=1)),
                        ('notes', models.JSONField(blank=True, default=list)),
                        ('mapping', models.JSONField(blank=True, default=list)),
                        ('state', models.CharField(choices=[('columns', 'columns not matched yet'), ('preview', 'ready to check'), ('entered', 'imported')], default='columns', max_length=10)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imports', to='coalitions.coalition')),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='ListEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_on', models.DateField(blank=True, null=True)),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='list_entries', to='coalitions.coalition')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='list_entries', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name_plural': 'list entries',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('coalition', 'person'), name='once_on_the_list')],
                    },
                ),
                migrations.CreateModel(
                    name='Organisation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=200, verbose_name='name')),
                        ('acronym', models.CharField(blank=True, max_length=40, verbose_name='acronym')),
                        ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                        ('regional_group', models.CharField(choices=[('african', 'African Group'), ('asia-pacific', 'Asia-Pacific Group'), ('eastern-european', 'Eastern European Group'), ('grulac', 'Latin American and Caribbean Group (GRULAC)'), ('weog', 'Western European and Others Group (WEOG)'), ('igo', 'Intergovernmental Organization'), ('unknown', 'Unknown')], default='unknown', max_length=20, verbose_name='regional group')),
                        ('stakeholder_group', models.CharField(choices=[('civil-society', 'Civil society'), ('government', 'Government'), ('intergovernmental', 'Intergovernmental organizations'), ('private-sector', 'Private sector'), ('technical-community', 'Technical community'), ('other', 'Other'), ('unknown', 'Unknown')], default='unknown', max_length=25, verbose_name='stakeholder group')),
                        ('languages', models.JSONField(blank=True, default=list, verbose_name='languages')),
                        ('website', models.URLField(blank=True, verbose_name='website')),
                        ('about', models.TextField(blank=True, verbose_name='what the organisation does')),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('areas', models.ManyToManyField(blank=True, related_name='organisations', to='coalitions.areaofwork', verbose_name='areas of work')),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='coalitions.coalition')),
                        ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='coalitions.organisation')),
                    ],
                    options={
                        'ordering': [django.db.models.functions.text.Lower('name')],
                        'indexes': [models.Index(models.F('coalition'), django.db.models.functions.text.Lower('name'), models.F('id'), name='organisation_by_name')],
                        'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), models.F('coalition'), condition=models.Q(('merged_into__isnull', True)), name='one_organisation_of_a_name'), models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('pk')), _negated=True), _connector='OR'), name='an_organisation_is_not_merged_into_itself')],
                    },
                ),
                migrations.CreateModel(
                    name='Membership',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('standing', models.CharField(choices=[('applied', 'applied'), ('active', 'member'), ('left', 'ended'), ('declined', 'declined')], default='applied', max_length=10)),
                        ('motivation', models.TextField(blank=True, verbose_name='why you would like to join')),
                        ('applied_on', models.DateField(blank=True, null=True)),
                        ('starts_on', models.DateField(blank=True, null=True, verbose_name='member since')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='member until')),
                        ('reason', models.TextField(blank=True, verbose_name='reason')),
                        ('country', models.CharField(blank=True, max_length=2)),
                        ('regional_group', models.CharField(choices=[('african', 'African Group'), ('asia-pacific', 'Asia-Pacific Group'), ('eastern-european', 'Eastern European Group'), ('grulac', 'Latin American and Caribbean Group (GRULAC)'), ('weog', 'Western European and Others Group (WEOG)'), ('igo', 'Intergovernmental Organization'), ('unknown', 'Unknown')], default='unknown', max_length=20)),
                        ('stakeholder_group', models.CharField(choices=[('civil-society', 'Civil society'), ('government', 'Government'), ('intergovernmental', 'Intergovernmental organizations'), ('private-sector', 'Private sector'), ('technical-community', 'Technical community'), ('other', 'Other'), ('unknown', 'Unknown')], default='unknown', max_length=25)),
                        ('applicant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to=settings.AUTH_USER_MODEL)),
                        ('areas', models.ManyToManyField(blank=True, related_name='memberships', to='coalitions.areaofwork')),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='coalitions.coalition')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='coalitions.organisation')),
                        ('person', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': [models.OrderBy(models.F('starts_on'), descending=True, nulls_last=True), '-pk'],
                        'indexes': [models.Index(condition=models.Q(('person__isnull', False)), fields=['person'], name='memberships_of_persons')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', True), ('person__isnull', False)), models.Q(('organisation__isnull', False), ('person__isnull', True)), _connector='OR'), name='a_membership_is_of_an_organisation_or_of_a_person'), models.UniqueConstraint(condition=models.Q(('standing__in', ['applied', 'active'])), fields=('coalition', 'organisation'), name='an_organisation_is_once_at_a_time_a_member'), models.UniqueConstraint(condition=models.Q(('standing__in', ['applied', 'active'])), fields=('coalition', 'person'), name='a_person_is_once_at_a_time_a_member'), models.CheckConstraint(condition=models.Q(models.Q(('standing', 'declined'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='declining_takes_a_reason'), models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a_membership_ends_after_it_began')],
                    },
                ),
                migrations.CreateModel(
                    name='KeptApart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.organisation')),
                        ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.organisation')),
                    ],
                    options={
                        'verbose_name_plural': 'kept apart',
                        'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='two_are_kept_apart_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='the_lower_of_two_kept_apart_comes_first')],
                    },
                ),
                migrations.CreateModel(
                    name='ImportRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField()),
                        ('cells', models.JSONField(default=dict)),
                        ('state', models.CharField(choices=[('waiting', 'to be imported'), ('quarantine', 'to correct'), ('entered', 'imported'), ('left-out', 'skipped')], max_length=10)),
                        ('reason', models.TextField(blank=True)),
                        ('notes', models.JSONField(blank=True, default=list)),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='coalitions.import')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='coalitions.organisation')),
                    ],
                    options={
                        'ordering': ['source', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('source', 'number'), name='a_row_stands_once_in_its_table'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'quarantine'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='quarantine_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Affiliation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.CharField(blank=True, max_length=120, verbose_name='position')),
                        ('may_speak', models.BooleanField(default=False, verbose_name='may represent the organisation')),
                        ('starts_on', models.DateField(blank=True, null=True, verbose_name='first day')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                        ('confirmed_on', models.DateField(blank=True, null=True)),
                        ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='affiliations', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='affiliations', to='coalitions.organisation')),
                    ],
                    options={
                        'ordering': [models.OrderBy(models.F('ends_on'), descending=True, nulls_first=True), models.OrderBy(models.F('starts_on'), descending=True, nulls_last=True)],
                        'constraints': [models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='an_affiliation_ends_after_it_began'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('person', 'organisation'), name='a_person_is_once_at_a_time_in_an_organisation'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_by__isnull', True), ('confirmed_on__isnull', True)), models.Q(('confirmed_by__isnull', False), ('confirmed_on__isnull', False)), _connector='OR'), name='who_confirmed_an_affiliation_is_kept_with_the_day')],
                    },
                ),
                migrations.CreateModel(
                    name='OrganisationName',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=200)),
                        ('starts_on', models.DateField(blank=True, null=True)),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='coalitions.organisation')),
                    ],
                    options={
                        'ordering': [models.OrderBy(models.F('starts_on'), nulls_first=True), 'name'],
                        'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), models.F('organisation'), name='an_organisation_has_a_name_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Role',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('coordinator', 'coordinator'), ('chair', 'chair'), ('rapporteur', 'rapporteur'), ('editor', 'editor'), ('safeguarding-lead', 'safeguarding lead'), ('representative', 'representative at coordination meetings')], max_length=20, verbose_name='role')),
                        ('starts_on', models.DateField(blank=True, null=True, verbose_name='first day')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='coalitions.coalition')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['kind', models.OrderBy(models.F('starts_on'), nulls_first=True)],
                        'constraints': [models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a_role_ends_after_it_began'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('coalition', 'person', 'kind'), name='a_person_holds_a_role_once_at_a_time')],
                    },
                ),
                migrations.CreateModel(
                    name='Seal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('hash', models.CharField(max_length=64, unique=True)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('previous', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next', to='coalitions.seal')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(models.Value(1), condition=models.Q(('previous__isnull', True)), name='one_first_seal')],
                    },
                ),
                migrations.CreateModel(
                    name='SealedActivity',
                    fields=[
                        ('activity', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='sealed', serialize=False, to='coalitions.activity')),
                        ('seal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.seal')),
                    ],
                ),
            ],
        ),
    ]
