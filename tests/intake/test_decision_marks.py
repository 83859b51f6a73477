"""Marks of decisions in several languages, their numbers, and what is no decision although it sounds like one."""

import pytest

from jukwaa.intake.reader import read_report


def list_decisions(text):
    return [
        " ".join((made.words or made.quote).split())
        for made in read_report(text).suggestions
        if made.kind == "decision"
    ]


@pytest.mark.parametrize(
    ("line", "decision"),
    [
        ("→ Décidé : le kit est validé en quatre langues.", "le kit est validé en quatre langues."),
        ("Décidé : aucun logo sur le kit.", "aucun logo sur le kit."),
        ("→ Decided: the kit has no logo.", "the kit has no logo."),
        ("Acordado: la cuota sigue igual.", "la cuota sigue igual."),
        ("→ Decidido: o kit não tem logotipo.", "o kit não tem logotipo."),
        ("Beschlossen: Der Beitrag bleibt gleich.", "Der Beitrag bleibt gleich."),
        ("Disepakati: iuran tetap sama.", "iuran tetap sama."),
    ],
)
def test_mark_of_decision_is_no_owner(line, decision):
    made = [made for made in read_report(f"# Minutes\n\n{line}\n").suggestions if made.kind != "topic"]

    assert [(one.kind, one.words, one.owner) for one in made] == [("decision", decision, "")]


@pytest.mark.parametrize(
    "line",
    ["Décidé : rien.", "→ Decided: nothing", "Acordado: nada.", "Decidido: nada", "Rien n’est décidé : on en reparle."],
)
def test_mark_before_nothing_is_no_decision(line):
    assert list_decisions(f"# Minutes\n\n{line}\n") == []


FRENCH_MINUTES = """# PV

## 1. Suites

Le PV du 12 mars est adopté (D1) avec une remarque.

## 2. Membres

D2 : le dossier est recevable ; il sera soumis à l’assemblée. D3 : avis favorable.

## 3. Politique de voyage

D4 : adoptée sans changement.
"""


@pytest.mark.parametrize(
    ("text", "decisions"),
    [
        ("# Acta\n\nDecisión 3. La cuota sigue igual.\n", ["Decisión 3. La cuota sigue igual."]),
        ("# PV\n\nDécision 2 : la cotisation ne change pas.\n", ["la cotisation ne change pas."]),
    ],
)
def test_numbered_decisions_are_found(text, decisions):
    assert list_decisions(text) == decisions


@pytest.mark.parametrize(
    "text",
    [
        "# Programme\n\nD1: arrival of the guests\n",  # one day alone
        "# Documents\n\nD7: budget of the fund. D3: report of the group.\n",
        "# Minutes\n\nVitamin D3: the group heard a talk. Vitamin D2 is another.\n",
        "# PV\n\nD2 : reporté\n\nD3 : retirée\n",
    ],
)
def test_other_numbers_are_no_decisions(text):
    assert list_decisions(text) == []


@pytest.mark.parametrize(
    "line",
    [
        "It was agreed that no logos appear – this was already so since 2023, no new decision.",
        "Il a été convenu de ne pas mettre de logo – pas de nouvelle décision.",
        "Se acordó no usar logos, sin nueva decisión.",
        "Prochaine réunion : 24 septembre 2026, adoptée à l’unanimité (à confirmer).",
        "Next meeting: Dakar, 24 September 2026 (to be confirmed).",
    ],
)
def test_sentence_that_decides_nothing_new_is_no_decision(line):
    assert list_decisions(f"# Minutes\n\n## Any other business\n\n{line}\n") == []


WRAPPED_ITEMS = """# Notes

> {title}
> 1) we publish one common table of the hours of the lines, WITHOUT names of
> people
> 2) we test one common form of the group in all of the lines and with
> two hosts: Elm and Oak, from February
"""


@pytest.mark.parametrize(
    "title", ["Lo que acordamos:", "Ce que nous avons décidé :", "O que decidimos:", "What we decided:"]
)
def test_wrapped_and_quoted_items_are_joined(title):
    assert list_decisions(WRAPPED_ITEMS.format(title=title)) == [
        "we publish one common table of the hours of the lines, WITHOUT names of people",
        "we test one common form of the group in all of the lines and with two hosts: Elm and Oak, from February",
    ]
