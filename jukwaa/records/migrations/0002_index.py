"""The table of words that the search index needs, and passages numbered so that a hit names its record."""

from django.db import migrations, models
from django.db.models import F, Q

from jukwaa.records.index.schema import create, drop


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [
        migrations.RunSQL("DELETE FROM records_passage", migrations.RunSQL.noop),  # `jukwaa reindex` writes them anew
        migrations.AddIndex("passage", models.Index(fields=["language"], name="languages_of_passages")),
        migrations.AddConstraint(
            "passage",
            models.CheckConstraint(
                name="a_passage_is_numbered_by_its_record", condition=Q(id=F("record") * 65_536 + F("position"))
            ),
        ),
        migrations.RunPython(create, drop),
    ]
