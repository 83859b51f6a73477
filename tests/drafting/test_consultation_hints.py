"""The last day and the questions that a draft gives for its own consultation."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.core.dates import format_long_date
from jukwaa.drafting.actions import ClauseDraft, add_clause, create_named_revision
from jukwaa.drafting.consultation_hints import (
    find_last_day_to_respond,
    find_parts_that_only_ask,
    list_consultation_questions,
    remove_email_addresses,
)
from jukwaa.drafting.importing import import_document_file
from jukwaa.drafting.models import Placement, Text

TODAY = date(2026, 10, 10)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("CONSULTATION DRAFT 3 – 1 November 2026 – comments by 30 November 2026 to ana@elm.example", (11, 30)),
        ("Guidelines – consultation draft v0.4, 25 September 2026. Comments until 13 November 2026.", (11, 13)),
        ("Groupe Verger. Contributions attendues du 1er octobre au 30 novembre 2026.", (11, 30)),
        ("Borrador – octubre de 2026. Comentarios hasta el 18 de diciembre de 2026 a ana@olmo.example", (12, 18)),
        ("Contributos até 5 de dezembro de 2026", (12, 5)),
        ("Deadline for comments: 2026-11-20", (11, 20)),
        ("ملاحظات قبل 20 نوفمبر 2026", (11, 20)),
        ("This draft is for schools. " * 100 + "Comments by 30 November 2026.", (11, 30)),
    ],
)
def test_last_day_to_respond_is_read(line, day):
    assert find_last_day_to_respond([line], TODAY) == date(2026, *day)


@pytest.mark.parametrize(
    "line",
    [
        *("Comments by 1 October 2026", "Version 3 of 30 November 2026", "Adopted on 5 November 2026 by the board"),
        "Comments " * 100 + "by 30 November 2026",
        *("The report is due on 5 November 2026.", "We thank the board for its comments.", ""),
    ],
)
def test_other_days_are_no_last_day_to_respond(line):
    assert find_last_day_to_respond([line], TODAY) is None


@pytest.mark.parametrize(
    ("line", "is_request"),
    [
        ("Comments until 13 November 2026.", True),
        ("We welcome comments until 13 November 2026.", True),
        ("Please respond by Friday 13 November 2026", True),
        ("Please send comments to ana@elm.example by 13 November 2026", True),
        ("Comments on this draft are welcome until 13 November 2026", True),
        ("The deadline for comments is 13 November 2026.", True),
        ("Merci d'envoyer vos commentaires avant le 13 novembre 2026", True),
        ("Comentarios hasta el 13 de noviembre de 2026", True),
        ("Contributos até 13 de novembro de 2026", True),
        ("Providers report to the coalition on the comments received by 13 November 2026.", False),
        ("The working group will publish its response by 13 November 2026.", False),
        ("Comments received by 13 November 2026 are published in the annex.", False),
        ("Responses by providers are published until 13 November 2026.", False),
        ("The board is invited to its second consultation, which ends by 13 November 2026.", False),
    ],
)
def test_last_day_within_a_text_is_that_of_a_request(line, is_request):
    assert find_last_day_to_respond([line], TODAY, only_requests=True) == (date(2026, 11, 13) if is_request else None)


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        *(("Annex B – Questions for the consultation", True), ("Questions posées aux contributeurs", True)),
        *(("Preguntas para la consulta", True), ("Questions", True), ("Scope", False), ("Out of the question", False)),
    ],
)
def test_questions_are_those_below_their_heading(heading, found):
    parts = [("heading", "Aim"), ("paragraph", "Why?"), ("heading", heading), ("numbered", "Is it clear?")]
    parts += [("paragraph", "Names will not be published."), ("heading", "Annex"), ("paragraph", "Who?")]

    assert list_consultation_questions(parts) == (["Is it clear?"] if found else [])


def test_cover_line_of_imported_file_is_no_clause():
    text = (
        "# Guidelines\n\nCONSULTATION DRAFT 3 – 1 November 2026 – comments by 30 November 2026\n\n"
        "## Aim\n\nThis draft is for schools.\n\nComments until 5 May 2026 were read.\n"
    )

    imported = import_document_file(text.encode(), "g.md")

    assert imported.cover_lines == ["CONSULTATION DRAFT 3 – 1 November 2026 – comments by 30 November 2026"]
    assert [draft.body for draft in imported.drafts] == [
        "Aim",
        "This draft is for schools.",
        "Comments until 5 May 2026 were read.",
    ]


@pytest.mark.parametrize("line", ["The coalition has had 41 members since 2021.", "Comments are welcome at any time."])
def test_other_first_lines_stay_clauses(line):
    imported = import_document_file(f"# Guidelines\n\n{line}\n\n## 1. Aim\n\nText.\n".encode(), "g.md")

    assert imported.cover_lines == []
    assert line in [draft.body for draft in imported.drafts]


@pytest.mark.parametrize("days", [20, -20])
def test_consultation_form_suggests_what_the_text_says(client, open_text, rapporteur, days):
    last_day = timezone.localdate() + timedelta(days=days)
    Text.objects.filter(pk=open_text.pk).update(summary=f"Draft 3. Comments by {format_long_date(last_day)}.")
    client.force_login(rapporteur)

    form = client.get(reverse("drafting:consultation_new", args=["ours", open_text.pk])).context["form"]

    expected = last_day if days > 0 else timezone.localdate() + timedelta(days=30)
    assert (form["until"].value(), form["questions"].value()) == (expected, "")


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("Comments by 30 May 2026 to ana@elm.example", "Comments by 30 May 2026"),
        ("Comments by 3 May to ana@elm.example (cc b.osei@oak.example)", "Comments by 3 May"),
        ("Comentarios hasta el 18 de mayo a ana@olmo.example", "Comentarios hasta el 18 de mayo"),
        ("Comments to the secretariat @ Elm House by 3 May", "Comments to the secretariat @ Elm House by 3 May"),
    ],
)
def test_addresses_of_cover_lines_are_left_out_of_summary(line, bare):
    assert remove_email_addresses(line) == bare


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        (["Is it clear?", "What is missing?"], {2, 3, 4}),
        (["Is it clear?\nWhat is missing?"], {2, 3}),
        (["Q1. Is it clear?", "2) What is missing?"], {2, 3, 4}),
        (["Please answer these:", "Is it clear?"], set()),
        (["Is it clear?", "Who else?"], set()),
        (["Is it clear?", " "], set()),
        (["Nothing to ask."], set()),
        ([], set()),
    ],
)
def test_parts_that_only_ask_are_found(bodies, expected):
    parts = [("heading", "1. Aim"), ("paragraph", "Is it clear?"), ("heading", "Questions for consultation")]
    parts += [("paragraph", body) for body in bodies]

    assert find_parts_that_only_ask(parts, ["Is it clear?", "What is missing?"]) == expected


@pytest.mark.parametrize(
    ("heading", "is_about_consultation"),
    [
        ("Annex B – Questions for the consultation", True),
        ("7. Consultation questions", True),
        ("Questions pour la consultation", True),
        ("Preguntas para la consulta pública", True),
        ("Perguntas para a consulta", True),
        ("أسئلة الاستشارة", True),
        ("Questions", False),
        ("Questions on age assurance", False),
        ("Questions to ask a provider", False),
        ("Questions for consultation with children", False),
        ("Preguntas para la escuela", False),
    ],
)
def test_only_questions_of_the_consultation_leave_the_text(heading, is_about_consultation):
    parts = [("paragraph", "Aim"), ("heading", heading), ("paragraph", "Is it clear?"), ("heading", "Annex")]
    parts += [("paragraph", "Schools use the list.")]

    assert find_parts_that_only_ask(parts, ["Is it clear?"]) == ({1, 2} if is_about_consultation else set())


def test_questions_below_the_next_heading_keep_all_questions_in_the_text():
    parts = [("paragraph", "Aim"), ("heading", "Consultation questions"), ("paragraph", "Is it clear?")]
    parts += [("heading", "Part B"), ("paragraph", "Who pays?")]

    assert find_parts_that_only_ask(parts, ["Is it clear?"]) == set()


def test_questions_lose_their_numbers():
    bodies = ["Q1. Is it clear?", "Question 2: What is missing?", "3) Who else?", "5 days are enough?"]
    parts = [("heading", "Questions"), *(("paragraph", body) for body in bodies)]

    assert list_consultation_questions(parts) == ["Is it clear?", "What is missing?", "Who else?", "5 days are enough?"]


def test_last_day_is_read_at_the_end_of_a_long_draft(client, open_text, rapporteur):
    last_day = timezone.localdate() + timedelta(days=20)
    bodies = [*(f"Clause {n}." for n in range(12)), f"We welcome comments until {format_long_date(last_day)}."]
    for body in bodies:
        add_clause(actor=rapporteur, text=open_text, clause_draft=ClauseDraft(body), after_clause=get_last(open_text))
    create_named_revision(actor=rapporteur, text=open_text)
    client.force_login(rapporteur)

    form = client.get(reverse("drafting:consultation_new", args=["ours", open_text.pk])).context["form"]

    assert form["until"].value() == last_day


def get_last(text):
    last = Placement.objects.now(text).last()
    return last.clause if last else None
