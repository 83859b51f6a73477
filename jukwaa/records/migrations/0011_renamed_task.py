"""Tasks that wait in the queue are stored with the path of their function, which has moved."""

from django.db import migrations

OLD, NEW = "jukwaa.records.index.writing.index_rest", "jukwaa.records.index.indexer.index_remaining_passages"


def follow_the_move(apps, schema_editor):
    results = apps.get_model("django_tasks_database", "DBTaskResult")
    results.objects.using(schema_editor.connection.alias).filter(task_path=OLD).update(task_path=NEW)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0010_plain_labels"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]

    operations = [migrations.RunPython(follow_the_move, migrations.RunPython.noop, elidable=True)]
