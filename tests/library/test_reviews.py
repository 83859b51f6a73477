"""A second person reads it: from the author's declaration to what was decided, and what can't be passed by."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from jukwaa.home.tasks_page import get_tasks
from jukwaa.library import actions
from jukwaa.library.actions import RecordReaders, ReviewDecision
from jukwaa.library.models import Item, Review
from jukwaa.mail.models import Message
from jukwaa.records.actions import (
    attach_file_to_record,
    hold_record_in_quarantine,
    release_record_from_quarantine,
    restore_record_version,
)
from jukwaa.records.models import Audience, Authorship, Held, Label, Record, State
from jukwaa.records.tasks import read_attachment
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from tests.conftest import create_seated_person
from tests.core.documents import build_word_file
from tests.factories import AffiliationFactory, ItemFactory, MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db

CONSENT_TEXT = "It tells of our own work only, and the team agreed."
DECLARATION = {"nobody_recognised": "on", "may_share": "on", "consent": CONSENT_TEXT}


@pytest.fixture
def case_study(coalition, member):
    return ItemFactory(coalition=coalition, author=member, kind="case-study", title="A helpline in a village")


@pytest.fixture
def reviewer(coalition):
    return create_seated_person(coalition, "The second reader")


@pytest.fixture
def open_review(case_study, member):
    return actions.send_for_review(actor=member, item=case_study, consent_text=CONSENT_TEXT)


@pytest.fixture
def accepted_review(open_review, safeguarding_lead, reviewer):
    actions.assign_item_reviewer(actor=safeguarding_lead, review=open_review, reviewer=reviewer)
    return actions.accept_item_review(actor=reviewer, review=open_review)


def get_url(library_item, route_name):
    return reverse(f"library:{route_name}", args=[library_item.coalition.slug, library_item.pk])


def decide_review(review, outcome, record_readers=None, **more):
    decision = ReviewDecision(outcome, more.pop("combined", False), "I tried, and could not.", record_readers)
    return actions.decide_item_review(actor=review.reviewer, review=review, decision=decision)


def list_readers(library_item, *people):
    return [who.name for who in people if Record.objects.visible_to(who).filter(pk=library_item.pk).exists()]


def test_case_study_passes_review_and_is_published(client, case_study, member, safeguarding_lead, reviewer):
    client.force_login(member)
    client.post(get_url(case_study, "review_send"), DECLARATION)
    client.force_login(safeguarding_lead)
    client.post(get_url(case_study, "review_assign"), {"who": reviewer.email})
    client.force_login(reviewer)
    client.post(get_url(case_study, "review_accept"))
    client.post(
        get_url(case_study, "review_decide"),
        {"can_be_combined": "no", "outcome": "publish", "reason": "Nobody is in it."},
    )
    case_study.refresh_from_db()
    review = Review.objects.get()

    assert (case_study.state, review.outcome, review.reason, review.decided_by, review.version) == (
        State.PUBLISHED,
        "publish",
        "Nobody is in it.",
        reviewer,
        1,
    )
    assert list(Activity.objects.order_by("pk").values_list("kind", "verb", "actor")) == [
        ("review", "sent", member.pk),
        ("review", "assigned", safeguarding_lead.pk),
        ("review", "accepted", reviewer.pk),
        ("case-study", "published", reviewer.pk),
        ("review", "decided", reviewer.pk),
    ]
    client.logout()
    assert client.get(get_url(case_study, "item_detail")).status_code == 200


@pytest.mark.parametrize("missing_part", ["nobody_recognised", "may_share", "consent"])
def test_declaration_requires_every_part(client, case_study, member, missing_part):
    client.force_login(member)
    answer = client.post(
        get_url(case_study, "review_send"), {name: said for name, said in DECLARATION.items() if name != missing_part}
    )
    case_study.refresh_from_db()

    assert (answer.status_code, case_study.state) == (422, State.DRAFT)
    assert list(answer.context["form"].errors) == [missing_part]


def test_item_under_review_is_read_by_author_lead_and_reviewer(
    case_study, open_review, member, coordinator, rapporteur, safeguarding_lead, reviewer
):
    cast = (member, coordinator, rapporteur, safeguarding_lead, reviewer)
    before = list_readers(case_study, *cast)
    actions.assign_item_reviewer(actor=safeguarding_lead, review=open_review, reviewer=reviewer)

    assert before == ["A member", "The safeguarding lead"]
    assert list_readers(case_study, *cast) == ["A member", "The safeguarding lead", "The second reader"]
    actions.decline_item_review(actor=reviewer, review=open_review)
    assert list_readers(case_study, *cast) == before


def test_reviewer_must_be_member_and_not_author(client, case_study, open_review, member, outsider, safeguarding_lead):
    for person in (member, outsider):
        with pytest.raises(ActionRefused):
            actions.assign_item_reviewer(actor=safeguarding_lead, review=open_review, reviewer=person)
    client.force_login(safeguarding_lead)
    answer = client.post(get_url(case_study, "review_assign"), {"who": member.email})

    assert "Choose a member, or a person with a role" in answer.context["assigning"].errors["who"][0]
    with transaction.atomic(), pytest.raises(IntegrityError):
        Review.objects.update(reviewer=member)


def test_reviewer_cannot_be_coauthor(case_study, open_review, safeguarding_lead, reviewer):
    Authorship.objects.create(record=case_study, person=reviewer)

    with pytest.raises(ActionRefused):
        actions.assign_item_reviewer(actor=safeguarding_lead, review=open_review, reviewer=reviewer)


def test_lead_requests_review_and_reviewer_decides(case_study, open_review, coordinator, safeguarding_lead, reviewer):
    decision = ReviewDecision("publish", can_be_combined=False, reason="Fine.")
    with pytest.raises(PermissionDenied):
        actions.assign_item_reviewer(actor=coordinator, review=open_review, reviewer=reviewer)
    actions.assign_item_reviewer(actor=safeguarding_lead, review=open_review, reviewer=reviewer)
    for actor in (reviewer, safeguarding_lead):
        with pytest.raises(PermissionDenied):
            actions.decide_item_review(actor=actor, review=open_review, decision=decision)
    case_study.refresh_from_db()
    assert case_study.state == State.SAFEGUARDING


@pytest.mark.parametrize("outcome", ["revise", "refuse"])
def test_returned_item_must_change_before_resubmission(client, case_study, accepted_review, member, outcome):
    decide_review(accepted_review, outcome, combined=True)
    case_study.refresh_from_db()
    client.force_login(member)
    shown = client.get(get_url(case_study, "item_detail")).text
    again = client.post(get_url(case_study, "review_send"), DECLARATION)

    assert (case_study.state, "I tried, and could not." in shown, again.status_code) == (State.DRAFT, True, 422)
    actions.change_item(actor=member, item=case_study, changes={"what_worked": "Less of it."}, from_version=1)
    assert client.post(get_url(case_study, "review_send"), DECLARATION).status_code == 302
    assert list(Review.objects.values_list("version", "outcome")) == [(2, ""), (1, outcome)]


def test_item_recognisable_locally_is_not_published_unchanged(client, case_study, accepted_review, reviewer):
    client.force_login(reviewer)
    typed = {"can_be_combined": "yes", "outcome": "publish", "reason": "Perhaps."}
    answer = client.post(get_url(case_study, "review_decide"), typed)

    assert (answer.status_code, list(answer.context["deciding"].errors)) == (422, ["outcome"])
    with pytest.raises(ActionRefused):
        decide_review(accepted_review, "publish", combined=True)


def test_review_can_restrict_audience(client, case_study, accepted_review, reviewer, member, organisation, coordinator):
    AffiliationFactory(person=member, organisation=organisation)
    client.force_login(reviewer)
    typed = {"can_be_combined": "yes", "outcome": "restrict", "reason": "It is a small place."}
    unsaid = client.post(get_url(case_study, "review_decide"), typed)
    client.post(get_url(case_study, "review_decide"), {**typed, "label": Label.STRICT})
    case_study.refresh_from_db()

    assert list(unsaid.context["deciding"].errors) == ["label"]
    assert (case_study.state, case_study.label, case_study.version) == (State.PUBLISHED, Label.STRICT, 2)
    assert list(Audience.objects.values_list("organisation", "person")) == [(organisation.pk, None)]
    assert list_readers(case_study, member, reviewer, coordinator) == ["A member"]


def test_review_never_widens_audience(client, coalition, member, safeguarding_lead, reviewer):
    case = ItemFactory(coalition=coalition, author=member, kind="case-study", label=Label.GREEN)
    review = actions.send_for_review(actor=member, item=case, consent_text=CONSENT_TEXT)
    actions.assign_item_reviewer(actor=safeguarding_lead, review=review, reviewer=reviewer)
    actions.accept_item_review(actor=reviewer, review=review)
    with transaction.atomic(), pytest.raises(ActionRefused):
        decide_review(Review.objects.get(), "restrict", RecordReaders(Label.CLEAR))
    client.force_login(reviewer)
    form = client.get(get_url(case, "review_detail")).context["deciding"]

    assert [label for label, _words in form.fields["label"].choices] == [Label.AMBER, Label.RED]


CHANGES_AFTER_REVIEW = {
    "the text": lambda member, item: actions.change_item(
        actor=member, item=item, changes={"what_worked": "New."}, from_version=item.version
    ),
    "the readers": lambda member, item: actions.change_record_readers(
        actor=member, record=item, readers=RecordReaders(Label.GREEN)
    ),
    "a file": lambda member, item: attach_file_to_record(
        actor=member, record=item.record_ptr, file_name="a.txt", data=b"Words."
    ),
    "an older version": lambda member, item: restore_record_version(
        actor=member, record=item, version_number=item.version - 1, from_version=item.version
    ),
}


@pytest.mark.parametrize("changed_fields", CHANGES_AFTER_REVIEW.values(), ids=CHANGES_AFTER_REVIEW)
def test_change_after_review_hides_item_until_new_review(
    coalition, case_study, member, safeguarding_lead, reviewer, changed_fields
):
    for text in ("One.", "Two."):
        case_study = actions.change_item(
            actor=member, item=case_study, changes={"what_worked": text}, from_version=case_study.version
        )
    review = actions.send_for_review(actor=member, item=case_study, consent_text=CONSENT_TEXT)
    actions.assign_item_reviewer(actor=safeguarding_lead, review=review, reviewer=reviewer)
    actions.accept_item_review(actor=reviewer, review=review)
    decide_review(Review.objects.get(), "publish")
    case_study = Item.objects.get(pk=case_study.pk)
    changed_fields(member, case_study)
    case_study.refresh_from_db()

    assert (case_study.state, case_study.published_at, list_readers(case_study, reviewer)) == (State.DRAFT, None, [])
    with pytest.raises(actions.ReviewRequiredError):
        actions.publish_item(actor=member, item=case_study)


def test_change_during_review_ends_review(case_study, accepted_review, member, reviewer):
    actions.change_item(actor=member, item=case_study, changes={"title": "Another"}, from_version=1)
    with pytest.raises(PermissionDenied):
        decide_review(accepted_review, "publish")
    case_study.refresh_from_db()

    assert (case_study.state, Review.objects.get().outcome) == (State.DRAFT, "overtaken")
    assert list_readers(case_study, reviewer) == []


def test_item_quarantined_during_review_returns_as_draft(case_study, accepted_review, safeguarding_lead, member):
    hold_record_in_quarantine(actor=safeguarding_lead, record=case_study)
    with pytest.raises(PermissionDenied):
        decide_review(accepted_review, "publish")
    release_record_from_quarantine(actor=safeguarding_lead, record=case_study)
    again = actions.send_for_review(actor=member, item=Item.objects.get(), consent_text=CONSENT_TEXT)

    assert (again.outcome, Review.objects.exclude(pk=again.pk).get().outcome) == ("", "overtaken")


def test_review_buttons_pressed_twice_act_once(case_study, open_review, member):
    assert actions.send_for_review(actor=member, item=case_study, consent_text=CONSENT_TEXT) == open_review
    actions.withdraw_item_review(actor=member, review=open_review)
    case_study.refresh_from_db()

    assert (case_study.state, Review.objects.get().outcome) == (State.DRAFT, "taken-back")


def test_review_page_shows_hits_with_reason_and_advice(client, coalition, member):
    case = ItemFactory(
        coalition=coalition, author=member, kind="case-study", what_changed="Her mail was amina@example.org then."
    )
    actions.send_for_review(actor=member, item=case, consent_text=CONSENT_TEXT)
    client.force_login(member)
    text = client.get(get_url(case, "review_detail")).text

    assert '<mark title="an email address">amina@example.org</mark> then.' in text
    assert "A stranger could use this to find or contact the person. Remove this email address" in " ".join(
        text.split()
    )


def test_reviews_are_visible_to_author_reviewer_and_lead_only(
    client, case_study, accepted_review, member, reviewer, safeguarding_lead, coordinator
):
    decide_review(accepted_review, "publish")
    found = {}
    for person in (member, reviewer, safeguarding_lead, coordinator):
        client.force_login(person)
        answer = client.get(get_url(case_study, "review_detail"))
        found[person.name] = (answer.status_code, "I tried, and could not." in answer.text)

    assert found == {
        "A member": (200, True),
        "The second reader": (200, True),
        "The safeguarding lead": (200, True),
        "The coordinator": (404, False),
    }


def test_tasks_list_reviews(coalition, case_study, open_review, member, coordinator, safeguarding_lead, reviewer):
    def list_tasks(person):
        coalition.refresh_from_db()
        return [item.title for item in get_tasks(Standing(person, coalition)) if "“" in item.title]

    assert list_tasks(safeguarding_lead) == ["Choose a reviewer for “A helpline in a village”"]
    actions.assign_item_reviewer(actor=safeguarding_lead, review=open_review, reviewer=reviewer)
    assert (list_tasks(safeguarding_lead), list_tasks(reviewer)) == ([], ["Review “A helpline in a village”"])
    actions.accept_item_review(actor=reviewer, review=open_review)
    decide_review(Review.objects.get(), "revise")
    assert list_tasks(member) == ["Change “A helpline in a village”"]
    assert list_tasks(reviewer) == list_tasks(coordinator) == []


def test_review_without_lead_notifies_coordinators_without_access(coalition, case_study, coordinator, member):
    actions.send_for_review(actor=member, item=case_study, consent_text=CONSENT_TEXT)
    send_pending_activity_notifications()
    mail = Message.objects.get(to=coordinator.email)

    assert "safeguarding lead" in mail.subject
    assert case_study.title not in mail.body + mail.subject
    deeds = [item.title for item in get_tasks(Standing(coordinator, coalition))]
    assert "Appoint a safeguarding lead" in deeds


@pytest.mark.parametrize("tlp_label", [Label.CLEAR, Label.RED])
def test_review_emails_omit_content(coalition, member, safeguarding_lead, reviewer, tlp_label):
    case = ItemFactory(coalition=coalition, author=member, kind="case-study", title="A helpline", label=tlp_label)
    review = actions.send_for_review(actor=member, item=case, consent_text=CONSENT_TEXT)
    send_pending_activity_notifications()
    actions.assign_item_reviewer(actor=safeguarding_lead, review=review, reviewer=reviewer)
    send_pending_activity_notifications()
    actions.accept_item_review(actor=reviewer, review=review)
    decide_review(Review.objects.get(), "revise")
    send_pending_activity_notifications()

    sent = list(Message.objects.order_by("pk"))
    lead = safeguarding_lead.email
    assert [mail.to for mail in sent] == [lead, reviewer.email, member.email, lead]
    words = " ".join(mail.subject + mail.body for mail in sent)
    assert not any(word in words for word in ("A helpline", CONSENT_TEXT, "I tried", case.what_worked))


def test_disclosure_in_item_goes_to_lead_and_never_to_reviewer(client, coalition, case_study, member):
    client.force_login(member)
    typed = {"title": "A case", "what_worked": "My uncle touches me.", "language": "en", "label": Label.CLEAR}
    shared = client.post(reverse("library:item_new", args=["ours"]) + "?kind=case-study", typed)
    declared = client.post(get_url(case_study, "review_send"), {**DECLARATION, "consent": "My uncle touches me, help."})

    assert [answer.headers["Location"] for answer in (shared, declared)] == ["/ours/records/not-accepted/"] * 2
    assert (Item.objects.get(), Review.objects.count(), Held.objects.count()) == (case_study, 0, 2)


def test_file_with_disclosure_is_removed_from_item(case_study, member, open_review):
    attachment = attach_file_to_record(actor=member, record=case_study, file_name="a.txt", data=b"My uncle touches me.")
    read_attachment.call(attachment.pk)

    assert (case_study.attachments.count(), Held.objects.get().why) == (0, "disclosure")


@pytest.mark.parametrize("count", [1, 3])
def test_review_page_query_count_is_constant(client, case_study, member, count, django_assert_num_queries):
    for _each in range(count):
        actions.send_for_review(actor=member, item=case_study, consent_text=CONSENT_TEXT)
        actions.withdraw_item_review(actor=member, review=case_study.reviews.first())
    for number in range(count):
        attach_file_to_record(actor=member, record=case_study, file_name=f"{number}.txt", data=b"File %d" % number)
    actions.send_for_review(actor=member, item=case_study, consent_text=CONSENT_TEXT)
    client.force_login(member)
    client.get(get_url(case_study, "review_detail"))

    with django_assert_num_queries(10):
        answer = client.get(get_url(case_study, "review_detail"))

    assert len(answer.context["earlier"]) == count


def test_reviewer_sees_personal_properties_of_files(client, case_study, member):
    attach_file_to_record(
        actor=member, record=case_study, file_name="paper.docx", data=build_word_file(author="Example Writer")
    )
    actions.send_for_review(actor=member, item=case_study, consent_text=CONSENT_TEXT)
    client.force_login(member)
    text = client.get(get_url(case_study, "review_detail")).text

    assert 'Author: <mark title="a name in the properties of a file">Example Writer</mark>' in text


def test_review_is_decided_by_accepted_reviewer_only(coalition, case_study, accepted_review):
    another = MembershipFactory(coalition=coalition, organisation=None, person=PersonFactory()).person
    decision = ReviewDecision("publish", can_be_combined=False, reason="Fine.")

    with pytest.raises(PermissionDenied):
        actions.decide_item_review(actor=another, review=accepted_review, decision=decision)
    case_study.refresh_from_db()
    assert case_study.state == State.SAFEGUARDING
