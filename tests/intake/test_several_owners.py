"""Actions of several owners: a commitment for each of them, with the same words, each owner once and none lost."""

from datetime import date

import pytest
from django.urls import reverse

from jukwaa.intake import actions
from jukwaa.intake.actions import SuggestionWording
from jukwaa.intake.existing_entries import ExistingEntries
from jukwaa.intake.guesses import choose_owners
from jukwaa.intake.models import Suggestion
from jukwaa.intake.suggestion_wording import split_owners, split_wording_by_owner
from jukwaa.meetings.actions import record_entry
from jukwaa.meetings.models import Commitment
from tests.factories import MeetingFactory
from tests.intake.examples import find_sentence
from tests.intake.readings import create_reading

MEETING_DAY = date(2025, 2, 12)
TEXT = """Minutes

Action | Owner | Due
Write the page | Rhea Adler and Jun Mori | 3 May
Ask the school | Noor Tahir, Rolf Bakke, Ines Prado | 4 May
Buy the paint | Rhea Adler | 5 May
"""
OWNERS = {
    ("Write the page", "Rhea Adler"),
    ("Write the page", "Jun Mori"),
    ("Ask the school", "Noor Tahir"),
    ("Ask the school", "Rolf Bakke"),
    ("Ask the school", "Ines Prado"),
    ("Buy the paint", "Rhea Adler"),
}


@pytest.fixture
def reading(coalition, rapporteur):
    return create_reading(coalition, rapporteur, TEXT, meeting_on=MEETING_DAY, label="TLP:GREEN")


@pytest.fixture
def meeting(coalition):
    return MeetingFactory(coalition=coalition, published=True)


def list_suggested(reading):
    return sorted(reading.suggestions.filter(kind="commitment").values_list("text", "owner"))


def list_commitments(meeting):
    commitments = Commitment.objects.filter(entry__meeting=meeting).select_related("owner", "entry")
    return sorted((each.written_text, each.owner.name if each.owner else each.proposed_name) for each in commitments)


def accept_all(reading, actor):
    actions.accept_remaining_suggestions(actor=actor, reading=reading, suggestion_kind="commitment")
    return reading


def edit(suggestion, actor, **changes):
    wording = SuggestionWording(kind="commitment", **{"text": suggestion.text, "actors": suggestion.actors, **changes})
    return actions.edit_suggestion(actor=actor, suggestion=suggestion, wording=wording, from_version=suggestion.version)


@pytest.mark.parametrize(
    ("names", "text", "expected"),
    [
        (["Ana"], "Write", (["Ana"], "Write")),
        (["Ana", "Ben"], "Write", (["Ana", "Ben"], "Write")),
        (["Ana", "Ben", "Ana"], "Write", (["Ana", "Ben"], "Write")),
        (["Ana", "Ben", "Caz", "Dov"], "Write", (["Ana", "Ben", "Caz", "Dov"], "Write")),
        (["Ana", "Ben", "Caz", "Dov", "Eli"], "Write", (["Ana"], "Write (+ Ben, Caz, Dov, Eli)")),
        (["Ana", "all members"], "Write", (["Ana"], "Write (+ all members)")),
        (["Ana", "all members"], "Ana and all members write", (["Ana"], "Ana and all members write")),
        ([], "Write", ([], "Write")),
    ],
)
def test_owners_of_one_action(names, text, expected):
    assert choose_owners(names, text) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Ana Lopes", ["Ana Lopes"]),
        ("Ana Lopes; Ben  Okoro ;", ["Ana Lopes", "Ben Okoro"]),
        ("Ana Lopes\r\nBen Okoro\nAna Lopes", ["Ana Lopes", "Ben Okoro"]),
        ("Ministry of Health, Labour and Welfare", ["Ministry of Health, Labour and Welfare"]),
        (" ; ", []),
    ],
)
def test_owners_as_typed(written, expected):
    assert split_owners(written) == expected


@pytest.mark.parametrize(
    ("actors", "expected"),
    [
        ([], [["Ana"], ["Ben"]]),
        (["Ana"], [["Ana"], ["Ben"]]),
        (["Ana", "Ben"], [["Ana"], ["Ben"]]),
        (["Ana", "Caz"], [["Ana", "Caz"], ["Ben", "Caz"]]),
        (["Caz"], [["Caz"], ["Caz"]]),
    ],
)
def test_names_of_each_commitment(actors, expected):
    wording = SuggestionWording(kind="commitment", text="Write", actors=actors, owner="Ana; Ben")

    assert [each.actors for each in split_wording_by_owner(wording)] == expected


