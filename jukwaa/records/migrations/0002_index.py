"""The table of words that the search index needs."""

from django.db import migrations

from jukwaa.records.index.schema import create, drop


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
