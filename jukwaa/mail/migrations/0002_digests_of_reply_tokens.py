"""Keep a digest of each reply token instead of the token, and let it expire. Addresses in emails already sent still work."""

import hashlib
from datetime import timedelta

import django.utils.timezone
from django.db import migrations, models

import jukwaa.mail.models

REPLY = "reply+"
VALID_FOR = timedelta(days=180)


def digest_tokens(apps, schema_editor):
    """One address served every email of a thread, so it expires 180 days after the last of them."""
    alias = schema_editor.connection.alias
    messages = apps.get_model("mail", "Message").objects.using(alias)
    replies = apps.get_model("mail", "ReplyAddress").objects.using(alias)
    last_used = {}
    rows = messages.filter(reply_to__startswith=REPLY).values_list("reply_to", "created_at")
    for address, created_at in rows.iterator():
        token = address.partition("@")[0].removeprefix(REPLY)
        last_used[token] = max(created_at, last_used.get(token, created_at))
    for reply in replies.iterator():
        reply.digest = hashlib.sha256(reply.token.encode()).hexdigest()
        reply.expires_at = max(reply.created_at, last_used.get(reply.token, reply.created_at)) + VALID_FOR
        reply.save(update_fields=["digest", "expires_at"])
    messages.exclude(sent_at=None).exclude(reply_to="").update(reply_to="")


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="replyaddress", name="one_reply_address_a_thread"),
        migrations.AddField("replyaddress", "digest", models.CharField(max_length=64, null=True)),
        migrations.AddField("replyaddress", "owner", models.CharField(blank=True, max_length=80, default="")),
        migrations.AddField(
            "replyaddress",
            "expires_at",
            models.DateTimeField(default=jukwaa.mail.models.get_reply_expiry, db_index=True),
        ),
        migrations.RunPython(digest_tokens),
        migrations.AlterField("replyaddress", "digest", models.CharField(max_length=64, unique=True)),
        migrations.AlterField("replyaddress", "owner", models.CharField(blank=True, max_length=80)),
        migrations.RemoveField("replyaddress", "token"),
    ]
