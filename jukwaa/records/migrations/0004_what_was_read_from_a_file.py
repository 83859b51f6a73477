from django.db import migrations, models

PICTURES = ("image/png", "image/jpeg")


def tell_what_was_read(apps, schema_editor):
    """Files that hang on records already: what has text was read, and of those without nobody wrote down why."""
    attachments = apps.get_model("records", "Attachment").objects.all()
    attachments.exclude(text="").update(state="read")
    attachments.filter(media_type__in=PICTURES).update(state="picture")
    attachments.filter(state="reading").update(state="unreadable", reason="no_text")
    seen = set()
    for pk, record, fingerprint in attachments.order_by("pk").values_list("pk", "record", "fingerprint"):
        if (record, fingerprint) in seen:
            attachments.filter(pk=pk).delete()
        seen.add((record, fingerprint))


class Migration(migrations.Migration):
    dependencies = [("records", "0003_link_version_alter_link_relation")]

    operations = [
        migrations.AlterModelOptions(name="attachment", options={"ordering": ["name", "pk"]}),
        migrations.AddField("attachment", "language", models.CharField(blank=True, max_length=35)),
        migrations.AddField("attachment", "pages", models.JSONField(blank=True, default=list)),
        migrations.AddField("attachment", "reason", models.CharField(blank=True, max_length=30)),
        migrations.AddField("attachment", "signature", models.BigIntegerField(blank=True, db_index=True, null=True)),
        migrations.AddField(
            "attachment",
            "state",
            models.CharField(
                choices=[
                    ("reading", "being read"),
                    ("read", "read"),
                    ("unreadable", "not read"),
                    ("picture", "picture"),
                ],
                default="reading",
                max_length=20,
            ),
        ),
        migrations.RunPython(tell_what_was_read, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            "attachment",
            models.UniqueConstraint(fields=("record", "fingerprint"), name="the_same_file_hangs_on_a_record_once"),
        ),
        migrations.AddConstraint(
            "attachment",
            models.CheckConstraint(
                condition=(
                    models.Q(("state", "unreadable"), models.Q(("reason", ""), _negated=True))
                    | models.Q(models.Q(("state", "unreadable"), _negated=True), ("reason", ""))
                ),
                name="a_file_that_was_not_read_says_why",
            ),
        ),
    ]
