"""At the desk with one press: keep a sentence that was missed, accept many and take that back, walk the sentences."""

import pytest
from django.urls import reverse

from jukwaa.intake import actions
from jukwaa.intake.models import Decision
from tests.intake.readings import create_reading

FRENCH_REPORT_TEXT = """Compte rendu

Les membres ont parlé du projet.

La Fondation propose une formation avant le 15 mars 2027.

Tous sont d'accord.
"""


@pytest.fixture
def reading_without_header(coalition, rapporteur, client):
    client.force_login(rapporteur)
    return create_reading(coalition, rapporteur, FRENCH_REPORT_TEXT)


def list_suggestion_states(reading):
    rows = reading.suggestions.order_by("pk")
    return list(rows.values_list("sentence__number", "kind", "text", "decision", "by_machine"))


def post_suggestion_keep(client, reading, sentence_number, suggestion_kind, **headers):
    args = [reading.coalition.slug, reading.pk, sentence_number, suggestion_kind]
    return client.post(reverse("intake:suggestion_keep", args=args), headers=headers)


def test_missed_sentence_is_added_with_single_key(reading_without_header, client):
    response = post_suggestion_keep(client, reading_without_header, 3, "offer")

    assert response.headers["Location"].endswith("?at=3&was=3#s3")
    offer = "La Fondation propose une formation avant le 15 mars 2027."
    assert list_suggestion_states(reading_without_header) == [(3, "offer", offer, "accepted", False)]
    page = client.get(response.headers["Location"]).text
    assert 'data-key="u"' in page
    assert "Also add this sentence as" in page


def test_missed_sentence_is_added_once_by_double_press(reading_without_header, client):
    post_suggestion_keep(client, reading_without_header, 3, "offer")
    post_suggestion_keep(client, reading_without_header, 3, "offer")

    assert reading_without_header.suggestions.count() == 1


def test_adding_missed_sentence_by_script_returns_row_and_bar(reading_without_header, client):
    response = post_suggestion_keep(client, reading_without_header, 3, "decision", hx_request="true")

    assert response.text.count('id="s3"') == 1
    assert 'id="bar"' in response.text


def test_added_commitment_has_deadline_of_its_sentence(coalition, rapporteur, client):
    client.force_login(rapporteur)
    reading = create_reading(coalition, rapporteur, "Notes\n\nGreen leaves, ready by 15 March 2027.\n")

    post_suggestion_keep(client, reading, 2, "commitment")

    kept = reading.suggestions.get()
    assert (kept.due_text, str(kept.due_on)) == ("by 15 March 2027", "2027-03-15")


@pytest.mark.parametrize(("sentence_number", "suggestion_kind"), [(99, "offer"), (3, "new_member"), (3, "nonsense")])
def test_unknown_sentence_or_kind_that_needs_names_is_not_found(
    reading_without_header, client, sentence_number, suggestion_kind
):
    assert post_suggestion_keep(client, reading_without_header, sentence_number, suggestion_kind).status_code == 404
    assert list_suggestion_states(reading_without_header) == []


def test_sentence_without_suggestion_has_shortcut_for_each_kind(reading_without_header, client):
    page = client.get(f"{reading_without_header.get_absolute_url()}?at=2").text

    assert [page.count(f'data-key="{number}"') for number in range(1, 8)] == [1, 1, 1, 1, 1, 1, 0]
    assert 'href="?at=3#s3" data-key="j"' in page
    assert 'href="?at=1#s1" data-key="k"' in page


def accept_all_offer_suggestions(coalition, rapporteur, client):
    text = "Minutes\n\n" + "".join(f"Helpline {n} offered to provide training.\n\n" for n in range(4))
    reading = create_reading(coalition, rapporteur, text)
    client.force_login(rapporteur)
    url = reverse("intake:reading_accept_rest", args=[coalition.slug, reading.pk, "offer"])
    return reading, client.post(url, follow=True)


