"""What a second person decided stays readable for them and the lead; a button pressed too late loses nothing."""

import pytest
from django.urls import reverse

from jukwaa.library import actions
from jukwaa.library.actions import ReviewDecision
from jukwaa.library.models import Review
from jukwaa.records.actions import hold_record_in_quarantine, withdraw_record
from jukwaa.records.models import Label, Record
from tests.conftest import create_seated_person

pytestmark = pytest.mark.django_db

REVIEW_REASON = "The village is in it."


@pytest.fixture
def case_study(coalition, member):
    words = {"title": "A helpline in a village", "what_worked": "We listened."}
    return actions.share_item(actor=member, coalition=coalition, kind="case-study", **words)


@pytest.fixture
def second_reviewer(coalition):
    return create_seated_person(coalition, "The second reader")


@pytest.fixture
def accepted_review(case_study, member, safeguarding_lead, second_reviewer):
    review = actions.send_for_review(actor=member, item=case_study, consent_text="Our own work.")
    actions.assign_item_reviewer(actor=safeguarding_lead, review=review, reviewer=second_reviewer)
    return actions.accept_item_review(actor=second_reviewer, review=review)


def build_item_url(library_item, route_name="review_detail"):
    return reverse(f"library:{route_name}", args=[library_item.coalition.slug, library_item.pk])


def decide_review(review, outcome):
    actions.decide_item_review(
        actor=review.reviewer, review=review, decision=ReviewDecision(outcome, True, REVIEW_REASON)
    )


def read_case_study_pages(client, case_study, *people):
    """Of each: the answer of the page, and whether the title as it was, the reason and the text stand in it."""
    found = {}
    for person in people:
        client.force_login(person)
        answer = client.get(build_item_url(case_study))
        words = ("A helpline in a village", REVIEW_REASON, "We listened.", "Another title")
        found[person.name] = (answer.status_code, *(word in answer.text for word in words))
    return found


@pytest.mark.parametrize("outcome", ["revise", "refuse"])
@pytest.mark.parametrize("tlp_label", [Label.CLEAR, Label.RED])
def test_decided_review_is_readable_without_later_text(
    client,
    coalition,
    case_study,
    accepted_review,
    member,
    safeguarding_lead,
    second_reviewer,
    coordinator,
    outsider,
    outcome,
    tlp_label,
):
    Record.objects.filter(pk=case_study.pk).update(label=tlp_label)
    decide_review(Review.objects.get(), outcome)
    actions.change_item(actor=member, item=case_study, changes={"title": "Another title"}, from_version=1)
    asked_before = create_seated_person(coalition, "A member who was never asked")
    found = read_case_study_pages(
        client, case_study, safeguarding_lead, second_reviewer, coordinator, outsider, asked_before
    )

    nothing = (404, False, False, False, False)
    assert found == {
        "The safeguarding lead": (200, True, True, False, False),
        "The second reader": (200, True, True, False, False),
        "The coordinator": nothing,
        outsider.name: nothing,
        "A member who was never asked": nothing,
    }


@pytest.mark.parametrize("hide_item", [hold_record_in_quarantine, withdraw_record], ids=["held", "withdrawn"])
def test_decided_review_of_hidden_item_is_not_shown(
    client, case_study, accepted_review, safeguarding_lead, second_reviewer, hide_item
):
    actions.decide_item_review(
        actor=second_reviewer,
        review=accepted_review,
        decision=ReviewDecision("publish", can_be_combined=False, reason=REVIEW_REASON),
    )
    more = {"reason": "A name is in it."} if hide_item is withdraw_record else {}
    hide_item(actor=safeguarding_lead, record=Record.objects.get(pk=case_study.pk), **more)
    client.force_login(second_reviewer)

    assert client.get(build_item_url(case_study)).status_code == 404


def test_decision_sent_twice_redirects_to_result(client, case_study, accepted_review, second_reviewer):
    client.force_login(second_reviewer)
    said = {"can_be_combined": "yes", "outcome": "revise", "reason": REVIEW_REASON}
    answers = [client.post(build_item_url(case_study, "review_decide"), said) for _press in range(2)]

    assert [(answer.status_code, answer.headers["Location"]) for answer in answers] == [
        (302, build_item_url(case_study))
    ] * 2
    assert Review.objects.values_list("outcome", "reason").get() == ("revise", REVIEW_REASON)


def test_late_decision_is_refused_and_keeps_typed_text(client, case_study, accepted_review, member):
    actions.withdraw_item_review(actor=member, review=accepted_review)
    client.force_login(member)
    answer = client.post(build_item_url(case_study, "review_take_back"), {"reason": "I typed this."})
    said = ("This review is closed.", "I typed this.", "Withdrawn by the author")

    assert (answer.status_code, [words in answer.text for words in said]) == (422, [True, True, True])
