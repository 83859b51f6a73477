"""Commitments of several owners in the same words: the public reads no name before its owner has confirmed."""

import pytest

from jukwaa.meetings import actions
from jukwaa.meetings.actions import NewEntry
from jukwaa.meetings.models import Commitment, Entry
from jukwaa.meetings.report.composition import compose_meeting_report
from tests.factories import AffiliationFactory, MembershipFactory, OrganisationFactory

TEXT = "Northern Helpline and Southern Helpline will share their guidelines."
PUBLIC_TEXT = "A member and a member will share their guidelines."


@pytest.fixture
def helplines(coalition):
    found = [OrganisationFactory(coalition=coalition, name=f"{name} Helpline") for name in ("Northern", "Southern")]
    for helpline in found:
        MembershipFactory(coalition=coalition, organisation=helpline)
        AffiliationFactory(organisation=helpline, may_speak=True)
    return found


@pytest.fixture
def entries(meeting, rapporteur, helplines):
    new = [NewEntry(kind="commitment", text=TEXT, owner=(helpline.name, helpline)) for helpline in helplines]
    return actions.record_entries(actor=rapporteur, meeting=meeting, entries=new)


def confirm(entry, helpline):
    commitment = Commitment.objects.select_related("entry", "owner").get(entry=entry)
    actions.confirm_commitment_owner(actor=helpline.affiliations.get().person, commitment=commitment)


def list_texts(entries):
    return list(
        Entry.objects.filter(pk__in=[each.pk for each in entries]).order_by("pk").values_list("text", flat=True)
    )


def list_written_texts(entries):
    commitments = Commitment.objects.filter(entry__in=entries).select_related("entry").order_by("entry")
    return [each.written_text for each in commitments]


def test_neither_owner_is_public(entries):
    assert list_texts(entries) == [PUBLIC_TEXT] * 2
    assert list_written_texts(entries) == [TEXT] * 2


def test_text_is_public_when_last_owner_has_confirmed(entries, helplines):
    confirm(entries[0], helplines[0])
    assert list_texts(entries) == [PUBLIC_TEXT] * 2

    confirm(entries[1], helplines[1])
    assert list_texts(entries) == [TEXT] * 2
    assert set(Commitment.objects.values_list("withheld_text", "withheld_title")) == {("", "")}


def test_name_of_owner_who_declined_stays_withheld(entries, helplines):
    commitment = Commitment.objects.select_related("entry").get(entry=entries[0])
    actions.decline_commitment_ownership(actor=helplines[0].affiliations.get().person, commitment=commitment)

    confirm(entries[1], helplines[1])

    assert list_texts(entries) == [PUBLIC_TEXT] * 2


def test_edited_text_names_no_other_owner(entries, rapporteur):
    entry = Entry.objects.get(pk=entries[0].pk)
    changes = {"text": TEXT.replace("will share", "share")}
    actions.change_entry(actor=rapporteur, entry=entry, changes=changes, from_version=entry.version)

    assert list_texts(entries)[0] == "A member and a member share their guidelines."


def test_names_of_others_stay_where_only_one_owns_it(meeting, rapporteur, helplines):
    new = [
        NewEntry(kind="commitment", text=TEXT, owner=(helplines[0].name, helplines[0])),
        NewEntry(kind="commitment", text="Southern Helpline will call.", owner=(helplines[1].name, helplines[1])),
    ]
    entries = actions.record_entries(actor=rapporteur, meeting=meeting, entries=new)

    assert list_texts(entries) == [
        "A member and Southern Helpline will share their guidelines.",
        "A member will call.",
    ]


def test_second_owner_of_a_written_commitment_is_recorded(meeting, rapporteur, helplines):
    for helpline in (*helplines, *helplines):
        actions.record_entry(
            actor=rapporteur, meeting=meeting, kind="commitment", text="Call.", owner=(helpline.name, helpline)
        )

    names = Commitment.objects.filter(entry__meeting=meeting).order_by("pk").values_list("proposed_name", flat=True)
    assert list(names) == ["Northern Helpline", "Southern Helpline"]


def test_report_states_the_words_once(meeting, entries):
    report = compose_meeting_report(meeting)

    [paragraph] = next(section for section in report.sections if section.key == "promised").paragraphs
    assert (paragraph.text, len(paragraph.entries)) == (PUBLIC_TEXT, 2)
