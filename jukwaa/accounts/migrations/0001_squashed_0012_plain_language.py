import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import jukwaa.core.migration_operations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('accounts', '0001_initial'), ('accounts', '0002_sessions_name_the_backend_of_allauth'), ('accounts', '0003_address_change'), ('accounts', '0004_people_who_left'), ('accounts', '0005_minors_and_their_adult_contacts'), ('accounts', '0006_account_deletions'), ('accounts', '0007_erased_identities'), ('accounts', '0008_protections'), ('accounts', '0009_earlier_addresses'), ('accounts', '0010_when_people_renamed_themselves'), ('accounts', '0011_merged_accounts'), ('accounts', '0012_plain_language')]

    initial = True

    dependencies = [
        ('sessions', '0001_initial'),
    ]

    operations = [
        jukwaa.core.migration_operations.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Limit',
                    fields=[
                        ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                        ('count', models.PositiveIntegerField()),
                        ('ends_at', models.DateTimeField(db_index=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='SignInRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=43, unique=True)),
                        ('email', models.EmailField(max_length=254)),
                        ('digest', models.CharField(max_length=64)),
                        ('next_url', models.CharField(max_length=500)),
                        ('tries', models.PositiveSmallIntegerField(default=0)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('expires_at', models.DateTimeField(db_index=True)),
                        ('used_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('tries__lte', 5)), name='a_code_is_tried_five_times_at_most')],
                    },
                ),
                migrations.CreateModel(
                    name='Person',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('email', models.EmailField(blank=True, max_length=254, null=True, unique=True, verbose_name='email address')),
                        ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                        ('name_is_public', models.BooleanField(default=False, help_text='If you do not choose this, the public can see only your role.', verbose_name='show my name to everyone')),
                        ('is_minor', models.BooleanField(default=False, verbose_name='under 18')),
                        ('language', models.CharField(default='en', max_length=35, verbose_name='language')),
                        ('time_zone', models.CharField(default='UTC', max_length=64, verbose_name='time zone')),
                        ('is_active', models.BooleanField(default=True)),
                        ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('told_at', models.DateTimeField(blank=True, null=True)),
                        ('erased_at', models.DateTimeField(blank=True, null=True)),
                        ('former_in', models.JSONField(blank=True, default=list, editable=False)),
                        ('keeps_name_in', models.JSONField(blank=True, default=list, editable=False)),
                        ('adult_confirmed_at', models.DateTimeField(blank=True, null=True)),
                        ('guardian_agreed_at', models.DateTimeField(blank=True, null=True)),
                        ('deletion_due_at', models.DateTimeField(blank=True, editable=False, null=True)),
                        ('renamed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                        ('adult_contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='looks_after', to=settings.AUTH_USER_MODEL, verbose_name='adult contact')),
                        ('merged_into', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_accounts', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'person',
                        'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='mail_addresses_are_kept_in_lower_case'), models.CheckConstraint(condition=models.Q(('is_minor', False), models.Q(('adult_contact__isnull', False), ('name_is_public', False)), _connector='OR'), name='under_18_means_an_adult_contact_and_no_public_name'), models.CheckConstraint(condition=models.Q(('is_minor', True), ('guardian_agreed_at__isnull', True), _connector='OR'), name='an_adult_contact_agrees_for_somebody_under_18_alone'), models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('email__isnull', True), ('erased_at__isnull', False), ('name', '')), _connector='OR'), name='a_merged_account_is_empty')],
                    },
                ),
                migrations.CreateModel(
                    name='AddressChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('address', models.EmailField(max_length=254)),
                        ('key', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('expires_at', models.DateTimeField(db_index=True)),
                        ('old_confirmed_at', models.DateTimeField(blank=True, null=True)),
                        ('new_confirmed_at', models.DateTimeField(blank=True, null=True)),
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                ),
                migrations.CreateModel(
                    name='MinorStatusChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('step', models.CharField(choices=[('marked', 'marked as under 18'), ('agreed', 'the adult contact agreed'), ('declined', 'the adult contact did not agree'), ('withdrawn', 'the adult contact withdrew consent'), ('removed', 'mark removed')], max_length=10)),
                        ('means', models.CharField(blank=True, choices=[('link', 'by the link in an email'), ('writing', 'in writing, to the coalition'), ('spoken', 'in person or by phone, to the coalition')], max_length=10)),
                        ('reason', models.TextField(blank=True)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('adult_contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='minor_status_changes', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('step__in', ['agreed', 'declined', 'withdrawn']), _negated=True), models.Q(models.Q(('means', ''), _negated=True), ('adult_contact__isnull', False)), _connector='OR'), name='an_answer_of_an_adult_contact_says_how_it_was_given'), models.CheckConstraint(condition=models.Q(models.Q(('step__in', ['marked', 'removed']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='marking_as_under_18_takes_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='AccountDeletion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('due_at', models.DateTimeField()),
                        ('reminded_at', models.DateTimeField(blank=True, null=True)),
                        ('postponed_at', models.DateTimeField(blank=True, null=True)),
                        ('stopped_at', models.DateTimeField(blank=True, null=True)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deletions', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('done_at__isnull', True), ('stopped_at__isnull', True)), fields=('person',), name='an_account_is_deleted_once_at_a_time'), models.CheckConstraint(condition=models.Q(('stopped_at__isnull', True), ('done_at__isnull', True), _connector='OR'), name='a_deletion_is_stopped_or_done_but_never_both')],
                    },
                ),
                migrations.CreateModel(
                    name='ErasedIdentity',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('account', models.CharField(max_length=64)),
                        ('address', models.CharField(blank=True, db_index=True, max_length=64)),
                        ('name', models.CharField(blank=True, db_index=True, max_length=64)),
                        ('coalition_id', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('why', models.CharField(choices=[('asked', 'removed from the coalition'), ('erased', 'account deleted')], max_length=10)),
                        ('returned_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name_plural': 'erased identities',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('coalition_id__isnull', False)), fields=('account', 'address', 'coalition_id'), name='somebody_is_taken_out_of_a_coalition_once'), models.UniqueConstraint(condition=models.Q(('coalition_id__isnull', True)), fields=('account', 'address'), name='somebody_is_erased_everywhere_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Protection',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('topic', models.CharField(choices=[('under-18', 'mark as under 18'), ('guardian', 'consent of the adult contact'), ('public-name', 'name shown to everyone'), ('kept-name', 'name kept in the record of a coalition'), ('redaction', 'removal of a name')], max_length=12)),
                        ('subject', models.CharField(max_length=64)),
                        ('key', models.CharField(blank=True, max_length=64)),
                        ('number', models.PositiveBigIntegerField(default=0)),
                        ('with_files', models.BooleanField(default=False)),
                        ('in_force', models.BooleanField(default=True)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('topic', 'subject', 'key', 'number', 'at'), name='a_step_of_a_protection_is_kept_once')],
                    },
                ),
                migrations.CreateModel(
                    name='EarlierAddress',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date of change')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='earlier_addresses', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name_plural': 'earlier addresses',
                    },
                ),
            ],
        ),
    ]
