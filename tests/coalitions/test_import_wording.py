"""Rows that say in words that an organisation observes, left, or does not want to be listed: they are asked about."""

import pytest

from jukwaa.coalitions.actions import RowAnswers, answer_questions_of_import, import_ready_rows
from jukwaa.coalitions.imports.questions import find_import_questions
from jukwaa.coalitions.imports.row_wording import asks_about_publication, find_rows_by_wording
from jukwaa.coalitions.models import Membership, Organisation

COLUMN_HEADINGS = ["Organisation", "Country", "May we publish your name?", "Anything else?"]
ROWS = [
    ["Quillwort", "Kenya", "Yes", "We bring two trainers"],
    ["Thistledown", "Ghana", "only organisation", "data protection authority - OBSERVER ONLY please"],
    ["Harebell", "Fiji", "No", ""],
    ["Sorrel", "Chile", "Yes", "Please delete our data and don’t email us again."],
    ["Bryony", "Peru", "no", "we would like to leave"],
]
ORDINARY_REMARKS = [
    "Observatory of children's rights",
    "Obs: fee paid in May",
    "Permanent observer at the United Nations",
    "Nous aidons à observer les usages des enfants",
    "left a message on Monday",
    "Many observers came to our meeting",
    "Please email us in French",
    "names of officers are not to be published",
    "Can share data on deletion of accounts",
    "We publish a magazine for parents",
    "The former director has a new address",
    "Has leave in August",
    "No budget. Happy to review drafts.",
    "We do not email attachments",
    "Works on the right to be forgotten",
    "Delegates change every year",
    "Actif dans 12 pays",
    "Se retrouve chaque mois à Dakar",
    "Alta prioridad",
    "Interprétation FR indispensable",
    "Calls at 14 UTC are 11 pm for us",
    "",
]


@pytest.mark.parametrize(
    ("remark", "key"),
    [
        ("OBSERVER ONLY please", "says-observer"),
        ("We fund others. Observer for now", "says-observer"),
        ("want to join as observer first then member in 2027", "says-observer"),
        ("only observer status, please", "says-observer"),
        ("como observador", "says-observer"),
        ("Membre observateur", "says-observer"),
        ("nur als Beobachter", "says-observer"),
        ("نشارك بصفة مراقب", "says-observer"),
        ("we would like to leave", "says-left"),
        ("Please take us off the list and the website.", "says-left"),
        ("LEFT - see email 14 Oct", "says-left"),
        ("left in March 2024", "says-left"),
        ("BAJA 30/06/2026", "says-left"),
        ("retiré", "says-left"),
        ("Nous souhaitons quitter la coalition", "says-left"),
        ("ya no somos miembros", "says-left"),
        ("NO LONGER MEMBER since June 2024 - keep for the file", "says-left"),
        ("obs", "says-observer"),
        ("(obs.) no vote", "says-observer"),
        ("delete our data", "says-erasure"),
        ("Please don't email us again", "says-erasure"),
        ("Merci de supprimer nos données", "says-erasure"),
        ("borren nuestros datos", "says-erasure"),
        ("For security reasons do not list us ANYWHERE", "says-unpublished"),
    ],
)
def test_remark_in_words_is_recognised(remark, key):
    table = [["Name", "Remarks"], ["Quillwort", remark]]

    assert find_rows_by_wording(table, [1, 2], ["name", ""], ()) == {key: {"2": 1}}


def test_ordinary_remarks_are_not_asked_about():
    table = [["Name", "Remarks"], *([f"Member {place}", text] for place, text in enumerate(ORDINARY_REMARKS))]

    assert find_rows_by_wording(table, range(1, 99), ["name", ""], ()) == {}


@pytest.mark.parametrize(
    ("heading", "answer", "is_refused"),
    [
        ("May we publish your name?", "No", True),
        ("May we publish your name?", "not before 2027", True),
        ("May we publish your name?", "Only organisation", False),
        ("May we publish your name?", "yes!", False),
        ("May we publish your name?", "No problem", False),
        ("Estado / ¿se puede publicar?", "activa / NO", True),
        ("Estado / ¿se puede publicar?", "activa / sólo entidad", False),
        ("Pouvons-nous publier votre nom ?", "non", True),
        ("Podemos publicar o vosso nome?", "Não", True),
        ("Dürfen wir Ihren Namen veröffentlichen?", "Nein", True),
        ("هل يمكننا نشر الاسم؟", "لا", True),
        ("Can you host a meeting?", "No", False),
        ("Public sector", "No", False),
    ],
)
def test_refused_publication_is_recognised(heading, answer, is_refused):
    found = find_rows_by_wording([["Name", heading], ["Quillwort", answer]], [1, 2], ["name", "standing"], ())

    assert found == ({"says-unpublished": {"2": 1}} if is_refused else {})
    assert asks_about_publication(heading) == (heading not in {"Can you host a meeting?", "Public sector"})


def test_hidden_and_imported_columns_are_not_read():
    table = [["Name", "Position", "Notes"], ["Quillwort", "observer", "delete our data"]]

    assert find_rows_by_wording(table, [1, 2], ["name", "position", ""], (2,)) == {}


