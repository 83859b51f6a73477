"""Hold replies of every kind until they are confirmed, and bind reply addresses in use to the person who has the address."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

CONSTRAINT = "what_waits_says_what_it_is_about"
KINDS = [
    ("comment", "a comment"),
    ("input", "an input"),
    ("apply", "an application"),
    ("leave", "leaving"),
    ("reply", "a reply to a question"),
]


def set_owners(apps, schema_editor):
    alias = schema_editor.connection.alias
    people = apps.get_model("accounts", "Person").objects.using(alias).exclude(email=None)
    replies = apps.get_model("mail", "ReplyAddress").objects.using(alias).filter(owner="")
    known = {email.strip().lower(): pk for email, pk in people.values_list("email", "pk").iterator()}
    for address in list(replies.order_by().values_list("address", flat=True).distinct()):
        if pk := known.get(address.lower()):
            replies.filter(address=address).update(owner=f"person:{pk}")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("mail", "0002_digests_of_reply_tokens"),
        ("updates", "0005_inputs_by_mail"),
    ]

    operations = [
        migrations.RemoveConstraint("pendingmail", CONSTRAINT),
        migrations.AddField(
            "pendingmail",
            "reply",
            models.ForeignKey(
                "mail.ReplyAddress",
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
            ),
        ),
        migrations.AddField("pendingmail", "subject", models.CharField(blank=True, default="", max_length=250)),
        migrations.AlterField("pendingmail", "subject", models.CharField(blank=True, max_length=250)),
        migrations.AlterField("pendingmail", "kind", models.CharField(choices=KINDS, max_length=10)),
        migrations.AddConstraint(
            "pendingmail",
            models.CheckConstraint(
                condition=Q(kind="comment", record__isnull=False, person__isnull=False)
                | Q(kind="input", record__isnull=False, person__isnull=False, consultation__isnull=False)
                | Q(kind="reply", record__isnull=False, person__isnull=False, reply__isnull=False)
                | Q(kind="leave", membership__isnull=False, person__isnull=False)
                | Q(kind="apply"),
                name=CONSTRAINT,
            ),
        ),
        migrations.RunPython(set_owners, migrations.RunPython.noop),
    ]
