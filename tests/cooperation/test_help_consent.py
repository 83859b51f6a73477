"""Both sides agree before anything is passed on; then what comes of it is said in the words of both."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity, Affiliation
from jukwaa.cooperation.actions import matches as actions
from jukwaa.cooperation.models import Consent, Match, MatchSide, Need, Offer, Step
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from tests.factories import AffiliationFactory, NeedFactory

pytestmark = pytest.mark.django_db


def get_match_url(help_match, route_name="match_detail", *more):
    return reverse(f"cooperation:{route_name}", args=[help_match.need.coalition.slug, help_match.pk, *more])


def propose_match_by_form(client, offer, need, message_text=""):
    url = reverse("cooperation:match_new", args=[need.coalition.slug, offer.pk, need.pk])
    return client.post(url, {"words": message_text})


def list_sent_emails():
    """To whom, and the subject without the name of the coalition."""
    send_pending_activity_notifications()
    return sorted((message.to, message.subject.partition("] ")[2]) for message in Message.objects.all())


def test_need_side_is_introduced_once_offer_side_agrees(
    client, offer, need, person_who_needs, person_who_gives, mailing_coalition
):
    client.force_login(person_who_needs)
    propose_match_by_form(client, offer, need, "Could you come in May?")
    match = Match.objects.get()
    asked = client.get(get_match_url(match))

    assert (match.state, [consent.side for consent in match.consents.all()]) == ("suggested", ["need"])
    assert person_who_gives.email not in asked.text
    assert list_sent_emails() == [(person_who_gives.email, "Do you agree to be introduced? We train teachers")]
    body = Message.objects.get(subject__contains="Do you agree").body
    assert "A ministry on an island needs “Teachers need training”.\n\nCould you come in May?" in body
    client.force_login(person_who_gives)
    client.post(get_match_url(match, "match_consent", "offer"))
    shown = client.get(get_match_url(match))
    match.refresh_from_db()
    assert match.state == "introduced"
    assert [contact.email for contact in shown.context["shown"].contacts] == [person_who_needs.email]
    assert "Could you come in May?" in shown.text
    assert list_sent_emails()[1:] == [
        (person_who_gives.email, "Introduction made: Teachers need training"),
        (person_who_needs.email, "Introduction made: We train teachers"),
    ]
    told = {message.to: message.body for message in Message.objects.filter(subject__contains="Introduction made:")}
    assert person_who_needs.email in told[person_who_gives.email]
    assert person_who_gives.email in told[person_who_needs.email]


def test_request_explains_how_to_decline(client, match, person_who_gives):
    client.force_login(person_who_gives)
    page = client.get(get_match_url(match))

    assert ('href="#say"' in page.text, 'id="say"' in page.text) == (True, True)
    labels = [str(label) for _value, label in page.context["form"].fields["state"].choices]
    assert labels == ["Add a comment without answering", "Decline the introduction"]


def test_coordinator_suggests_match_without_consent(
    client, offer, need, coordinator, mailing_coalition, person_who_gives, person_who_needs
):
    client.force_login(coordinator)
    propose_match_by_form(client, offer, need)
    match = Match.objects.get()

    assert list(match.consents.all()) == []
    assert list_sent_emails() == [
        (person_who_gives.email, "Do you agree to be introduced? We train teachers"),
        (person_who_needs.email, "Do you agree to be introduced? Teachers need training"),
    ]
    for side in MatchSide:
        assert client.post(get_match_url(match, "match_consent", side)).status_code == 403
    assert not Consent.objects.exists()


def test_only_representatives_can_propose_match(client, offer, need, member, rapporteur, outsider):
    for person, status in ((member, 403), (rapporteur, 403), (outsider, 403)):
        client.force_login(person)
        assert propose_match_by_form(client, offer, need).status_code == status

    assert not Match.objects.exists()


def test_unreadable_record_cannot_be_matched(offer, need, person_who_needs, person_who_gives):
    Offer.objects.filter(pk=offer.pk).update(label="TLP:AMBER")
    offer.audience.create(organisation=offer.organisation)
    with pytest.raises(PermissionDenied, match="Only a coordinator or people who represent one of the two"):
        actions.propose_match(actor=person_who_needs, offer=offer, need=need)

    assert actions.propose_match(actor=person_who_gives, offer=offer, need=need).state == "suggested"


def test_declined_match_cannot_be_agreed(client, match, person_who_gives, person_who_needs):
    client.force_login(person_who_needs)
    post_match_state(client, match, "fell-through", "We found somebody.")

    with pytest.raises(ActionRefused, match="The status has changed to: did not go ahead"):
        actions.give_match_consent(actor=person_who_gives, match=match, match_side=MatchSide.OFFER)


def test_match_requested_twice_is_created_once(client, offer, need, person_who_needs):
    client.force_login(person_who_needs)
    propose_match_by_form(client, offer, need)
    propose_match_by_form(client, offer, need)

    assert (Match.objects.count(), Consent.objects.count(), Step.objects.count()) == (1, 1, 1)
    assert list(Activity.objects.values_list("verb", flat=True)) == ["asked"]


@pytest.mark.parametrize("closed_side", ["offer", "need"])
def test_closed_offer_gets_no_introduction(client, offer, need, person_who_needs, closed_side):
    model = {"offer": Offer, "need": Need}[closed_side]
    model.objects.update(closed_at=timezone.now(), closed_because="So")
    client.force_login(person_who_needs)
    refused = propose_match_by_form(client, offer, need)

    assert (refused.status_code, Match.objects.count()) == (422, 0)
    assert "is closed, so no introduction is possible." in refused.text


def test_former_member_gets_no_introduction(client, offer, need, person_who_needs, giving_organisation):
    giving_organisation.memberships.update(standing="left", ends_on=timezone.localdate() - timedelta(days=1))
    client.force_login(person_who_needs)

    assert "A university has left the coalition." in propose_match_by_form(client, offer, need).text


def test_offer_without_owner_gets_no_introduction(client, offer, need, person_who_needs):
    Offer.objects.update(organisation=None, whose="Brazilian members")
    client.force_login(person_who_needs)

    assert "is not linked to an organisation in the directory yet" in propose_match_by_form(client, offer, need).text


def test_organisation_is_not_matched_with_itself(client, coalition, offer, giving_organisation, person_who_gives):
    own = NeedFactory(coalition=coalition, organisation=giving_organisation, published=True)
    client.force_login(person_who_gives)

    assert "are from the same organisation" in propose_match_by_form(client, offer, own).text


def test_ended_affiliation_cannot_agree(client, match, person_who_gives):
    Affiliation.objects.filter(person=person_who_gives).update(ends_on=timezone.localdate() - timedelta(days=1))

    with pytest.raises(PermissionDenied, match="Only people who represent the organisation"):
        actions.give_match_consent(actor=person_who_gives, match=match, match_side=MatchSide.OFFER)
    client.force_login(person_who_gives)
    assert client.post(get_match_url(match, "match_consent", "offer")).status_code == 404


def test_consent_for_other_side_is_refused(client, match, person_who_needs):
    client.force_login(person_who_needs)

    assert client.post(get_match_url(match, "match_consent", "offer")).status_code == 403
    assert client.post(get_match_url(match, "match_consent", "both")).status_code == 404
    match.refresh_from_db()
    assert match.state == "suggested"


def test_agreeing_twice_introduces_once(introduced_match, person_who_gives):
    actions.give_match_consent(actor=person_who_gives, match=introduced_match, match_side=MatchSide.OFFER)

    assert list(Step.objects.values_list("state", "side")) == [("suggested", "need"), ("introduced", "offer")]
    assert list(Activity.objects.values_list("verb", flat=True)) == ["asked", "introduced"]


def test_withdrawn_consent_hides_contacts(
    client, introduced_match, person_who_gives, person_who_needs, mailing_coalition
):
    client.force_login(person_who_gives)
    client.post(get_match_url(introduced_match, "match_take_back", "offer"))
    client.force_login(person_who_needs)

    assert client.get(get_match_url(introduced_match)).context["shown"].contacts == []
    assert list_sent_emails() == []  # what is told late is told only while it holds
    assert Consent.objects.exclude(withdrawn_at=None).count() == 1
    client.force_login(person_who_gives)
    client.post(get_match_url(introduced_match, "match_consent", "offer"))
    introduced_match.refresh_from_db()
    assert (introduced_match.state, len(client.get(get_match_url(introduced_match)).context["shown"].contacts)) == (
        "introduced",
        1,
    )


def test_agreed_match_can_start_joint_work(client, introduced_match, person_who_gives, member):
    begin = (
        reverse("cooperation:work_new", args=[introduced_match.need.coalition.slug])
        + f"?from={introduced_match.need.pk}"
    )
    client.force_login(person_who_gives)
    assert begin not in client.get(get_match_url(introduced_match)).text
    Match.objects.update(state="agreed")
    assert begin in client.get(get_match_url(introduced_match)).text
    assert client.get(begin).context["began"].pk == introduced_match.need.pk
    client.force_login(member)
    assert begin not in client.get(get_match_url(introduced_match)).text


def test_open_match_is_visible_to_sides_and_coordinator(
    client, introduced_match, person_who_gives, person_who_needs, coordinator, member, rapporteur
):
    for person, status in (
        (person_who_gives, 200),
        (person_who_needs, 200),
        (coordinator, 200),
        (member, 404),
        (rapporteur, 404),
    ):
        client.force_login(person)
        assert client.get(get_match_url(introduced_match)).status_code == status
    client.logout()
    assert client.get(get_match_url(introduced_match)).status_code == 404
    Match.objects.update(state="agreed")
    assert client.get(get_match_url(introduced_match)).status_code == 200
    assert "Introductions" in client.get(introduced_match.need.get_absolute_url()).text


def post_match_state(client, help_match, match_state, message_text="", from_state=None):
    help_match.refresh_from_db()
    data = {"state": match_state, "words": message_text, "from_state": from_state or help_match.state}
    return client.post(get_match_url(help_match, "match_move"), data)


def test_outcome_is_shown_with_comments_of_both_sides(
    client, introduced_match, person_who_gives, person_who_needs, mailing_coalition
):
    client.force_login(person_who_gives)
    post_match_state(client, introduced_match, "agreed", "Three days in May.")
    post_match_state(client, introduced_match, "under-way")
    silent = post_match_state(client, introduced_match, "done")
    post_match_state(client, introduced_match, "done", "Forty teachers came.")
    client.force_login(person_who_needs)
    post_match_state(client, introduced_match, "done", "Two schools have changed their rules.")
    page = client.get(get_match_url(introduced_match))

    assert "Describe what the result was, or why there was none." in silent.text
    assert list(Step.objects.values_list("state", "side", "words"))[2:] == [
        ("agreed", "offer", "Three days in May."),
        ("under-way", "offer", ""),
        ("done", "offer", "Forty teachers came."),
        ("done", "need", "Two schools have changed their rules."),
    ]
    assert "Forty teachers came." in page.text
    assert (person_who_needs.email, "Teachers need training: done") in list_sent_emails()


def test_words_before_agreement_are_private(client, offer, need, person_who_gives, person_who_needs, coordinator):
    match = actions.propose_match(actor=person_who_needs, offer=offer, need=need, words="Our last trainer let us down.")
    actions.give_match_consent(actor=person_who_gives, match=match, match_side=MatchSide.OFFER)
    client.force_login(person_who_gives)
    post_match_state(client, match, "agreed", "Three days in May.")

    assert "Our last trainer let us down." in client.get(get_match_url(match)).text
    client.force_login(coordinator)
    assert "Our last trainer let us down." in client.get(get_match_url(match)).text
    client.logout()
    page = client.get(get_match_url(match))
    assert "Three days in May." in page.text
    assert "Our last trainer let us down." not in page.text


def test_one_side_cannot_agree_after_withdrawn_consent(client, introduced_match, person_who_gives, person_who_needs):
    actions.withdraw_match_consent(actor=person_who_gives, match=introduced_match, match_side=MatchSide.OFFER)
    client.force_login(person_who_needs)

    assert post_match_state(client, introduced_match, "agreed", "We agreed.").status_code == 422
    introduced_match.refresh_from_db()
    assert introduced_match.state == "introduced"


def test_coordinator_cannot_add_words_to_match(introduced_match, coordinator):
    with pytest.raises(ActionRefused, match="Choose a status from the list"):
        actions.update_match_state(
            actor=coordinator, match=introduced_match, state="introduced", words="I say so.", from_state="introduced"
        )


def test_concurrent_step_is_shown_and_input_kept(client, introduced_match, person_who_gives, person_who_needs):
    client.force_login(person_who_gives)
    post_match_state(client, introduced_match, "agreed", "Three days in May.")
    client.force_login(person_who_needs)
    late = post_match_state(client, introduced_match, "fell-through", "We never heard of you.", from_state="introduced")

    assert late.status_code == 422
    assert "The status has changed to: agreed." in late.text
    assert "We never heard of you." in late.text
    assert "Three days in May." in late.text
    introduced_match.refresh_from_db()
    assert introduced_match.state == "agreed"


def test_invalid_match_transition_is_refused(client, match, person_who_gives):
    client.force_login(person_who_gives)

    assert post_match_state(client, match, "done", "All done.").status_code == 422
    match.refresh_from_db()
    assert match.state == "suggested"


def test_declined_match_restarts_with_new_consent(
    client, introduced_match, offer, need, person_who_gives, person_who_needs
):
    client.force_login(person_who_gives)
    post_match_state(client, introduced_match, "fell-through", "No time this year.")
    propose_match_by_form(client, offer, need)
    introduced_match.refresh_from_db()

    assert introduced_match.state == "suggested"
    assert [c.side for c in introduced_match.consents.filter(withdrawn_at=None)] == ["offer"]
    assert Step.objects.count() == 4


def test_coordinator_can_only_decline_match(client, match, coordinator, member):
    client.force_login(coordinator)
    post_match_state(client, match, "fell-through", "Both have written that they are busy.")
    match.refresh_from_db()
    assert match.state == "fell-through"
    client.force_login(member)
    assert post_match_state(client, match, "done", "x").status_code == 404


def test_speaker_of_both_sides_agrees_for_each(client, match, person_who_needs, giving_organisation):
    AffiliationFactory(organisation=giving_organisation, person=person_who_needs, may_speak=True)
    client.force_login(person_who_needs)
    client.post(get_match_url(match, "match_consent", "offer"))
    page = client.get(get_match_url(match))

    assert len(page.context["shown"].contacts) == 2


def test_email_omits_content_above_green(
    client, offer, need, person_who_needs, person_who_gives, mailing_coalition, coalition
):
    Need.objects.filter(pk=need.pk).update(label="TLP:AMBER", title="A secret need")
    need.refresh_from_db()
    for organisation in (offer.organisation, need.organisation):
        need.audience.create(organisation=organisation)
    match = actions.propose_match(actor=person_who_needs, offer=offer, need=need)
    actions.give_match_consent(actor=person_who_gives, match=match, match_side=MatchSide.OFFER)

    assert {subject for _to, subject in list_sent_emails()} == {"New content has been shared with you"}
    text = json.dumps([message.body for message in Message.objects.all()])
    assert "secret" not in text
    assert person_who_needs.email not in text


@pytest.mark.parametrize("count", [1, 3])
def test_match_page_query_count_is_constant(
    client, introduced_match, person_who_needs, django_assert_num_queries, count
):
    for number in range(count):
        step = Step.objects.first()
        step.pk, step.words = None, f"Words {number}"
        step.save()
    client.force_login(person_who_needs)
    client.get(get_match_url(introduced_match))
    with django_assert_num_queries(11):
        client.get(get_match_url(introduced_match))


def test_suggested_match_needs_consent_of_both_sides(
    client, offer, need, coordinator, mailing_coalition, person_who_gives, person_who_needs
):
    client.force_login(coordinator)
    propose_match_by_form(client, offer, need)
    match = Match.objects.get()
    actions.give_match_consent(actor=person_who_gives, match=match, match_side=MatchSide.OFFER)
    match.refresh_from_db()
    send_pending_activity_notifications()

    assert match.state == "suggested"
    sent = "".join(f"{message.subject} {message.body}" for message in Message.objects.all())
    assert ("Introduction made" in sent, person_who_gives.email in sent, person_who_needs.email in sent) == (
        False,
        False,
        False,
    )
