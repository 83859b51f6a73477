"""The record of an organisation: its parts, its two versions, and who opens them."""

from datetime import date

import pytest

from jukwaa.coalitions.standing import Standing
from jukwaa.drafting.models import Consultation
from jukwaa.meetings.models import Meeting, Part
from jukwaa.records.models import Source
from jukwaa.records.organisation_history import HistoryQuery, HistorySection, load_organisation_history
from tests.factories import AffiliationFactory, DocumentFactory, EntryFactory, MembershipFactory, OrganisationFactory
from tests.records.organisation_scene import TOMORROW, YESTERDAY, HistoryScene, get_day_from_today

CONTRIBUTION_TITLES = {
    "A document", "A text of its own", "An announcement", "An event", "An idea", "An item", "An update",
    "Asked about", "Commented on", "Observed", "Updated work", "Used",
}  # fmt: skip
QUESTION_TITLES = {
    "A charter to sign", "A consensus call", "A consultation", "A question", "An introduction",
    "Our organisation will do it",
}  # fmt: skip


@pytest.fixture
def organisation_history_scene(coalition, organisation, delegate):
    return HistoryScene(coalition, organisation, delegate)


def load_history_for(organisation, person=None):
    """The version of a representative, or the public one."""
    if person is None:
        return load_organisation_history(HistoryQuery.for_public(organisation))
    return load_organisation_history(HistoryQuery(organisation, Standing(person, organisation.coalition), is_own=True))


def list_section_titles(organisation_history, section_name):
    lines = [line for part in organisation_history.sections if part.section == section_name for line in part.lines]
    titles = [line.title for line in lines]
    assert len(titles) == len(set(titles))
    return set(titles)


def get_status_by_title(organisation_history):
    return {line.title: (str(line.status), line.due) for line in organisation_history.lines}


@pytest.mark.parametrize("is_own", [True, False])
def test_contributions_of_each_type_are_listed(organisation_history_scene, organisation, delegate, is_own):
    organisation_history_scene.say_things_in_every_way()

    history = load_history_for(organisation, delegate if is_own else None)

    assert list_section_titles(history, HistorySection.SAID) == CONTRIBUTION_TITLES
    assert {line.title for line in history.lines if line.day is None} == set()


def test_commitments_of_each_type_are_listed_as_open(organisation_history_scene, organisation, delegate):
    organisation_history_scene.make_every_commitment()
    own, public = load_history_for(organisation, delegate), load_history_for(organisation)
    titles = {"A commitment", "A pledge", "A deliverable"}

    assert list_section_titles(own, HistorySection.PROMISED) == list_section_titles(own, HistorySection.OPEN) == titles
    assert list_section_titles(public, HistorySection.PROMISED) == titles
    assert list_section_titles(public, HistorySection.OPEN) == set()
    assert {line.day for line in own.lines if line.title == "A commitment"} == {date(2009, 11, 27)}


def test_signatures_and_positions_are_listed(organisation_history_scene, organisation, delegate):
    organisation_history_scene.sign_every_charter()

    for history in (load_history_for(organisation, delegate), load_history_for(organisation)):
        assert list_section_titles(history, HistorySection.SIGNED) == {"A charter", "A text to agree on", "A decision"}
        assert {line.status for line in history.lines} == {"signed", "supports", "Objected"}


def test_offers_and_needs_are_listed(organisation_history_scene, organisation, delegate):
    organisation_history_scene.create_every_offer()

    for history in (load_history_for(organisation, delegate), load_history_for(organisation)):
        assert list_section_titles(history, HistorySection.OFFERED) == {"An offer", "A need", "An offer in a meeting"}


def test_requests_without_an_answer_are_for_representatives_only(organisation_history_scene, organisation, delegate):
    organisation_history_scene.open_every_consultation()
    own, public = load_history_for(organisation, delegate), load_history_for(organisation)

    assert (
        list_section_titles(own, HistorySection.ASKED)
        == list_section_titles(own, HistorySection.OPEN)
        == QUESTION_TITLES
    )
    labels = {line.title: line.label for line in own.lines if line.section == HistorySection.ASKED}
    assert labels["A question"] == labels["An introduction"] == labels["A charter to sign"] == own.label == "TLP:AMBER"
    assert labels["Our organisation will do it"] == "TLP:GREEN"
    assert [line.title for line in public.lines if line.section != HistorySection.OFFERED] == []


def test_answered_requests_are_public(organisation_history_scene, organisation, delegate):
    organisation_history_scene.open_every_consultation(is_responded=True)

    for history in (load_history_for(organisation, delegate), load_history_for(organisation)):
        assert list_section_titles(history, HistorySection.ASKED) == {"A consultation", "A question"}
        assert list_section_titles(history, HistorySection.OPEN) == set()


