"""Minutes as many French-speaking committees write them, and the same phrases in other languages."""

from datetime import date

import pytest

from jukwaa.core.documents.child.text_builder import join_cell_lines
from jukwaa.intake.due_dates import find_past_due_day
from jukwaa.intake.meeting_facts import find_meeting_facts
from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.apologies import APOLOGIES_STATUS, add_apologies

TITLE = "# Réunion du 3 mai 2026\n\n"
END = "\n\nLe budget est approuvé.\n"


def find_people(text, language="fr"):
    """Who came, and who sent apologies."""
    made = [each for each in add_apologies(read_report(text, language=language)).suggestions if each.kind == "attendee"]
    came = [name for each in made if not each.status for name in each.actors]
    return came, [name for each in made if each.status == APOLOGIES_STATUS for name in each.actors]


@pytest.mark.parametrize(
    ("line", "language", "came", "absent"),
    [
        (
            "Connectés : A. Lopes (OAK), Pr D. Said (dès 10h30) et F. Lind. Ont prévenu de leur absence\n: O. Haddad.",
            "fr",
            ["A. Lopes", "Pr D. Said", "F. Lind"],
            ["O. Haddad"],
        ),
        ("Participait par téléphone : Mme Dina Said (Orme), jusqu'à 12h.", "fr", ["Mme Dina Said"], []),
        ("Joined by phone: Dina Said (Oak Farm), until noon.", "en", ["Dina Said"], []),
        (
            "Logged in: Ana Lopes (Oak), Ben Okoro (Elm). Announced their absence: Dina Said.",
            "en",
            ["Ana Lopes", "Ben Okoro"],
            ["Dina Said"],
        ),
        (
            "Conectadas: Ana Lopes (Roble), Dina Said (Olmo). Avisaron de su ausencia: Ben Okoro, Eva Ruiz.",
            "es",
            ["Ana Lopes", "Dina Said"],
            ["Ben Okoro", "Eva Ruiz"],
        ),
        (
            "Participaram à distância: Ana Lopes (Pomar), Dina Said (Horta). Avisaram da sua ausência: Ben Okoro.",
            "pt",
            ["Ana Lopes", "Dina Said"],
            ["Ben Okoro"],
        ),
        ("المتصلون: سامي خليل (الأمل)، هدى منصور (النور)", "ar", ["سامي خليل", "هدى منصور"], []),
        ("Connectés : 41 personnes en moyenne, dont 3 en arabe.", "fr", [], []),
        ("Connectés : https://example.org/salle", "fr", [], []),
        ("Connected: The two networks are now one.", "en", [], []),
        ("Mme Ana Lopes a prévenu de son absence la semaine prochaine.", "fr", [], []),
    ],
)
def test_labels_of_attendance_name_who_came_and_who_did_not(line, language, came, absent):
    assert find_people(f"{TITLE}{line}{END}", language) == (came, absent)


def find_decisions(text, language="fr"):
    return [
        " ".join((made.words or made.quote).split())
        for made in read_report(text, language=language).suggestions
        if made.kind == "decision"
    ]


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("À l'issue de l'échange, il est convenu que la cotisation reste à 50 000 F pour les associations.", "fr"),
        ("Par neuf voix pour et une abstention, le comité admet Verger Uni (Mali) comme membre de plein droit.", "fr"),
        ("Le comité reporte l'examen du budget 2027 à la plénière du 10 décembre.", "fr"),
        ("Par 7 voix contre 2, la proposition est rejetée.", "fr"),
        ("L'assemblée a renouvelé le mandat de la trésorière.", "fr"),
        ("Por seis votos a favor y una abstención, el comité admite a Huerto Sur como miembro.", "es"),
        ("Después del debate, se acuerda que la cuota sigue igual.", "es"),
        ("La junta aplaza el examen del presupuesto a la reunión de junio.", "es"),
        ("La moción se aprueba por 7 votos a favor.", "es"),
        ("Após o debate, foi acordado que a quota se mantém.", "pt"),
        ("O conselho adia a análise do orçamento para a reunião de junho.", "pt"),
    ],
)
def test_decisions_are_read_behind_an_introduction_and_with_votes(sentence, language):
    assert find_decisions(f"{TITLE}Nous avons parlé.\n\n{sentence}\n", language) == [sentence]


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Le comité examine le budget.", "fr"),
        ("À l'issue de l'échange, il n'est pas convenu de changer la cotisation.", "fr"),
        ("Selon M. Okoro, il est convenu que la cotisation change.", "fr"),
        ("Par neuf voix pour, le Parlement adopte la loi.", "fr"),
        ("Le comité admet que le budget est serré.", "fr"),
        ("Le bureau reporte que 40 réponses sont arrivées.", "fr"),
        ("Il est convenu avec la mairie d'un loyer depuis 2019.", "fr"),
        ("El comité admite que el plazo es corto.", "es"),
        ("O conselho examina o orçamento.", "pt"),
    ],
)
def test_no_decision_is_read_from_what_only_sounds_like_one(sentence, language):
    assert find_decisions(f"{TITLE}Nous avons parlé.\n\n{sentence}\n", language) == []


