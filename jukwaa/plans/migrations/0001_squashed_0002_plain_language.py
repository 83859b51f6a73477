import django.db.models.deletion
import django.utils.timezone
import jukwaa.core.migration_operations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('plans', '0001_initial'), ('plans', '0002_plain_language')]

    initial = True

    dependencies = [
        ('coalitions', '0002_seats_are_found_by_person'),
        ('records', '0004_what_was_read_from_a_file'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        jukwaa.core.migration_operations.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Plan',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('country', models.CharField(max_length=2, verbose_name='country')),
                        ('framework', models.CharField(max_length=60, verbose_name='framework')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('label', models.CharField(choices=[('TLP:CLEAR', 'TLP:CLEAR'), ('TLP:GREEN', 'TLP:GREEN'), ('TLP:AMBER', 'TLP:AMBER'), ('TLP:AMBER+STRICT', 'TLP:AMBER+STRICT'), ('TLP:RED', 'TLP:RED')], default='TLP:AMBER', max_length=20)),
                        ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('consented_at', models.DateTimeField(blank=True, null=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.coalition')),
                    ],
                    options={
                        'ordering': ['-opened_at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('coalition', 'country', 'framework'), name='a_country_has_one_living_plan_over_a_framework'), models.CheckConstraint(condition=models.Q(('label__in', ['TLP:AMBER', 'TLP:AMBER+STRICT', 'TLP:RED'])), name='a_plan_is_for_few')],
                    },
                ),
                migrations.CreateModel(
                    name='Claim',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('is_granted', models.BooleanField(default=False)),
                        ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='plans.plan')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('plan', 'person'), name='one_asks_once_to_lead')],
                    },
                ),
                migrations.CreateModel(
                    name='CarriedOver',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('framework', models.CharField(max_length=60)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='plans.plan')),
                    ],
                    options={
                        'verbose_name_plural': 'carried over',
                        'ordering': ['at', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Baseline',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='baselines', to='plans.plan')),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Assessment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('capability', models.CharField(max_length=80)),
                        ('number', models.PositiveIntegerField()),
                        ('state', models.CharField(max_length=40, verbose_name='status')),
                        ('words', models.TextField(blank=True, verbose_name='description')),
                        ('evidence', models.TextField(blank=True, verbose_name='evidence')),
                        ('records', models.JSONField(blank=True, default=list)),
                        ('body', models.CharField(blank=True, max_length=200, verbose_name='responsible body')),
                        ('next_step', models.TextField(blank=True, verbose_name='next step')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='due date')),
                        ('cost', models.CharField(blank=True, max_length=200, verbose_name='cost')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('replaced_at', models.DateTimeField(blank=True, null=True)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='plans.plan')),
                    ],
                    options={
                        'ordering': ['plan', 'capability', '-number'],
                        'constraints': [models.UniqueConstraint(fields=('plan', 'capability', 'number'), name='an_assessment_has_a_number_once'), models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('plan', 'capability'), name='one_assessment_of_a_capability_stands'), models.CheckConstraint(condition=models.Q(('replaced_at__isnull', True), ('replaced_at__gte', models.F('at')), _connector='OR'), name='an_assessment_is_replaced_after_it_was_made')],
                    },
                ),
                migrations.CreateModel(
                    name='TeamMember',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('role', models.CharField(choices=[('leads', 'plan lead'), ('writes', 'can write'), ('reads', 'can read')], default='writes', max_length=10, verbose_name='role')),
                        ('named_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('left_at', models.DateTimeField(blank=True, null=True)),
                        ('named_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team', to='plans.plan')),
                    ],
                    options={
                        'ordering': ['named_at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('left_at__isnull', True)), fields=('plan', 'person'), name='somebody_is_in_a_team_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Tie',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('capability', models.CharField(blank=True, max_length=80)),
                        ('part', models.CharField(choices=[('need', 'request for help'), ('practice', 'shared in the library'), ('event', 'event'), ('shows', 'supporting record')], max_length=10)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ties', to='plans.plan')),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='records.record')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('plan', 'capability', 'record'), name='a_record_is_tied_to_a_plan_once')],
                    },
                ),
                migrations.CreateModel(
                    name='CountedMonth',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField()),
                        ('answers', models.JSONField(default=dict)),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                    ],
                    options={
                        'ordering': ['-day'],
                        'constraints': [models.UniqueConstraint(fields=('coalition', 'day'), name='a_month_is_counted_once')],
                    },
                ),
            ],
        ),
    ]
