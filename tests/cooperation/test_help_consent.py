"""Both sides agree before anything is passed on; then what comes of it is said in the words of both."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity, Affiliation
from jukwaa.cooperation.actions import matches as actions
from jukwaa.cooperation.models import Consent, Match, Need, Offer, Side, Step
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.models import Message
from jukwaa.updates.activity_notifications import notify_untold_activities
from tests.factories import AffiliationFactory, NeedFactory

pytestmark = pytest.mark.django_db


def at(match, name="match_detail", *more):
    return reverse(f"cooperation:{name}", args=[match.need.coalition.slug, match.pk, *more])


def bring(client, offer, need, words=""):
    url = reverse("cooperation:match_new", args=[need.coalition.slug, offer.pk, need.pk])
    return client.post(url, {"words": words})


def mails():
    """To whom, and the subject without the name of the coalition."""
    notify_untold_activities()
    return sorted((message.to, message.subject.partition("] ")[2]) for message in Message.objects.all())


def test_whoever_needs_it_asks_and_is_introduced_once_the_other_side_agrees(
    client, offer, need, who_needs, who_gives, released
):
    client.force_login(who_needs)
    bring(client, offer, need, "Could you come in May?")
    match = Match.objects.get()
    asked = client.get(at(match))

    assert (match.state, [consent.side for consent in match.consents.all()]) == ("suggested", ["need"])
    assert who_gives.email not in asked.text
    assert mails() == [(who_gives.email, "Do you agree to be introduced? We train teachers")]
    body = Message.objects.get(subject__contains="Do you agree").body
    assert "A ministry on an island needs “Teachers need training”.\n\nCould you come in May?" in body
    client.force_login(who_gives)
    client.post(at(match, "match_consent", "offer"))
    shown = client.get(at(match))
    match.refresh_from_db()
    assert match.state == "introduced"
    assert [contact.email for contact in shown.context["shown"].contacts] == [who_needs.email]
    assert "Could you come in May?" in shown.text
    assert mails()[1:] == [
        (who_gives.email, "Introduction made: Teachers need training"),
        (who_needs.email, "Introduction made: We train teachers"),
    ]
    told = {message.to: message.body for message in Message.objects.filter(subject__contains="Introduction made:")}
    assert who_needs.email in told[who_gives.email]
    assert who_gives.email in told[who_needs.email]


def test_whoever_is_asked_reads_how_to_say_no(client, match, who_gives):
    client.force_login(who_gives)
    page = client.get(at(match))

    assert ('href="#say"' in page.text, 'id="say"' in page.text) == (True, True)
    labels = [str(label) for _value, label in page.context["form"].fields["state"].choices]
    assert labels == ["Only add a comment, no answer yet", "Decline the introduction"]


def test_a_coordinator_suggests_and_consents_for_nobody(
    client, offer, need, coordinator, released, who_gives, who_needs
):
    client.force_login(coordinator)
    bring(client, offer, need)
    match = Match.objects.get()

    assert list(match.consents.all()) == []
    assert mails() == [
        (who_gives.email, "Do you agree to be introduced? We train teachers"),
        (who_needs.email, "Do you agree to be introduced? Teachers need training"),
    ]
    for side in Side:
        assert client.post(at(match, "match_consent", side)).status_code == 403
    assert not Consent.objects.exists()


def test_who_may_bring_together(client, offer, need, member, rapporteur, outsider):
    for person, status in ((member, 403), (rapporteur, 403), (outsider, 403)):
        client.force_login(person)
        assert bring(client, offer, need).status_code == status

    assert not Match.objects.exists()


def test_what_one_may_not_read_one_brings_together_with_nothing(offer, need, who_needs, who_gives):
    Offer.objects.filter(pk=offer.pk).update(label="TLP:AMBER")
    offer.audience.create(organisation=offer.organisation)
    with pytest.raises(PermissionDenied, match="Only a coordinator or people who represent one of the two"):
        actions.propose_match(actor=who_needs, offer=offer, need=need)

    assert actions.propose_match(actor=who_gives, offer=offer, need=need).state == "suggested"


def test_to_what_fell_through_nobody_agrees(client, match, who_gives, who_needs):
    client.force_login(who_needs)
    say(client, match, "fell-through", "We found somebody.")

    with pytest.raises(ActionRefused, match="The status has changed to: did not go ahead"):
        actions.give_consent(actor=who_gives, match=match, side=Side.OFFER)


def test_asked_twice_it_is_brought_together_once(client, offer, need, who_needs):
    client.force_login(who_needs)
    bring(client, offer, need)
    bring(client, offer, need)

    assert (Match.objects.count(), Consent.objects.count(), Step.objects.count()) == (1, 1, 1)
    assert list(Activity.objects.values_list("verb", flat=True)) == ["asked"]


@pytest.mark.parametrize("given", ["offer", "need"])
def test_for_what_is_closed_nobody_is_introduced(client, offer, need, who_needs, given):
    model = {"offer": Offer, "need": Need}[given]
    model.objects.update(closed_at=timezone.now(), closed_because="So")
    client.force_login(who_needs)
    refused = bring(client, offer, need)

    assert (refused.status_code, Match.objects.count()) == (422, 0)
    assert "is closed, so no introduction is possible." in refused.text


def test_for_an_organisation_that_left_nobody_is_introduced(client, offer, need, who_needs, giver):
    giver.memberships.update(standing="left", ends_on=timezone.localdate() - timedelta(days=1))
    client.force_login(who_needs)

    assert "A university has left the coalition." in bring(client, offer, need).text


def test_for_what_nobody_answers_for_nobody_is_introduced(client, offer, need, who_needs):
    Offer.objects.update(organisation=None, whose="Brazilian members")
    client.force_login(who_needs)

    assert "is not linked to an organisation in the directory yet" in bring(client, offer, need).text


def test_an_organisation_is_not_introduced_to_itself(client, coalition, offer, giver, who_gives):
    own = NeedFactory(coalition=coalition, organisation=giver, published=True)
    client.force_login(who_gives)

    assert "Both belong to the same organisation" in bring(client, offer, own).text


def test_whose_role_has_ended_can_not_agree(client, match, who_gives):
    Affiliation.objects.filter(person=who_gives).update(ends_on=timezone.localdate() - timedelta(days=1))

    with pytest.raises(PermissionDenied, match="Only people who currently represent this side"):
        actions.give_consent(actor=who_gives, match=match, side=Side.OFFER)
    client.force_login(who_gives)
    assert client.post(at(match, "match_consent", "offer")).status_code == 404


def test_nobody_agrees_for_the_other_side(client, match, who_needs):
    client.force_login(who_needs)

    assert client.post(at(match, "match_consent", "offer")).status_code == 403
    assert client.post(at(match, "match_consent", "both")).status_code == 404
    match.refresh_from_db()
    assert match.state == "suggested"


def test_agreed_twice_it_is_introduced_once(introduced, who_gives):
    actions.give_consent(actor=who_gives, match=introduced, side=Side.OFFER)

    assert list(Step.objects.values_list("state", "side")) == [("suggested", "need"), ("introduced", "offer")]
    assert list(Activity.objects.values_list("verb", flat=True)) == ["asked", "introduced"]


def test_consent_that_is_taken_back_shows_the_contact_to_nobody(client, introduced, who_gives, who_needs, released):
    client.force_login(who_gives)
    client.post(at(introduced, "match_take_back", "offer"))
    client.force_login(who_needs)

    assert client.get(at(introduced)).context["shown"].contacts == []
    assert mails() == []  # what is told late is told only while it holds
    assert Consent.objects.exclude(withdrawn_at=None).count() == 1
    client.force_login(who_gives)
    client.post(at(introduced, "match_consent", "offer"))
    introduced.refresh_from_db()
    assert (introduced.state, len(client.get(at(introduced)).context["shown"].contacts)) == ("introduced", 1)


def test_once_both_agreed_either_side_begins_joint_work_with_it(client, introduced, who_gives, member):
    begin = reverse("cooperation:work_new", args=[introduced.need.coalition.slug]) + f"?from={introduced.need.pk}"
    client.force_login(who_gives)
    assert begin not in client.get(at(introduced)).text
    Match.objects.update(state="agreed")
    assert begin in client.get(at(introduced)).text
    assert client.get(begin).context["began"].pk == introduced.need.pk
    client.force_login(member)
    assert begin not in client.get(at(introduced)).text


def test_before_they_agree_a_match_is_there_for_both_sides_and_the_coordinator(
    client, introduced, who_gives, who_needs, coordinator, member, rapporteur
):
    for person, status in ((who_gives, 200), (who_needs, 200), (coordinator, 200), (member, 404), (rapporteur, 404)):
        client.force_login(person)
        assert client.get(at(introduced)).status_code == status
    client.logout()
    assert client.get(at(introduced)).status_code == 404
    Match.objects.update(state="agreed")
    assert client.get(at(introduced)).status_code == 200
    assert "Introductions" in client.get(introduced.need.get_absolute_url()).text


def say(client, match, state, words="", from_state=None):
    match.refresh_from_db()
    data = {"state": state, "words": words, "from_state": from_state or match.state}
    return client.post(at(match, "match_move"), data)


def test_what_came_of_it_is_said_in_the_words_of_both(client, introduced, who_gives, who_needs, released):
    client.force_login(who_gives)
    say(client, introduced, "agreed", "Three days in May.")
    say(client, introduced, "under-way")
    silent = say(client, introduced, "done")
    say(client, introduced, "done", "Forty teachers came.")
    client.force_login(who_needs)
    say(client, introduced, "done", "Two schools have changed their rules.")
    page = client.get(at(introduced))

    assert "Describe what the result was, or why there was none." in silent.text
    assert list(Step.objects.values_list("state", "side", "words"))[2:] == [
        ("agreed", "offer", "Three days in May."),
        ("under-way", "offer", ""),
        ("done", "offer", "Forty teachers came."),
        ("done", "need", "Two schools have changed their rules."),
    ]
    assert "Forty teachers came." in page.text
    assert (who_needs.email, "Teachers need training: done") in mails()


def test_what_was_said_before_they_agreed_stays_between_them(client, offer, need, who_gives, who_needs, coordinator):
    match = actions.propose_match(actor=who_needs, offer=offer, need=need, words="Our last trainer let us down.")
    actions.give_consent(actor=who_gives, match=match, side=Side.OFFER)
    client.force_login(who_gives)
    say(client, match, "agreed", "Three days in May.")

    assert "Our last trainer let us down." in client.get(at(match)).text
    client.force_login(coordinator)
    assert "Our last trainer let us down." in client.get(at(match)).text
    client.logout()
    page = client.get(at(match))
    assert "Three days in May." in page.text
    assert "Our last trainer let us down." not in page.text


def test_nobody_agrees_alone_after_the_other_side_took_back_its_consent(client, introduced, who_gives, who_needs):
    actions.withdraw_consent(actor=who_gives, match=introduced, side=Side.OFFER)
    client.force_login(who_needs)

    assert say(client, introduced, "agreed", "We agreed.").status_code == 422
    introduced.refresh_from_db()
    assert introduced.state == "introduced"


def test_a_coordinator_adds_no_words_to_what_both_sides_say(introduced, coordinator):
    with pytest.raises(ActionRefused, match="Choose a status from the list"):
        actions.update_match_state(
            actor=coordinator, match=introduced, state="introduced", words="I say so.", from_state="introduced"
        )


def test_what_the_other_side_said_meanwhile_is_seen_first_and_what_was_typed_is_kept(
    client, introduced, who_gives, who_needs
):
    client.force_login(who_gives)
    say(client, introduced, "agreed", "Three days in May.")
    client.force_login(who_needs)
    late = say(client, introduced, "fell-through", "We never heard of you.", from_state="introduced")

    assert late.status_code == 422
    assert "The status has changed to: agreed." in late.text
    assert "We never heard of you." in late.text
    assert "Three days in May." in late.text
    introduced.refresh_from_db()
    assert introduced.state == "agreed"


def test_it_can_not_come_to_what_does_not_follow(client, match, who_gives):
    client.force_login(who_gives)

    assert say(client, match, "done", "All done.").status_code == 422
    match.refresh_from_db()
    assert match.state == "suggested"


def test_what_fell_through_can_begin_anew_and_needs_consent_anew(client, introduced, offer, need, who_gives, who_needs):
    client.force_login(who_gives)
    say(client, introduced, "fell-through", "No time this year.")
    bring(client, offer, need)
    introduced.refresh_from_db()

    assert introduced.state == "suggested"
    assert [c.side for c in introduced.consents.filter(withdrawn_at=None)] == ["offer"]
    assert Step.objects.count() == 4


def test_a_coordinator_says_at_most_that_nothing_comes_of_it(client, match, coordinator, member):
    client.force_login(coordinator)
    say(client, match, "fell-through", "Both have written that they are busy.")
    match.refresh_from_db()
    assert match.state == "fell-through"
    client.force_login(member)
    assert say(client, match, "done", "x").status_code == 404


def test_whoever_speaks_for_both_agrees_for_each(client, match, who_needs, giver):
    AffiliationFactory(organisation=giver, person=who_needs, may_speak=True)
    client.force_login(who_needs)
    client.post(at(match, "match_consent", "offer"))
    page = client.get(at(match))

    assert len(page.context["shown"].contacts) == 2


def test_above_green_nothing_of_it_stands_in_a_mail(client, offer, need, who_needs, who_gives, released, coalition):
    Need.objects.filter(pk=need.pk).update(label="TLP:AMBER", title="A secret need")
    need.refresh_from_db()
    for organisation in (offer.organisation, need.organisation):
        need.audience.create(organisation=organisation)
    match = actions.propose_match(actor=who_needs, offer=offer, need=need)
    actions.give_consent(actor=who_gives, match=match, side=Side.OFFER)

    assert {subject for _to, subject in mails()} == {"Something was shared with you"}
    text = json.dumps([message.body for message in Message.objects.all()])
    assert "secret" not in text
    assert who_needs.email not in text


@pytest.mark.parametrize("count", [1, 3])
def test_a_match_costs_the_same_with_one_step_and_with_three(
    client, introduced, who_needs, django_assert_num_queries, count
):
    for number in range(count):
        step = Step.objects.first()
        step.pk, step.words = None, f"Words {number}"
        step.save()
    client.force_login(who_needs)
    client.get(at(introduced))
    with django_assert_num_queries(11):
        client.get(at(introduced))


def test_after_a_suggestion_the_consent_of_one_side_introduces_nobody(
    client, offer, need, coordinator, released, who_gives, who_needs
):
    client.force_login(coordinator)
    bring(client, offer, need)
    match = Match.objects.get()
    actions.give_consent(actor=who_gives, match=match, side=Side.OFFER)
    match.refresh_from_db()
    notify_untold_activities()

    assert match.state == "suggested"
    sent = "".join(f"{message.subject} {message.body}" for message in Message.objects.all())
    assert ("Introduction made" in sent, who_gives.email in sent, who_needs.email in sent) == (False, False, False)