@pytest.mark.parametrize(
    ("label", "decided", "nothing", "language"),
    [
        ("Conclusion :", "La passation prend effet le 1er décembre.", "pas de consensus.", "fr"),
        ("Conclusión:", "El relevo es el 1 de diciembre.", "sin acuerdo.", "es"),
        ("Conclusão:", "A passagem é a 1 de dezembro.", "sem consenso.", "pt"),
        ("Outcome:", "Elm Farm leaves the list of members at its own request.", "no agreement.", "en"),
        ("الخلاصة:", "ينتهي الاشتراك في الأول من ديسمبر.", "لا يوجد اتفاق", "ar"),
    ],
)
def test_label_that_concludes_several_items_marks_decisions(label, decided, nothing, language):
    assert find_decisions(f"{TITLE}{label} {decided}\n\nBla bla.\n\n{label} {nothing}\n", language) == [decided]


def test_conclusion_that_names_a_task_is_no_decision():
    text = f"{TITLE}Conclusion : la séance est courte.\n\nConclusion : Mme Lopes enverra la liste.\n"

    assert find_decisions(text) == ["la séance est courte."]
    assert find_decisions(f"{TITLE}Conclusion : la séance est courte.\n") == []


def test_row_gives_the_labelled_decision_in_its_notes_and_the_action():
    text = (
        f"{TITLE}Points | Synthèse des échanges | Suite à donner | Porteur(s) | Pour quand\n"
        "1. Plan | Mme Lopes présente le projet. M. Okoro demande : pourquoi ? Un quatrième axe est évoqué."
        " Accord : Le plan est adopté avec deux axes : arbres, eau. | Diffuser le plan | Mme Lopes | 30/05/2026\n"
        "2. Divers | Note : la salle est froide. | Changer de salle | M. Okoro | 31/05/2026\n"
    )
    made = [(each.kind, each.words) for each in read_report(text, language="fr").suggestions]

    assert made == [
        ("commitment", "Diffuser le plan"),
        ("decision", "Le plan est adopté avec deux axes : arbres, eau."),
        ("commitment", "Changer de salle"),
    ]


def test_next_meeting_is_read_within_a_paragraph():
    text = f"{TITLE}La séance est levée à midi. La prochaine réunion se tiendra à Lomé fin mars 2027."

    made = [each.quote for each in read_report(text, language="fr").suggestions if each.kind == "next_meeting"]

    assert made == ["La prochaine réunion se tiendra à Lomé fin mars 2027."]


ROWS = "1 | Ana Lopes | OAK | P\n2 | Ben Okoro | ELM | V\n3 | Dina Said | OAK | E\n4 | Eva Ruiz | ELM | A\n"


@pytest.mark.parametrize(
    ("legend", "came", "absent"),
    [
        ("P = dans la salle ; V = visio ; E = excusé(e) ; A = absent(e)", ["Ana Lopes", "Ben Okoro"], ["Dina Said"]),
        ("P: in the room, V: online, E: excused, A: absent", ["Ana Lopes", "Ben Okoro"], ["Dina Said"]),
        ("P = sala; V = en línea; E = excusada; A = ausente", ["Ana Lopes", "Ben Okoro"], ["Dina Said"]),
        ("P = sur place ; V = visio ; E = expert ; A = absent", ["Ana Lopes", "Ben Okoro", "Dina Said"], []),
        ("Document interne.", ["Ana Lopes", "Ben Okoro", "Dina Said"], []),
    ],
)
def test_legend_says_which_letters_mark_who_was_away(legend, came, absent):
    text = f"{TITLE}## Liste de présence\n\n{legend}\n\nN° | Nom et prénom(s) | Structure | Mode\n{ROWS}{END}"

    assert find_people(text) == (came, absent)


def find_tasks(rows, language="fr"):
    head = "Points | Suite à donner | Porteur(s) | Pour quand\n"
    made = read_report(f"{TITLE}{head}{rows}{END}", language=language).suggestions
    return [(each.words, each.actors, each.due) for each in made if each.kind == "commitment"]


def test_entries_of_cells_side_by_side_are_one_action_each():
    rows = "1. Plan | Diffuser le plan; Proposer deux noms | Mme Lopes; Chaque groupe | 1er octobre; 15 oct. 2026\n"
    assert find_tasks(rows) == [
        ("Diffuser le plan", ("Mme Lopes",), "1er octobre"),
        ("Proposer deux noms", ("Chaque groupe",), "15 oct. 2026"),
    ]
    rows = "1. Plan | Diffuser le plan; Proposer deux noms | Mme Lopes; M. Okoro | 15 oct. 2026\n"
    assert find_tasks(rows) == [("Diffuser le plan; Proposer deux noms", ("Mme Lopes", "M. Okoro"), "15 oct. 2026")]