def test_public_version_omits_delays(organisation_history_scene, organisation, delegate):
    organisation_history_scene.add_commitment("Late", due_in_days=YESTERDAY)
    organisation_history_scene.add_commitment("In time", due_in_days=TOMORROW)
    organisation_history_scene.add_commitment("Kept", "kept", due_in_days=-30)
    organisation_history_scene.add_commitment("Dropped", "dropped", due_in_days=-30)
    organisation_history_scene.add_pledge("Not reported", due_in_days=YESTERDAY)
    organisation_history_scene.report_pledge(organisation_history_scene.add_pledge("Reported", due_in_days=YESTERDAY))
    work = organisation_history_scene.begin_scene_work("Work").work
    organisation_history_scene.deliver_scene_work(
        "Delayed", due_in_days=YESTERDAY, joint_work=work, deliverable_state="delayed"
    )
    organisation_history_scene.take_scene_position("Silent", "awaiting", closes=YESTERDAY)
    own, public = (
        get_status_by_title(load_history_for(organisation, delegate)),
        get_status_by_title(load_history_for(organisation)),
    )

    assert own["Late"] == ("open", get_day_from_today(YESTERDAY))
    assert own["Not reported"] == ("no report yet", get_day_from_today(YESTERDAY))
    assert own["Delayed"] == ("delayed", get_day_from_today(YESTERDAY))
    assert own["Silent"][0] == "awaits instructions"
    assert public == {
        "Late": ("", None),
        "In time": ("", get_day_from_today(TOMORROW)),
        "Kept": ("done", None),
        "Dropped": ("dropped", None),
        "Not reported": ("", None),
        "Reported": ("reported", None),
        "Delayed": ("", None),
        "Work": ("signed", None),
    }


def test_consultation_that_closed_without_response_is_not_public(organisation_history_scene, organisation, delegate):
    organisation_history_scene.open_every_consultation()
    consultation = Consultation.objects.get(text__title="A consultation")
    consultation.closes_at = consultation.opens_at + (consultation.closes_at - consultation.opens_at) / 100
    consultation.save()

    assert get_status_by_title(load_history_for(organisation, delegate))["A consultation"][0] == "no response"
    assert "A consultation" not in get_status_by_title(load_history_for(organisation))


def test_nothing_under_the_chatham_house_rule_is_listed(organisation_history_scene, organisation, delegate):
    meeting = organisation_history_scene.hold_scene_meeting()
    part = Part.objects.create(meeting=meeting, title="Closed", chatham=True)
    organisation_history_scene.add_spoken_entry("Said in confidence", "announcement", meeting, part=part)
    organisation_history_scene.add_commitment("Promised in confidence", meeting=meeting, part=part)
    organisation_history_scene.add_spoken_entry("Said openly", "announcement", meeting)

    for history in (load_history_for(organisation, delegate), load_history_for(organisation)):
        assert [line.title for line in history.lines] == ["Said openly"]


def test_statements_of_minors_are_not_listed(organisation_history_scene, organisation, delegate, coordinator):
    organisation_history_scene.add_spoken_entry("Said by a child", "announcement")
    organisation_history_scene.add_commitment("Promised by a child")
    delegate.is_minor, delegate.adult_contact = True, coordinator
    delegate.save()

    assert [line.title for line in load_history_for(organisation).lines] == []


def test_meeting_title_and_date_are_shown_only_to_meeting_readers(organisation_history_scene, organisation, delegate):
    organisation_history_scene.add_spoken_entry(
        "Said there", "announcement", organisation_history_scene.hold_scene_meeting(label="TLP:GREEN")
    )

    (own,), (public,) = load_history_for(organisation, delegate).lines, load_history_for(organisation).lines
    assert (own.source, own.when) == ("The meeting", "27 November 2009")
    assert (public.source, public.source_url, public.when) == ("", "", "date not known")


@pytest.mark.parametrize(
    ("date_precision", "formatted_date", "iso_date"),
    [("day", "27 November 2009", "2009-11-27"), ("month", "November 2009", "2009-11")],
)
def test_date_is_as_precise_as_it_is_known(
    organisation_history_scene, organisation, date_precision, formatted_date, iso_date
):
    organisation_history_scene.add_spoken_entry("Said there", "announcement")
    Meeting.objects.update(precision=date_precision)

    (line,) = load_history_for(organisation).lines
    assert (line.when, line.iso_date) == (formatted_date, iso_date)


def test_documents_are_sources_for_their_readers(organisation_history_scene, coalition, organisation, delegate):
    entry = organisation_history_scene.add_spoken_entry("Said there", "announcement")
    for label in ("TLP:CLEAR", "TLP:GREEN", "TLP:RED"):
        document = DocumentFactory(coalition=coalition, title=f"Minutes, {label}", label=label, published=True)
        Source.objects.create(record=entry, document=document)

    (own,), (public,) = load_history_for(organisation, delegate).lines, load_history_for(organisation).lines
    assert [title for title, _url in own.documents] == ["Minutes, TLP:CLEAR", "Minutes, TLP:GREEN"]
    assert [title for title, _url in public.documents] == ["Minutes, TLP:CLEAR"]


def test_records_of_other_organisations_and_coalitions_are_not_listed(
    organisation_history_scene, coalition, organisation, other_coalition
):
    other = MembershipFactory(coalition=coalition, organisation__coalition=coalition).organisation
    person = AffiliationFactory(organisation=other, may_speak=True).person
    HistoryScene(coalition, other, person).fill_whole_scene()
    foreign = OrganisationFactory(coalition=other_coalition)
    HistoryScene(other_coalition, foreign, person).fill_whole_scene()

    assert load_history_for(organisation).lines == []


def test_own_commitment_is_not_listed_again_as_statement(organisation_history_scene, organisation, delegate):
    commitment = organisation_history_scene.add_commitment("Promised aloud")
    commitment.entry.speakers.add(organisation_history_scene.capacity)
    other = EntryFactory(
        kind="commitment",
        title="Promised by others",
        meeting=organisation_history_scene.hold_scene_meeting(),
        **organisation_history_scene.open,
    )
    other.speakers.add(organisation_history_scene.capacity)

    history = load_history_for(organisation, delegate)
    assert list_section_titles(history, HistorySection.SAID) == {"Promised by others"}
    assert list_section_titles(history, HistorySection.PROMISED) == {"Promised aloud"}
