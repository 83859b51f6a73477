"""Old reply addresses still work after an upgrade, and no token remains in the database."""

import hashlib
import importlib
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from jukwaa.mail.models import ReplyAddress
from tests.factories import PersonFactory

ONE_DAY = datetime(2026, 3, 1, tzinfo=UTC)
TOKEN, OTHER = "0a" * 16, "0b" * 16


@pytest.fixture
def database_before_digests(tmp_path, django_db_blocker):
    """A database of its own, as the first migration of this app left it."""
    alias = "before_digests"
    options = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "old.sqlite3")}
    default = connections.settings["default"]
    connections.settings[alias] = connections.configure_settings({"default": default, alias: options})[alias]
    with django_db_blocker.unblock():
        MigrationExecutor(connections[alias]).migrate([("mail", "0001_initial")])
        yield connections[alias]
        connections[alias].close()
    del connections[alias]
    del connections.settings[alias]


def insert_old_rows(database):
    old = MigrationExecutor(database).loader.project_state(("mail", "0001_initial")).apps
    replies = old.get_model("mail", "ReplyAddress").objects.using(database.alias)
    messages = old.get_model("mail", "Message").objects.using(database.alias)
    replies.create(token=TOKEN, address="a@example.org", subject="record:1", created_at=ONE_DAY)
    replies.create(token=OTHER, address="b@example.org", subject="call:2", created_at=ONE_DAY)
    address = f"reply+{TOKEN}@localhost"
    later = ONE_DAY + timedelta(days=300)
    messages.create(key="1", to="a@example.org", reply_to=address, message_id="<1>", created_at=later, sent_at=later)
    messages.create(key="2", to="a@example.org", reply_to=address, message_id="<2>", created_at=later)


def test_reply_tokens_become_expiring_digests(database_before_digests):
    insert_old_rows(database_before_digests)

    MigrationExecutor(database_before_digests).migrate([("mail", "0002_digests_of_reply_tokens")])

    with database_before_digests.cursor() as cursor:
        cursor.execute("SELECT * FROM mail_replyaddress")
        columns = [column[0] for column in cursor.description]
        text = str(cursor.fetchall())
    rows = (
        ReplyAddress.objects.using(database_before_digests.alias)
        .order_by("pk")
        .values_list("digest", "owner", "expires_at")
    )
    assert list(rows) == [
        (hashlib.sha256(TOKEN.encode()).hexdigest(), "", ONE_DAY + timedelta(days=480)),
        (hashlib.sha256(OTHER.encode()).hexdigest(), "", ONE_DAY + timedelta(days=180)),
    ]
    assert ("token" in columns, TOKEN in text, OTHER in text) == (False, False, False)


def test_reply_address_is_emptied_in_sent_emails_only(database_before_digests):
    insert_old_rows(database_before_digests)

    MigrationExecutor(database_before_digests).migrate([("mail", "0002_digests_of_reply_tokens")])

    with database_before_digests.cursor() as cursor:
        cursor.execute("SELECT key, reply_to FROM mail_message ORDER BY id")
        assert cursor.fetchall() == [("1", ""), ("2", f"reply+{TOKEN}@localhost")]


@pytest.mark.django_db
def test_old_reply_addresses_belong_to_person_with_address():
    person = PersonFactory(email="a@example.org")
    for address in ("A@example.org", "gone@example.org"):
        ReplyAddress.objects.create(digest=address, address=address, subject="record:1")
    migration = importlib.import_module("jukwaa.updates.migrations.0006_held_replies")

    migration.set_owners(apps, SimpleNamespace(connection=connection))

    owners = list(ReplyAddress.objects.order_by("pk").values_list("owner", flat=True))
    assert owners == [f"person:{person.pk}", ""]