@pytest.mark.parametrize(
    "nothing", ["RAS", "R.A.S.", "Rien à signaler", "Néant", "–", "Sin novedad", "Nada a registar"]
)
def test_cell_that_says_nothing_is_no_action(nothing):
    assert find_tasks(f"1. Accueil | {nothing} | – | –\n2. Plan | Diffuser le plan | Mme Lopes | 30/05/2026\n") == [
        ("Diffuser le plan", ("Mme Lopes",), "30/05/2026")
    ]


def test_dates_below_each_other_in_a_cell_stay_apart():
    assert join_cell_lines(["1er octobre", "15 oct. 2026"]) == "1er octobre; 15 oct. 2026"
    assert join_cell_lines(["du 1er octobre", "au 15 octobre"]) == "du 1er octobre au 15 octobre"
    assert join_cell_lines(["15 arbres et", "2 haies"]) == "15 arbres et 2 haies"


def find_promises(text, language):
    made = read_report(f"{TITLE}Nous avons parlé.\n\n{text}\n", language=language).suggestions
    return [each.actors for each in made if each.kind == "commitment"]


@pytest.mark.parametrize(
    ("sentence", "language", "owners"),
    [
        ("La présidente leur écrira sous quinzaine pour connaître leurs intentions.", "fr", [("présidente",)]),
        ("Pr Said transmettra quant à elle la note de méthode.", "fr", [("Pr Said",)]),
        ("Le secrétariat diffusera la liste.", "fr", [("secrétariat",)]),
        ("La presidenta les escribirá antes del 3 de mayo.", "es", [("presidenta",)]),
        ("A tesoureira enviará a lista.", "pt", [("tesoureira",)]),
        ("La présidente déclara la réunion utile.", "fr", []),
        ("Mme Lopes rencontra le maire hier.", "fr", []),
        ("La présidente ouvrira la séance à 9 h.", "fr", []),
        ("La trésorière sera absente.", "fr", []),
        ("La secretaria será nombrada en mayo.", "es", []),
    ],
)
def test_role_or_name_with_a_verb_in_the_future_promises(sentence, language, owners):
    assert find_promises(sentence, language) == owners


def test_day_without_year_of_an_ended_action_lies_before_the_meeting():
    meeting_day = date(2026, 9, 15)

    assert find_past_due_day("31/05", meeting_day) == date(2026, 5, 31)
    assert find_past_due_day("1er sept.", meeting_day) == date(2026, 9, 1)
    assert find_past_due_day("31/12", meeting_day) == date(2026, 12, 31)
    assert find_past_due_day("31/12/2026", meeting_day) == date(2026, 12, 31)
    assert find_past_due_day("31/05", None) is None
    meeting_day = date(2026, 5, 6)
    assert find_past_due_day("by 15 December", meeting_day) == date(2025, 12, 15)
    assert find_past_due_day("by 15 December this year", meeting_day) == date(2026, 12, 15)
    assert find_past_due_day("by the end of the year", meeting_day) == date(2026, 12, 31)
    assert find_past_due_day("in 12 months", meeting_day) == date(2027, 5, 6)


@pytest.mark.parametrize(
    ("line", "place", "chair"),
    [
        ("Date et lieu | Mardi 5 mai 2026 – Lomé, Maison Verte (Kodjo), salle 2", "Lomé, Maison Verte", ""),
        ("Fecha y lugar: 5 de mayo de 2026, Casa Verde", "Casa Verde", ""),
        ("Date and place | 5 May 2026", "", ""),
        ("Date et lieu | Mardi 5 mai 2026, de 10h à 12h, Lomé, Maison Verte", "Lomé, Maison Verte", ""),
        ("Date and venue: 5 May 2026, 14:00, Oak Hall", "Oak Hall", ""),
        ("Date et lieu | Mardi 5 mai 2026, de 10h à 12h", "", ""),
        ("Date et lieu | Mardi 5 mai 2026, Salle 2, Lomé", "Salle 2, Lomé", ""),
        ("Présidence / rapporteur | Mme Ana Lopes (OAK) / M. Ben Okoro", "", "Mme Ana Lopes"),
        ("Présidence et secrétariat : Ana Lopes, Ben Okoro", "", "Ana Lopes"),
        ("Présidence et 3 membres : Ana Lopes", "", ""),
    ],
)
def test_place_and_chair_are_read_behind_joint_labels(line, place, chair):
    facts = find_meeting_facts(f"# Réunion plénière\n\n{line}\n\nNous avons parlé.\n")

    assert (facts.place, facts.chair) == (place, chair)
