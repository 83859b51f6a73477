"""Motions: the one that was carried is a decision, in its own words; one that was lost or only moved is none."""

import pytest

from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.motions import build_motion_claims

NOTES_TEXT = "# Board meeting of 4 June 2026\n\n## Fees\n\nThe board talked about the fee.\n\n{}\n\nBen left.\n"
MOTION = "MOTION: That the fee be raised to 60 euros."
FOREIGN_TEXTS = {
    "fr": "# Réunion du 4 juin 2026\n\nLe conseil a parlé des cotisations avec les personnes présentes.\n\n{}\n",
    "es": "# Reunión del 4 de junio de 2026\n\nLa junta habló de las cuotas con las personas presentes.\n\n{}\n",
    "pt": "# Reunião de 4 de junho de 2026\n\nA comissão falou das quotas com as pessoas presentes.\n\n{}\n",
}


def list_decisions(text):
    return [(s.words or s.quote, s.actors) for s in read_report(text).suggestions if s.kind == "decision"]


@pytest.mark.parametrize(
    "words",
    [
        f"{MOTION}\nMoved: A Lopes  Seconded: B Okoro  CARRIED",
        f"{MOTION}\n\nMoved by A. Lopes, seconded by B. Okoro.\n\nCARRIED (one abstained)",
        "Moved (AL/BO) That the fee be raised to 60 euros. Carried.",
        "Motion 3: That the fee be raised to 60 euros.\n\nMoved: A Lopes\n\nMotion carried unanimously.",
        "That the fee be raised to 60 euros.\nMoved: A Lopes  Seconded: B Okoro  CARRIED",
        f"{MOTION} Moved Ana. CARRIED.",
        f"{MOTION}\n\nApproved by 4 votes to 1.",
        f"{MOTION}\n\nAccepted as circulated.",
        f"{MOTION}\nMoved by Ana Lopes. Seconded by Ben Okoro.\nAdopted as submitted.",
        f"{MOTION}\n\nApproved as written.",
        f"{MOTION}\n\nApproved all in favour.",
        f"{MOTION}\n\nApproved 7 yes, 1 no.",
        f"{MOTION}\n\nPassed seven to two.",
        f"{MOTION}\n\nAdopted after a long debate.",
        f"{MOTION}\nMoved by Ana Lopes for the finance group, seconded by Ben Okoro.\nCarried.",
        f"{MOTION}\nMoved by Ana Lopes on behalf of the board.\nSeconded by Ben Okoro.\nCarried.",
    ],
)
def test_carried_motion_is_one_decision_in_its_own_words(words):
    assert list_decisions(NOTES_TEXT.format(words)) == [("That the fee be raised to 60 euros.", ())]


@pytest.mark.parametrize(
    "words",
    [
        "MOTION: That the fee be raised to 60 euros.\nMoved: A Lopes  Seconded: B Okoro  NOT CARRIED (2–4)",
        "MOTION: That the fee be raised to 60 euros.\nMoved: A Lopes  Seconded: B Okoro  LOST",
        "MOTION: That the fee be raised to 60 euros. Withdrawn.",
        "MOTION: That the fee be raised to 60 euros.\nMoved: A Lopes  Seconded: B Okoro",
        "MOTION: That the fee be accepted as a fair one.\nMoved: A Lopes  Seconded: B Okoro\n\nThe vote is on Friday.",
        "Ana moved to Geneva in June.",
        f"{MOTION}\n\nCarried over to the next meeting.",
        f"{MOTION}\n\nCarried forward to June.",
        "MOTION: That the fee be raised to 60 euros - carried over to June.",
        f"{MOTION}\n\nDeferred to the next meeting.",
        f"{MOTION}\n\nLost the key to the hall.",
        f"{MOTION}\n\nRejected after a long debate.",
        f"{MOTION}\n\nDefeated 1 yes, 7 no.",
        f"{MOTION}\n\nFailed for lack of a majority.",
    ],
)
def test_other_motions_are_no_decisions(words):
    assert list_decisions(NOTES_TEXT.format(words)) == []


@pytest.mark.parametrize(
    ("language", "words", "decisions"),
    [
        (
            "fr",
            "Proposition : Que le budget soit adopté.\nProposée par : A. Lopes  ADOPTÉE",
            ["Que le budget soit adopté."],
        ),
        ("fr", "Proposition : Que l'offre soit acceptée. REJETÉE (2 pour, 4 contre)", []),
        ("fr", "Résolution 4 : Que le bail soit renouvelé. Adoptée.", ["Que le bail soit renouvelé."]),
        ("fr", "Résolution 4 : Que l'offre soit acceptée. Rejetée par 4 voix contre 2.", []),
        ("es", "Moción: Que se publique el acta.\nPropuesta por: A. Lopes  APROBADA", ["Que se publique el acta."]),
        ("es", "Moción: Que se acepte la oferta. Propuesta por T. Lind. RECHAZADA", []),
        ("pt", "Moção: Que a ata seja publicada.\nProposta por: A. Lopes  APROVADA", ["Que a ata seja publicada."]),
        ("pt", "Moção: Que a oferta seja aceite. Proposta por A. Lopes. REJEITADA", []),
    ],
)
def test_motions_in_other_languages(language, words, decisions):
    assert [decision for decision, _actors in list_decisions(FOREIGN_TEXTS[language].format(words))] == decisions


def list_made(words):
    suggestions = read_report(NOTES_TEXT.format(words)).suggestions
    return [(s.kind, s.words or s.quote) for s in suggestions if s.kind in {"commitment", "decision"}]


