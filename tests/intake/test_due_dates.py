"""Deadlines in words become days, counted from the meeting that set them, so that they can be late."""

from datetime import date

import pytest

from jukwaa.intake.actions import accept_suggestion, choose_meeting_of_reading, enter_reading
from jukwaa.intake.due_dates import find_due_day
from jukwaa.meetings.models import Commitment
from tests.intake.readings import create_reading

MEETING_DAY = date(2026, 11, 19)  # a Thursday
TEXT = "# Call of {day}\n\nPresent: Ana Lopes, Ben Okoro\n\n## Actions\n\n- Ana and Ben: send the list by 8 Dec\n"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("by 8 Dec", date(2026, 12, 8)),
        ("1 April", date(2027, 4, 1)),
        ("1 November", date(2026, 11, 1)),  # an action of the last meeting, which is late
        ("due 12/01/2027", date(2027, 1, 12)),  # 1 December is more than a year ahead
        ("03/04/2027", None),
        ("28.02.", date(2027, 2, 28)),
        ("version 2.1 by Monday", date(2026, 11, 23)),
        ("end of May 2025", date(2025, 5, 31)),
        ("mid-January", date(2027, 1, 15)),
        ("by the beginning of February", date(2027, 2, 1)),
        ("before the end of the year 2023", date(2023, 12, 31)),
        ("by EOM", date(2026, 11, 30)),
        ("by year-end", date(2026, 12, 31)),
        ("by the financial year end", None),
        ("by Q3 FY26", None),  # of a year that begins when the office says
        ("no prazo de 15 dias", date(2026, 12, 4)),
        ("em até 15 dias", date(2026, 12, 4)),
        ("en un plazo de dos semanas", date(2026, 12, 3)),
        ("dans les deux semaines", date(2026, 12, 3)),
        ("by EOD", MEETING_DAY),
        ("Tuesday", date(2026, 11, 24)),
        ("by next Friday", None),  # of this week or the next
        ("next week", date(2026, 11, 27)),
        ("before the 27th", date(2026, 11, 27)),
        ("within 3 working days", date(2026, 11, 24)),
        ("in two months", date(2027, 1, 19)),
        ("before Christmas", date(2026, 12, 24)),
        ("15 de enero de 2023", date(2023, 1, 15)),
        ("a más tardar el 31/01/2023", date(2023, 1, 31)),
        ("mediados de marzo", date(2027, 3, 15)),
        ("antes del sábado", date(2026, 11, 21)),
        ("hasta fines de 2024", date(2024, 12, 31)),
        ("Feb 10-11", date(2027, 2, 11)),
        ("10-11 Feb", date(2027, 2, 11)),
        ("Junio 7-14", date(2027, 6, 14)),
        ("May 3 17:00", date(2027, 5, 3)),
        ("next Friday (May 28th)", date(2027, 5, 28)),
        ("by EOD Friday", date(2026, 11, 20)),
        ("in a fortnight", date(2026, 12, 3)),
        ("2 weeks", date(2026, 12, 3)),
        ("by the first week of June", date(2027, 6, 7)),
        ("by the second half of June", date(2027, 6, 30)),
        ("end of next week", date(2026, 11, 27)),
        ("la próxima semana", date(2026, 11, 27)),
        ("dans deux semaines", date(2026, 12, 3)),
        ("em duas semanas", date(2026, 12, 3)),
        ("a finales de mes", date(2026, 11, 30)),
        ("até o fim do mês", date(2026, 11, 30)),
        ("mois prochain", date(2026, 12, 31)),
        ("نهاية الشهر", date(2026, 11, 30)),
        ("5 days before 3 May", None),
        ("two weeks before the AGM", None),
        ("by next weekend", None),  # of this week or the next
        ("asap", None),
        ("before the next meeting", None),
    ],
)
def test_deadline_is_counted_from_the_meeting(words, day):
    assert find_due_day(words, MEETING_DAY) == day


@pytest.mark.parametrize("words", ["8 May", "by the 30th", "in 20 months", "in six weeks"])
@pytest.mark.parametrize("meeting_day", [date.min, date.max])
def test_deadline_outside_of_the_calendar_is_none(words, meeting_day):
    day = find_due_day(words, meeting_day)

    assert day is None or abs((day - meeting_day).days) < 650


def test_partial_date_without_meeting_day_has_no_due_day():
    assert [find_due_day(words, None) for words in ("by 8 Dec", "Tuesday", "end of May 2025")] == [
        None,
        None,
        date(2025, 5, 31),
    ]


