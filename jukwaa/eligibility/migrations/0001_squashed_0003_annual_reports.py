import django.db.models.deletion
import django.utils.timezone
import jukwaa.core.migration_operations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('eligibility', '0001_initial'), ('eligibility', '0002_coordination_meetings_and_links'), ('eligibility', '0003_annual_reports')]

    initial = True

    dependencies = [
        ('coalitions', '0003_representatives_and_pages_of_the_list'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        jukwaa.core.migration_operations.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='ConditionAnswer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('year', models.PositiveSmallIntegerField()),
                        ('rule', models.SlugField(max_length=60)),
                        ('answer', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No')], max_length=3, verbose_name='is this condition met?')),
                        ('note', models.TextField(blank=True, verbose_name='note')),
                        ('link', models.URLField(blank=True, max_length=400, verbose_name='link to the evidence')),
                        ('step', models.CharField(blank=True, max_length=200, verbose_name='next step')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='due date')),
                        ('is_done', models.BooleanField(default=False, verbose_name='the step is done')),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='condition_answers', to='coalitions.coalition')),
                        ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('coalition', 'year', 'rule'), name='a_condition_is_answered_once_a_year'), models.CheckConstraint(condition=models.Q(models.Q(('due_on__isnull', True), ('is_done', False), ('responsible__isnull', True), ('step', '')), models.Q(models.Q(('step', ''), _negated=True), ('due_on__isnull', False), ('responsible__isnull', False)), _connector='OR'), name='a_next_step_has_a_person_and_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='CoordinationMeeting',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=250, verbose_name='title')),
                        ('starts_at', models.DateTimeField(verbose_name='start')),
                        ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='end')),
                        ('time_zone', models.CharField(default='UTC', max_length=64, verbose_name='time zone')),
                        ('joining_link', models.URLField(blank=True, max_length=400, verbose_name='joining link')),
                        ('attended', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No')], max_length=3, verbose_name='was the coalition represented?')),
                        ('report', models.TextField(blank=True, verbose_name='short report')),
                        ('report_link', models.URLField(blank=True, max_length=400, verbose_name='link to the report or the recording')),
                        ('source_key', models.CharField(blank=True, max_length=64)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coordination_meetings', to='coalitions.coalition')),
                    ],
                    options={
                        'ordering': ['-starts_at', '-pk'],
                        'indexes': [models.Index(fields=['coalition', 'starts_at'], name='coordination_by_time')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='a_coordination_meeting_ends_after_it_began'), models.UniqueConstraint(condition=models.Q(('source_key', ''), _negated=True), fields=('coalition', 'source_key'), name='a_coordination_meeting_is_imported_once')],
                    },
                ),
                migrations.CreateModel(
                    name='CoordinationAttendance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='eligibility.coordinationmeeting')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('meeting', 'person'), name='a_representative_attends_once')],
                    },
                ),
                migrations.CreateModel(
                    name='LinkCheck',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('address', models.URLField(max_length=400, verbose_name='address')),
                        ('checked_at', models.DateTimeField()),
                        ('has_responded', models.BooleanField()),
                        ('reason', models.CharField(blank=True, max_length=200)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='link_checks', to='coalitions.coalition')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('coalition', 'address'), name='an_address_has_one_last_check'), models.CheckConstraint(condition=models.Q(models.Q(('has_responded', True), ('reason', '')), models.Q(('has_responded', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='a_link_that_does_not_respond_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='AnnualReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('year', models.PositiveSmallIntegerField()),
                        ('edits', models.JSONField(default=dict)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                        ('sent_on', models.DateField(blank=True, null=True, verbose_name='date of submission')),
                        ('sent_to', models.URLField(blank=True, max_length=400, verbose_name='link to the report')),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='annual_reports', to='coalitions.coalition')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('coalition', 'year'), name='a_year_has_one_annual_report'), models.CheckConstraint(condition=models.Q(models.Q(('sent_on__isnull', True), ('sent_to', '')), models.Q(('sent_on__isnull', False), models.Q(('sent_to', ''), _negated=True)), _connector='OR'), name='a_submitted_annual_report_has_a_day_and_a_link')],
                    },
                ),
            ],
        ),
    ]
