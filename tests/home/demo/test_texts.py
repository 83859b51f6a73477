"""The texts of the demo: one in each stage, each says what it is, and the trace reaches the sentence of 2009."""

from django.urls import reverse

from jukwaa.drafting.models import Call, Edition, Input, Placement, Position, Text
from jukwaa.home.demo import DEMO_COALITION_SLUG

MADE_UP_SUFFIX = "(example)"
SOURCE_SENTENCE = (
    "It was also mentioned that the Brazilian members had worked on developing specific guidelines "
    "on working with ISPs which could be shared with other members."
)


def find_clause_beginning_with(first_words):
    return Text.objects.get(title__startswith=first_words)


def test_demo_has_one_text_in_each_stage(demo_coalition, db):
    assert Text.objects.exclude(form__in=("brief", "decision")).count() == 5
    assert find_clause_beginning_with("Draft statement on age checks").state == "draft"
    assert [one.is_open for one in find_clause_beginning_with("How a dynamic coalition").consultations.all()] == [True]
    answered = find_clause_beginning_with("Signing an agreement")
    assert [one.is_open for one in answered.consultations.all()] == [False]
    assert list(answered.inputs.order_by("pk").values_list("disposition", flat=True)) == ["not-accepted", "", ""]
    calls = find_clause_beginning_with("Plan of action").calls.order_by("pk")
    assert [(call.outcome, call.is_open, call.positions.count()) for call in calls] == [
        ("restarted", False, 2),
        ("", True, 2),
    ]
    assert list(Edition.objects.values_list("text", "major", "minor", "call__outcome")) == [
        (find_clause_beginning_with("Working with").pk, 1, 0, "with-dissent")
    ]


def test_each_demo_text_is_marked_as_example(demo_coalition, db):
    assert not Text.objects.filter(is_example=False).exists()
    texts = Text.objects.exclude(form="decision")
    first = [Placement.objects.now(text)[1].wording.body for text in texts]

    assert [text.summary.endswith("Written for this demo. No coalition has agreed to it.") for text in texts].count(
        True
    ) >= 3
    assert [body.startswith("This is a demo") for body in first] == [True] * 6


def test_no_real_person_speaks_in_demo_texts(demo_coalition, db):
    voices = [row.capacity.name for model in (Input, Position) for row in model.objects.select_related("capacity")]

    assert len(voices) == 23
    assert [name for name in voices if MADE_UP_SUFFIX not in name] == []
    assert set(Call.objects.values_list("silence", flat=True)) == {"nothing"}


def test_each_demo_clause_leads_to_its_sources(demo_coalition, db, client):
    text = find_clause_beginning_with("Working with")
    for number in (2, 11, 13):
        page = client.get(reverse("drafting:clause_trace", args=[DEMO_COALITION_SLUG, text.pk, number])).text
        assert f"<mark>{SOURCE_SENTENCE}</mark>" in page
        assert "Report of the session at Sharm El Sheikh, 2009" in page
    assert "Terms of Mutual Cooperation, Brazil, 2008" in page
