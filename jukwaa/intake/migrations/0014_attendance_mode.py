"""A column that both databases add without writing a row: Django would copy the whole table on SQLite."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0013_guests_and_secretariat'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE intake_suggestion ADD COLUMN mode varchar(6) DEFAULT '' NOT NULL",
                    "ALTER TABLE intake_suggestion DROP COLUMN mode",
                ),
            ],
            state_operations=[
                migrations.AddField(
                    model_name='suggestion',
                    name='mode',
                    field=models.CharField(blank=True, choices=[('room', 'in the room'), ('online', 'online')], db_default='', default='', max_length=6, verbose_name='in the room or online'),
                ),
            ],
        ),
    ]
