"""A prospect stands on the pages of those who may see it, and nowhere else: in no list, file, feed, index or mail.

That nobody else sees those pages, the access walk says for each reader (`tests/test_access_walk.py`).
"""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Activity
from jukwaa.exchange.feeds import FEED_LISTS as FEEDS
from jukwaa.exchange.lists import EXPORT_LIST_BY_NAME
from jukwaa.mail.models import Message
from jukwaa.records.models import Passage, Version
from jukwaa.regions.actions.invitation_answers import accept_invitation
from jukwaa.regions.actions.outreach import add_outreach_question
from jukwaa.regions.actions.prospects import InvitationPurpose, mark_letter_sent
from jukwaa.regions.jobs import follow_up_letters
from jukwaa.updates.actions import follow_thing
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.digests import send_due_digests
from tests.conftest import create_seated_person
from tests.regions.outreach_steps import add_outreach_plan, add_prospect, get_day_in
from tests.routes import list_routes
from tests.test_access_walk import extract_archive_text

UNIQUE_WORDS = ("canaryhelpline", "canaryrole", "canarywhy", "canaryname", "canaryaddress")
SIGN_OUT_ROUTES = ("sign_out", "logout")
# The desk and the front page say what waits for those who run the coalition; the others are a prospect's own.
EXPECTED_ROUTES = {
    "home:front",
    "home:desk",
    "regions:outreach_detail",
    *(f"regions:prospect_{page}" for page in ("list", "detail", "erase")),
}


@pytest.fixture
def noted_prospect(coalition, member):
    plan = add_outreach_plan(member, coalition)
    more = {"role": "canaryrole", "why": "canarywhy", "what_for": InvitationPurpose(outreach=plan)}
    return mark_letter_sent(actor=member, prospect=add_prospect(member, coalition, "canaryhelpline", **more))


def extract_page_body(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return (extract_archive_text(body) if body[:2] == b"PK" else body.decode("utf-8", "ignore")).lower()


def iter_outreach_urls(coalition, prospect):
    """All that take no number, those of the plan and of its records' pages, and those of the prospect."""
    plan = prospect.outreach_id
    for route in list_routes():
        values = {"coalition": coalition.slug, "pk": prospect.pk if "prospect" in route.name else plan}
        of_one = {"coalition", "pk"}
        if route.arguments <= of_one and not route.name.endswith(SIGN_OUT_ROUTES):
            yield route.name, reverse(route.name, kwargs={name: values[name] for name in route.arguments})
    for name in (*FEEDS, "search"):
        yield "exchange:feed", reverse("exchange:feed", args=[coalition.slug, name]) + "?q=plan"
    for name in EXPORT_LIST_BY_NAME:
        yield "exchange:list_file", reverse("exchange:list_file", args=[coalition.slug, name, "xlsx"])
    yield "search:search", reverse("search:search", args=[coalition.slug]) + "?q=plan"
    yield "exchange:archive", reverse("exchange:archive", args=[coalition.slug]) + f"?record={plan}"


@pytest.mark.usefixtures("plain_templates")
@pytest.mark.slow
def test_prospect_is_shown_only_on_its_own_pages(client, coalition, noted_prospect, coordinator):
    accept_invitation(prospect=noted_prospect, name="canaryname", address="canaryaddress@example.org")
    client.force_login(coordinator)
    found = set()
    for name, url in iter_outreach_urls(coalition, noted_prospect):
        response = client.get(url)
        if response.status_code == 200 and any(word in extract_page_body(response) for word in UNIQUE_WORDS):
            found.add(name)

    assert found == EXPECTED_ROUTES


def test_index_versions_and_activities_omit_prospect(noted_prospect):
    held = [
        *Passage.objects.values_list("text", flat=True),
        *(str(content) for content in Version.objects.values_list("content", flat=True)),
        *(f"{each.verb} {each.kind} {each.digest}" for each in Activity.objects.all()),
    ]

    assert held
    assert [text for text in held if any(word in text.lower() for word in UNIQUE_WORDS)] == []


def test_emails_to_others_omit_prospect(client, coalition, noted_prospect, member, coordinator):
    """Neither the digest of followers of the plan nor the email to coordinators."""
    coalition.mail_released_at = timezone.now() - timedelta(days=900)
    coalition.save()
    reader = create_seated_person(coalition, "A reader")
    follow_thing(person=reader, coalition=coalition, what="record", value=noted_prospect.outreach_id)
    add_outreach_question(actor=member, plan=noted_prospect.outreach, words="A question that is news")
    at = datetime.combine(get_day_in(22), time(12), tzinfo=UTC)
    follow_up_letters(at)
    accept_invitation(prospect=noted_prospect, name="canaryname", address="canaryaddress@example.org")
    while send_pending_activity_notifications(at):
        pass
    send_due_digests(at + timedelta(days=8))
    mails = {mail.to: mail.subject + mail.body for mail in Message.objects.all()}

    assert "canaryhelpline" in mails.pop(member.email)
    assert coordinator.email in mails
    assert [to for to, text in mails.items() if any(word in text.lower() for word in UNIQUE_WORDS)] == []
