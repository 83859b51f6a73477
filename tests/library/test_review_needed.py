"""What must be read by a second person: by what it says, what hangs on it, and for whom it is."""

import pytest
from django.urls import reverse

from jukwaa.library import actions
from jukwaa.library.actions.web_links import add_web_link
from jukwaa.library.screening import build_reviewed_texts, get_review_reasons
from jukwaa.records.actions import attach_file_to_record
from jukwaa.records.models import Attachment, Audience, Label, State
from jukwaa.records.tasks import read_attachment
from tests.factories import ItemFactory

pytestmark = pytest.mark.django_db


def build_item_url(library_item, route_name):
    return reverse(f"library:{route_name}", args=[library_item.coalition.slug, library_item.pk])


def test_published_item_with_new_identifying_words_is_hidden(coalition, member):
    item = ItemFactory(coalition=coalition, author=member, published=True)
    actions.change_item(actor=member, item=item, changes={"summary": "All is well."}, from_version=1)
    item.refresh_from_db()
    was = item.state
    actions.change_item(actor=member, item=item, changes={"summary": "Born on 3 May 2014."}, from_version=2)
    item.refresh_from_db()

    assert (was, item.state) == (State.PUBLISHED, State.DRAFT)


@pytest.mark.parametrize(
    ("file_content", "record_state"),
    [
        (b"Write to info@example.org or call +230 5123 45678.", State.PUBLISHED),
        (b"It helped a 9-year-old girl.", State.DRAFT),
    ],
)
def test_file_text_is_screened_on_extraction(coalition, member, file_content, record_state):
    item = ItemFactory(coalition=coalition, author=member, published=True)
    attachment = attach_file_to_record(actor=member, record=item, file_name="paper.txt", data=file_content)
    read_attachment.call(attachment.pk)
    item.refresh_from_db()

    assert item.state == record_state


def test_file_text_is_screened_once(coalition, member, monkeypatch):
    """It may be millions of characters long: no transaction and no page waits for it a second time."""
    item = ItemFactory(coalition=coalition, author=member, published=True)
    attachment = attach_file_to_record(
        actor=member, record=item, file_name="paper.txt", data=b"It helped a 9-year-old girl."
    )
    screened = []
    monkeypatch.setattr("jukwaa.library.screening.screen_text_for_signs", lambda text: screened.append(text) or [])
    monkeypatch.setattr("jukwaa.library.screening.screen_text_for_reviewers", lambda text: screened.append(text) or [])
    read_attachment.call(attachment.pk)
    item.refresh_from_db()
    reasons, parts = get_review_reasons(item), build_reviewed_texts(item)

    assert item.state == State.DRAFT
    assert "Some words in a file may identify someone." in reasons
    assert [hit.sign.name for hit in parts[-1].hits] == ["age"]
    assert "It helped a 9-year-old girl." not in screened


def test_file_without_stored_result_is_screened_again(coalition, member):
    item = ItemFactory(coalition=coalition, author=member)
    attachment = attach_file_to_record(
        actor=member, record=item, file_name="paper.txt", data=b"It helped a 9-year-old girl."
    )
    read_attachment.call(attachment.pk)
    Attachment.objects.update(signs=None, hits=None)

    assert "Some words in a file may identify someone." in get_review_reasons(item)
    assert [hit.sign.name for hit in build_reviewed_texts(item)[-1].hits] == ["age"]


def test_file_name_is_screened(coalition, member):
    item = ItemFactory(coalition=coalition, author=member)
    attach_file_to_record(actor=member, record=item, file_name="9-year-old_girl.txt", data=b"Words.")

    with pytest.raises(actions.ReviewRequiredError):
        actions.publish_item(actor=member, item=item)


def test_item_audience_has_separate_form(client, coalition, member, coordinator):
    item = ItemFactory(coalition=coalition, author=member, published=True)
    client.force_login(member)
    unnamed = client.post(build_item_url(item, "item_readers"), {"label": Label.RED})
    saved = client.post(build_item_url(item, "item_readers"), {"label": Label.RED, "persons": coordinator.email})
    item.refresh_from_db()

    assert (unnamed.status_code, saved.status_code, item.label, item.state) == (422, 302, Label.RED, State.PUBLISHED)
    assert list(Audience.objects.values_list("person", flat=True)) == [coordinator.pk]
    form = client.get(build_item_url(item, "item_readers")).context["form"]
    assert form.initial["persons"] == coordinator.email
    client.force_login(coordinator)
    assert client.get(build_item_url(item, "item_readers")).status_code == 403


def test_web_links_are_screened(coalition, member):
    item = ItemFactory(coalition=coalition, author=member)
    add_web_link(actor=member, item=item, url="https://t.me/+AbCdEf0123")

    with pytest.raises(actions.ReviewRequiredError):
        actions.publish_item(actor=member, item=item)
