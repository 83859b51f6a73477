from django.db import migrations
from django.db.models import OuterRef, Subquery


def date_meetings_and_entries(apps, schema_editor):
    """The day of a meeting is the day of its entries too."""
    records = apps.get_model("records", "Record").objects
    dated = apps.get_model("meetings", "Meeting").objects.filter(starts_on__isnull=False)
    said = apps.get_model("meetings", "Entry").objects.filter(meeting__starts_on__isnull=False)
    for rows, path in ((dated, ""), (said, "meeting__")):
        own = rows.filter(pk=OuterRef("pk"))
        records.filter(pk__in=rows.values("pk")).update(
            happened_on=Subquery(own.values(f"{path}starts_on")[:1]),
            happened_precision=Subquery(own.values(f"{path}precision")[:1]),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0026_plain_language"),
        ("records", "0016_days_of_what_happened"),
    ]

    operations = [migrations.RunPython(date_meetings_and_entries, migrations.RunPython.noop)]
