"""What is checked before a version is published: changes that no revision has, and points that are still open."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.drafting import actions
from jukwaa.drafting.models import Clause, Edition, Placement
from jukwaa.drafting.open_points import OPEN_POINT_PATTERN
from tests.drafting.consensus import create_open_text, name_text_revision
from tests.drafting.dispositions import answer_text_input, make_input_giver, rewrite_clause_body
from tests.drafting.test_publishing import REASON_WITHOUT_CALL, build_text_url, get_publishing_refusal
from tests.factories import ConsultationFactory

SENTENCE = "The draft has 1 change since revision 1. Create revision 2 to publish it, or publish revision 1 as it is."
FORM_VALUES = {"without_call": REASON_WITHOUT_CALL, "capacity": "own"}
HIDDEN_INPUT_PATTERN = re.compile(r'<input type="hidden" name="(revision|leaves_out_changes)" value="([^"]*)"')


@pytest.fixture
def text(coalition, member):
    """Open to everybody; its third clause has been changed since its first revision."""
    text = create_open_text(coalition, member)
    change_third_clause(text, member, "Each provider names two people.")
    return text


def change_third_clause(text, actor, clause_body):
    clause = Clause.objects.get(text=text, number=3)
    digest = Placement.objects.now(text).get(clause=clause).wording.digest
    actions.write_clause_body(actor=actor, clause=clause, clause_body=clause_body, from_digest=digest)
    text.refresh_from_db()


def read_form_values(page):
    """What the page sends if the form is filled in."""
    return FORM_VALUES | dict(HIDDEN_INPUT_PATTERN.findall(page))


def test_publishing_stops_for_changes_and_offers_revision(client, text, rapporteur):
    page_url = build_text_url("edition_new", text)
    client.force_login(rapporteur)
    page = client.get(page_url).text
    assert [part in page for part in (SENTENCE, "Create revision 2 and continue", 'name="without_call"')] == [
        True,
        True,
        False,
    ]
    refused = client.post(page_url, FORM_VALUES)
    assert (refused.status_code, SENTENCE in refused.text, Edition.objects.exists()) == (422, True, False)

    made = client.post(build_text_url("revision_new", text), {"continue": "publish"})
    assert made["Location"] == page_url
    assert "You are publishing revision 2." in client.get(page_url).text
    client.post(page_url, FORM_VALUES)
    assert "Each provider names two people." in client.get(build_text_url("edition_detail", text, 1, 0)).text


def test_publishing_earlier_revision_is_a_choice(client, text, rapporteur):
    page_url = build_text_url("edition_new", text)
    client.force_login(rapporteur)
    page = client.get(page_url, {"revision": "1"}).text
    assert [part in page for part in ("You are publishing revision 1.", SENTENCE)] == [True, False]
    client.post(page_url, read_form_values(page))

    assert Edition.objects.get().revision.number == 1


@pytest.mark.parametrize("is_revision_chosen", [True, False])
def test_publishing_refuses_revision_created_meanwhile(client, text, member, rapporteur, is_revision_chosen):
    seen = 1
    if not is_revision_chosen:  # the draft has no changes
        seen = name_text_revision(text, member).number
    page_url = build_text_url("edition_new", text)
    client.force_login(rapporteur)
    page = client.get(page_url, {"revision": "1"} if is_revision_chosen else {}).text
    name_text_revision(text, member, clause_body="Each provider names three people.")
    refused = client.post(page_url, read_form_values(page))

    assert (refused.status_code, Edition.objects.exists()) == (422, False)
    assert f"The latest revision is now revision {seen + 1}, not revision {seen}" in refused.text
    assert f"You are publishing revision {seen + 1}." in refused.text
    assert REASON_WITHOUT_CALL in refused.text
    client.post(page_url, read_form_values(refused.text))
    assert Edition.objects.get().revision.number == seen + 1


def test_publishing_plain_page_refuses_changes_made_meanwhile(client, text, member, rapporteur):
    name_text_revision(text, member)
    page_url = build_text_url("edition_new", text)
    client.force_login(rapporteur)
    page = client.get(page_url).text
    change_third_clause(text, member, "Each provider names three people.")
    refused = client.post(page_url, read_form_values(page))

    assert (refused.status_code, Edition.objects.exists()) == (422, False)
    assert "The draft has 1 change since revision 2." in refused.text


def test_publishing_action_refuses_unseen_changes(text, rapporteur):
    assert get_publishing_refusal(rapporteur, text, without_call=REASON_WITHOUT_CALL) == (SENTENCE, None)


@pytest.mark.parametrize(
    ("clause_body", "marks"),
    [
        ("They are thanked fairly. [TO DISCUSS: amount?]", ["[TO DISCUSS: amount?]"]),
        ("From TBD until [date tbc?].", ["TBD", "[date tbc?]"]),
        ("Le montant est [à confirmer].", ["[à confirmer]"]),
        ("As agreed [1], see [Annex A] and [open access].", []),
    ],
)
def test_open_points_are_found(clause_body, marks):
    assert [match[0] for match in OPEN_POINT_PATTERN.finditer(clause_body)] == marks


def test_open_points_are_named_before_publishing(client, coalition, member, rapporteur):
    text = create_open_text(coalition, member, clause_bodies=["Whom we thank.", "Fairly. [TO DISCUSS: amount?]"])
    client.force_login(rapporteur)
    page = client.get(build_text_url("edition_new", text)).text

    assert "Some clauses seem to have open points." in page
    assert "[TO DISCUSS: amount?]" in page


UNCHANGED = "An input was accepted, but its clause has not changed:"


@pytest.mark.parametrize(
    ("answer", "is_named"), [("accepted", True), ("in-part", True), ("not-accepted", False), ("noted", False)]
)
def test_accepted_input_without_change_is_named_and_does_not_block(
    client, open_text, member, rapporteur, answer, is_named
):
    given = make_input_giver(ConsultationFactory(text=open_text), member)("Within 48 hours.")
    answer_text_input(given, rapporteur, answer, "48 hours is right.")
    open_text.consultations.update(closes_at=timezone.now() - timedelta(hours=1))
    client.force_login(rapporteur)
    page = client.get(build_text_url("edition_new", open_text))
    link = f'<a href="{reverse("drafting:input_detail", args=["ours", given.pk])}">input {given.pk} (clause 2)</a>'
    client.post(build_text_url("edition_new", open_text), read_form_values(page.text))

    assert (UNCHANGED in page.text, link in page.text) == (is_named, is_named)
    assert Edition.objects.get().revision.number == 1


def test_accepted_input_with_changed_clause_is_not_named(client, open_text, member, rapporteur):
    given = make_input_giver(ConsultationFactory(text=open_text), member)("Within 48 hours.")
    answer_text_input(given, rapporteur, "accepted", "48 hours is right.")
    open_text.consultations.update(closes_at=timezone.now() - timedelta(hours=1))
    rewrite_clause_body(open_text, rapporteur, "A provider answers within 48 hours.")
    actions.create_named_revision(actor=rapporteur, text=open_text)
    client.force_login(rapporteur)

    assert UNCHANGED not in client.get(build_text_url("edition_new", open_text)).text