def test_question_about_row_quotes_its_words(import_rows):
    brought = import_rows(*ROWS, heading=COLUMN_HEADINGS)

    assert {row.number: row.reason for row in brought.rows.exclude(reason="")} == {
        3: "The row says under “Anything else?”: “data protection authority - OBSERVER ONLY please”. This may mean that"
        " the organisation is an observer and not a member. Choose how to import this row.",
        4: "The row says under “May we publish your name?”: “No”. The directory shows members, former members and"
        " observers to everyone. Choose whether to import this row, and how.",
        5: "The row says under “Anything else?”: “Please delete our data and don’t email us again.”. This may mean that"
        " the organisation does not want to be in the directory. Choose whether to import this row. If you import it,"
        " we may email its contact person.",
        6: "The row says under “May we publish your name?”: “no”. The row says under “Anything else?”: “we would like"
        " to leave”. The directory shows members, former members and observers to everyone. Choose whether to import"
        " this row, and how.",
    }
    questions = find_import_questions(brought)
    assert [(each.kind, each.key, each.numbers, each.suggestion) for each in questions.columns] == [
        ("look", "says-unpublished", [4, 6], ""),
        ("look", "says-observer", [3], "observer"),
        ("look", "says-erasure", [5], "skip"),
    ]


def test_answers_for_all_rows_are_imported(import_rows, coordinator):
    brought = import_rows(*ROWS, heading=COLUMN_HEADINGS)
    decisions = {"rows": {"says-observer": "observer", "says-erasure": "skip", "says-unpublished": "known"}}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions=decisions, answers_by_row={}
    )
    brought.refresh_from_db()
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    standings = Membership.objects.exclude(organisation=None).values_list("organisation__name", "standing")
    assert sorted(standings) == [("Quillwort", "active"), ("Thistledown", "observer")]
    assert set(Organisation.objects.values_list("name", flat=True)) == {
        "Quillwort",
        "Thistledown",
        "Harebell",
        "Bryony",
    }
    assert brought.rows.get(number=4).notes[0] == "The row says under “May we publish your name?”: “No”."


def test_published_row_is_still_asked_whether_it_left(import_rows, coordinator):
    brought = import_rows(*ROWS, heading=COLUMN_HEADINGS)
    decisions = {"rows": {"says-unpublished": "keep"}}
    row = brought.rows.get(number=6)
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions=decisions, answers_by_row={}
    )
    row.refresh_from_db()
    brought.refresh_from_db()
    assert brought.rows.get(number=4).state == "waiting"
    assert row.reason == (
        "The row says under “Anything else?”: “we would like to leave”. This may mean that the organisation or its"
        " contact person has left. Choose whether to import this row, and how."
    )

    answers = {row.pk: RowAnswers(look="left", cells={"until": "2026-10-05"})}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions={}, answers_by_row=answers
    )
    row.refresh_from_db()
    assert (row.state, row.reason) == ("waiting", "")


@pytest.mark.parametrize(("status", "is_asked"), [("observer", False), ("member", True), ("", True)])
def test_status_column_answers_the_question(import_rows, status, is_asked):
    brought = import_rows(["Quillwort", status, "observer for now"], heading=["Organisation", "Status", "Notes"])

    assert (brought.rows.get().state == "quarantine") == is_asked


def test_choices_name_who_will_see_the_organisation(import_rows, client, build_coalition_url, coordinator):
    brought = import_rows(*ROWS, heading=COLUMN_HEADINGS)
    client.force_login(coordinator)
    url = build_coalition_url("import_questions", brought.pk)
    lines = {line.question.key: line.control for line in client.get(url).context["column_lines"]}

    assert lines["says-unpublished"].label == "Rows that ask not to publish the name of the organisation"
    assert [label for _value, label in lines["says-unpublished"].field.choices] == [
        "Answer row by row",
        "Do not import",
        "Import without a membership: only members of the coalition will see it",
        "Import and show to everyone",
    ]
    client.post(url, {lines["says-erasure"].html_name: lines["says-erasure"].value()})
    assert brought.rows.get(number=5).state == "left-out"


def test_later_question_about_row_shows_its_words(import_rows, client, build_coalition_url, coordinator):
    row = ["Bryony", "Peru", "Yes", "SAIU em junho"]
    brought = import_rows(row, ROWS[0], heading=COLUMN_HEADINGS)
    decisions = {"rows": {"says-left": "left"}}
    answer_questions_of_import(
        actor=coordinator, spreadsheet_import=brought, import_decisions=decisions, answers_by_row={}
    )
    client.force_login(coordinator)
    page = client.get(build_coalition_url("import_questions", brought.pk))

    assert [(line.question.problems[0].field, line.texts) for line in page.context["row_lines"]] == [
        ("until", [("Organisation", "Bryony"), ("Country", "Peru"), ("Anything else?", "SAIU em junho")])
    ]
    assert "<bdi>SAIU em junho</bdi>" in page.text
