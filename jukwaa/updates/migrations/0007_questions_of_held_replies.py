"""Store what a held reply is about in the words of its reply address, in place of a field for each feature."""

from django.db import migrations, models
from django.db.models import Q

CONSTRAINT = "what_waits_says_what_it_is_about"
KINDS = [("apply", "an application"), ("leave", "leaving"), ("reply", "a reply to a question")]


def set_questions(apps, schema_editor):
    """An input and a comment are replies too; those of before reply addresses were kept have none."""
    rows = apps.get_model("updates", "PendingMail").objects.using(schema_editor.connection.alias)
    for pending in rows.exclude(kind__in=["apply", "leave"]).select_related("reply").iterator():
        asked = pending.reply.subject if pending.reply else ""
        if pending.kind == "input":
            asked = f"consultation:{pending.consultation_id}"
        elif pending.kind == "comment":
            asked = f"record:{pending.record_id}"
        rows.filter(pk=pending.pk).update(kind="reply", question=asked)


class Migration(migrations.Migration):
    dependencies = [("updates", "0006_held_replies")]

    operations = [
        migrations.RemoveConstraint("pendingmail", CONSTRAINT),
        migrations.AddField("pendingmail", "question", models.CharField(blank=True, default="", max_length=200)),
        migrations.RunPython(set_questions, migrations.RunPython.noop),
        migrations.AlterField("pendingmail", "question", models.CharField(blank=True, max_length=200)),
        migrations.RemoveField("pendingmail", "consultation"),
        migrations.AlterField("pendingmail", "kind", models.CharField(choices=KINDS, max_length=10)),
        migrations.AddConstraint(
            "pendingmail",
            models.CheckConstraint(
                condition=(Q(kind="reply", record__isnull=False, person__isnull=False) & ~Q(question=""))
                | Q(kind="leave", membership__isnull=False, person__isnull=False)
                | Q(kind="apply"),
                name=CONSTRAINT,
            ),
        ),
    ]
