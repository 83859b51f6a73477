"""Entering: all that was kept, in one transaction, once."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Capacity, Membership, Organisation, Role
from jukwaa.core.refusals import ActionRefused
from jukwaa.intake import actions
from jukwaa.intake.actions import ReadingEntryResult, SuggestionWording, apply_suggestion_instructions
from jukwaa.intake.entry_plan import build_entry_plan
from jukwaa.intake.models import Reading
from jukwaa.meetings.models import Attendance, Commitment, Entry, Meeting, Part
from jukwaa.records.actions import hold_record_in_quarantine, purge_record, redact_names_in_record
from jukwaa.records.models import Record, Source, Version
from jukwaa.records.redaction import NameRedactor
from tests.factories import MeetingFactory, OrganisationFactory
from tests.intake.readings import REPORT_TEXT, create_reading


def accept_all_suggestions(reading: Reading, actor) -> Reading:
    for suggestion in reading.suggestions.all():
        actions.accept_suggestion(actor=actor, suggestion=suggestion, from_version=suggestion.version)
    return reading


def test_accepted_suggestion_is_entered_with_sentence_as_source(coalition, rapporteur):
    helpline = OrganisationFactory(coalition=coalition, name="Helpline One")
    reading = accept_all_suggestions(create_reading(coalition, rapporteur, meeting_on=date(2027, 1, 20)), rapporteur)

    entered = actions.enter_reading(actor=rapporteur, reading=reading)

    meeting = Meeting.objects.get()
    assert entered == ReadingEntryResult(meeting, 5, 3)
    assert (meeting.title, meeting.starts_on, meeting.state) == ("Session in Nairobi", date(2027, 1, 20), "published")
    assert list(meeting.attendances.values_list("capacity__name", "came_as", "is_chair", "is_group")) == [
        ("Helpline One", "member", True, False),
        ("Members of the coalition", "member", False, True),
        ("Ministry of Children", "new-attendee", False, False),
    ]
    offer = Entry.objects.get(kind="offer")
    assert list(offer.speakers.values_list("name", "organisation")) == [("Helpline One", helpline.pk)]
    [source] = offer.sources.all()
    assert (source.document, source.number, source.quote) == (reading.document, 5, offer.text)
    promised = Commitment.objects.get(due_text="by 15 March 2027")
    assert (promised.owner.name, promised.due_text) == ("coordinator", "by 15 March 2027")
    assert promised.due_on == date(2027, 3, 15)


def test_entering_publishes_document_and_finishes_reading(coalition, rapporteur):
    reading = accept_all_suggestions(create_reading(coalition, rapporteur, label="TLP:GREEN"), rapporteur)

    entered = actions.enter_reading(actor=rapporteur, reading=reading)

    reading.refresh_from_db()
    assert (reading.state, reading.meeting, reading.entered_by) == ("entered", entered.meeting, rapporteur)
    assert (reading.document.state, reading.document.label, entered.meeting.label) == (
        "published",
        "TLP:GREEN",
        "TLP:GREEN",
    )
    assert set(Entry.objects.values_list("label", flat=True)) == {"TLP:GREEN"}


def test_purged_document_disappears_from_reading(coalition, rapporteur, safeguarding_lead):
    reading = accept_all_suggestions(create_reading(coalition, rapporteur), rapporteur)
    entered = actions.enter_reading(actor=rapporteur, reading=reading)
    offer = reading.suggestions.get(kind="offer")
    hold_record_in_quarantine(actor=safeguarding_lead, record=offer.record)
    purge_record(actor=safeguarding_lead, record=offer.record)
    assert set(reading.suggestions.filter(text="deleted permanently").values_list("kind", flat=True)) == {"offer"}

    for record in (entered.meeting, reading.document):
        hold_record_in_quarantine(actor=safeguarding_lead, record=record)
        purge_record(actor=safeguarding_lead, record=record)

    reading.refresh_from_db()
    assert (reading.title, reading.meeting_title, reading.actors.count()) == (
        "deleted permanently",
        "deleted permanently",
        0,
    )
    assert set(reading.suggestions.values_list("text", "owner", "due_text")) == {("deleted permanently", "", "")}
    assert {tuple(actors) for actors in reading.suggestions.values_list("actors", flat=True)} == {()}


def test_redacted_name_disappears_from_reading_and_offsets_move(coalition, rapporteur, coordinator):
    reading = create_reading(coalition, rapporteur, REPORT_TEXT.replace("Helpline One", "Maria Testova"))
    before = {row.pk: reading.document.text[row.start : row.end] for row in reading.sentences.all()}

    redact_names_in_record(actor=coordinator, record=reading.document, names=["Maria Testova"])

    reading.refresh_from_db()
    finds, text = NameRedactor(["Maria Testova"]).matches, reading.document.text
    suggestions = reading.suggestions.all()
    assert any(map(finds, before.values()))
    assert not any(finds([row.text, row.owner, row.actors, text]) for row in suggestions)
    assert not any(map(finds, reading.actors.values_list("written", flat=True)))
    assert {row.pk: text[row.start : row.end] for row in reading.sentences.all()} == {
        pk: words.replace("Maria Testova", "[name removed]") for pk, words in before.items()
    }


def test_entering_twice_enters_once(coalition, rapporteur):
    reading = accept_all_suggestions(create_reading(coalition, rapporteur), rapporteur)

    first = actions.enter_reading(actor=rapporteur, reading=reading)
    second = actions.enter_reading(actor=rapporteur, reading=reading)

    assert (second.meeting, second.entries, second.attendances) == (first.meeting, 0, 0)
    assert (Meeting.objects.count(), Entry.objects.count(), Attendance.objects.count()) == (1, 5, 3)
    assert Activity.objects.filter(verb="entered").count() == 1


def test_later_decisions_add_entries_in_document_order(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur)
    decision, offer = reading.suggestions.get(kind="decision"), reading.suggestions.get(kind="offer")
    actions.accept_suggestion(actor=rapporteur, suggestion=decision, from_version=1)
    actions.enter_reading(actor=rapporteur, reading=reading)

    actions.accept_suggestion(actor=rapporteur, suggestion=offer, from_version=1)
    entered = actions.enter_reading(actor=rapporteur, reading=reading)

    assert (entered.entries, entered.attendances) == (1, 0)
    assert list(Entry.objects.values_list("kind", flat=True)) == ["offer", "decision"]


def test_merged_suggestions_become_one_entry_with_two_sources(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur)
    decision, proposal = reading.suggestions.get(kind="decision"), reading.suggestions.get(kind="proposal")
    actions.accept_suggestion(actor=rapporteur, suggestion=decision, from_version=1)
    actions.merge_suggestion(actor=rapporteur, suggestion=proposal, target_suggestion=decision, from_version=1)

    actions.enter_reading(actor=rapporteur, reading=reading)

    [entry] = Entry.objects.all()
    assert list(entry.sources.values_list("number", flat=True)) == [4, 6]


def test_only_coordinator_adds_new_member_from_report(coalition, rapporteur, coordinator):
    reading = create_reading(coalition, coordinator, "New member: Helpline Two.\n", meeting_on=date(2026, 1, 20))
    actions.set_actor_as_new_organisation(actor=coordinator, named_actor=reading.actors.get(), new_name="Helpline Two")
    accept_all_suggestions(reading, coordinator)
    assert [voice.name for voice in build_entry_plan(reading).new_members] == ["Helpline Two"]
    with transaction.atomic():  # tried by the rapporteur, and taken back
        actions.enter_reading(actor=rapporteur, reading=reading, new_member_names=["Helpline Two"])
        enrolled = Membership.objects.filter(organisation__isnull=False).exists()
        transaction.set_rollback(True)
    assert not enrolled
    reading.refresh_from_db()

    actions.enter_reading(actor=coordinator, reading=reading, new_member_names=["Helpline Two"])

    membership = Membership.objects.get(organisation__isnull=False)
    assert (membership.organisation.name, membership.starts_on, membership.standing) == (
        "Helpline Two",
        date(2026, 1, 20),
        "active",
    )
    assert reading.actors.get().organisation == membership.organisation


def test_nothing_is_entered_without_accepted_suggestions(coalition, rapporteur, member):
    reading = create_reading(coalition, rapporteur)

    with pytest.raises(ActionRefused):
        actions.enter_reading(actor=rapporteur, reading=reading)
    with pytest.raises(PermissionDenied):
        actions.enter_reading(actor=member, reading=reading)
    assert not Meeting.objects.exists()


COUNTED_MODELS = (Record, Version, Source, Capacity, Attendance, Organisation, Activity, Commitment, Part)


def count_entered_rows() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in COUNTED_MODELS}


@pytest.fixture
def database_refusing_entry(db):
    """The database itself refuses the last entry, whatever the code believes."""
    condition = "(NEW.text LIKE 'The coordinator will submit%')"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE TRIGGER refused BEFORE INSERT ON meetings_entry WHEN {condition}"
                " BEGIN SELECT RAISE(ABORT, 'refused'); END"
            )
        else:
            cursor.execute(
                "ALTER TABLE meetings_entry ADD CONSTRAINT refused CHECK (text NOT LIKE 'The coordinator will submit%')"
            )


def test_failing_last_entry_rolls_back_everything(database_refusing_entry, coalition, rapporteur):
    reading = accept_all_suggestions(create_reading(coalition, rapporteur), rapporteur)
    actions.set_actor_as_new_organisation(
        actor=rapporteur,
        named_actor=reading.actors.get(written="Ministry of Children"),
        new_name="Ministry of Children",
    )
    before = count_entered_rows()

    with pytest.raises(DatabaseError), transaction.atomic():
        actions.enter_reading(actor=rapporteur, reading=reading)

    assert count_entered_rows() == before
    reading.refresh_from_db()
    assert (reading.state, reading.meeting, reading.document.state) == ("open", None, "submitted")
    assert not reading.suggestions.filter(entered_at__isnull=False).exists()


def test_chatham_house_rule_omits_all_names(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur)
    actions.create_reading_part(actor=rapporteur, reading=reading, title="Closed talk", first=2, last=5, chatham=True)
    accept_all_suggestions(reading, rapporteur)
    with pytest.raises(ActionRefused, match=r"sentence 4, .* names Helpline One"):
        actions.enter_reading(actor=rapporteur, reading=reading)
    for kind, text in (("proposal", "To start on the agenda early."), ("offer", "Training was offered.")):
        found = reading.suggestions.get(kind=kind)
        wording = SuggestionWording(kind=kind, text=text, actors=found.actors)
        actions.edit_suggestion(actor=rapporteur, suggestion=found, wording=wording, from_version=found.version)

    actions.enter_reading(actor=rapporteur, reading=reading)

    assert list(Entry.objects.filter(part__chatham=True).values_list("text", "speakers")) == [
        ("To start on the agenda early.", None),
        ("Training was offered.", None),
    ]
    kept = [
        *Capacity.objects.values_list("name", flat=True),
        *map(str, Version.objects.values_list("content", flat=True)),
    ]
    assert not [words for words in kept if "Helpline" in words]
    assert not reading.actors.filter(written__contains="Helpline").exists()
    assert {tuple(s.actors) for s in reading.suggestions.filter(sentence__number__lte=5)} == {()}
    reading.refresh_from_db()
    assert (reading.document.label, reading.document.state) == ("TLP:RED", "published")


def test_reading_parts_cannot_overlap_or_exceed_document(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur)
    actions.create_reading_part(actor=rapporteur, reading=reading, title="One", first=2, last=4, chatham=False)

    for first, last in ((4, 5), (0, 1), (6, 99), (5, 3)):
        with pytest.raises(ActionRefused):
            actions.create_reading_part(
                actor=rapporteur, reading=reading, title="Two", first=first, last=last, chatham=False
            )

    assert reading.parts.count() == 1


def test_document_of_named_organisations_is_not_entered_into_public_meeting(coalition, rapporteur):
    meeting = MeetingFactory(coalition=coalition, published=True)
    reading = accept_all_suggestions(
        create_reading(coalition, rapporteur, label="TLP:AMBER", meeting=meeting), rapporteur
    )

    with pytest.raises(ActionRefused):
        actions.enter_reading(actor=rapporteur, reading=reading)


ACTOR_DECISIONS = [
    {"actor": "Ministry of Children", "new": "Ministry of Children"},
    {"actor": "Members of the coalition", "as_written": True},
    {"part": "Opening", "from": 1, "to": 3},
    {"sentence": 2, "accept": ["attendee"]},
    {"sentence": 3, "kind": "attendee", "edit": {"came_as": "observer"}},
    {
        "sentence": "Helpline One offered",
        "keep": [{"kind": "offer", "text": "Training for members."}, {"kind": "topic"}],
    },
    {"sentence": 6, "kind": "commitment", "merge": {"sentence": 6, "kind": "decision"}},
    {"sentence": 7, "add": {"kind": "next_meeting", "quote": "by 15 March 2027", "due_on": "2027-03-15"}},
    {"sentence": 7, "refuse": "all"},
    {"sentence": 4, "keep": []},
]


def test_decisions_are_applied_from_readable_data(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur)

    apply_suggestion_instructions(reading, ACTOR_DECISIONS, actor=rapporteur)

    rows = reading.suggestions.order_by("sentence__number", "start", "pk")
    assert [(row.sentence.number, row.kind, row.decision) for row in rows] == [
        (2, "attendee", "accepted"),
        (2, "attendee", "waiting"),
        (3, "attendee", "edited"),
        (4, "proposal", "refused"),
        (4, "attendee", "refused"),
        (5, "offer", "edited"),
        (5, "topic", "accepted"),
        (6, "decision", "waiting"),
        (6, "commitment", "merged"),
        (7, "commitment", "refused"),
        (7, "next_meeting", "accepted"),
    ]
    assert reading.actors.get(written="Ministry of Children").means == "new"
    assert reading.parts.get().title == "Opening"


@pytest.mark.parametrize(
    "invalid_decisions",
    [
        {"sentence": 99, "accept": ["offer"]},
        {"sentence": 5, "accept": ["decision"]},
        {"sentence": 5, "acept": ["offer"]},
        {"sentence": 5, "add": {"kind": "offer", "quote": "not there"}},
        {"sentence": 5, "kind": "offer", "edit": {"speaker": "x"}},
        {"actor": "Helpline One", "organisation": "Nobody knows it"},
    ],
)
def test_invalid_decision_data_changes_nothing(coalition, rapporteur, invalid_decisions):
    reading = create_reading(coalition, rapporteur)

    with pytest.raises(actions.InvalidInstructionError):
        apply_suggestion_instructions(
            reading, [{"sentence": 6, "accept": ["decision"]}, invalid_decisions], actor=rapporteur
        )

    assert not reading.suggestions.kept().exists()


def test_member_cannot_enter_reading(coalition, rapporteur, member):
    reading = accept_all_suggestions(create_reading(coalition, rapporteur), rapporteur)

    with pytest.raises(PermissionDenied):
        actions.enter_reading(actor=member, reading=reading)
    assert not Meeting.objects.exists()


def test_member_cannot_enter_reading_they_started_as_rapporteur(coalition, rapporteur):
    reading = accept_all_suggestions(create_reading(coalition, rapporteur), rapporteur)
    Role.objects.filter(person=rapporteur).delete()
    with pytest.raises(PermissionDenied):
        actions.enter_reading(actor=Person.objects.get(pk=rapporteur.pk), reading=reading)

    assert not Meeting.objects.exists()


def test_former_rapporteur_cannot_enter_reading_again(coalition, rapporteur):
    reading = accept_all_suggestions(create_reading(coalition, rapporteur), rapporteur)
    actions.enter_reading(actor=rapporteur, reading=reading)
    Role.objects.filter(person=rapporteur).delete()

    with pytest.raises(PermissionDenied):
        actions.enter_reading(actor=Person.objects.get(pk=rapporteur.pk), reading=reading)