def undo_accepted_offers(client, reading, decided_at):
    args = [reading.coalition.slug, reading.pk, "offer"]
    url = reverse("intake:reading_accept_undo", args=args)
    return client.post(url, {"decided_at": decided_at.isoformat()}, follow=True)


def test_accepting_all_of_one_kind_is_taken_back_with_one_press(coalition, rapporteur, client):
    reading, page = accept_all_offer_suggestions(coalition, rapporteur, client)
    together = actions.find_joint_decision(rapporteur, reading)
    assert "Accepted 4 suggestions: Offer." in page.text
    assert "You accepted 4 suggestions together: Offer." in page.text

    undone = undo_accepted_offers(client, reading, together.decided_at)

    assert "4 suggestions need to be reviewed again." in undone.text
    assert set(reading.suggestions.values_list("decision", "decided_by")) == {("waiting", None)}
    assert "at once" not in undone.text


def test_undoing_joint_acceptance_preserves_later_decisions(coalition, rapporteur, coordinator, client):
    reading, _page = accept_all_offer_suggestions(coalition, rapporteur, client)
    together = actions.find_joint_decision(rapporteur, reading)
    first = reading.suggestions.first()
    actions.refuse_suggestion(actor=coordinator, suggestion=first, from_version=first.version)

    undo_accepted_offers(client, reading, together.decided_at)

    decisions = list(reading.suggestions.values_list("decision", flat=True))
    assert decisions == ["refused", "waiting", "waiting", "waiting"]


def test_undoing_joint_acceptance_unmerges_suggestions(coalition, rapporteur, client):
    reading, _page = accept_all_offer_suggestions(coalition, rapporteur, client)
    together = actions.find_joint_decision(rapporteur, reading)
    first, second = reading.suggestions.all()[:2]
    actions.merge_suggestion(actor=rapporteur, suggestion=second, target_suggestion=first, from_version=second.version)
    assert actions.find_joint_decision(rapporteur, reading) is None  # the last decision was another

    undo_accepted_offers(client, reading, together.decided_at)

    assert set(reading.suggestions.values_list("decision", "merged_into")) == {(Decision.WAITING, None)}
    assert "in the meantime" in undo_accepted_offers(client, reading, together.decided_at).text


def test_undoing_joint_acceptance_requires_its_time(coalition, rapporteur, client):
    reading, _page = accept_all_offer_suggestions(coalition, rapporteur, client)
    url = reverse("intake:reading_accept_undo", args=[coalition.slug, reading.pk, "offer"])

    assert [client.post(url, {"decided_at": value}).status_code for value in ("", "x", "2026-01-01")] == [404] * 3


def test_unsaved_decision_is_reported_beside_sentence(coalition, rapporteur, coordinator, client):
    reading = create_reading(coalition, rapporteur)
    offer = reading.suggestions.get(kind="offer")
    client.force_login(rapporteur)
    actions.accept_suggestion(actor=coordinator, suggestion=offer, from_version=1)
    url = reverse("intake:suggestion_refuse", args=[coalition.slug, reading.pk, offer.pk])

    page = client.post(url, {"version": 1}, follow=True).text

    assert page.count("Your decision was not saved.") == 1
    number = offer.sentence.number
    assert (
        page.index(f'id="s{number}"') < page.index("Your decision was not saved.") < page.index(f'id="s{number + 1}"')
    )


def test_accept_key_explains_why_unnamed_suggestion_cannot_be_accepted(coalition, rapporteur, client):
    client.force_login(rapporteur)
    reading = create_reading(coalition, rapporteur)
    first = reading.suggestions.order_by("sentence__number", "start", "pk").first()
    first.actors = []
    first.save()
    page = client.get(f"{reading.get_absolute_url()}?at={first.sentence.number}").text
    address = reverse("intake:suggestion_accept", args=[coalition.slug, reading.pk, first.pk])
    assert 'data-key="a"' in page

    answer = client.post(address, {"version": first.version}, follow=True)

    assert "Enter who attended, or reject the suggestion." in answer.text