@pytest.mark.parametrize(("other", "day"), [("31/01/2026", date(2027, 4, 3)), ("01/31/2026", date(2027, 3, 4))])
def test_month_and_day_order_follows_other_dates_of_document(other, day):
    assert find_due_day("03/04/2027", MEETING_DAY, f"Held on {other}.") == day


def test_record_has_both_owners_and_deadline_of_suggestion(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur, TEXT.format(day="19 November 2026"))
    for suggestion in reading.suggestions.filter(kind="commitment"):
        accept_suggestion(actor=rapporteur, suggestion=suggestion, from_version=suggestion.version)
    enter_reading(actor=rapporteur, reading=reading)

    for name, commitment in zip(["Ana Lopes", "Ben Okoro"], Commitment.objects.order_by("pk"), strict=True):
        assert (commitment.due_on, "Ana and Ben" in commitment.entry.text) == (date(2026, 12, 8), True)
        assert commitment.owner.name == name
        assert list(commitment.entry.speakers.values_list("name", flat=True)) == [name]


def test_deadlines_are_recomputed_for_new_meeting_day_unless_set_by_person(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur, TEXT.format(day="19 November 2026") + "- Ben: call us on Monday\n")
    kept = reading.suggestions.get(text__startswith="Ben")
    kept.due_on = date(2026, 1, 5)
    kept.save()

    choose_meeting_of_reading(
        actor=rapporteur, reading=reading, meeting=None, meeting_details={"meeting_on": date(2024, 11, 14)}
    )

    days = dict(reading.suggestions.filter(kind="commitment").values_list("owner", "due_on"))
    assert days == {"Ana Lopes": date(2024, 12, 8), "Ben Okoro": date(2026, 1, 5)}


NEXT_MEETING = "Next meeting: Wednesday 9 December 2026, 10.00, Leeds"


@pytest.mark.parametrize(
    ("words", "document", "day"),
    [
        ("December meeting", NEXT_MEETING, date(2026, 12, 9)),
        ("before the December meeting", "## 7. Next time\n\nWednesday 9 December in Leeds.", date(2026, 12, 9)),
        ("réunion de décembre", "Prochaine plénière le 9 décembre 2026 à 10 h.", date(2026, 12, 9)),
        ("December 2026 plenary", NEXT_MEETING, date(2026, 12, 9)),
        ("November meeting", NEXT_MEETING, None),
        ("December meeting", "The next meeting will be in December.", None),
        ("December meeting", "We met on 9 December 2025.", None),
        ("December", NEXT_MEETING, date(2026, 12, 31)),
        ("end of December, for the meeting", NEXT_MEETING, date(2026, 12, 31)),
        ("4 December, before the meeting", NEXT_MEETING, date(2026, 12, 4)),
        ("next meeting", NEXT_MEETING, date(2026, 12, 9)),
        ("before next mtg", "7. Next meeting\n\nWednesday 9 December, online", date(2026, 12, 9)),
        ("à la prochaine réunion", "La prochaine réunion aura lieu le 9 décembre 2026.", date(2026, 12, 9)),
        ("the next plenary", "40/26 DATE OF NEXT MEETING\n\nWednesday 9 December 2026, online", date(2026, 12, 9)),
        ("next meeting", "Ana | next meeting | new\nBen | 9 December 2026 | new", None),
        ("next meeting", f"{NEXT_MEETING}\n\nNext meeting: 3 February 2027", None),
        ("next meeting", "Next meeting: to be announced\n\nComments by 1 October 2026", None),
        ("next ministers' meeting", NEXT_MEETING, None),
    ],
)
def test_meeting_in_month_is_due_on_its_day(words, document, day):
    assert find_due_day(words, date(2026, 9, 16), document) == day


@pytest.mark.parametrize(
    "text", [". " * 20_000, "Next meeting" + "\n" * 20_000, "Next meeting. " * 2_000, ". " + "1. " * 10_000]
)
def test_long_rows_of_characters_do_not_slow_down_the_search_for_the_next_meeting(text):
    document = f"{text}\n\nNext meeting: 9 December 2026"

    assert find_due_day("next meeting", date(2026, 9, 16), document) == date(2026, 12, 9)


def test_next_meeting_of_another_report_is_not_remembered():
    assert [
        find_due_day("next meeting", date(2026, 9, 16), f"Next meeting: {number} December 2026") for number in (9, 10)
    ] == [date(2026, 12, 9), date(2026, 12, 10)]
