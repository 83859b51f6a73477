"""Who built on an item hears when it changes; who shared it hears that it was used. Once, and only if they want to."""

import pytest

from jukwaa.library import actions
from jukwaa.library.models import Item
from jukwaa.mail.models import Message
from jukwaa.records.actions import link_records, restore_record_version
from jukwaa.records.models import Label, Link
from jukwaa.records.versions import save_record_version
from jukwaa.updates.actions import stop_emails_of_topic
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.models import EmailTopic
from tests.conftest import create_seated_person
from tests.factories import ItemFactory, PersonFactory
from tests.updates.emails import list_written_emails

pytestmark = pytest.mark.django_db

USE_REPORT = {"how": "We asked ours.", "result": "Six signed.", "year": 2024}


@pytest.fixture
def author(mailing_coalition):
    return create_seated_person(mailing_coalition, "The author")


@pytest.fixture
def item(mailing_coalition, author):
    item = ItemFactory(coalition=mailing_coalition, author=author, title="Nine providers", published=True)
    save_record_version(item, author=author)
    return item


def change_item_title(library_item, actor, **changes):
    library_item = Item.objects.get(pk=library_item.pk)
    return actions.change_item(actor=actor, item=library_item, changes=changes, from_version=library_item.version)


def list_email_recipients(email_subject):
    return [to for to, said in list_written_emails() if said == f"[Our Coalition] {email_subject}"]


def test_use_notifies_sharer(item, author, member, organisation):
    actions.add_item_use(actor=member, item=item, organisation=organisation, **USE_REPORT)
    send_pending_activity_notifications()
    send_pending_activity_notifications()

    assert list_written_emails() == [(author.email, f"[Our Coalition] {organisation.name} used “Nine providers”")]
    body = Message.objects.get().body
    assert [words in body for words in ("We asked ours.", "Six signed.", f"/library/{item.pk}/usage/")] == [True] * 3


def test_change_notifies_users_and_adapters_once(mailing_coalition, item, author, member, coordinator):
    writer = create_seated_person(mailing_coalition, "A writer")
    adapted = ItemFactory(coalition=mailing_coalition, author=writer, title="Six providers", published=True)
    link_records(actor=writer, source_record=adapted, to_record=item, relation=Link.Relation.ADAPTED_FROM)
    actions.add_item_use(actor=member, item=item, **USE_REPORT)
    actions.add_item_use(actor=member, item=item, **USE_REPORT)
    actions.add_item_use(actor=coordinator, item=item, **USE_REPORT)
    send_pending_activity_notifications()
    Message.objects.all().delete()
    change_item_title(item, coordinator, what_worked="Each signed.")
    send_pending_activity_notifications()
    send_pending_activity_notifications()

    subject = "“Nine providers” has changed since you used it"
    assert sorted(list_written_emails()) == sorted(
        (who.email, f"[Our Coalition] {subject}") for who in (member, writer)
    )
    assert f"/records/{item.pk}/history/?old=1&new=2#changes" in Message.objects.first().body
    restore_record_version(actor=author, record=Item.objects.get(pk=item.pk), version_number=1, from_version=2)
    send_pending_activity_notifications()
    assert len(list_email_recipients(subject)) == 5  # the coordinator, who changed it the first time, hears of it now


def test_change_notifies_translators(item, author, member):
    french = actions.translate_item(actor=member, original=item, language="fr", title="Neuf fournisseurs")
    actions.add_item_use(actor=member, item=item, **USE_REPORT)
    send_pending_activity_notifications()
    Message.objects.all().delete()
    change_item_title(item, author, what_worked="Each signed.")
    send_pending_activity_notifications()

    assert list_written_emails() == [
        (member.email, "[Our Coalition] “Nine providers” has changed since you translated it")
    ]
    assert f"/library/{french.pk}/translation/changes/" in Message.objects.get().body


def test_changes_are_combined_and_draft_changes_send_nothing(mailing_coalition, item, author, member):
    draft = ItemFactory(coalition=mailing_coalition, author=author)
    link_records(
        actor=member,
        source_record=ItemFactory(coalition=mailing_coalition, author=member, published=True),
        to_record=draft,
        relation=Link.Relation.ADAPTED_FROM,
    )
    actions.add_item_use(actor=member, item=item, **USE_REPORT)
    send_pending_activity_notifications()
    Message.objects.all().delete()
    for words in ("One", "Two", "Three"):
        change_item_title(item, author, summary=words)
        change_item_title(draft, author, summary=words)
    send_pending_activity_notifications()

    assert list_written_emails() == [(member.email, "[Our Coalition] “Nine providers” has changed since you used it")]
    assert "?old=3&new=4#changes" in Message.objects.get().body


def test_change_notifies_only_readers_who_want_email(mailing_coalition, item, author, member):
    gone = PersonFactory(name="Gone")
    kept = create_seated_person(mailing_coalition, "Kept")
    for person in (member, kept):
        actions.add_item_use(actor=person, item=item, **USE_REPORT)
    send_pending_activity_notifications()
    Message.objects.all().delete()
    stop_emails_of_topic(person=member, coalition=mailing_coalition, topic=EmailTopic.TRAVELS)
    Item.objects.filter(pk=item.pk).update(label=Label.GREEN)
    kept.memberships.all().delete()
    change_item_title(item, author, summary="New")
    send_pending_activity_notifications()

    assert (list_written_emails(), gone.email in str(list_written_emails())) == ([], False)


def test_notification_above_green_omits_content(item, author, member):
    actions.add_item_use(actor=member, item=item, **USE_REPORT)
    send_pending_activity_notifications()
    Message.objects.all().delete()
    Item.objects.filter(pk=item.pk).update(label=Label.RED)
    Item.objects.get(pk=item.pk).audience.create(person=member)
    change_item_title(item, author, summary="A secret")
    send_pending_activity_notifications()

    assert list_written_emails() == [(member.email, "[Our Coalition] New content has been shared with you")]
    assert "Nine providers" not in Message.objects.get().body
