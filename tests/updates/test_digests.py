"""The digest: grouped by what one follows, nothing twice, nothing that its reader may not read, in one's language."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from jukwaa.coalitions.models import AreaOfWork, Membership
from jukwaa.mail.models import Message
from jukwaa.records import index
from jukwaa.records.actions import add_comment, change_record, hold_record_in_quarantine, purge_record, withdraw_record
from jukwaa.records.models import Audience, Authorship
from jukwaa.search.actions import save_search
from jukwaa.updates import digests
from jukwaa.updates.actions import follow_thing, set_digest_rhythm, stop_emails_of_topic
from jukwaa.updates.digests import send_due_digests
from jukwaa.updates.models import Digest, Follow, Letter, MailChoice
from tests.conftest import create_seated_person
from tests.factories import CapacityFactory, DocumentFactory, EntryFactory, ItemFactory, MeetingFactory
from tests.updates.emails import find_link_path, list_written_emails

ONE_HOUR = timedelta(hours=1)
MONDAY_MORNING = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
TIME_DURING_PERIOD = MONDAY_MORNING - timedelta(days=3)  # a Friday, when it was published
TIME_BEFORE_FOLLOWING = MONDAY_MORNING - timedelta(days=5)


@pytest.fixture
def follow_since_wednesday(mailing_coalition, member):
    """Follow, as a member, since Wednesday."""

    def follow_before_period(what, followed_value):
        with time_machine.travel(TIME_BEFORE_FOLLOWING):
            return follow_thing(person=member, coalition=mailing_coalition, what=what, value=followed_value)

    return follow_before_period


@pytest.fixture
def publish_item_at(mailing_coalition, rapporteur):
    def publish_one_item(title="A practice", at=TIME_DURING_PERIOD, **fields):
        record = ItemFactory(
            coalition=mailing_coalition, title=title, state="published", published_at=at, author=rapporteur, **fields
        )
        index.reindex_record(record)
        return record

    return publish_one_item


def send_digests_at(sent_at=MONDAY_MORNING):
    with time_machine.travel(sent_at):
        return send_due_digests(timezone.now())


def get_digest_body():
    return Message.objects.get().body


def list_digest_groups():
    """The mail as [(what is followed, titles)]."""
    found = []
    for line in get_digest_body().partition("\n-- \n")[0].splitlines():
        if line.startswith("- "):
            found[-1][1].append(line.split(": ", 1)[1])
        elif line and not line.startswith(" "):
            found.append((line, []))
    return found


def list_digest_titles():
    return sorted(title for _followed, named in list_digest_groups() for title in named)


def test_digest_groups_by_followed_subject_without_duplicates(
    mailing_coalition, member, follow_since_wednesday, publish_item_at, organisation
):
    area = AreaOfWork.objects.create(coalition=mailing_coalition, name="Helplines")
    capacity = CapacityFactory(coalition=mailing_coalition, organisation=organisation)
    closest, by_area, by_region, _by_kind = (
        publish_item_at(title) for title in ("By them", "In the area", "In Kenya", "Whatever")
    )
    Authorship.objects.filter(record=closest).update(capacity=capacity)
    for record in (closest, by_area):
        record.areas.add(area)
    by_region.countries = ["KE"]
    by_region.save()
    follow_since_wednesday("region", "african")
    follow_since_wednesday("kind", "good-practice")
    follow_since_wednesday("area", area.pk)
    follow_since_wednesday("organisation", organisation.pk)
    send_digests_at()

    assert list_written_emails() == [(member.email, "[Our Coalition] 4 updates on what you follow")]
    assert list_digest_groups() == [
        (str(organisation), ["By them"]),
        ("Helplines", ["In the area"]),
        ("Good practice", ["Whatever", "In Kenya"]),
    ]
    assert closest.get_absolute_url() in get_digest_body()


def test_digest_lists_new_results_of_followed_search(
    mailing_coalition, member, follow_since_wednesday, publish_item_at
):
    search = save_search(person=member, coalition=mailing_coalition, name="Hotlines", query_text="q=hotline")
    publish_item_at("A hotline in two languages")
    publish_item_at("Something else")
    publish_item_at("An old hotline", at=TIME_BEFORE_FOLLOWING - ONE_HOUR)
    follow_since_wednesday("search", search.pk)
    send_digests_at()

    assert list_digest_groups() == [("Hotlines", ["A hotline in two languages"])]


def test_digest_lists_binding_minutes_entries_and_followed_kinds(
    mailing_coalition, follow_since_wednesday, publish_item_at
):
    area = AreaOfWork.objects.create(coalition=mailing_coalition, name="Helplines")
    meeting = MeetingFactory(coalition=mailing_coalition, published=True)
    for kind in ("decision", "announcement", "offer"):
        said = EntryFactory(
            meeting=meeting,
            kind=kind,
            coalition=mailing_coalition,
            title=kind,
            state="published",
            published_at=TIME_DURING_PERIOD,
        )
        said.areas.add(area)
    follow_since_wednesday("area", area.pk)
    follow_since_wednesday("kind", "offer")
    send_digests_at()

    assert list_digest_groups() == [("Helplines", ["decision"]), ("Offer", ["offer"])]


def test_digest_lists_followed_record_changed_by_others(
    mailing_coalition, member, follow_since_wednesday, publish_item_at, rapporteur, coordinator
):
    changed, talked, quiet, own = (
        publish_item_at(title, at=TIME_BEFORE_FOLLOWING - ONE_HOUR)
        for title in ("Changed", "Talked of", "Quiet", "Own")
    )
    for record in (changed, talked, quiet, own):
        follow_since_wednesday("record", record.pk)
    with time_machine.travel(TIME_DURING_PERIOD):
        change_record(actor=rapporteur, record=changed, changes={"summary": "More."}, from_version=1)
        add_comment(actor=coordinator, record=talked, body="Well done.")
        add_comment(actor=member, record=own, body="I said it myself.")
    send_digests_at()

    assert list_digest_groups() == [
        ("Changed", ["Changed (changed)"]),
        ("Talked of", ["Talked of (new comments)"]),
    ]
    assert "Well done." not in get_digest_body()


def test_digest_lists_republished_record_once(follow_since_wednesday, publish_item_at):
    record = publish_item_at()
    follow_since_wednesday("kind", "good-practice")
    send_digests_at()
    record.published_at = MONDAY_MORNING + timedelta(days=2)
    record.save()
    send_digests_at(MONDAY_MORNING + timedelta(days=7))

    assert Message.objects.count() == 1


def test_digest_omits_records_above_green(mailing_coalition, member, follow_since_wednesday, publish_item_at):
    for label in ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"):
        record = publish_item_at(f"canary {label}", label=label)
        Audience.objects.create(record=record, person=member)
    follow_since_wednesday("kind", "good-practice")
    send_digests_at()

    assert list_digest_groups() == [("Good practice", ["canary TLP:GREEN", "canary TLP:CLEAR"])]


def test_digest_omits_records_no_longer_readable(
    mailing_coalition, member, follow_since_wednesday, publish_item_at, rapporteur
):
    gone = publish_item_at("Withdrawn", label="TLP:CLEAR")
    publish_item_at("For members", label="TLP:GREEN")
    follow_since_wednesday("kind", "good-practice")
    withdraw_record(actor=rapporteur, record=gone, reason="Wrong.", is_trusted=True)
    Membership.objects.filter(person=member).update(standing="left", ends_on=TIME_DURING_PERIOD.date())
    send_digests_at()

    assert list_written_emails() == []


def test_empty_or_own_activity_digest_is_not_sent(mailing_coalition, member, follow_since_wednesday):
    ItemFactory(coalition=mailing_coalition, state="published", published_at=TIME_DURING_PERIOD, author=member)
    follow_since_wednesday("kind", "good-practice")

    assert (send_digests_at(), list_written_emails()) == (0, [])
    assert Digest.objects.get().due_at == MONDAY_MORNING + timedelta(days=7)


def test_records_before_following_are_not_new(follow_since_wednesday, publish_item_at):
    publish_item_at(at=TIME_BEFORE_FOLLOWING - ONE_HOUR)
    follow_since_wednesday("kind", "good-practice")
    send_digests_at()

    assert list_written_emails() == []


def test_digest_is_sent_once_per_period(follow_since_wednesday, publish_item_at):
    publish_item_at()
    follow_since_wednesday("kind", "good-practice")

    assert [send_digests_at(MONDAY_MORNING + minute * timedelta(minutes=1)) for minute in range(3)] == [1, 0, 0]
    assert Message.objects.count() == 1


def test_one_digest_covers_outage(follow_since_wednesday, publish_item_at):
    publish_item_at("In the first week")
    publish_item_at("In the third week", at=MONDAY_MORNING + timedelta(days=16))
    follow_since_wednesday("kind", "good-practice")
    send_digests_at(MONDAY_MORNING + timedelta(days=20))

    assert list_digest_groups() == [("Good practice", ["In the third week", "In the first week"])]
    assert Digest.objects.get().due_at == MONDAY_MORNING + timedelta(days=21)


def test_killed_digest_is_sent_by_next_tick(follow_since_wednesday, publish_item_at, monkeypatch):
    publish_item_at()
    follow_since_wednesday("kind", "good-practice")
    with monkeypatch.context() as patched:
        patched.setattr(digests.Digest, "next_after", lambda *_: 1 / 0)
        assert send_digests_at() == 0
    assert not Message.objects.exists()

    assert send_digests_at() == 1


def test_failed_digest_does_not_stop_others(mailing_coalition, follow_since_wednesday, publish_item_at, monkeypatch):
    other = create_seated_person(mailing_coalition, "Somebody else")
    publish_item_at()
    follow_since_wednesday("kind", "good-practice")
    with time_machine.travel(TIME_BEFORE_FOLLOWING):
        follow_thing(person=other, coalition=mailing_coalition, what="kind", value="good-practice")
    original = digests.get_mail_language
    monkeypatch.setattr(
        digests,
        "get_mail_language",
        lambda person, coalition: original(person, coalition) if person == other else 1 / 0,
    )
    send_digests_at()

    assert [to for to, _subject in list_written_emails()] == [other.email]


def test_digest_is_in_reader_language(member, follow_since_wednesday, publish_item_at):
    member.language = "fr"
    member.save()
    publish_item_at()
    follow_since_wednesday("region", "african")
    follow_since_wednesday("kind", "good-practice")
    send_digests_at()

    assert list_digest_groups()[0][0] == "Bonne pratique"


def test_one_click_unsubscribes_digest_only(client, mailing_coalition, member, follow_since_wednesday, publish_item_at):
    publish_item_at()
    follow_since_wednesday("kind", "good-practice")
    send_digests_at()
    message = Message.objects.get()
    path = find_link_path(message, "/unsubscribe/")
    answer = client.post(path, {"List-Unsubscribe": "One-Click"})
    publish_item_at("Later", at=MONDAY_MORNING + ONE_HOUR)
    send_digests_at(MONDAY_MORNING + timedelta(days=7))

    assert message.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert path in message.headers["List-Unsubscribe"]
    assert answer.status_code == 200
    assert [(choice.topic, choice.wanted) for choice in MailChoice.objects.all()] == [("digest", False)]
    assert Message.objects.count() == 1


def test_resumed_digest_excludes_period_without_subscription(
    mailing_coalition, member, follow_since_wednesday, publish_item_at
):
    follow_since_wednesday("kind", "good-practice")
    stop_emails_of_topic(person=member, coalition=mailing_coalition, topic="digest")
    publish_item_at()
    send_digests_at()
    set_digest_rhythm(person=member, coalition=mailing_coalition, digest_rhythm="weekly")
    send_digests_at(MONDAY_MORNING + timedelta(days=7))

    assert list_written_emails() == []


def test_digest_waits_for_mail_release(mailing_coalition, follow_since_wednesday, publish_item_at):
    publish_item_at()
    follow_since_wednesday("kind", "good-practice")
    mailing_coalition.mail_released_at, at = None, mailing_coalition.mail_released_at
    mailing_coalition.save()
    send_digests_at()
    assert list_written_emails() == []

    mailing_coalition.mail_released_at = at
    mailing_coalition.save()
    assert send_digests_at(MONDAY_MORNING + ONE_HOUR) == 1


@pytest.mark.parametrize("closing_case", ["withdrawn", "held"])
def test_unsent_digest_is_rewritten_without_hidden_records(
    follow_since_wednesday, publish_item_at, rapporteur, safeguarding_lead, closing_case
):
    follow_since_wednesday("kind", "good-practice")
    stays, goes = publish_item_at("stays"), publish_item_at("goes")
    send_digests_at()
    before = list_digest_titles()
    with time_machine.travel(MONDAY_MORNING + ONE_HOUR / 60):
        if closing_case == "held":
            hold_record_in_quarantine(actor=safeguarding_lead, record=goes)
        else:
            withdraw_record(actor=rapporteur, record=goes, reason="A name was in it.")
    between = Message.objects.count()
    send_digests_at(MONDAY_MORNING + ONE_HOUR / 30)

    assert (before, between, list_digest_titles()) == ([goes.title, stays.title], 0, [stays.title])
    assert [send_digests_at(MONDAY_MORNING + ONE_HOUR * hours) for hours in (1, 24)] == [0, 0]


def test_sent_digest_is_not_rewritten(follow_since_wednesday, publish_item_at, rapporteur):
    follow_since_wednesday("kind", "good-practice")
    publish_item_at("stays")
    goes = publish_item_at("goes")
    send_digests_at()
    Message.objects.update(sent_at=MONDAY_MORNING)
    with time_machine.travel(MONDAY_MORNING + ONE_HOUR / 60):
        withdraw_record(actor=rapporteur, record=goes, reason="A name was in it.")

    assert (send_digests_at(MONDAY_MORNING + ONE_HOUR / 30), list_digest_titles()) == (0, ["goes", "stays"])


def test_purged_record_is_removed_from_stored_emails(
    mailing_coalition, follow_since_wednesday, publish_item_at, safeguarding_lead
):
    record = publish_item_at()
    follow_since_wednesday("kind", "good-practice")
    send_digests_at()
    assert [letter.names.get().title for letter in Letter.objects.all()] == ["A practice"]
    Message.objects.update(sent_at=timezone.now())
    hold_record_in_quarantine(actor=safeguarding_lead, record=record)
    purge_record(actor=safeguarding_lead, record=record)

    assert list(Message.objects.values_list("body", flat=True)) == [""]


@pytest.mark.parametrize(
    ("digest_rhythm", "current_time", "is_due_time"),
    [
        ("weekly", "2026-11-23 06:59", "2026-11-23 07:00"),
        ("weekly", "2026-11-23 07:00", "2026-11-30 07:00"),
        ("weekly", "2026-11-29 23:00", "2026-11-30 07:00"),
        ("daily", "2026-11-24 03:00", "2026-11-24 07:00"),
        ("daily", "2026-11-24 07:00", "2026-11-25 07:00"),
    ],
)
def test_digest_is_sent_in_reader_morning(member, coalition, digest_rhythm, current_time, is_due_time):
    nairobi = ZoneInfo("Africa/Nairobi")
    member.time_zone = "Africa/Nairobi"
    current_time, is_due_time = (
        datetime.fromisoformat(time).replace(tzinfo=nairobi) for time in (current_time, is_due_time)
    )

    assert Digest(person=member, coalition=coalition, rhythm=digest_rhythm).next_after(current_time) == is_due_time


@pytest.mark.parametrize("count", [1, 3])
def test_digest_query_count_is_constant(
    mailing_coalition, member, follow_since_wednesday, publish_item_at, count, django_assert_num_queries
):
    for number in range(count):
        area = AreaOfWork.objects.create(coalition=mailing_coalition, name=f"Area {number}")
        publish_item_at(f"Item {number}").areas.add(area)
        follow_since_wednesday("area", area.pk)
    with django_assert_num_queries(29):
        send_digests_at()
    assert len(list_digest_groups()) == count


def test_document_received_by_email_is_in_digest(mailing_coalition, follow_since_wednesday, rapporteur):
    DocumentFactory(
        coalition=mailing_coalition, title="The guidance", state="published", published_at=TIME_DURING_PERIOD
    )
    follow_since_wednesday("kind", "document")
    send_digests_at()

    assert list_digest_groups() == [("Document", ["The guidance"])]
    assert Follow.objects.count() == 1
