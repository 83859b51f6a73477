"""Publishing several drafts of meetings at once: what is listed, and who is invited to what."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from jukwaa.mail.models import Message
from jukwaa.meetings.actions.draft_publishing import publish_draft_meetings
from jukwaa.meetings.models import Meeting, Series
from tests.meetings.planned_meetings import create_planned_meeting
from tests.meetings.test_calendar_import import build_calendar, build_event
from tests.updates.emails import send_notifications_after_delay

DRAFT = {"state": "draft", "published_at": None}


@pytest.fixture
def drafts(mailing_coalition, rapporteur):
    return [
        create_planned_meeting(mailing_coalition, author=rapporteur, days=days, title=title, **DRAFT)
        for days, title in ((10, "Monthly call"), (40, "Monthly call"), (50, "Assembly"))
    ]


@pytest.fixture
def url():
    return reverse("meetings:drafts_publish", args=["ours"])


def test_future_drafts_are_listed_with_their_hours(client, url, coalition, rapporteur, drafts):
    create_planned_meeting(coalition, author=rapporteur, days=-3, title="Last call", **DRAFT)
    create_planned_meeting(coalition, author=rapporteur, title="Published call")
    client.force_login(rapporteur)
    page = client.get(url)

    assert page.context["form"].drafts == drafts
    assert re.findall(r'name="chosen" value="(\d+)" checked>', page.text) == [str(draft.pk) for draft in drafts]
    assert f"{drafts[0].start_time:%H:%M} to" in page.text
    assert ", <bdi>Nairobi (UTC+3)</bdi>" in page.text


def test_selected_drafts_are_published(client, url, rapporteur, drafts):
    client.force_login(rapporteur)
    answer = client.post(url, {"invites": "everyone", "chosen": [drafts[0].pk, drafts[2].pk]}, follow=True)

    assert "2 meetings have been published." in answer.text
    assert [Meeting.objects.get(pk=draft.pk).state for draft in drafts] == ["published", "draft", "published"]
    assert not Series.objects.exists()


def test_drafts_of_same_title_get_one_invitation(client, url, mailing_coalition, rapporteur, member, drafts):
    client.force_login(rapporteur)
    client.post(url, {"invites": "everyone", "chosen": [draft.pk for draft in drafts]})
    send_notifications_after_delay()
    subjects = sorted(Message.objects.filter(to=member.email).values_list("subject", flat=True))

    assert list(Series.objects.get().meetings.order_by("order_day")) == drafts[:2]
    assert [subject.partition("] ")[2] for subject in subjects] == ["Invitation: Assembly", "Invitation: Monthly call"]


def test_published_meetings_are_not_published_again(rapporteur, drafts):
    assert publish_draft_meetings(actor=rapporteur, meetings=drafts) == 3
    assert publish_draft_meetings(actor=rapporteur, meetings=drafts) == 0


def test_selection_with_published_meeting_publishes_nothing(client, url, rapporteur, drafts):
    publish_draft_meetings(actor=rapporteur, meetings=drafts[:1])
    client.force_login(rapporteur)
    answer = client.post(url, {"invites": "everyone", "chosen": [draft.pk for draft in drafts]})

    assert answer.status_code == 422
    assert "Select the meetings again. One of them is no longer a draft." in answer.text
    assert Meeting.objects.filter(state="draft").count() == 2


def test_only_note_takers_publish_drafts(client, url, member, outsider, drafts):
    for person in (member, outsider):
        client.force_login(person)
        assert client.get(url).status_code == 403
        with pytest.raises(PermissionDenied):
            publish_draft_meetings(actor=person, meetings=drafts)


def test_imported_calendar_leads_to_its_drafts(client, url, coalition, rapporteur):
    day = timezone.localdate() + timedelta(days=9)
    file = SimpleUploadedFile("calls.ics", build_calendar(build_event(start=f"{day:%Y%m%d}T090000")))
    client.force_login(rapporteur)
    page = client.post(reverse("meetings:calendar_import", args=["ours"]), {"label": "TLP:CLEAR", "file": file})
    chosen = {"calendar": page.context["form"]["calendar"].value(), "include_0": "on"}
    answer = client.post(reverse("meetings:calendar_check", args=["ours"]), chosen, follow=True)

    assert answer.redirect_chain == [(url, 302)]
    assert "1 meeting imported." in answer.text
    assert [draft.title for draft in answer.context["form"].drafts] == ["Monthly call"]


def test_draft_publishing_page_says_that_there_are_no_drafts(client, url, rapporteur):
    client.force_login(rapporteur)

    assert "No draft meetings" in client.get(url).text


def test_list_and_draft_link_to_the_page(client, url, rapporteur, member, drafts):
    client.force_login(rapporteur)
    pages = [reverse("meetings:meeting_list", args=["ours"]), drafts[0].get_absolute_url()]
    assert [f'href="{url}"' in client.get(page).text for page in pages] == [True, True]

    client.force_login(member)
    assert f'href="{url}"' not in client.get(pages[0]).text


def test_second_import_joins_the_series_and_invites_once_more(client, url, mailing_coalition, rapporteur, member):
    def publish_imported_calls(*days):
        today = timezone.localdate()
        events = [build_event(f"call{day}", f"{today + timedelta(days=day):%Y%m%d}T090000") for day in days]
        file = SimpleUploadedFile("calls.ics", build_calendar(*events))
        page = client.post(reverse("meetings:calendar_import", args=["ours"]), {"label": "TLP:CLEAR", "file": file})
        chosen = {f"include_{number}": "on" for number in range(len(days))}
        chosen["calendar"] = page.context["form"]["calendar"].value()
        client.post(reverse("meetings:calendar_check", args=["ours"]), chosen)
        drafts = Meeting.objects.filter(state="draft")
        client.post(url, {"invites": "everyone", "chosen": [draft.pk for draft in drafts]})
        send_notifications_after_delay()

    client.force_login(rapporteur)
    publish_imported_calls(9, 39)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        publish_imported_calls(69, 99)
    subjects = Message.objects.filter(to=member.email).values_list("subject", flat=True)

    assert Series.objects.get().meetings.count() == 4
    assert [subject.partition("] ")[2] for subject in subjects] == ["Invitation: Monthly call"] * 2


def test_drafts_created_by_hand_do_not_join_imported_series(coalition, rapporteur, drafts):
    publish_draft_meetings(actor=rapporteur, meetings=drafts)
    later = create_planned_meeting(coalition, author=rapporteur, days=70, title="Monthly call", **DRAFT)
    publish_draft_meetings(actor=rapporteur, meetings=[later])

    assert Meeting.objects.get(pk=later.pk).series is None


def test_several_drafts_are_published_without_inviting_anybody(client, url, rapporteur, member, drafts):
    client.force_login(rapporteur)
    assert "Every member (" in client.get(url).text
    client.post(url, {"invites": "nobody", "chosen": [draft.pk for draft in drafts]})
    send_notifications_after_delay()

    assert list(Meeting.objects.values_list("state", "invites").distinct()) == [("published", "nobody")]
    assert not Message.objects.filter(to=member.email).exists()


@pytest.mark.parametrize(
    ("title", "selected"),
    [
        ("Monthly call", "everyone"),
        ("General Meeting", "everyone"),
        ("Guidelines WG", "nobody"),
        ("Sous-groupe francophone", "nobody"),
        ("Comisión de finanzas", "nobody"),
        ("Conselho, 4.ª reunião", "nobody"),
        ("اجتماع لجنة التوعية", "nobody"),
    ],
)
def test_every_member_is_not_selected_for_meeting_of_group(client, url, coalition, rapporteur, title, selected):
    draft = create_planned_meeting(coalition, author=rapporteur, title=title, **DRAFT)
    client.force_login(rapporteur)

    assert client.get(url).context["form"]["invites"].value() == selected
    page = client.get(reverse("meetings:meeting_publish", args=["ours", draft.pk]))
    assert page.context["form"]["invites"].value() == selected
