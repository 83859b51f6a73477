import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_erased_identities'),
    ]

    operations = [
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
    ]
