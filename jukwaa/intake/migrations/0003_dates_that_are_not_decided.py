"""The choices are those of meetings."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('intake', '0002_a_lock_for_each_text'),
    ]

    operations = [
        migrations.AlterField(
            model_name='reading',
            name='meeting_precision',
            field=models.CharField(
                choices=[
                    ('day', 'the day is known'),
                    ('month', 'the month is known'),
                    ('year', 'the year is known'),
                    ('open', 'the date has not been decided'),
                ],
                default='day',
                max_length=5,
            ),
        ),
    ]
