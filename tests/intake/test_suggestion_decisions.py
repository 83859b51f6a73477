"""Decisions at the desk: each is stored at once, once, and by nobody who may not."""

import pytest
from django.core.exceptions import PermissionDenied

from jukwaa.coalitions.models import Activity
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.intake import actions
from jukwaa.intake.actions import SuggestionWording, get_suggestion_wording
from jukwaa.intake.models import Decision, Reading, Suggestion
from jukwaa.records.actions import withdraw_record
from tests.factories import OrganisationFactory
from tests.intake.readings import create_reading


def get_only_offer_suggestion(reading: Reading) -> Suggestion:
    return reading.suggestions.get(kind="offer")


def list_suggested_sentences(reading: Reading) -> list[tuple[int, str, list[str], str]]:
    rows = reading.suggestions.order_by("sentence__number", "pk")
    return [(row.sentence.number, row.kind, row.actors, row.decision) for row in rows]


def test_report_becomes_suggestions_without_decisions(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur)

    assert list_suggested_sentences(reading)[:5] == [
        (2, "attendee", ["Members of the coalition"], "waiting"),
        (2, "attendee", ["Helpline One"], "waiting"),
        (3, "attendee", ["Ministry of Children"], "waiting"),
        (4, "proposal", ["Helpline One"], "waiting"),
        (4, "attendee", ["Helpline One"], "waiting"),
    ]
    assert reading.document.state == "submitted"
    assert not reading.document.cited_by.exists()


def test_each_quotation_matches_document_text(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur)
    text = reading.document.text

    assert [" ".join(text[s.start : s.end].split()) for s in reading.suggestions.all()] == [
        s.text for s in reading.suggestions.all()
    ]


def test_newcomers_members_and_chair_are_guessed(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur)

    came = reading.suggestions.filter(kind="attendee").order_by("sentence__number", "pk")
    assert list(came.values_list("came_as", "is_chair")) == [
        ("member", False),
        ("", False),
        ("new-attendee", False),
        ("member", True),
    ]


def test_accepting_twice_records_one_decision(coalition, rapporteur):
    offer = get_only_offer_suggestion(create_reading(coalition, rapporteur))

    first = actions.accept_suggestion(actor=rapporteur, suggestion=offer, from_version=1)
    second = actions.accept_suggestion(actor=rapporteur, suggestion=offer, from_version=1)

    assert (first.version, second.version, second.decision) == (2, 2, Decision.ACCEPTED)
    assert Activity.objects.filter(verb="decided").count() == 1


def test_stale_decision_is_refused_and_shows_other_decision(coalition, rapporteur, coordinator):
    offer = get_only_offer_suggestion(create_reading(coalition, rapporteur))
    actions.refuse_suggestion(actor=coordinator, suggestion=offer, from_version=1)

    with pytest.raises(EditConflict) as stale:
        actions.accept_suggestion(actor=rapporteur, suggestion=offer, from_version=1)

    current = stale.value.current
    assert (current.decision, current.decided_by, current.version) == (Decision.REFUSED, coordinator, 2)


def test_decided_suggestion_can_be_reopened(coalition, rapporteur):
    offer = get_only_offer_suggestion(create_reading(coalition, rapporteur))
    actions.refuse_suggestion(actor=rapporteur, suggestion=offer, from_version=1)

    again = actions.reopen_suggestion(actor=rapporteur, suggestion=offer, from_version=2)

    assert (again.decision, again.decided_by, again.decided_at, again.version) == (Decision.WAITING, None, None, 3)


def test_changing_kind_accepts_suggestion_as_that_kind(coalition, rapporteur):
    offer = get_only_offer_suggestion(create_reading(coalition, rapporteur))

    kept = actions.change_suggestion_kind(
        actor=rapporteur, suggestion=offer, suggestion_kind="announcement", from_version=1
    )

    assert (kept.kind, kept.decision, kept.actors) == ("announcement", Decision.EDITED, ["Helpline One"])


def test_only_commitment_has_owner_and_only_attendance_chair(coalition, rapporteur):
    offer = get_only_offer_suggestion(create_reading(coalition, rapporteur))
    wording = SuggestionWording(
        kind="decision", text=" A  decision ", actors=[" x "], owner="x", due_text="soon", is_chair=True
    )

    kept = actions.edit_suggestion(actor=rapporteur, suggestion=offer, wording=wording, from_version=1)

    assert get_suggestion_wording(kept) == SuggestionWording(kind="decision", text="A decision", actors=["x"])


def test_suggestion_without_content_is_not_accepted(coalition, rapporteur):
    offer = get_only_offer_suggestion(create_reading(coalition, rapporteur))

    for wording in (
        SuggestionWording(kind="offer", text=" "),
        SuggestionWording(kind="attendee", text="x", actors=[" "]),
    ):
        with pytest.raises(ActionRefused):
            actions.edit_suggestion(actor=rapporteur, suggestion=offer, wording=wording, from_version=1)

    assert get_only_offer_suggestion(offer.reading).decision == Decision.WAITING


