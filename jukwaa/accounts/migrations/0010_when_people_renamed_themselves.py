from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_earlier_addresses")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="renamed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        )
    ]
