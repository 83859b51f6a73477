from django.db import migrations, models
from django.db.models import F


def mark_emailed(apps, schema_editor):
    """What was sent before was emailed with the activity that noted it: nobody gets it a second time."""
    agendas = apps.get_model("meetings", "Agenda").objects.filter(sent_version__isnull=False)
    agendas.update(emailed_version=F("sent_version"))


class Migration(migrations.Migration):
    dependencies = [("meetings", "0008_owners_named_in_public_have_confirmed")]

    operations = [
        migrations.AddField(
            model_name="agenda",
            name="emailed_version",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.RunPython(mark_emailed, migrations.RunPython.noop),
    ]
