"""A contact is passed on to the other side alone, while the consent of both stands, and through no other door."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Affiliation
from jukwaa.cooperation.actions import matches as actions
from jukwaa.cooperation.actions import offers
from jukwaa.cooperation.models import MatchSide, Offer
from jukwaa.core.refusals import ActionRefused
from jukwaa.exchange.feeds import FEED_LISTS as FEEDS
from jukwaa.exchange.lists import EXPORT_LIST_BY_NAME
from jukwaa.mail.models import Message
from jukwaa.records import index
from jukwaa.records.actions import lifecycle
from jukwaa.records.models import Passage, Version
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.reminders import send_due_reminders
from tests.cooperation.test_help_consent import get_match_url, list_sent_emails
from tests.factories import AffiliationFactory, PersonFactory
from tests.test_access_walk import extract_archive_text

pytestmark = pytest.mark.django_db

CONTACT_CANARY = "canarycontact"


@pytest.fixture
def contact_of_offer(offer, giving_organisation):
    """The offer's contact, of whom every word is a canary but for the name, which the directory shows to members."""
    contact = AffiliationFactory(
        organisation=giving_organisation,
        may_speak=True,
        person__name="Who answers",
        person__email=f"{CONTACT_CANARY}@example.org",
    ).person
    Offer.objects.filter(pk=offer.pk).update(contact=contact, reach=f"+254 {CONTACT_CANARY}")
    return contact


def list_help_pages(coalition, offer, need, help_match):
    """Every way by which a record of these leaves: pages, forms, history, search, feeds, lists, archives, citations."""
    slug = coalition.slug
    own = [
        *(reverse(f"cooperation:{name}", args=[slug]) for name in ("overview", "offer_list", "need_list", "need_new")),
        *(reverse(f"cooperation:offer_{name}", args=[slug, offer.pk]) for name in ("detail", "edit", "close")),
        *(reverse(f"cooperation:need_{name}", args=[slug, need.pk]) for name in ("detail", "edit", "close")),
        reverse("cooperation:match_new", args=[slug, offer.pk, need.pk]),
        get_match_url(help_match),
    ]
    records = [
        *(reverse(f"records:{name}", args=[slug, offer.pk]) for name in ("history", "talk")),
        reverse("records:version_detail", args=[slug, offer.pk, 1]),
        reverse("exchange:cite", args=[slug, offer.pk]),
        reverse("exchange:archive", args=[slug]) + f"?record={offer.pk}&record={need.pk}",
        *(reverse("exchange:feed", args=[slug, name]) + f"?q={CONTACT_CANARY}" for name in FEEDS),
        *(reverse("exchange:list_file", args=[slug, name, "csv"]) for name in EXPORT_LIST_BY_NAME),
        *(reverse("search:search", args=[slug]) + f"?q={word}" for word in ("254", "teachers")),
        reverse("home:front", args=[slug]),
        reverse("coalitions:organisation_detail", args=[slug, offer.organisation_id]),
        reverse("coalitions:export_csv", args=[slug]),
        reverse("updates:new", args=[slug]),
    ]
    return [*own, *records]


def list_pages_with_contact(client, page_urls):
    """The pages that show it."""
    shown = {}
    for url in page_urls:
        response = client.get(url)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        text = extract_archive_text(body) if body[:2] == b"PK" else body.decode("utf-8", "ignore")
        shown[url] = CONTACT_CANARY in text
    return [url for url, is_there in shown.items() if is_there]


