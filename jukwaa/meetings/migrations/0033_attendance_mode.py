"""A column that both databases add without writing a row: Django would copy the whole table on SQLite."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0032_guests_and_secretariat'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE meetings_attendance ADD COLUMN mode varchar(6) DEFAULT '' NOT NULL",
                    "ALTER TABLE meetings_attendance DROP COLUMN mode",
                ),
            ],
            state_operations=[
                migrations.AddField(
                    model_name='attendance',
                    name='mode',
                    field=models.CharField(blank=True, choices=[('room', 'in the room'), ('online', 'online')], db_default='', default='', max_length=6, verbose_name='in the room or online'),
                ),
            ],
        ),
    ]
