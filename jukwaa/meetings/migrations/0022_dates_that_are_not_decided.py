"""A meeting whose date has not been decided is still to come, and stands after those with a date."""

from datetime import date

from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    dependencies = [
        ('meetings', '0021_consent_of_adult_contacts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='meeting',
            name='precision',
            field=models.CharField(
                choices=[
                    ('day', 'the day is known'),
                    ('month', 'the month is known'),
                    ('year', 'the year is known'),
                    ('open', 'the date has not been decided'),
                ],
                default='day',
                max_length=5,
                verbose_name='What of the date is known',
            ),
        ),
        migrations.RemoveIndex(model_name='meeting', name='meetings_by_day'),
        migrations.RemoveField(model_name='meeting', name='order_day'),
        migrations.AddField(
            model_name='meeting',
            name='order_day',
            field=models.GeneratedField(
                db_persist=True,
                expression=Coalesce(
                    'starts_on',
                    models.Case(
                        models.When(precision='open', then=models.Value(date.max, models.DateField())),
                        default=models.Value(date.min, models.DateField()),
                    ),
                ),
                output_field=models.DateField(),
            ),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['order_day', 'record_ptr'], name='meetings_by_day'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(
                condition=models.Q(('precision', 'open'), _negated=True) | models.Q(('starts_on__isnull', True)),
                name='an_undecided_date_has_no_day',
            ),
        ),
    ]