def test_other_kinds_have_no_owners():
    wording = SuggestionWording(kind="decision", text="Write", owner="Ana; Ben")

    assert split_wording_by_owner(wording) == [wording]


def test_each_owner_has_a_suggestion_and_a_commitment(reading, rapporteur):
    assert list_suggested(reading) == sorted(OWNERS)

    entered = actions.enter_reading(actor=rapporteur, reading=accept_all(reading, rapporteur))

    assert (entered.entries, list_commitments(entered.meeting)) == (len(OWNERS), sorted(OWNERS))


def test_later_version_adds_only_new_owners(coalition, reading, rapporteur):
    meeting = actions.enter_reading(actor=rapporteur, reading=accept_all(reading, rapporteur)).meeting
    later_text = TEXT.replace("Rhea Adler | 5 May", "Rhea Adler and Jun Mori | 5 May") + "\nThanks to all.\n"
    later = create_reading(coalition, rapporteur, later_text, meeting_on=MEETING_DAY, label="TLP:GREEN")

    entered = actions.enter_reading(actor=rapporteur, reading=accept_all(later, rapporteur), target_meeting=meeting)

    assert entered.entries == 1
    assert list_commitments(meeting) == sorted(OWNERS | {("Buy the paint", "Jun Mori")})


def test_second_owner_can_be_accepted_later(reading, rapporteur):
    first, second = reading.suggestions.filter(text="Write the page").order_by("pk")
    actions.accept_suggestion(actor=rapporteur, suggestion=first, from_version=first.version)
    meeting = actions.enter_reading(actor=rapporteur, reading=reading).meeting
    actions.accept_suggestion(actor=rapporteur, suggestion=second, from_version=second.version)
    actions.enter_reading(actor=rapporteur, reading=reading)

    assert list_commitments(meeting) == [("Write the page", "Jun Mori"), ("Write the page", "Rhea Adler")]


def test_owner_who_changed_in_the_record_is_not_added_again(coalition, reading, rapporteur):
    meeting = actions.enter_reading(actor=rapporteur, reading=accept_all(reading, rapporteur)).meeting
    Commitment.objects.filter(entry__text="Buy the paint").update(proposed_name="Olga Weiss")
    later = create_reading(coalition, rapporteur, f"{TEXT}\nThanks.\n", meeting_on=MEETING_DAY, label="TLP:GREEN")

    entered = actions.enter_reading(actor=rapporteur, reading=accept_all(later, rapporteur), target_meeting=meeting)

    assert entered.entries == 0


def test_owners_under_chatham_house_rule_are_one_entry(reading, rapporteur):
    last = reading.sentences.last().number
    actions.create_reading_part(actor=rapporteur, reading=reading, title="Closed", first=1, last=last, chatham=True)

    meeting = actions.enter_reading(actor=rapporteur, reading=accept_all(reading, rapporteur)).meeting

    assert list_commitments(meeting) == [("Ask the school", ""), ("Buy the paint", ""), ("Write the page", "")]
    assert not reading.suggestions.filter(kind="commitment", entered_at=None).exists()


def test_edit_for_several_owners(reading, rapporteur):
    suggestion = reading.suggestions.get(text="Buy the paint")

    for _press in range(2):
        edit(suggestion, rapporteur, text="Buy blue paint", owner="Rhea Adler; Olga Weiss")

    added = reading.suggestions.filter(text="Buy blue paint").order_by("pk")
    assert [(each.pk == suggestion.pk, each.owner, each.actors, each.is_kept) for each in added] == [
        (True, "Rhea Adler", ["Rhea Adler"], True),
        (False, "Olga Weiss", ["Olga Weiss"], True),
    ]
    assert reading.actors.filter(written="Olga Weiss").exists()


def test_edit_takes_suggestion_of_other_owner_along(reading, rapporteur):
    suggestion = reading.suggestions.get(text="Write the page", owner="Rhea Adler")

    edit(suggestion, rapporteur, text="Write it", owner="Rhea Adler; Jun Mori")

    assert sorted(reading.suggestions.filter(text="Write it").values_list("owner", flat=True)) == [
        "Jun Mori",
        "Rhea Adler",
    ]
    assert not reading.suggestions.filter(text="Write the page").exists()


