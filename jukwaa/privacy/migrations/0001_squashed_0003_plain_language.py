import django.db.models.deletion
import django.utils.timezone
import jukwaa.core.migration_operations
import jukwaa.privacy.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('privacy', '0001_initial'), ('privacy', '0002_notices_and_consents'), ('privacy', '0003_plain_language')]

    initial = True

    dependencies = [
        ('coalitions', '0002_seats_are_found_by_person'),
        ('records', '0007_redacted_at'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        jukwaa.core.migration_operations.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='DataRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('correction', 'Correction'), ('redaction', 'Removal of a name')], max_length=12)),
                        ('email', models.EmailField(blank=True, max_length=254)),
                        ('language', models.CharField(default='en', max_length=35)),
                        ('name', models.CharField(max_length=200)),
                        ('words', models.TextField()),
                        ('token', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('state', models.CharField(choices=[('unconfirmed', 'not confirmed yet'), ('asked', 'waiting for an answer'), ('granted', 'granted'), ('declined', 'declined'), ('withdrawn', 'withdrawn')], default='asked', max_length=12)),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('due_on', models.DateField(default=jukwaa.privacy.models.get_due_day)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('reason', models.TextField(blank=True)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_requests', to='coalitions.coalition')),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('record', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
                        ('requester', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['due_on', 'pk'],
                        'indexes': [models.Index(fields=['coalition', 'state', 'due_on'], name='requests_of_coalition')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('state__in', ['granted', 'declined']), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('state__in', ['granted', 'declined']), _negated=True), ('decided_at__isnull', True), ('reason', '')), _connector='OR'), name='a_decision_on_a_request_has_a_date_and_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Notice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('privacy', 'Privacy notice'), ('imprint', 'Imprint')], max_length=10)),
                        ('language', models.CharField(max_length=35)),
                        ('responsible', models.TextField()),
                        ('contact', models.TextField()),
                        ('officer', models.TextField(blank=True)),
                        ('authority', models.TextField(blank=True)),
                        ('extra', models.TextField(blank=True)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='coalitions.coalition')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('coalition', 'kind', 'language'), name='one_notice_of_a_kind_and_language')],
                    },
                ),
                migrations.CreateModel(
                    name='NoticeVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField()),
                        ('facts', models.CharField(blank=True, max_length=64)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='privacy.notice')),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Consent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('public-name', 'Name shown to everyone'), ('membership', 'Application to join'), ('mailing-list', 'Mailing list'), ('guardian', 'Consent of a guardian for someone under 18')], max_length=16)),
                        ('text', models.TextField()),
                        ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('coalition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalitions.coalition')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('notice_version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='privacy.noticeversion')),
                    ],
                    options={
                        'ordering': ['given_at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('person', 'coalition', 'kind'), name='one_consent_of_a_kind_holds'), models.UniqueConstraint(condition=models.Q(('coalition__isnull', True), ('withdrawn_at__isnull', True)), fields=('person', 'kind'), name='one_consent_for_all_coalitions_holds'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_consent_keeps_what_was_shown')],
                    },
                ),
            ],
        ),
    ]