@pytest.mark.parametrize(
    "words",
    [
        "Proposed by Ben Okoro: Ana Lopes will send the budget to the members by 12 June 2026.",
        f"{MOTION}\n\nProposed by Ben Okoro: Ana Lopes will send the budget to the members by 12 June 2026.",
    ],
)
def test_task_behind_its_proposer_is_kept(words):
    assert [kind for kind, _words in list_made(words)] == ["commitment"]


@pytest.mark.parametrize(
    ("words", "is_proposal"),
    [
        ("Moved by Ana Lopes for the finance group, seconded by Ben Okoro.", False),
        ("Moved by Ana Lopes on behalf of the board.", False),
        ("Moved by Ana Lopes for the board to adopt the budget.", True),
        ("Moved by Ana Lopes to adopt the budget.", True),
    ],
)
def test_sentence_that_names_the_mover_is_no_proposal(words, is_proposal):
    made = read_report(NOTES_TEXT.format(f"{MOTION}\n{words}")).suggestions
    assert (words in [each.quote for each in made if each.kind == "proposal"]) == is_proposal


@pytest.mark.parametrize(
    "below",
    ["Withdrawn items: the logo.", "Postponed: the visit to the school.", "Rejected grant applications: two."],
)
def test_result_of_other_matters_removes_no_decision(below):
    resolution = "Resolution 1: The board agreed to publish the accounts."
    assert ("decision", resolution) in list_made(f"{resolution}\n\n{below}")


def test_approval_of_minutes_does_not_settle_a_motion():
    text = FOREIGN_TEXTS["es"].format(
        "Moción: que se suba la cuota.\n\nAprobada el acta anterior por unanimidad.\n\nLa moción queda rechazada."
    )
    assert [words for words, _actors in list_decisions(text)] == ["Aprobada el acta anterior por unanimidad."]


def test_motion_goes_on_behind_the_proposer_of_a_text():
    words = "Motion: That the text proposed by Elm Farm be adopted with two changes. Carried."
    assert list_decisions(NOTES_TEXT.format(words)) == [
        ("That the text proposed by Elm Farm be adopted with two changes.", ())
    ]


TABLE_ROWS = (
    ("Item", "Led by", "Discussion / progress", "Action & timeline"),
    ("---", "---", "---", "---"),
    (
        "1 Accounts",
        "Ana",
        "The auditor left the room. MOTION: That the accounts be received. Moved: A Lopes Seconded: B Okoro CARRIED",
        "Publish the accounts – BO – 30 June 2026",
    ),
    (
        "2 Offer",
        "Ben",
        "It was long. MOTION: That the offer be accepted. Moved: B Okoro Seconded: A Lopes NOT CARRIED (3 for, 5 no)",
        "Draft a policy – Ana / Ben – 31 October",
    ),
    (
        "3 Help",
        "Ben",
        "The lines are busy.",
        "Collect the numbers – AL – 15 July 2026 Ask the host for a quote – BO – 1 August 2026",
    ),
    ("4 Next meeting", "", "General meeting, 8 December 2026", ""),
)
TABLE_TEXT = "# Board meeting of 4 June 2026\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in TABLE_ROWS)


def test_table_with_motions_and_tasks_in_its_cells():
    made = [(s.kind, s.words, s.actors, s.due) for s in read_report(TABLE_TEXT).suggestions]

    assert made == [
        ("decision", "That the accounts be received.", (), ""),
        ("commitment", "Publish the accounts", ("BO",), "30 June 2026"),
        ("commitment", "Draft a policy", ("Ana", "Ben"), "31 October"),
        ("commitment", "Collect the numbers", ("AL",), "15 July 2026"),
        ("commitment", "Ask the host for a quote", ("BO",), "1 August 2026"),
        ("next_meeting", "General meeting, 8 December 2026", (), ""),
    ]


def test_decision_column_names_the_matter_and_leaves_out_what_was_lost():
    text = (
        "# Acta del 4 de junio de 2026\n\nLa junta habló de las cuotas con las personas presentes en la reunión.\n\n"
        "| Tema | Acuerdo | Acción | Quién |\n|---|---|---|---|\n| 1. Acta | Aprobada por unanimidad | | |\n"
        "| 2. Oferta | Rechazada | Avisar a Acme | Ana |\n"
    )
    assert [decision for decision, _actors in list_decisions(text)] == ["Acta: Aprobada por unanimidad"]


@pytest.mark.parametrize("cell", ["The motion sensor was carried home.", "Publish the accounts", "Moved to June"])
def test_cell_without_motion(cell):
    assert build_motion_claims(cell) is None


@pytest.mark.parametrize(
    ("sentence", "is_decision"),
    [
        ("تقرر اعتماد محضر 6 مايو 2026.", True),
        ("قررت اللجنة الإبقاء على الرسوم عند 40 دينارا.", True),
        ("تم الاتفاق على نشر الحسابات في الموقع.", True),
        ("وافقت دينا على إرسال القائمة.", False),
        ("تحدثت اللجنة عن الرسوم.", False),
    ],
)
def test_arabic_sentences_that_tell_a_decision(sentence, is_decision):
    text = f"# محضر اجتماع 4 يونيو 2026\n\nتحدث الأعضاء عن الرسوم وعن الخريطة مع الحاضرين.\n\n{sentence}\n"
    assert [words for words, _actors in list_decisions(text)] == ([sentence] if is_decision else [])
