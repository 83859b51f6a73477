import django.utils.timezone
import jukwaa.core.migration_operations
import jukwaa.mail.models
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('mail', '0001_initial'), ('mail', '0002_digests_of_reply_tokens'), ('mail', '0003_emails_without_an_address'), ('mail', '0004_calendar_files'), ('mail', '0005_bounced')]

    initial = True

    dependencies = [
    ]

    operations = [
        jukwaa.core.migration_operations.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='SeenMessage',
                    fields=[
                        ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                        ('seen_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                    ],
                ),
                migrations.CreateModel(
                    name='UsedToken',
                    fields=[
                        ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                        ('forget_after', models.DateTimeField(db_index=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Message',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=200, unique=True)),
                        ('to', models.EmailField(max_length=254)),
                        ('subject', models.CharField(max_length=250)),
                        ('body', models.TextField()),
                        ('html', models.TextField(blank=True)),
                        ('reply_to', models.CharField(blank=True, max_length=254)),
                        ('headers', models.JSONField(default=dict)),
                        ('message_id', models.CharField(max_length=200, unique=True)),
                        ('scope', models.CharField(blank=True, max_length=80)),
                        ('held', models.BooleanField(default=False)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('next_try_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('claimed_at', models.DateTimeField(blank=True, null=True)),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('given_up_at', models.DateTimeField(blank=True, null=True)),
                        ('error', models.TextField(blank=True)),
                        ('empty_when_over', models.BooleanField(default=False)),
                        ('calendar', models.TextField(blank=True)),
                        ('bounced_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('given_up_at', None), ('held', False), ('sent_at', None)), fields=['next_try_at'], name='mail_waiting'), models.Index(condition=models.Q(('held', True)), fields=['scope'], name='mail_held')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('sent_at', None), ('given_up_at', None), _connector='OR'), name='a_mail_is_sent_or_given_up_but_never_both'), models.CheckConstraint(condition=models.Q(('held', False), ('sent_at', None), _connector='OR'), name='what_is_held_was_not_sent')],
                    },
                ),
                migrations.CreateModel(
                    name='ReplyAddress',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('address', models.EmailField(max_length=254)),
                        ('subject', models.CharField(max_length=200)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('owner', models.CharField(blank=True, max_length=80)),
                        ('expires_at', models.DateTimeField(db_index=True, default=jukwaa.mail.models.get_reply_expiry)),
                    ],
                ),
            ],
        ),
    ]
