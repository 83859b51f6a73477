from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0004_what_was_read_from_a_file")]

    operations = [
        migrations.AddField("attachment", "signs", models.JSONField(blank=True, null=True)),
        migrations.AddField("attachment", "hits", models.JSONField(blank=True, null=True)),
    ]