def test_form_adds_an_entry_for_each_owner_once(client, coalition, reading, rapporteur):
    client.force_login(rapporteur)
    sentence = find_sentence(reading, "Buy the paint")
    url = reverse("intake:suggestion_new", args=[coalition.slug, reading.pk]) + f"?sentence={sentence.number}"
    typed = {
        "kind": "commitment",
        "text": "Store the paint",
        "owner": "Ines Prado; Jun Mori",
        "start": sentence.start,
        "end": sentence.end,
    }

    page = client.get(url)
    for _press in range(2):
        client.post(url, typed)

    assert '<option value="Ines Prado">' in page.text
    assert sorted(reading.suggestions.filter(text="Store the paint").values_list("owner", flat=True)) == [
        "Ines Prado",
        "Jun Mori",
    ]


def test_form_refuses_name_that_is_too_long(client, coalition, reading, rapporteur):
    client.force_login(rapporteur)
    suggestion = reading.suggestions.get(text="Buy the paint")
    url = reverse("intake:suggestion_edit", args=[coalition.slug, reading.pk, suggestion.pk])

    page = client.post(url, {"kind": "commitment", "text": "Buy", "owner": f"Jun; {'A' * 251}", "version": 1})

    assert "Enter shorter names" in page.text


def test_missed_row_is_added_for_each_owner(reading, rapporteur):
    reading.suggestions.all().delete()
    sentence = find_sentence(reading, "Ask the school")

    added = actions.accept_sentence_as_suggestion(actor=rapporteur, sentence=sentence, suggestion_kind="commitment")

    assert (added.text, added.owner) == ("Ask the school", "Noor Tahir")
    assert list_suggested(reading) == sorted(pair for pair in OWNERS if pair[0] == "Ask the school")


def test_similar_rows_are_added_for_each_owner(reading, rapporteur):
    reading.suggestions.all().delete()
    sentence = find_sentence(reading, "Buy the paint")
    example = actions.accept_sentence_as_suggestion(actor=rapporteur, sentence=sentence, suggestion_kind="commitment")

    count = actions.add_similar_sentences(
        actor=rapporteur, example=example, from_version=example.version, sentence_numbers=range(1, 100)
    )

    assert (count, list_suggested(reading)) == (len(OWNERS) - 1, sorted(OWNERS))
    assert reading.actors.filter(written="Jun Mori").exists()


def test_review_page_shows_each_owner(client, reading, rapporteur):
    client.force_login(rapporteur)
    sentence = find_sentence(reading, "Write the page")

    page = client.get(f"{reading.get_absolute_url()}?at={sentence.number}")

    for owner in ("Rhea Adler", "Jun Mori"):
        suggestion = Suggestion.objects.get(reading=reading, text="Write the page", owner=owner)
        assert (
            reverse("intake:suggestion_accept", args=[reading.coalition.slug, reading.pk, suggestion.pk]) in page.text
        )


def test_merge_page_tells_owners_apart(client, coalition, reading, rapporteur):
    client.force_login(rapporteur)
    suggestion = reading.suggestions.get(text="Buy the paint")

    page = client.get(reverse("intake:suggestion_merge", args=[coalition.slug, reading.pk, suggestion.pk]))

    assert "Write the page (Rhea Adler)" in page.text
    assert "Write the page (Jun Mori)" in page.text


@pytest.mark.parametrize(
    ("existing", "owner", "is_same"),
    [
        ("Jun Mori", "Jun Mori", True),
        ("Jun Mori", "JUN MORI", True),
        ("Jun", "Jun Mori", True),
        ("Jun Mori", "Jun", True),
        ("Jun Mori", "", True),
        ("", "Jun Mori", True),
        ("Jun Mori", "Rhea Mori", False),
        ("Ministry of Health", "Ministry of Health and Youth", False),
    ],
)
def test_owner_of_an_existing_entry(meeting, rapporteur, existing, owner, is_same):
    owner_voice = (existing, None) if existing else None
    entry = record_entry(actor=rapporteur, meeting=meeting, kind="commitment", text="Call.", owner=owner_voice)
    suggestion = Suggestion(kind="commitment", text="Call.", owner=owner)

    assert ExistingEntries(meeting).find(suggestion, None, is_nameless=False) == (entry.pk if is_same else None)


def test_entry_without_owner_is_that_of_one_owner(meeting, rapporteur):
    entry = record_entry(actor=rapporteur, meeting=meeting, kind="commitment", text="Call.")
    entries = ExistingEntries(meeting)
    suggestions = [Suggestion(kind="commitment", text="Call.", owner=owner) for owner in ("Jun Mori", "Noor Tahir")]

    assert [entries.find(each, None, is_nameless=False) for each in suggestions] == [entry.pk, None]
