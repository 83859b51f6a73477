"""Names of people who have not made their names public, in words of a meeting that everyone will read."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts import minors
from jukwaa.accounts.actions import update_settings
from jukwaa.coalitions.known_people import KnownPeople
from jukwaa.meetings import actions
from jukwaa.meetings.models import Entry, Meeting
from jukwaa.records.models import Label, State
from tests.conftest import create_seated_person
from tests.factories import EntryFactory, MeetingFactory, PartFactory, PersonFactory
from tests.meetings.minutes_steps import add_minutes_line

DECISION = "Decidido com Wanjiru Kamotho e Mme Kouamelan."
WARNING = "This looks like names that are not public: Wanjiru Kamotho and Mme Kouamelan."
LIST_HEADING = "These names are not public yet. Everyone will be able to read them:"


@pytest.fixture
def members(coalition):
    return [create_seated_person(coalition, name) for name in ("Wanjiru Kamotho", "Adjoa Kouamelan", "Amélia Cossa")]


@pytest.fixture
def meeting(coalition, members, rapporteur):
    return MeetingFactory(coalition=coalition, author=rapporteur, label=Label.CLEAR, published=True)


@pytest.fixture
def post_entry(client, meeting, rapporteur):
    """Post the form of a new entry: what it answers."""
    client.force_login(rapporteur)
    url = reverse("meetings:entry_new", args=["ours", meeting.pk])
    return lambda text, kind="decision", **more: client.post(url, {"kind": kind, "text": text, **more})


def get_names_found(coalition, text, *involved_names):
    spans = KnownPeople(coalition).find_hidden_names_in(text, involved_names)
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("KAMOTHO, Wanjiru and wanjiru kamotho's team", ["KAMOTHO, Wanjiru", "wanjiru kamotho"]),
        ("Avec la collègue d'Amelia Cossa", ["Amelia Cossa"]),
        ("Kamotho House, Wanjiru district, Mme Cossart", []),
        ("It was Cossa. Amélia left with Adjoa; Kouamelan stayed.", []),
        ("Senhora Cossa agreed; Cossa was alone.", ["Senhora Cossa"]),
    ],
)
def test_names_are_found_in_sentences(coalition, members, text, found):
    assert get_names_found(coalition, text) == found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Jean d'Almeida", "Thanks to Jean d'Almeida."),
        ("Jean D’Almeida", "Thanks to Jean d'Almeida."),
        ("अनीता शर्मा", "अनीता शर्मा ने कहा।"),
        ("محمد علي", "قال مُحَمَّد علي ذلك."),  # with vowel marks
        ("Zola Arrow", "Zola \u2068Arrow\u2069 agreed."),  # as copied from a page in Arabic
        ("Zola Beatriz Arrow", "Zola Arrow agreed."),
        ("Zola Beatriz Arrow", "ARROW, Zola agreed."),
    ],
)
def test_names_are_found_however_they_are_written(coalition, name, text):
    create_seated_person(coalition, name)
    assert len(get_names_found(coalition, text)) == 1
    create_seated_person(coalition, "Amélia Cossa")
    assert get_names_found(coalition, "L'idée d'Amélia Cossa") == ["Amélia Cossa"]


def test_single_name_is_found_if_its_person_is_involved(coalition, members):
    text = "Amélia envia a lista, diz a Cossa; amélia não."
    assert get_names_found(coalition, text) == []
    assert get_names_found(coalition, text, "Amélia Cossa") == ["Amélia", "Cossa"]
    assert get_names_found(coalition, text, "Amélia") == ["Amélia", "Cossa"]
    assert get_names_found(coalition, text, "Northern Helpline") == []


def test_public_names_are_not_found_and_those_of_minors_are(coalition, members):
    update_settings(person=members[0], changes={"name_is_public": True})
    child = create_seated_person(coalition, "Zuri Canary")
    minors.mark_as_minor(actor=child, person=child, adult_contact=PersonFactory(), reason="Told us.")
    assert get_names_found(coalition, "Wanjiru Kamotho, Zuri Canary, and Zuri", "Zuri Canary") == ["Zuri Canary"]


def test_new_entry_with_names_is_shown_once(post_entry):
    asked = post_entry(DECISION)

    assert asked.status_code == 422
    assert WARNING in asked.text
    assert "Ask the people first, or write their organisation instead." in asked.text
    assert "<mark>Wanjiru Kamotho</mark>" in asked.text
    assert asked.context["form"]["text"].value() == DECISION
    assert not Entry.objects.exists()
    screened = asked.context["form"]["screened"].value()
    assert post_entry(DECISION, screened=screened).status_code == 302
    assert Entry.objects.get().text == DECISION


def test_changed_text_is_saved_at_once(post_entry):
    screened = post_entry(DECISION).context["form"]["screened"].value()
    assert post_entry("Decidido com duas redes.", screened=screened).status_code == 302


def test_another_name_is_shown_again(post_entry):
    screened = post_entry(DECISION).context["form"]["screened"].value()
    asked = post_entry(f"{DECISION} Also Amélia Cossa.", screened=screened)
    assert "Amélia Cossa" in re.findall(r"<mark>(.*?)</mark>", asked.text)


@pytest.mark.parametrize("fields", [{"label": Label.GREEN}, {"state": State.DRAFT}])
def test_entry_that_not_everyone_reads_is_saved_at_once(post_entry, meeting, fields):
    Meeting.objects.filter(pk=meeting.pk).update(**fields)
    assert post_entry(DECISION).status_code == 302


def test_public_names_are_saved_at_once(post_entry, members):
    for person in members:
        update_settings(person=person, changes={"name_is_public": True})
    assert post_entry(DECISION).status_code == 302


def test_first_name_of_owner_is_shown_but_not_the_withheld_name(post_entry):
    commitment = {"kind": "commitment", "owner": "Amélia Cossa"}
    asked = post_entry("Amélia envia a lista; Amélia Cossa confirma.", **commitment)
    assert "This looks like a name that is not public: Amélia." in asked.text
    assert post_entry("Amélia Cossa envia a lista.", **commitment).status_code == 302
    assert Entry.objects.get().text == "A member envia a lista."


def test_edited_entry_with_names_is_shown_once(client, post_entry, meeting):
    post_entry("Decidido.")
    entry = Entry.objects.get()
    url = reverse("meetings:entry_edit", args=["ours", entry.pk])
    sent = {"kind": "decision", "text": DECISION, "version": entry.version}
    asked = client.post(url, sent)
    assert WARNING in asked.text
    sent["screened"] = asked.context["form"]["screened"].value()
    assert client.post(url, sent).status_code == 302
    # The names are public now: another type of the same text makes nothing more public.
    assert client.post(url, {"kind": "topic", "text": DECISION, "version": entry.version + 1}).status_code == 302
    assert Entry.objects.get().kind == "topic"


def test_author_who_is_no_member_is_not_told_whose_name_it_is(client, coalition, meeting, outsider):
    entry = EntryFactory(coalition=coalition, meeting=meeting, author=outsider, label=Label.CLEAR, published=True)
    client.force_login(outsider)
    url = reverse("meetings:entry_edit", args=["ours", entry.pk])
    answer = client.post(url, {"kind": entry.kind, "text": DECISION, "version": entry.version})
    assert answer.status_code == 302


def test_entry_raised_in_public_meeting_is_shown_once(client, coalition, meeting, rapporteur):
    Meeting.objects.filter(pk=meeting.pk).update(starts_on=timezone.localdate())
    earlier = MeetingFactory(coalition=coalition, label=Label.GREEN, published=True)
    entry = EntryFactory(coalition=coalition, meeting=earlier, label=Label.GREEN, text=DECISION, published=True)
    client.force_login(rapporteur)
    url = reverse("meetings:entry_raise", args=["ours", entry.pk])
    sent = {"into": meeting.pk, "kind": "decision", "text": DECISION}
    asked = client.post(url, sent)
    assert WARNING in asked.text
    assert client.post(url, sent | {"screened": asked.context["form"]["screened"].value()}).status_code == 302


@pytest.fixture
def draft_minutes(coalition, meeting, rapporteur):
    """Minutes of a meeting that is over, with a line that names people."""
    now = timezone.now()
    begun = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=1)}
    Meeting.objects.filter(pk=meeting.pk).update(**begun, starts_on=timezone.localdate())
    meeting = Meeting.objects.get(pk=meeting.pk)
    actions.start_live_minutes(actor=rapporteur, meeting=meeting)
    add_minutes_line(rapporteur, meeting, DECISION, entry_kind="decision")
    add_minutes_line(rapporteur, meeting, "Nothing else.")
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=now - timedelta(minutes=1))
    return Meeting.objects.get(pk=meeting.pk)


def get_names_seen(page):
    return re.search(r'name="names_seen" value="(\w+)"', page.text)[1]


def test_line_of_draft_minutes_is_saved_at_once(client, draft_minutes, rapporteur):
    Meeting.objects.filter(pk=draft_minutes.pk).update(ends_at=timezone.now() + timedelta(hours=1))
    client.force_login(rapporteur)
    url = reverse("meetings:line_new", args=["ours", draft_minutes.pk])
    token = "9d1f6ab6-3a07-4d5f-8b0e-3bb0ac6f4c6a"
    client.post(url, {"kind": "decision", "text": f"{DECISION} Again.", "token": token})
    assert Entry.objects.filter(text=f"{DECISION} Again.").exists()


def test_approval_lists_entries_with_names(client, draft_minutes, rapporteur):
    client.force_login(rapporteur)
    url = reverse("meetings:minutes_approve", args=["ours", draft_minutes.pk])
    page = client.get(url)
    entry = Entry.objects.get(text=DECISION)
    assert LIST_HEADING in page.text
    assert "<b><bdi>Wanjiru Kamotho</bdi></b>, <b><bdi>Mme Kouamelan</bdi></b>" in page.text
    assert f'href="{reverse("meetings:entry_edit", args=["ours", entry.pk])}"' in page.text
    assert "Nothing else" not in page.text
    assert LIST_HEADING in client.post(url, {}).text  # not shown yet
    assert Entry.objects.get(pk=entry.pk).label == Label.GREEN
    assert client.post(url, {"names_seen": get_names_seen(page)}).status_code == 302
    assert Entry.objects.get(pk=entry.pk).label == Label.CLEAR


def test_circulation_lists_entries_with_names(client, draft_minutes, rapporteur):
    client.force_login(rapporteur)
    url = reverse("meetings:minutes_circulate", args=["ours", draft_minutes.pk])
    page = client.get(url)
    assert LIST_HEADING in page.text
    sent = {"until": timezone.localdate() + timedelta(days=9), "approval": "silence"}
    assert LIST_HEADING in client.post(url, sent).text
    assert client.post(url, sent | {"names_seen": get_names_seen(page)}).status_code == 302


def test_approval_of_minutes_for_members_lists_nothing(client, draft_minutes, rapporteur):
    Meeting.objects.filter(pk=draft_minutes.pk).update(label=Label.GREEN)
    client.force_login(rapporteur)
    url = reverse("meetings:minutes_approve", args=["ours", draft_minutes.pk])
    assert LIST_HEADING not in client.get(url).text
    assert client.post(url, {}).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "query_count"), [("minutes_approve", 10), ("minutes_circulate", 14)])
def test_approval_and_circulation_query_count_is_constant(
    client, draft_minutes, rapporteur, django_assert_num_queries, name, query_count, count
):
    for number in range(count):
        text = f"Wanjiru Kamotho will send list {number}."
        Meeting.objects.filter(pk=draft_minutes.pk).update(ends_at=timezone.now() + timedelta(hours=1))
        add_minutes_line(rapporteur, draft_minutes, text, entry_kind="commitment", speaker=("Amélia Cossa", None))
    Meeting.objects.filter(pk=draft_minutes.pk).update(ends_at=timezone.now() - timedelta(minutes=1))
    client.force_login(rapporteur)
    url = reverse(f"meetings:{name}", args=["ours", draft_minutes.pk])
    client.get(url)
    with django_assert_num_queries(query_count):
        client.get(url)


@pytest.fixture
def draft_meeting(coalition, members, rapporteur):
    meeting = MeetingFactory(
        coalition=coalition, author=rapporteur, label=Label.CLEAR, title="Visit of Adjoa Kouamelan", summary=""
    )
    EntryFactory(coalition=coalition, meeting=meeting, author=rapporteur, label=Label.CLEAR, text=DECISION)
    PartFactory(meeting=meeting, title="Words of Amélia Cossa")
    return meeting


def test_publication_lists_words_with_names_once(client, draft_meeting, rapporteur):
    client.force_login(rapporteur)
    url = reverse("meetings:meeting_publish", args=["ours", draft_meeting.pk])
    page = client.post(url)
    assert page.status_code == 200
    names = re.findall(r"<b><bdi>(.*?)</bdi></b>", page.text.partition(LIST_HEADING)[2])
    assert names == ["Adjoa Kouamelan", "Amélia Cossa", "Wanjiru Kamotho", "Mme Kouamelan"]
    assert Meeting.objects.get(pk=draft_meeting.pk).state == State.DRAFT
    client.post(url, {"names_seen": get_names_seen(page)})
    assert Meeting.objects.get(pk=draft_meeting.pk).state == State.PUBLISHED


def test_publication_for_members_lists_nothing(client, draft_meeting, rapporteur):
    Meeting.objects.filter(pk=draft_meeting.pk).update(label=Label.GREEN)
    client.force_login(rapporteur)
    client.post(reverse("meetings:meeting_publish", args=["ours", draft_meeting.pk]), {"invites": "everyone"})
    assert Meeting.objects.get(pk=draft_meeting.pk).state == State.PUBLISHED


def test_publication_of_several_drafts_lists_names_once(client, draft_meeting, rapporteur):
    Meeting.objects.filter(pk=draft_meeting.pk).update(starts_on=timezone.localdate() + timedelta(days=9))
    client.force_login(rapporteur)
    url = reverse("meetings:drafts_publish", args=["ours"])
    page = client.post(url, {"chosen": draft_meeting.pk, "invites": "everyone"})
    assert LIST_HEADING in page.text
    client.post(url, {"chosen": draft_meeting.pk, "invites": "everyone", "names_seen": get_names_seen(page)})
    assert Meeting.objects.get(pk=draft_meeting.pk).state == State.PUBLISHED


def test_opening_meeting_to_everyone_lists_names_once(client, coalition, members, rapporteur):
    meeting = MeetingFactory(coalition=coalition, label=Label.GREEN, title="A visit", published=True)
    EntryFactory(coalition=coalition, meeting=meeting, label=Label.GREEN, text=DECISION, published=True)
    client.force_login(rapporteur)
    url = reverse("meetings:meeting_edit", args=["ours", meeting.pk])
    form = client.get(url).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"label": Label.CLEAR}
    page = client.post(url, sent)
    assert LIST_HEADING in page.text
    assert Meeting.objects.get(pk=meeting.pk).label == Label.GREEN
    assert client.post(url, sent | {"names_seen": get_names_seen(page)}).status_code == 302
    assert Entry.objects.get().label == Label.CLEAR


def test_paragraph_of_report_with_names_is_shown_once(client, meeting, rapporteur):
    EntryFactory(coalition=meeting.coalition, meeting=meeting, kind="decision", text="Agreed.", published=True)
    client.force_login(rapporteur)
    page = client.get(reverse("meetings:report_edit", args=["ours", meeting.pk])).text
    url = re.search(r'href="([^"]*/paragraphs?/[^"]*)"', page)[1]
    sent = {"text": DECISION, "version": client.get(url).context["form"]["version"].value()}
    asked = client.post(url, sent)
    assert WARNING in asked.text
    assert client.post(url, sent | {"screened": asked.context["form"]["screened"].value()}).status_code == 302
