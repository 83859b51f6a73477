"""The record of an organisation: its parts, its two versions, and who opens them."""

from datetime import date

import pytest

from jukwaa.coalitions.standing import Standing
from jukwaa.drafting.models import Consultation
from jukwaa.meetings.models import Meeting, Part
from jukwaa.records.models import Source
from jukwaa.records.organisation_history import HistoryQuery, Section, load_organisation_history
from tests.factories import AffiliationFactory, DocumentFactory, EntryFactory, MembershipFactory, OrganisationFactory
from tests.records.organisation_scene import TOMORROW, YESTERDAY, HistoryScene, day

CONTRIBUTION_TITLES = {
    "A document", "A text of its own", "An announcement", "An event", "An idea", "An item", "An update",
    "Asked about", "Commented on", "Observed", "Updated work", "Used",
}  # fmt: skip
QUESTION_TITLES = {
    "A charter to sign", "A consensus call", "A consultation", "A question", "An introduction",
    "Our organisation will do it",
}  # fmt: skip


@pytest.fixture
def history_scene(coalition, organisation, delegate):
    return HistoryScene(coalition, organisation, delegate)


def load_history(organisation, person=None):
    """The version of a representative, or the public one."""
    if person is None:
        return load_organisation_history(HistoryQuery.for_public(organisation))
    return load_organisation_history(HistoryQuery(organisation, Standing(person, organisation.coalition), is_own=True))


def list_titles(history, section):
    lines = [line for part in history.sections if part.section == section for line in part.lines]
    titles = [line.title for line in lines]
    assert len(titles) == len(set(titles))
    return set(titles)


def list_statuses(history):
    return {line.title: (str(line.status), line.due) for line in history.lines}


@pytest.mark.parametrize("is_own", [True, False])
def test_contributions_of_each_type_are_listed(history_scene, organisation, delegate, is_own):
    history_scene.say_things_in_every_way()

    history = load_history(organisation, delegate if is_own else None)

    assert list_titles(history, Section.SAID) == CONTRIBUTION_TITLES
    assert {line.title for line in history.lines if line.day is None} == set()


def test_promises_of_each_type_are_listed_and_open(history_scene, organisation, delegate):
    history_scene.make_every_commitment()
    own, public = load_history(organisation, delegate), load_history(organisation)
    titles = {"A commitment", "A pledge", "A deliverable"}

    assert list_titles(own, Section.PROMISED) == list_titles(own, Section.OPEN) == titles
    assert list_titles(public, Section.PROMISED) == titles
    assert list_titles(public, Section.OPEN) == set()
    assert {line.day for line in own.lines if line.title == "A commitment"} == {date(2009, 11, 27)}


def test_signatures_and_positions_are_listed(history_scene, organisation, delegate):
    history_scene.sign_every_charter()

    for history in (load_history(organisation, delegate), load_history(organisation)):
        assert list_titles(history, Section.SIGNED) == {"A charter", "A text to agree on", "A decision"}
        assert {line.status for line in history.lines} == {"signed", "supports", "Objected"}


def test_offers_and_needs_are_listed(history_scene, organisation, delegate):
    history_scene.create_every_offer()

    for history in (load_history(organisation, delegate), load_history(organisation)):
        assert list_titles(history, Section.OFFERED) == {"An offer", "A need", "An offer in a meeting"}


def test_requests_without_an_answer_are_for_representatives_only(history_scene, organisation, delegate):
    history_scene.open_every_consultation()
    own, public = load_history(organisation, delegate), load_history(organisation)

    assert list_titles(own, Section.ASKED) == list_titles(own, Section.OPEN) == QUESTION_TITLES
    labels = {line.title: line.label for line in own.lines if line.section == Section.ASKED}
    assert labels["A question"] == labels["An introduction"] == labels["A charter to sign"] == own.label == "TLP:AMBER"
    assert labels["Our organisation will do it"] == "TLP:GREEN"
    assert [line.title for line in public.lines if line.section != Section.OFFERED] == []


def test_answered_requests_are_public(history_scene, organisation, delegate):
    history_scene.open_every_consultation(responded=True)

    for history in (load_history(organisation, delegate), load_history(organisation)):
        assert list_titles(history, Section.ASKED) == {"A consultation", "A question"}
        assert list_titles(history, Section.OPEN) == set()