@pytest.mark.slow
def test_contact_is_shown_only_to_other_side_after_agreement(
    client, coalition, offer, need, contact_of_offer, person_who_needs, person_who_gives, member, rapporteur,
    coordinator, safeguarding_lead, outsider, mailing_coalition,
):  # fmt: skip
    lifecycle.save_record_version(offer, author=person_who_gives)
    index.reindex_record(Offer.objects.get(pk=offer.pk))
    match = actions.propose_match(actor=person_who_needs, offer=offer, need=need)
    urls = list_help_pages(coalition, offer, need, match)
    others = [None, member, rapporteur, coordinator, safeguarding_lead, outsider]
    for person in [*others, person_who_needs]:
        client.logout()
        if person:
            client.force_login(person)
        assert list_pages_with_contact(client, urls) == []
    send_due_reminders(timezone.now())
    send_pending_activity_notifications()
    assert [mail.to for mail in Message.objects.all() if CONTACT_CANARY in mail.subject + mail.body] == []
    assert not Passage.objects.filter(text__contains=CONTACT_CANARY).exists()
    assert CONTACT_CANARY not in json.dumps(list(Version.objects.values_list("content", flat=True)))

    actions.give_match_consent(actor=person_who_gives, match=match, match_side=MatchSide.OFFER)
    send_pending_activity_notifications()
    client.force_login(person_who_needs)
    assert list_pages_with_contact(client, urls) == [get_match_url(match)]
    assert [mail.to for mail in Message.objects.all() if CONTACT_CANARY in mail.subject + mail.body] == [
        person_who_needs.email
    ]
    for person in others:
        client.logout()
        if person:
            client.force_login(person)
        assert list_pages_with_contact(client, urls) == []


def can_see_contacts(client, help_match, person):
    client.force_login(person)
    return [
        (each.name, each.email, each.reach) for each in client.get(get_match_url(help_match)).context["shown"].contacts
    ]


def test_former_contact_is_not_passed_on(
    client, contact_of_offer, introduced_match, person_who_needs, person_who_gives, mailing_coalition
):
    assert can_see_contacts(client, introduced_match, person_who_needs) == [
        ("Who answers", f"{CONTACT_CANARY}@example.org", f"+254 {CONTACT_CANARY}")
    ]
    gone = Affiliation.objects.filter(person=contact_of_offer)
    gone.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert can_see_contacts(client, introduced_match, person_who_needs) == [("Who gives", person_who_gives.email, "")]
    Affiliation.objects.filter(person=person_who_gives).update(may_speak=False)
    assert can_see_contacts(client, introduced_match, person_who_needs) == [("", "", "")]
    send_pending_activity_notifications()
    assert [mail.to for mail in Message.objects.all() if CONTACT_CANARY in mail.body or "Who gives" in mail.body] == []


def test_minor_is_replaced_by_adult_contact(client, introduced_match, person_who_needs, person_who_gives):
    adult = PersonFactory(name="An adult", email="adult@example.org")
    person_who_gives.is_minor, person_who_gives.name_is_public, person_who_gives.adult_contact = True, False, adult
    person_who_gives.save()

    assert can_see_contacts(client, introduced_match, person_who_needs) == [("An adult", "adult@example.org", "")]


def test_held_email_contains_no_contact(client, coalition, introduced_match, coordinator, person_who_gives):
    send_pending_activity_notifications()
    client.force_login(coordinator)
    held = client.get(reverse("updates:held_mail", args=[coalition.slug])).text

    assert "Introduction made:" in held
    assert (
        "The contact details are on the page below. Only people who represent your organisation can see them." in held
    )
    bodies = [mail.body for mail in Message.objects.filter(subject__contains="Introduction made")]
    assert len(bodies) == 2
    assert [body for body in bodies if person_who_gives.email in body] == []


def test_withdrawn_record_sends_no_email(introduced_match, person_who_needs, mailing_coalition):
    lifecycle.withdraw_record(actor=person_who_needs, record=introduced_match.need, reason="By mistake.")

    assert list_sent_emails() == []


def test_contact_is_chosen_from_speakers_by_speakers(offer, person_who_gives, member, rapporteur, giving_organisation):
    colleague = AffiliationFactory(organisation=giving_organisation, may_speak=False).person
    told = {"offer_or_need": offer, "changes": {}, "from_version": offer.version}
    for person in (member, colleague):
        with pytest.raises(ActionRefused, match="Choose a person who may represent") as refused:
            offers.change_offer_or_need(actor=person_who_gives, contact=(person, "+254 1"), **told)
        assert refused.value.field == "contact"
    offers.change_offer_or_need(actor=rapporteur, contact=(person_who_gives, "+254 1"), **told)
    offer.refresh_from_db()
    assert (offer.contact, offer.reach) == (None, "")
    offers.change_offer_or_need(actor=person_who_gives, contact=(person_who_gives, "+254 1"), **told)
    offer.refresh_from_db()
    assert (offer.contact, offer.reach) == (person_who_gives, "+254 1")
