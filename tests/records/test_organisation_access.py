"""Nobody reads in the record of an organisation what they may not read elsewhere: held against the world of the walks.

All that people did in that world was done for one organisation here, so that every source has lines of every label and
state. `tests/persona_access.py` says in plain Python who may read which word.
"""

import pytest

from jukwaa.coalitions.models import Capacity, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.cooperation.models import Charter, Consent, Enquiry, Match, Need, Offer
from jukwaa.drafting.models import Consultation, Position, Text
from jukwaa.events.models import Event
from jukwaa.meetings.models import Commitment, Dissent, Entry
from jukwaa.records.models import Authorship
from jukwaa.records.organisation_history import HistoryQuery, history_line_registry, load_organisation_history
from jukwaa.regions.models import Voice
from tests.factories import EntryFactory
from tests.persona_access import PERSONAS
from tests.test_access_walk import UNIQUE_WORD_PATTERN, WALK_ENDING_PATHS


@pytest.fixture
def organisation(shared_world, db):
    """The author's organisation, for which everything was said, shared, promised, offered and asked."""
    coalition = shared_world.coalition
    own = Organisation.objects.select_related("coalition").get(coalition=coalition, name="The author's organisation")
    capacity = Capacity.objects.create(coalition=coalition, organisation=own, name=own.name)
    Capacity.objects.filter(coalition=coalition).update(organisation=own)
    Authorship.objects.filter(record__coalition=coalition).update(capacity=capacity)
    for model in (Offer, Need):
        model.objects.filter(coalition=coalition).update(organisation=own)
    Text.objects.filter(coalition=coalition).update(owner=own)
    Event.objects.filter(coalition=coalition).update(organiser=own)
    Enquiry.objects.filter(need__coalition=coalition).update(organisation=own)
    Match.objects.filter(need__coalition=coalition).update(state=Match.State.SUGGESTED)
    Consent.objects.all().delete()
    Voice.objects.filter(stands=True).update(stands=False)
    for voice in Voice.objects.order_by("item", "pk"):
        Voice.objects.filter(pk=voice.pk).update(
            organisation=own, stands=not is_current_voice_of_organisation(voice, own)
        )
    for consultation in Consultation.objects.filter(text__coalition=coalition):
        consultation.asks = Consultation.Asks.NAMED
        consultation.save()
        consultation.asked.add(own)
    Charter.objects.filter(number=2).update(in_force_since=None, dropped_at=None)
    for entry in Entry.objects.filter(coalition=coalition):
        entry.speakers.add(capacity)
        Dissent.objects.get_or_create(entry=entry, capacity=capacity, kind=Dissent.Kind.OBJECTED)
        Commitment.objects.create(entry=copy_entry_as_commitment(entry, 1_000), owner=capacity)
        Commitment.objects.create(
            entry=copy_entry_as_commitment(entry, 2_000), proposed_name="Own", proposed_organisation=own
        )
    return own


def is_current_voice_of_organisation(voice, organisation):
    return Voice.objects.filter(item=voice.item_id, organisation=organisation, stands=True).exists()


def copy_entry_as_commitment(entry, source_entry):
    """A commitment of the same words, for the same readers."""
    fields = ("coalition", "meeting", "label", "state", "title", "text", "published_at", "withdrawn_at")
    copied = {name: getattr(entry, name) for name in (*fields, "withdrawn_because")}
    made = EntryFactory(kind="commitment", position=entry.position + source_entry, **copied)
    for author in entry.authorships.all():
        made.authorships.create(person=author.person)
    for each in entry.audience.all():
        made.audience.create(person=each.person, organisation=each.organisation)
    return made


def set_all_positions_to_awaiting():
    """Calls are open to an organisation that awaits instructions; then it has taken no position."""
    Position.objects.update(stance=Position.Stance.AWAITING)


def find_unique_words(record_lines):
    """The canaries in everything that a page or a file shows of these lines."""
    text = " ".join(str(line) for line in record_lines).lower()
    return {word for word in UNIQUE_WORD_PATTERN.findall(text) if word.endswith(WALK_ENDING_PATHS)}


@pytest.mark.parametrize("persona", PERSONAS)
def test_representatives_version_shows_only_lines_readable_by_viewer(shared_world, organisation, persona):
    """Of whoever opens it: each line is read by the read rule, not by the policy of the page alone."""
    set_all_positions_to_awaiting()
    standing = Standing(shared_world.people[persona], shared_world.coalition)

    history = load_organisation_history(HistoryQuery(organisation, standing, is_own=True))
    found = find_unique_words(history.lines)

    assert found - shared_world.get_allowed_words(persona) == set()
    assert found


def test_public_version_shows_only_public_lines(shared_world, organisation):
    history = load_organisation_history(HistoryQuery.for_public(organisation))
    found = find_unique_words(history.lines)

    assert found - shared_world.get_allowed_words("visitor") == set()
    assert {line.label for line in history.lines} == {"TLP:CLEAR"}
    assert [line for line in history.lines if line.is_open or line.is_late] == []


def test_each_history_source_has_records_of_every_label(shared_world, organisation):
    """The tests above would prove nothing of a source without a line."""
    set_all_positions_to_awaiting()
    query = HistoryQuery(organisation, Standing(shared_world.people["author"], shared_world.coalition), is_own=True)
    labels = {find.__name__: {line.label for line in find(query)} for find in history_line_registry.values()}

    # A call that only named people can read asks no organisation.
    assert {name for name, found in labels.items() if "TLP:RED" not in found} == {"find_open_calls"}
    assert labels["find_open_calls"] >= {"TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT"}
