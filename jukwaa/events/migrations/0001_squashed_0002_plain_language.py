import django.db.models.deletion
import django.utils.timezone
import jukwaa.core.migration_operations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('events', '0001_initial'), ('events', '0002_plain_language')]

    initial = True

    dependencies = [
        ('coalitions', '0003_representatives_and_pages_of_the_list'),
        ('records', '0004_what_was_read_from_a_file'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        jukwaa.core.migration_operations.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Event',
                    fields=[
                        ('record_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='records.record')),
                        ('organiser_name', models.CharField(blank=True, max_length=200, verbose_name='organiser, as named in the source')),
                        ('reach', models.CharField(choices=[('place', 'in one place'), ('countries', 'in many places, with hosts in each country'), ('online', 'online'), ('anywhere', 'wherever people take part')], default='place', max_length=10, verbose_name='location')),
                        ('rule', models.CharField(blank=True, max_length=200, verbose_name='rule for repeating')),
                        ('is_around', models.BooleanField(default=False, verbose_name='event of others, listed to avoid clashes')),
                        ('website', models.URLField(blank=True, verbose_name='website')),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('organiser', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organisation', verbose_name='organiser')),
                    ],
                    bases=('records.record',),
                ),
                migrations.CreateModel(
                    name='Occurrence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_on', models.DateField(verbose_name='first day')),
                        ('ends_on', models.DateField(verbose_name='last day')),
                        ('starts_at', models.DateTimeField(blank=True, null=True)),
                        ('ends_at', models.DateTimeField(blank=True, null=True)),
                        ('time_zone', models.CharField(default='UTC', max_length=60, verbose_name='time zone')),
                        ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                        ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                        ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                        ('ruled_on', models.DateField(blank=True, null=True)),
                        ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                        ('asks', models.TextField(blank=True, verbose_name='request')),
                        ('of_whom', models.CharField(blank=True, max_length=300, verbose_name='who should take part')),
                        ('until', models.DateField(blank=True, null=True, verbose_name='end date')),
                        ('called_at', models.DateTimeField(blank=True, null=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='occurrences', to='events.event')),
                        ('materials', models.ManyToManyField(blank=True, related_name='+', to='records.record', verbose_name='materials')),
                    ],
                    options={
                        'ordering': ['-starts_on', '-pk'],
                        'indexes': [models.Index(fields=['starts_on', 'ends_on'], name='occurrences_by_day')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='an_occurrence_ends_after_it_began'), models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), models.Q(('ends_at__gte', models.F('starts_at')), ('starts_at__isnull', False)), _connector='OR'), name='hours_end_after_they_began'), models.UniqueConstraint(fields=('event', 'starts_on'), name='an_event_takes_place_once_a_day'), models.UniqueConstraint(fields=('event', 'ruled_on'), name='a_rule_makes_a_day_once'), models.CheckConstraint(condition=models.Q(('called_at__isnull', True), models.Q(('asks', ''), _negated=True), _connector='OR'), name='a_call_to_take_part_says_what_it_asks')],
                    },
                ),
                migrations.CreateModel(
                    name='Host',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('country', models.CharField(max_length=2, verbose_name='country')),
                        ('name', models.CharField(max_length=200, verbose_name='name of the host')),
                        ('website', models.URLField(blank=True, verbose_name='website')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organisation')),
                        ('occurrence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hosts', to='events.occurrence')),
                    ],
                    options={
                        'ordering': ['country', 'name'],
                        'constraints': [models.UniqueConstraint(fields=('occurrence', 'country', 'name'), name='a_host_hosts_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Pledge',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('activity', models.TextField(verbose_name='what your organisation will do')),
                        ('audience', models.CharField(blank=True, max_length=200, verbose_name='target group')),
                        ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                        ('language', models.CharField(blank=True, max_length=35, verbose_name='language')),
                        ('partners', models.CharField(blank=True, max_length=300, verbose_name='partners')),
                        ('contact_role', models.CharField(blank=True, max_length=120, verbose_name='contact (role only)')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('occurrence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pledges', to='events.occurrence')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organisation')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                        'indexes': [models.Index(fields=['occurrence', 'country'], name='pledges_by_country')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('activity', ''), _negated=True)), fields=('occurrence', 'organisation', 'country', 'activity'), name='the_same_is_pledged_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Feedback',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('done', models.TextField(verbose_name='what was done')),
                        ('reached', models.PositiveIntegerField(blank=True, null=True, verbose_name='number of people reached')),
                        ('what_worked', models.TextField(blank=True, verbose_name='what worked')),
                        ('words', models.TextField(blank=True, verbose_name='how it was for you')),
                        ('may_be_quoted', models.BooleanField(default=False, verbose_name="may be quoted in next year's call for pledges")),
                        ('was_worth_it', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'no'), (2, 'rather no'), (3, 'rather yes'), (4, 'yes')], null=True, verbose_name='Was it worth the effort?')),
                        ('had_what_was_needed', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'no'), (2, 'rather no'), (3, 'rather yes'), (4, 'yes')], null=True, verbose_name='Did you have the materials you needed?')),
                        ('would_again', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'no'), (2, 'rather no'), (3, 'rather yes'), (4, 'yes')], null=True, verbose_name='Would you take part again?')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pledge', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='feedback', to='events.pledge')),
                    ],
                ),
            ],
        ),
    ]
