from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("drafting", "0001_initial")]

    operations = [
        migrations.RenameField("consultation", "reminded_at", "nudged_at"),
        migrations.AddField("input", "words", models.PositiveIntegerField(default=0)),
        migrations.AddField("input", "not_understood", models.BooleanField(default=False)),
    ]