def test_public_version_tells_nothing_of_lateness(history_scene, organisation, delegate):
    history_scene.promise("Late", due=YESTERDAY)
    history_scene.promise("In time", due=TOMORROW)
    history_scene.promise("Kept", "kept", due=-30)
    history_scene.promise("Dropped", "dropped", due=-30)
    history_scene.pledge("Not reported", due=YESTERDAY)
    history_scene.report(history_scene.pledge("Reported", due=YESTERDAY))
    work = history_scene.begin_scene_work("Work").work
    history_scene.deliver_scene_work("Delayed", due=YESTERDAY, work=work, state="delayed")
    history_scene.take_scene_position("Silent", "awaiting", closes=YESTERDAY)
    own, public = list_statuses(load_history(organisation, delegate)), list_statuses(load_history(organisation))

    assert own["Late"] == ("open", day(YESTERDAY))
    assert own["Not reported"] == ("no report yet", day(YESTERDAY))
    assert own["Delayed"] == ("delayed", day(YESTERDAY))
    assert own["Silent"][0] == "awaits instructions"
    assert public == {
        "Late": ("", None),
        "In time": ("", day(TOMORROW)),
        "Kept": ("done", None),
        "Dropped": ("dropped", None),
        "Not reported": ("", None),
        "Reported": ("reported", None),
        "Delayed": ("", None),
        "Work": ("signed", None),
    }


def test_consultation_that_closed_without_response_is_not_public(history_scene, organisation, delegate):
    history_scene.open_every_consultation()
    consultation = Consultation.objects.get(text__title="A consultation")
    consultation.closes_at = consultation.opens_at + (consultation.closes_at - consultation.opens_at) / 100
    consultation.save()

    assert list_statuses(load_history(organisation, delegate))["A consultation"][0] == "no response"
    assert "A consultation" not in list_statuses(load_history(organisation))


def test_nothing_under_the_chatham_house_rule_is_listed(history_scene, organisation, delegate):
    meeting = history_scene.hold_scene_meeting()
    part = Part.objects.create(meeting=meeting, title="Closed", chatham=True)
    history_scene.say("Said in confidence", "announcement", meeting, part=part)
    history_scene.promise("Promised in confidence", meeting=meeting, part=part)
    history_scene.say("Said openly", "announcement", meeting)

    for history in (load_history(organisation, delegate), load_history(organisation)):
        assert [line.title for line in history.lines] == ["Said openly"]


def test_words_of_somebody_under_18_are_not_listed(history_scene, organisation, delegate, coordinator):
    history_scene.say("Said by a child", "announcement")
    history_scene.promise("Promised by a child")
    delegate.is_minor, delegate.adult_contact = True, coordinator
    delegate.save()

    assert [line.title for line in load_history(organisation).lines] == []


def test_title_and_date_of_a_meeting_are_for_its_readers(history_scene, organisation, delegate):
    history_scene.say("Said there", "announcement", history_scene.hold_scene_meeting(label="TLP:GREEN"))

    (own,), (public,) = load_history(organisation, delegate).lines, load_history(organisation).lines
    assert (own.source, own.when) == ("The meeting", "27 November 2009")
    assert (public.source, public.source_url, public.when) == ("", "", "date not known")


@pytest.mark.parametrize(
    ("precision", "when", "iso"), [("day", "27 November 2009", "2009-11-27"), ("month", "November 2009", "2009-11")]
)
def test_date_is_as_precise_as_it_is_known(history_scene, organisation, precision, when, iso):
    history_scene.say("Said there", "announcement")
    Meeting.objects.update(precision=precision)

    (line,) = load_history(organisation).lines
    assert (line.when, line.iso_date) == (when, iso)


def test_documents_are_sources_for_their_readers(history_scene, coalition, organisation, delegate):
    entry = history_scene.say("Said there", "announcement")
    for label in ("TLP:CLEAR", "TLP:GREEN", "TLP:RED"):
        document = DocumentFactory(coalition=coalition, title=f"Minutes, {label}", label=label, published=True)
        Source.objects.create(record=entry, document=document)

    (own,), (public,) = load_history(organisation, delegate).lines, load_history(organisation).lines
    assert [title for title, _url in own.documents] == ["Minutes, TLP:CLEAR", "Minutes, TLP:GREEN"]
    assert [title for title, _url in public.documents] == ["Minutes, TLP:CLEAR"]


def test_records_of_other_organisations_and_coalitions_are_not_listed(
    history_scene, coalition, organisation, other_coalition
):
    other = MembershipFactory(coalition=coalition, organisation__coalition=coalition).organisation
    person = AffiliationFactory(organisation=other, may_speak=True).person
    HistoryScene(coalition, other, person).fill_whole_scene()
    foreign = OrganisationFactory(coalition=other_coalition)
    HistoryScene(other_coalition, foreign, person).fill_whole_scene()

    assert load_history(organisation).lines == []


def test_commitment_of_its_own_is_not_listed_as_said_as_well(history_scene, organisation, delegate):
    commitment = history_scene.promise("Promised aloud")
    commitment.entry.speakers.add(history_scene.capacity)
    other = EntryFactory(
        kind="commitment", title="Promised by others", meeting=history_scene.hold_scene_meeting(), **history_scene.open
    )
    other.speakers.add(history_scene.capacity)

    history = load_history(organisation, delegate)
    assert list_titles(history, Section.SAID) == {"Promised by others"}
    assert list_titles(history, Section.PROMISED) == {"Promised aloud"}
