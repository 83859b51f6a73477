"""Fields are saved and counted while they are written; nothing is overwritten; comments and versions are by field."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from jukwaa.mail.models import Message
from jukwaa.proposals.actions import (
    comment_on_field,
    hash_json_value,
    save_call_file,
    save_proposal_answer,
    start_proposal,
    submit_proposal,
)
from jukwaa.proposals.models import FieldComment, Proposal
from jukwaa.records.actions import add_comment
from jukwaa.records.models import Comment, Link, Version
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from tests.proposals.test_proposals import CALL_NAME, CALL_TOML, EMPTY_HASH, build_proposal_url


@pytest.fixture
def proposal(coalition, coordinator):
    save_call_file(actor=coordinator, coalition=coalition, text=CALL_TOML)
    return start_proposal(actor=coordinator, coalition=coalition, call_name=CALL_NAME, title="Session")


def autosave_answer(client, proposal, answer_text, seen_hash=EMPTY_HASH, field_name="description"):
    words = {"answer": answer_text, "seen": seen_hash}
    return client.post(build_proposal_url("field_save", proposal.pk, field_name), words, headers={"HX-Request": "true"})


def test_autosave_saves_and_counts_text(client, coordinator, proposal):
    client.force_login(coordinator)
    answer = autosave_answer(client, proposal, "one two three four five")

    assert "<html" not in answer.text
    assert all(
        words in answer.text
        for words in ("Saved at ", "5 words", "Shorten to at most 4.", hash_json_value("one two three four five"))
    )
    assert Proposal.objects.get().answers["description"] == "one two three four five"


def test_autosaves_of_one_session_create_one_version(client, coordinator, rapporteur, proposal):
    client.force_login(coordinator)
    text = ""
    for word in ("one", "two", "three"):
        seen, text = hash_json_value(text), f"{text} {word}".strip()
        autosave_answer(client, proposal, text, seen)
    assert [version.content["answers"].get("description") for version in list_proposal_versions(proposal)] == [
        "one two three",
        None,
    ]
    client.force_login(rapporteur)
    autosave_answer(client, proposal, "mine", hash_json_value(text))
    autosave_answer(client, proposal, "Skills", field_name="theme")

    assert [version.author for version in list_proposal_versions(proposal)] == [
        rapporteur,
        rapporteur,
        coordinator,
        coordinator,
    ]


def test_later_editing_session_creates_new_version(client, coordinator, proposal):
    client.force_login(coordinator)
    autosave_answer(client, proposal, "one")
    Version.objects.update(at=timezone.now() - timedelta(minutes=11))
    autosave_answer(client, proposal, "one two", hash_json_value("one"))

    assert len(list_proposal_versions(proposal)) == 3


def save_answers_minutes_apart(client, proposal, answer_texts, minutes):
    """Save a text after another in one field, so many minutes apart."""
    for before, text in pairwise(answer_texts):
        Version.objects.update(at=F("at") - timedelta(minutes=minutes))
        autosave_answer(client, proposal, text, hash_json_value(before))
    return [version.content["answers"].get("description", "") for version in list_proposal_versions(proposal)]


def test_long_editing_session_creates_version_every_ten_minutes(client, coordinator, proposal):
    client.force_login(coordinator)

    assert save_answers_minutes_apart(client, proposal, ["", "1", "1 2", "1 2 3", "1 2 3 4"], 4) == [
        "1 2 3 4",
        "1 2",
        "",
    ]


def test_longer_text_is_preserved_as_version_before_deletion(client, coordinator, proposal):
    client.force_login(coordinator)

    assert save_answers_minutes_apart(client, proposal, ["", "one two", "one two three", "one"], 0) == [
        "one",
        "one two three",
        "",
    ]


def test_version_referenced_by_link_is_preserved(client, coordinator, coalition, proposal):
    client.force_login(coordinator)
    autosave_answer(client, proposal, "one")
    made = start_proposal(actor=coordinator, coalition=coalition, call_name=CALL_NAME, title="Other")
    Link.objects.create(from_record=made, to_record=proposal, relation=Link.Relation.ADAPTED_FROM, version=2)

    assert save_answers_minutes_apart(client, proposal, ["one", "one two"], 0) == ["one two", "one", ""]


def list_proposal_versions(proposal):
    return list(Version.objects.filter(record=proposal.pk).order_by("-number"))


def test_autosave_does_not_overwrite_other_edits(client, coordinator, rapporteur, proposal):
    save_proposal_answer(actor=rapporteur, proposal=proposal, field="description", answer="Theirs", seen=EMPTY_HASH)
    client.force_login(coordinator)
    answer = autosave_answer(client, proposal, "Mine")
    both = client.post(
        build_proposal_url("proposal_field", proposal.pk, "description"), {"answer": "Mine", "seen": EMPTY_HASH}
    )

    assert (
        "Someone else has changed this field. Select “Save” to compare both texts. Nothing will be overwritten."
        in answer.text
    )
    assert Proposal.objects.get().answers["description"] == "Theirs"
    assert both.status_code == 409
    assert all(words in both.text for words in ("Theirs", "Mine"))


def test_autosave_is_refused_after_submission(client, coordinator, proposal):
    submit_proposal(actor=coordinator, proposal=proposal)
    client.force_login(coordinator)

    assert "It can no longer be changed." in autosave_answer(client, proposal, "late").text
    assert "data-saves" not in client.get(build_proposal_url("proposal_field", proposal.pk, "description")).text


def test_autosave_is_refused_for_member_outside_team(client, member, proposal):
    client.force_login(member)

    assert autosave_answer(client, proposal, "mine").status_code == 403


def test_versions_are_compared_by_field(client, coordinator, proposal):
    saved = save_proposal_answer(
        actor=coordinator, proposal=proposal, field="description", answer="Before", seen=EMPTY_HASH
    )
    saved = save_proposal_answer(
        actor=coordinator, proposal=saved, field="description", answer="After", seen=hash_json_value("Before")
    )
    save_proposal_answer(actor=coordinator, proposal=saved, field="theme", answer="Skills", seen=EMPTY_HASH)
    client.force_login(coordinator)
    address = reverse("records:history", args=["ours", proposal.pk])
    changes = client.get(address, {"old": 2, "new": 4}).context["changes"]

    assert [line.label for line in changes] == ["Theme", "Description"]


def test_comment_belongs_to_its_field(client, member, proposal):
    client.force_login(member)
    assert 'Comment<span class="hidden">: Description</span>' in client.get(proposal.get_absolute_url()).text
    page = client.post(
        build_proposal_url("field_comments", proposal.pk, "description"), {"body": "Say more"}, follow=True
    ).text

    assert "Comment posted." in page
    assert "Say more" in page
    assert "Say more" not in client.get(build_proposal_url("field_comments", proposal.pk, "theme")).text
    assert '1 comment<span class="hidden">: Description</span>' in client.get(proposal.get_absolute_url()).text
    assert FieldComment.objects.get().comment == Comment.objects.get()


def test_comment_lists_and_emails_name_field(client, mailing_coalition, coordinator, member):
    save_call_file(actor=coordinator, coalition=mailing_coalition, text=CALL_TOML)
    proposal = start_proposal(actor=coordinator, coalition=mailing_coalition, call_name=CALL_NAME, title="Session")
    comment_on_field(actor=member, proposal=proposal, field_name="description", body="Say more")
    add_comment(actor=member, record=proposal, body="Well done")
    client.force_login(member)
    pages = [client.get(proposal.get_absolute_url()).text, client.get(get_comments_url(proposal)).text]
    send_pending_activity_notifications()
    first, second = Message.objects.filter(to=coordinator.email, subject__contains="on “Session”").order_by("pk")

    assert [page.count("Field: Description") for page in pages] == [1, 1]
    assert "Field: Description\n\nSay more" in first.body
    assert "Field:" not in second.body


def get_comments_url(proposal):
    return reverse("records:talk", args=["ours", proposal.pk])


def test_field_comments_are_visible_only_to_readers(client, outsider, proposal):
    client.force_login(outsider)

    assert client.get(build_proposal_url("field_comments", proposal.pk, "description")).status_code == 404


def test_record_links_to_proposal_started_from_it(client, coordinator, proposal):
    client.force_login(coordinator)
    page = client.get(build_proposal_url("call_list"), {"from": proposal.pk}).text
    assert f"{build_proposal_url('call_detail', CALL_NAME)}?from={proposal.pk}" in page
    assert (
        f"{build_proposal_url('proposal_new', CALL_NAME)}?from={proposal.pk}"
        in client.get(build_proposal_url("call_detail", CALL_NAME), {"from": proposal.pk}).text
    )
    form = client.get(build_proposal_url("proposal_new", CALL_NAME), {"from": proposal.pk}).context["form"]

    assert (form.initial["earlier"], form.initial.get("origin")) == (proposal.pk, None)
    assert f"{build_proposal_url('call_list')}?from={proposal.pk}" in client.get(proposal.get_absolute_url()).text
