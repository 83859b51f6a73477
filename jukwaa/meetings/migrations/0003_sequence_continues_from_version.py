"""Calendars were sent the version of a meeting as its SEQUENCE: the number must not fall for those that follow it."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, OuterRef, Subquery


def continue_sequence(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Meeting, Record = apps.get_model("meetings", "Meeting"), apps.get_model("records", "Record")
    changes = Record.objects.filter(pk=OuterRef("pk")).annotate(changes=F("version") - 1).values("changes")
    Meeting.objects.update(sequence=Subquery(changes))


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_time_and_place_of_meetings")]

    operations = [migrations.RunPython(continue_sequence, migrations.RunPython.noop, elidable=True)]