def test_merged_suggestion_has_decision_of_its_target(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur)
    decision, commitment = reading.suggestions.get(kind="decision"), reading.suggestions.filter(kind="commitment")[0]

    merged = actions.merge_suggestion(
        actor=rapporteur, suggestion=commitment, target_suggestion=decision, from_version=1
    )
    assert (merged.decision, merged.merged_into) == (Decision.MERGED, decision)

    with pytest.raises(ActionRefused):
        actions.merge_suggestion(
            actor=rapporteur, suggestion=decision, target_suggestion=get_only_offer_suggestion(reading), from_version=1
        )

    actions.refuse_suggestion(actor=rapporteur, suggestion=decision, from_version=1)
    commitment.refresh_from_db()
    assert (commitment.decision, commitment.merged_into) == (Decision.WAITING, None)


def test_missed_sentence_is_added_from_document(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur)
    start = reading.document.text.index("training")
    wording = SuggestionWording(kind="topic", text="Training", actors=[])

    first = actions.add_suggestion(
        actor=rapporteur, reading=reading, start_offset=start, end_offset=start + 8, wording=wording
    )
    second = actions.add_suggestion(
        actor=rapporteur, reading=reading, start_offset=start, end_offset=start + 8, wording=wording
    )

    assert first == second
    assert (first.sentence.number, first.by_machine, first.decision) == (5, False, Decision.ACCEPTED)
    for span in ((0, 10_000), (20, 20), (9_000, 9_001)):
        with pytest.raises(ActionRefused):
            actions.add_suggestion(
                actor=rapporteur, reading=reading, start_offset=span[0], end_offset=span[1], wording=wording
            )


def test_remaining_named_suggestions_of_kind_are_accepted_together(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur)
    reading.suggestions.filter(came_as="new-attendee").update(actors=[])

    assert actions.accept_remaining_suggestions(actor=rapporteur, reading=reading, suggestion_kind="attendee") == 3
    assert actions.accept_remaining_suggestions(actor=rapporteur, reading=reading, suggestion_kind="attendee") == 0
    assert reading.suggestions.get(came_as="new-attendee").decision == Decision.WAITING


def test_name_is_matched_once_for_whole_reading(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur)
    helpline = OrganisationFactory(coalition=coalition, name="The First Helpline")
    name = reading.actors.get(written="Helpline One")

    matched = actions.match_actor_to_organisation(actor=rapporteur, named_actor=name, organisation=helpline)
    assert (matched.display_name, matched.decided_by) == ("The First Helpline", rapporteur)

    new = actions.set_actor_as_new_organisation(actor=rapporteur, named_actor=name, new_name="Helpline  Two")
    assert (new.means, new.display_name, new.organisation) == ("new", "Helpline Two", None)

    known = actions.set_actor_as_new_organisation(actor=rapporteur, named_actor=name, new_name="the first helpline")
    assert (known.means, known.organisation) == ("matched", helpline)

    assert actions.leave_actor_unmatched(actor=rapporteur, named_actor=name).display_name == "Helpline One"


def test_matched_name_shows_organisation_after_merge(coalition, rapporteur):
    old = OrganisationFactory(coalition=coalition, name="Helpline One")
    reading = create_reading(coalition, rapporteur)
    old.merged_into = OrganisationFactory(coalition=coalition, name="Helpline United")
    old.save()

    assert reading.actors.get(written="Helpline One").display_name == "Helpline United"


def test_only_record_keepers_can_decide_suggestions(coalition, rapporteur, member, outsider):
    offer = get_only_offer_suggestion(create_reading(coalition, rapporteur))

    for person in (member, outsider):
        with pytest.raises(PermissionDenied):
            actions.accept_suggestion(actor=person, suggestion=offer, from_version=1)
        with pytest.raises(PermissionDenied):
            create_reading(coalition, person)


def test_stopped_reading_resumes_at_same_sentence(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur)
    actions.accept_suggestion(actor=rapporteur, suggestion=get_only_offer_suggestion(reading), from_version=1)

    actions.stop_reading(actor=rapporteur, reading=reading)
    assert not Reading.objects.unfinished().exists()
    with pytest.raises(ActionRefused):
        actions.refuse_suggestion(actor=rapporteur, suggestion=get_only_offer_suggestion(reading), from_version=2)

    actions.resume_reading(actor=rapporteur, reading=reading)
    assert get_only_offer_suggestion(reading).decision == Decision.ACCEPTED
    assert list(Reading.objects.unfinished()) == [reading]


def test_withdrawn_report_allows_no_decisions_or_new_reading(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur)
    withdraw_record(actor=rapporteur, record=reading.document, reason="It was a draft.")

    with pytest.raises(ActionRefused):
        actions.accept_suggestion(actor=rapporteur, suggestion=get_only_offer_suggestion(reading), from_version=1)
    with pytest.raises(ActionRefused, match=r"It was a draft\."):
        create_reading(coalition, rapporteur)
