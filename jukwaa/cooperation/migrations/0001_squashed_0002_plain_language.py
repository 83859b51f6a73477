import django.db.models.deletion
import django.utils.timezone
import jukwaa.core.migration_operations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('cooperation', '0001_initial'), ('cooperation', '0002_plain_language')]

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
                    name='Deliverable',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('what', models.CharField(max_length=300, verbose_name='deliverable')),
                        ('promised_for', models.DateField(verbose_name='due date')),
                        ('first_promised_for', models.DateField()),
                        ('state', models.CharField(choices=[('promised', 'promised'), ('under-way', 'under way'), ('delayed', 'delayed'), ('delivered', 'delivered'), ('dropped', 'dropped')], default='promised', max_length=10)),
                        ('expected_on', models.DateField(blank=True, null=True)),
                        ('delivered_on', models.DateField(blank=True, null=True)),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliverables', to='cooperation.jointwork')),
                        ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliverables', to='cooperation.party')),
                    ],
                    options={
                        'ordering': ['work', 'promised_for', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='JointWork',
                    fields=[
                        ('record_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='records.record')),
                        ('stage', models.CharField(choices=[('agreeing', 'being agreed'), ('under-way', 'under way'), ('ended', 'ended'), ('given-up', 'given up')], default='agreeing', max_length=10)),
                        ('starts_on', models.DateField(blank=True, null=True, verbose_name='start date')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='end date')),
                        ('ended_because', models.TextField(blank=True)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                    ],
                    bases=('records.record',),
                ),
                migrations.CreateModel(
                    name='DeliverableReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('promised', 'promised'), ('under-way', 'under way'), ('delayed', 'delayed'), ('delivered', 'delivered'), ('dropped', 'dropped')], max_length=10)),
                        ('words', models.TextField(blank=True)),
                        ('expected_on', models.DateField(blank=True, null=True)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('capacity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('deliverable', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='cooperation.deliverable')),
                        ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='records.record')),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['deliverable', 'at', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Charter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField(default=1)),
                        ('form', models.CharField(max_length=40)),
                        ('answers', models.JSONField(default=dict)),
                        ('text', models.TextField(blank=True)),
                        ('digest', models.CharField(blank=True, max_length=64)),
                        ('why_changed', models.TextField(blank=True)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('proposed_at', models.DateTimeField(blank=True, null=True)),
                        ('in_force_since', models.DateTimeField(blank=True, null=True)),
                        ('dropped_at', models.DateTimeField(blank=True, null=True)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='charters', to='cooperation.jointwork')),
                    ],
                    options={
                        'ordering': ['work', '-number'],
                        'constraints': [models.UniqueConstraint(fields=('work', 'number'), name='a_charter_has_its_number_alone'), models.UniqueConstraint(condition=models.Q(('dropped_at__isnull', True), ('in_force_since__isnull', True)), fields=('work',), name='one_charter_is_signed_at_a_time'), models.CheckConstraint(condition=models.Q(('proposed_at__isnull', True), models.Q(('digest', ''), _negated=True), _connector='OR'), name='a_charter_is_proposed_as_a_text'), models.CheckConstraint(condition=models.Q(('in_force_since__isnull', True), models.Q(('dropped_at__isnull', True), ('proposed_at__isnull', False)), _connector='OR'), name='what_is_in_force_was_proposed')],
                    },
                ),
                migrations.CreateModel(
                    name='Match',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('suggested', 'suggested'), ('introduced', 'introduced'), ('agreed', 'agreed'), ('under-way', 'under way'), ('done', 'done'), ('fell-through', 'did not go ahead')], default='suggested', max_length=15)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='matches', to='cooperation.need')),
                        ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='matches', to='cooperation.offer')),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                        'constraints': [models.UniqueConstraint(fields=('offer', 'need'), name='an_offer_meets_a_need_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Consent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('side', models.CharField(choices=[('offer', 'offering side'), ('need', 'requesting side')], max_length=5)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('match', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='cooperation.match')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('match', 'side'), name='a_side_consents_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Need',
                    fields=[
                        ('record_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='records.record')),
                        ('whose', models.CharField(blank=True, max_length=250, verbose_name='organisation, as named in the source')),
                        ('sort', models.CharField(max_length=30, verbose_name='type of help')),
                        ('details', models.JSONField(blank=True, default=dict)),
                        ('for_whom', models.CharField(blank=True, max_length=300, verbose_name='target group')),
                        ('languages', models.JSONField(blank=True, default=list, verbose_name='languages')),
                        ('amount', models.CharField(blank=True, max_length=200, verbose_name='amount')),
                        ('starts_on', models.DateField(blank=True, null=True, verbose_name='start date')),
                        ('until', models.DateField(blank=True, null=True, verbose_name='end date')),
                        ('review_by', models.DateField(blank=True, null=True, verbose_name='date of the next check')),
                        ('confirmed_on', models.DateField(blank=True, null=True)),
                        ('contact_role', models.CharField(blank=True, max_length=120, verbose_name='contact (role only)')),
                        ('reach', models.CharField(blank=True, max_length=300, verbose_name='contact details')),
                        ('terms', models.JSONField(blank=True, default=dict, editable=False)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_because', models.CharField(blank=True, max_length=300)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organisation', verbose_name='organisation')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), models.Q(('closed_because', ''), _negated=True), _connector='OR'), name='a_need_says_why_it_was_closed')],
                    },
                    bases=('records.record', models.Model),
                ),
                migrations.CreateModel(
                    name='Enquiry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('question', models.TextField(verbose_name='question')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('answer', models.TextField(blank=True, verbose_name='answer')),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('may_be_shared', models.BooleanField(default=False, verbose_name='others may read this answer')),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('answered_as', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='records.record')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organisation')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enquiries', to='cooperation.need')),
                    ],
                    options={
                        'verbose_name_plural': 'enquiries',
                        'ordering': ['need', 'at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(('answered_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='an_answer_has_its_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Offer',
                    fields=[
                        ('record_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='records.record')),
                        ('whose', models.CharField(blank=True, max_length=250, verbose_name='organisation, as named in the source')),
                        ('sort', models.CharField(max_length=30, verbose_name='type of help')),
                        ('details', models.JSONField(blank=True, default=dict)),
                        ('for_whom', models.CharField(blank=True, max_length=300, verbose_name='target group')),
                        ('languages', models.JSONField(blank=True, default=list, verbose_name='languages')),
                        ('amount', models.CharField(blank=True, max_length=200, verbose_name='amount')),
                        ('starts_on', models.DateField(blank=True, null=True, verbose_name='start date')),
                        ('until', models.DateField(blank=True, null=True, verbose_name='end date')),
                        ('review_by', models.DateField(blank=True, null=True, verbose_name='date of the next check')),
                        ('confirmed_on', models.DateField(blank=True, null=True)),
                        ('contact_role', models.CharField(blank=True, max_length=120, verbose_name='contact (role only)')),
                        ('reach', models.CharField(blank=True, max_length=300, verbose_name='contact details')),
                        ('terms', models.JSONField(blank=True, default=dict, editable=False)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_because', models.CharField(blank=True, max_length=300)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organisation', verbose_name='organisation')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), models.Q(('closed_because', ''), _negated=True), _connector='OR'), name='an_offer_says_why_it_was_closed')],
                    },
                    bases=('records.record', models.Model),
                ),
                migrations.CreateModel(
                    name='Outcome',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('what', models.CharField(max_length=300, verbose_name='intended change')),
                        ('indicator', models.CharField(blank=True, max_length=300, verbose_name='indicator')),
                        ('unit', models.CharField(blank=True, max_length=60, verbose_name='unit')),
                        ('baseline', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ('target', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='cooperation.jointwork')),
                    ],
                    options={
                        'ordering': ['work', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Figure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField(verbose_name='date')),
                        ('value', models.DecimalField(decimal_places=2, max_digits=16)),
                        ('source', models.CharField(max_length=300, verbose_name='source')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('stands', models.BooleanField(default=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('outcome', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='cooperation.outcome')),
                    ],
                    options={
                        'ordering': ['outcome', 'on', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('stands', True)), fields=('outcome', 'on'), name='one_figure_of_a_day_stands')],
                    },
                ),
                migrations.CreateModel(
                    name='Party',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('part', models.CharField(blank=True, max_length=300, verbose_name='contribution')),
                        ('must_sign', models.BooleanField(default=True)),
                        ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('left_at', models.DateTimeField(blank=True, null=True)),
                        ('left_because', models.TextField(blank=True)),
                        ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organisation')),
                        ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='cooperation.jointwork')),
                    ],
                    options={
                        'verbose_name_plural': 'parties',
                        'ordering': ['work', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('left_at__isnull', True), models.Q(('left_because', ''), _negated=True), _connector='OR'), name='who_leaves_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='Signature',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(max_length=64)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('charter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='cooperation.charter')),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='cooperation.party')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['charter', 'at', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('charter', 'party'), name='a_party_signs_a_charter_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Step',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('suggested', 'suggested'), ('introduced', 'introduced'), ('agreed', 'agreed'), ('under-way', 'under way'), ('done', 'done'), ('fell-through', 'did not go ahead')], max_length=15)),
                        ('side', models.CharField(blank=True, choices=[('offer', 'offering side'), ('need', 'requesting side')], max_length=5)),
                        ('words', models.TextField(blank=True)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('capacity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('match', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='cooperation.match')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['match', 'at', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Update',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('words', models.TextField(verbose_name='what happened')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='updates', to='cooperation.jointwork')),
                    ],
                    options={
                        'ordering': ['work', '-at', '-pk'],
                    },
                ),
            ],
        ),
    ]
