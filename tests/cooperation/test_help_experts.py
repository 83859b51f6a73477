"""A need for an expert: who is known for it, the question, the answer, and what becomes of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Activity, Affiliation
from jukwaa.cooperation.actions import enquiries as actions
from jukwaa.cooperation.actions.enquiries import EnquiryAnswer
from jukwaa.cooperation.models import Enquiry, Need
from jukwaa.core.refusals import ActionRefused
from jukwaa.library.models import Item
from jukwaa.mail.models import Message
from jukwaa.records import index
from jukwaa.records.actions import withdraw_record
from jukwaa.records.models import Audience, Authorship, Held, Link
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from tests.cooperation.conftest import create_member_organisation
from tests.factories import EnquiryFactory, ItemFactory, NeedFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def need(coalition, needing_organisation, person_who_needs):
    area = coalition.areas.create(name="National plans")
    need = NeedFactory(
        coalition=coalition,
        organisation=needing_organisation,
        sort="expertise",
        title="Somebody who reads our national plan on grooming",
        published=True,
        author=person_who_needs,
    )
    need.areas.add(area)
    return need


def list_known_experts(client, need):
    return [(e.organisation.name, e.reasons) for e in client.get(need.get_absolute_url()).context["shown"].experts]


def test_experts_are_found_in_directory_library_and_answers(
    client, coalition, need, giving_organisation, person_who_needs
):
    helpline = create_member_organisation(coalition, "A helpline")
    helpline.areas.add(coalition.areas.get())
    item = ItemFactory(coalition=coalition, title="What a plan says of grooming", published=True)
    Authorship.objects.create(
        record=item,
        person=person_who_needs,
        capacity=create_capacity(coalition=coalition, person=person_who_needs, organisation=giving_organisation),
    )
    index.reindex_record(item)
    earlier = NeedFactory(coalition=coalition, sort="expertise", published=True)
    EnquiryFactory(
        need=earlier, organisation=giving_organisation, answer="So.", answered_at=timezone.now(), may_be_shared=True
    )
    client.force_login(person_who_needs)

    assert list_known_experts(client, need) == [
        ("A university", ["1 library item on this topic", "1 question answered on this site"]),
        ("A helpline", ["Works on: National plans"]),
    ]


def test_former_members_and_visitors_see_no_experts(
    client, coalition, need, giving_organisation, person_who_needs, member
):
    giving_organisation.areas.add(coalition.areas.get())
    for person in (None, member):
        if person:
            client.force_login(person)
        assert list_known_experts(client, need) == []
    giving_organisation.memberships.update(standing="left", ends_on=timezone.localdate() - timedelta(days=1))
    client.force_login(person_who_needs)
    assert list_known_experts(client, need) == []


def post_expert_question(
    client, need, organisation, question_text="Which articles does a first plan need?", form_token=""
):
    url = reverse("cooperation:enquiry_new", args=[need.coalition.slug, need.pk, organisation.pk])
    return client.post(url, {"question": question_text, "token": form_token})


def get_enquiry_url(enquiry, route_name="enquiry_detail"):
    return reverse(f"cooperation:{route_name}", args=[enquiry.need.coalition.slug, enquiry.pk])


def list_sent_emails():
    send_pending_activity_notifications()
    return sorted((message.to, message.subject.partition("] ")[2]) for message in Message.objects.all())


def test_answered_question_becomes_library_item(
    client, coalition, need, giving_organisation, person_who_gives, person_who_needs, member
):
    coalition.mail_released_at = timezone.now()
    coalition.save()
    client.force_login(person_who_needs)
    post_expert_question(client, need, giving_organisation)
    enquiry = Enquiry.objects.get()

    assert list_sent_emails() == [
        (person_who_gives.email, "A question for your organisation: Somebody who reads our national plan on grooming")
    ]
    client.force_login(member)
    assert client.get(get_enquiry_url(enquiry)).status_code == 404
    client.force_login(person_who_gives)
    client.post(
        get_enquiry_url(enquiry, "enquiry_answer"), {"answer": "Begin with who is responsible.", "may_be_shared": "on"}
    )
    enquiry.refresh_from_db()
    assert (enquiry.answer, enquiry.may_be_shared, enquiry.answered_as.organisation) == (
        "Begin with who is responsible.",
        True,
        giving_organisation,
    )
    assert [mail for mail in list_sent_emails() if mail[0] == person_who_needs.email] == [
        (person_who_needs.email, "A university has answered: Somebody who reads our national plan on grooming")
    ]
    client.force_login(person_who_needs)
    for _ in range(2):
        client.post(get_enquiry_url(enquiry, "enquiry_shelve"))
    item = Item.objects.get()
    assert (item.state, item.title, item.what_worked) == ("draft", enquiry.question, enquiry.answer)
    assert list(Link.objects.values_list("from_record", "to_record", "relation")) == [(item.pk, need.pk, "answers")]
    client.logout()
    assert "Begin with who is responsible." in client.get(get_enquiry_url(enquiry)).text
    verbs = Activity.objects.filter(kind="enquiry").values_list("verb", flat=True)
    assert list(verbs) == ["asked", "answered"]


def test_unshared_answer_is_visible_to_both_sides_only(
    client, need, giving_organisation, person_who_gives, person_who_needs, coordinator
):
    client.force_login(person_who_needs)
    post_expert_question(client, need, giving_organisation)
    enquiry = Enquiry.objects.get()
    client.force_login(person_who_gives)
    client.post(get_enquiry_url(enquiry, "enquiry_answer"), {"answer": "Between us: wait."})

    assert "Between us: wait." in client.get(get_enquiry_url(enquiry)).text
    client.post(get_enquiry_url(enquiry, "enquiry_shelve"))
    assert not Item.objects.exists()
    client.force_login(person_who_needs)
    assert "Between us: wait." in client.get(get_enquiry_url(enquiry)).text
    for person in (coordinator, None):
        client.logout()
        if person:
            client.force_login(person)
        assert client.get(get_enquiry_url(enquiry)).status_code == 404
        assert "Which articles" not in client.get(need.get_absolute_url()).text


def test_answer_is_hidden_from_former_representatives(
    client, coalition, need, giving_organisation, person_who_gives, person_who_needs
):
    coalition.mail_released_at = timezone.now()
    coalition.save()
    client.force_login(person_who_needs)
    post_expert_question(client, need, giving_organisation)
    enquiry = Enquiry.objects.get()
    Affiliation.objects.filter(person=person_who_needs).update(ends_on=timezone.localdate() - timedelta(days=1))
    client.force_login(person_who_gives)
    client.post(get_enquiry_url(enquiry, "enquiry_answer"), {"answer": "Between us: wait."})

    assert [mail for mail in list_sent_emails() if mail[0] == person_who_needs.email] == []
    client.force_login(person_who_needs)
    assert client.get(get_enquiry_url(enquiry)).status_code == 404


def test_withdrawn_need_sends_no_email_and_adds_no_item(
    client, coalition, need, giving_organisation, person_who_needs, person_who_gives
):
    coalition.mail_released_at = timezone.now()
    coalition.save()
    client.force_login(person_who_needs)
    post_expert_question(client, need, giving_organisation)
    enquiry = Enquiry.objects.get()
    answered = EnquiryAnswer(text="So.", may_be_shared=True)
    actions.answer_enquiry(actor=person_who_gives, enquiry=enquiry, enquiry_answer=answered)
    withdraw_record(actor=person_who_needs, record=need, reason="By mistake.")

    assert list_sent_emails() == []
    refused = client.post(get_enquiry_url(enquiry, "enquiry_shelve"), follow=True)
    assert "This record has been withdrawn" in refused.text
    assert not Item.objects.exists()
    Enquiry.objects.update(answered_at=None, answer="")
    with pytest.raises(ActionRefused, match="has been withdrawn"):
        actions.answer_enquiry(actor=person_who_gives, enquiry=enquiry, enquiry_answer=answered)


def test_repeated_question_and_answer_count_once(client, need, giving_organisation, person_who_gives, person_who_needs):
    client.force_login(person_who_needs)
    for _ in range(2):
        post_expert_question(client, need, giving_organisation, form_token="6a1d4b1c-2f0e-4f83-9f5e-0b8b7a9b4f12")
    enquiry = Enquiry.objects.get()
    client.force_login(person_who_gives)
    client.post(get_enquiry_url(enquiry, "enquiry_answer"), {"answer": "First."})
    second = client.post(get_enquiry_url(enquiry, "enquiry_answer"), {"answer": "Second."})

    assert second.status_code == 422
    assert "A colleague has already answered." in second.text
    assert "First." in second.text
    assert "Second." in second.text


def test_only_permitted_people_ask_and_answer_questions(
    client, need, giving_organisation, needing_organisation, person_who_gives, person_who_needs, member, coordinator
):
    for person in (member, coordinator, person_who_gives):
        client.force_login(person)
        assert post_expert_question(client, need, giving_organisation).status_code == 403
    client.force_login(person_who_needs)
    assert (
        "This is your own organisation. Choose another organisation."
        in post_expert_question(client, need, needing_organisation).text
    )
    assert "Enter your question." in post_expert_question(client, need, giving_organisation, question_text="").text
    post_expert_question(client, need, giving_organisation)
    assert (
        client.post(get_enquiry_url(Enquiry.objects.get(), "enquiry_answer"), {"answer": "Myself."}).status_code == 403
    )
    assert Enquiry.objects.get().answer == ""


def test_former_member_is_not_asked(client, need, giving_organisation, person_who_needs):
    giving_organisation.memberships.update(standing="left", ends_on=timezone.localdate() - timedelta(days=1))
    client.force_login(person_who_needs)

    assert "A university has left the coalition." in post_expert_question(client, need, giving_organisation).text
    assert not Enquiry.objects.exists()


def test_organisation_is_not_asked_about_unreadable_need(
    client, need, giving_organisation, person_who_gives, person_who_needs
):
    Need.objects.filter(pk=need.pk).update(label="TLP:AMBER")
    Audience.objects.create(record=need, organisation=need.organisation)
    need.refresh_from_db()
    with pytest.raises(ActionRefused, match="your question would not reach them"):
        actions.ask_expert(actor=person_who_needs, need=need, organisation=giving_organisation, question="How?")

    Audience.objects.create(record=need, organisation=giving_organisation)
    assert actions.ask_expert(actor=person_who_needs, need=need, organisation=giving_organisation, question="How?").pk


def test_only_asker_or_answerer_adds_answer_to_library(client, need, giving_organisation, member, coordinator):
    shared = {"answer": "So.", "answered_at": timezone.now(), "may_be_shared": True}
    enquiry = EnquiryFactory(need=need, organisation=giving_organisation, **shared)
    for person in (member, coordinator):
        client.force_login(person)
        assert client.post(get_enquiry_url(enquiry, "enquiry_shelve")).status_code == 403

    assert not Item.objects.exists()


def test_closed_need_asks_no_expert(client, need, giving_organisation, person_who_needs):
    Need.objects.update(closed_at=timezone.now(), closed_because="So")
    client.force_login(person_who_needs)

    assert (
        "This need is closed. Reopen it to ask questions."
        in post_expert_question(client, need, giving_organisation).text
    )


def test_disclosure_in_question_is_quarantined(client, need, giving_organisation, person_who_needs):
    client.force_login(person_who_needs)
    post_expert_question(
        client, need, giving_organisation, question_text="My uncle touches me at night and I am 12 years old. Help me."
    )

    assert (Enquiry.objects.count(), Held.objects.count()) == (0, 1)


def test_answer_to_restricted_need_is_not_added_to_library(
    client, need, giving_organisation, person_who_gives, person_who_needs
):
    Need.objects.filter(pk=need.pk).update(label="TLP:AMBER")
    for organisation in (giving_organisation, need.organisation):
        need.audience.create(organisation=organisation)
    enquiry = EnquiryFactory(
        need=need, organisation=giving_organisation, answer="So.", answered_at=timezone.now(), may_be_shared=True
    )
    client.force_login(person_who_gives)
    refused = client.post(get_enquiry_url(enquiry, "enquiry_shelve"), follow=True)

    assert "Only a few people can read this need." in refused.text
    assert not Item.objects.exists()


def test_purged_need_leaves_no_enquiry(need, giving_organisation):
    enquiry = EnquiryFactory(need=need, organisation=giving_organisation, answer="So.", answered_at=timezone.now())
    need.erase_texts()
    enquiry.refresh_from_db()

    assert (enquiry.question, enquiry.answer) == ("deleted permanently", "deleted permanently")
