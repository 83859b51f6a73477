"""Attendance that a person adds: the form has the names of the words, and one press adds them."""

from time import process_time

import pytest
from django.urls import reverse

from jukwaa.core.refusals import EditConflict
from jukwaa.intake import actions
from jukwaa.intake.actions import SuggestionWording
from jukwaa.intake.chosen_attendance import find_chosen_attendance
from jukwaa.intake.models import Decision
from tests.factories import AffiliationFactory, OrganisationFactory, PersonFactory
from tests.intake.examples import find_sentence
from tests.intake.readings import create_reading

LIST_LINE = "Equipo del norte — Marta Ruiz (Huerto Sur), Juan Pérez y Luis Gil"
SECONDS_PER_LINE = 0.5


def read_names(words: str) -> list[tuple[list[str], str, bool]]:
    return [(chosen.names, str(chosen.came_as), chosen.is_chair) for chosen in find_chosen_attendance(words)]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Ana Lopes, Ben Okoro and Dina Haddad", ["Ana Lopes", "Ben Okoro", "Dina Haddad"]),
        ("Ana, Ben and Dina", ["Ana", "Ben", "Dina"]),
        ("Ana", ["Ana"]),
        ("North team: Ana Lopes (IWF, part of the meeting), Ben", ["Ana Lopes", "Ben"]),
        ("1. Mr Ben Okoro (until 12h); 2. Mrs Dina Haddad", ["Ben Okoro", "Dina Haddad"]),
        ("a) Ana Lopes b) Ben Okoro", ["Ana Lopes", "Ben Okoro"]),
        ("Ana Lopes / Ben Okoro", ["Ana Lopes", "Ben Okoro"]),
        ("Ana Lopes, Programme Officer, Elm Farm", ["Ana Lopes"]),
        ("Ana Lopes, IWF", ["Ana Lopes"]),
        ("- Ana Lopes, Elm Farm\n- Ben Okoro, Oak Farm", ["Ana Lopes", "Ben Okoro"]),
        ("- Ana Lopes\n- Ben Okoro – Oak Farm\n- Dina", ["Ana Lopes", "Ben Okoro", "Dina"]),
        ("On the call we had Ana Lopes and Ben from Oak Farm", ["Ana Lopes", "Ben"]),
        ("Ana Lopes joined at 5 pm.", ["Ana Lopes"]),
        ("~~Ana Lopes~~ Ben Okoro", ["Ben Okoro"]),
        ("Ana Lopes <ana@elm.example>, Ben Okoro", ["Ana Lopes", "Ben Okoro"]),
        ("Ministry of Children; Save the Children", ["Ministry of Children", "Save the Children"]),
        ("North team – Ana Lopes, Ben", ["Ana Lopes", "Ben"]),
        ("1 | Mariam Koné | IAL | Directrice | P", ["Mariam Koné"]),
        ("| IAL | Mariam Koné | x |", ["Mariam Koné"]),
        (
            "Équipe : Mme Awa Diallo, M. Paul Essomba et Mlle Rita (en ligne)",
            ["Awa Diallo", "Paul Essomba", "Mlle Rita"],
        ),
        ("Se sont joints à nous Mme Awa Diallo et M. Paul Essomba", ["Awa Diallo", "Paul Essomba"]),
        ("Pr Gueye et Dr Sow (à distance)", ["Pr Gueye", "Dr Sow"]),
        ("Por la red: Sra. Marta Ruiz, Juan Pérez e Inés Gil", ["Marta Ruiz", "Juan Pérez", "Inés Gil"]),
        (
            "María de la Cruz, Juan Pérez y José Ortega y Gasset",
            ["María de la Cruz", "Juan Pérez", "José Ortega y Gasset"],
        ),
        ("Da rede: Rui Varela, Zeca Nunes e Amélia Sousa (em linha)", ["Rui Varela", "Zeca Nunes", "Amélia Sousa"]),
        ("فريق الشمال: أحمد علي، سارة حسن ومنى خالد", ["أحمد علي", "سارة حسن", "منى خالد"]),
        ("السيدة سارة حسن والسيد أحمد علي", ["سارة حسن", "أحمد علي"]),
    ],
)
def test_words_that_list_people_give_their_names(words, names):
    assert read_names(words) == [(names, "", False)]


@pytest.mark.parametrize(
    "words",
    [
        "The board met in June and approved the plan.",
        "Ana Lopes presented the budget and Ben Okoro asked about the fees.",
        "The President thanked Ana Lopes, Ben Okoro and Dina Haddad.",
        "Fees and rooms",
        "Budget",
        "Approval of the minutes",
        "Agenda: welcome, minutes, budget",
        "Decision: Ana Lopes, Ben Okoro",
        "Place: Elm Hall, Bridgetown",
        "https://example.org/minutes",
        "Name | Organisation | Status",
        "Regrets: none",
        "Mme Diallo présente le budget.",
        "La présidente remercie Awa Diallo, Paul Essomba et Rita Kamga.",
        "Selon Awa Diallo, Paul Essomba a démissionné.",
        "Absents : Awa Diallo",
        "Marta Ruiz presentó el presupuesto.",
        "El presidente agradece a Marta Ruiz y Juan Pérez",
        "O Rui Varela apresentou um plano até Dezembro.",
        "ناقشت اللجنة التقرير وطلبت مزيدا من المعلومات.",
        "شكر الرئيس أحمد علي وسارة حسن على عملهما",
        "",
    ],
)
def test_prose_and_other_lists_give_no_names(words):
    assert read_names(words) == []


@pytest.mark.parametrize(
    ("words", "attendance"),
    [
        ("Excusés : Awa Diallo et Paul Essomba", [(["Awa Diallo", "Paul Essomba"], "apologies", False)]),
        ("Regrets were received from Ana Lopes and Ben Okoro.", [(["Ana Lopes", "Ben Okoro"], "apologies", False)]),
        ("Excusa: Marta Ruiz Gil (Huerto).", [(["Marta Ruiz Gil"], "apologies", False)]),
        (
            "Asistentes: Marta Ruiz, Juan Pérez. No puede: Leo",
            [(["Marta Ruiz", "Juan Pérez"], "", False), (["Leo"], "apologies", False)],
        ),
        ("Disculpas: Marta Ruiz, Juan Pérez", [(["Marta Ruiz", "Juan Pérez"], "apologies", False)]),
        ("Ausentes con excusa: Marta Ruiz y Juan Pérez", [(["Marta Ruiz", "Juan Pérez"], "apologies", False)]),
        ("Ausentes com justificação: Rui Varela", [(["Rui Varela"], "apologies", False)]),
        ("المعتذرون: أحمد علي، سارة حسن", [(["أحمد علي", "سارة حسن"], "apologies", False)]),
        ("Ana Lopes | IWF | excused", [(["Ana Lopes"], "apologies", False)]),
        ("Ana Lopes (chair)", [(["Ana Lopes"], "", True)]),
        ("Présidente : Awa Diallo", [(["Awa Diallo"], "", True)]),
        ("Awa Diallo, présidente, et Paul Essomba", [(["Awa Diallo"], "", True), (["Paul Essomba"], "", False)]),
        ("Marta Ruiz preside; Juan Pérez", [(["Marta Ruiz"], "", True), (["Juan Pérez"], "", False)]),
        ("سارة حسن (رئيسة الجلسة)، أحمد علي", [(["سارة حسن"], "", True), (["أحمد علي"], "", False)]),
        ("Marta Ruiz, presidenta de la Red Sur; Juan Pérez, Red Norte", [(["Marta Ruiz", "Juan Pérez"], "", False)]),
        ("Vice-chair: Ana Lopes", [(["Ana Lopes"], "", False)]),
        (
            "Ana Lopes (chair), Ben Okoro; apologies: Theo Park",
            [(["Ana Lopes"], "", True), (["Ben Okoro"], "", False), (["Theo Park"], "apologies", False)],
        ),
        ("Attendees: Members of the coalition", [(["Members of the coalition"], "member", False)]),
        ("Observers: Ana Lopes, Ben Okoro", [(["Ana Lopes", "Ben Okoro"], "observer", False)]),
    ],
)
def test_words_say_who_sent_apologies_and_who_chaired(words, attendance):
    assert read_names(words) == attendance


def test_letters_of_a_table_are_read_by_its_legend():
    report = "P = present; E = excused; A = absent\n\n| Ana Lopes | IWF | E |\n"

    [chosen] = find_chosen_attendance("| Ana Lopes | IWF | E |", report)

    assert (chosen.names, chosen.came_as, chosen.groups) == (["Ana Lopes"], "apologies", {"Ana Lopes": "IWF"})


def test_those_in_the_room_and_those_online_can_be_told_apart():
    words = "Ana Lopes (IWF), Ben Okoro (online) and Chen Wei (via Zoom)"
    together, room_and_online = (find_chosen_attendance(words, by_mode=by_mode) for by_mode in (False, True))
    assert [chosen.names for chosen in together] == [["Ana Lopes", "Ben Okoro", "Chen Wei"]]
    assert [(chosen.mode, chosen.names) for chosen in room_and_online] == [
        ("", ["Ana Lopes"]),
        ("online", ["Ben Okoro", "Chen Wei"]),
    ]


@pytest.mark.parametrize(
    "piece", ["Ana Lopes (IWF), ", "Mme Awa Diallo et ", "(", "،", ";", "- ", "1) ", "a: ", "A | "]
)
def test_long_line_is_read_quickly(piece):
    line = (piece * 2000)[:2000]
    start = process_time()

    find_chosen_attendance(line)

    assert process_time() - start < SECONDS_PER_LINE


@pytest.fixture
def minutes(coalition, rapporteur, client):
    client.force_login(rapporteur)
    lines = (
        LIST_LINE,
        "Rita Varela",
        "Excusas recibidas — ver anexo",
        "Excusados: Inés Gil, Pía Mar",
        "Inés Gil preside",
    )
    reading = create_reading(coalition, rapporteur, "Notas\n\n" + "\n\n".join(lines) + "\n")
    reading.suggestions.all().delete()
    return reading


def build_form_url(reading, **params):
    url = reverse("intake:suggestion_new", args=[reading.coalition.slug, reading.pk])
    return f"{url}?{'&'.join(f'{name}={value}' for name, value in params.items())}"


def press_attendance(client, reading, number, **headers):
    args = [reading.coalition.slug, reading.pk, number, "attendee"]
    return client.post(reverse("intake:suggestion_keep", args=args), headers=headers)


def list_attendance(reading):
    rows = reading.suggestions.order_by("pk")
    return [(row.kind, row.actors, row.came_as, row.is_chair) for row in rows]


def test_form_for_attendance_has_the_names_of_its_sentence(minutes, client):
    form = client.get(build_form_url(minutes, sentence=2, kind="attendee")).context["form"]

    assert form["actors"].value() == "Marta Ruiz\nJuan Pérez\nLuis Gil"
    assert form["came_as"].value() == ""


def test_form_preselects_apologies_and_chair(minutes, client):
    excused = client.get(build_form_url(minutes, sentence=5, kind="attendee")).context["form"]
    chair = client.get(build_form_url(minutes, sentence=6, kind="attendee")).context["form"]

    assert (excused["actors"].value(), excused["came_as"].value()) == ("Inés Gil\nPía Mar", "apologies")
    assert (chair["actors"].value(), chair["is_chair"].value()) == ("Inés Gil", True)


def test_form_names_those_who_need_an_entry_of_their_own(coalition, rapporteur, client):
    client.force_login(rapporteur)
    reading = create_reading(coalition, rapporteur, "Notes\n\nAna Lopes (chair), Ben Okoro; apologies: Theo Park\n")
    reading.suggestions.all().delete()

    page = client.get(build_form_url(reading, sentence=2, kind="attendee"))

    assert (page.context["form"]["actors"].value(), page.context["form"]["is_chair"].value()) == ("Ana Lopes", True)
    assert (
        "Add a second entry for the people who attended differently: <bdi>Ben Okoro and Theo Park</bdi>." in page.text
    )


def test_selected_words_that_list_people_are_proposed_as_attendance(minutes, client):
    start = minutes.document.text.index("Juan Pérez y")
    end = start + len("Juan Pérez y Luis Gil")

    form = client.get(build_form_url(minutes, start=start, end=end)).context["form"]
    other = client.get(build_form_url(minutes, start=start, end=end, kind="decision")).context["form"]

    assert (form["kind"].value(), form["actors"].value()) == ("attendee", "Juan Pérez\nLuis Gil")
    assert (other["kind"].value(), other["actors"].value()) == ("decision", "")


def test_form_is_empty_for_prose(minutes, client):
    form = client.get(build_form_url(minutes, sentence=4, kind="attendee")).context["form"]

    assert form["actors"].value() == ""


def test_one_press_adds_attendance_with_organisations(minutes, client, coalition):
    organisation = OrganisationFactory(coalition=coalition, name="Huerto Sur")

    response = press_attendance(client, minutes, 2)
    press_attendance(client, minutes, 2)

    assert response.headers["Location"].endswith("?at=2&was=2#s2")
    assert list_attendance(minutes) == [("attendee", ["Marta Ruiz", "Juan Pérez", "Luis Gil"], "", False)]
    assert minutes.suggestions.get().decision == Decision.ACCEPTED
    assert minutes.actors.get(written="Marta Ruiz").organisation == organisation


def test_one_press_adds_one_name_only_if_the_directory_has_it(minutes, client, coalition):
    unknown = press_attendance(client, minutes, 3)
    by_script = press_attendance(client, minutes, 3, hx_request="true")
    AffiliationFactory(organisation=OrganisationFactory(coalition=coalition), person=PersonFactory(name="Rita Varela"))
    known = press_attendance(client, minutes, 3)

    assert unknown.headers["Location"].endswith("suggestions/new/?sentence=3&kind=attendee")
    assert by_script.headers["HX-Redirect"] == unknown.headers["Location"]
    assert known.headers["Location"].endswith("?at=3&was=3#s3")
    assert list_attendance(minutes) == [("attendee", ["Rita Varela"], "", False)]


def test_one_press_is_beside_other_kinds(minutes, client):
    page = client.get(f"{minutes.get_absolute_url()}?at=2").text

    assert f'formaction="{minutes.get_absolute_url()}sentences/2/keep/attendee/"' in page


def add_by_form(client, reading, **fields):
    sentence = reading.sentences.get(number=2)
    data = {"start": sentence.start, "end": sentence.end, "kind": "attendee", "text": LIST_LINE, **fields}
    return client.post(build_form_url(reading, sentence=2), data, follow=True).text


def test_second_entry_from_a_sentence_is_kept(minutes, client):
    add_by_form(client, minutes, actors="Marta Ruiz")
    left = client.get(build_form_url(minutes, sentence=2, kind="attendee")).context["form"]["actors"].value()
    page = add_by_form(client, minutes, actors="Juan Pérez", came_as="apologies")
    same_person = add_by_form(client, minutes, actors="Juan Pérez")

    assert left == "Juan Pérez\nLuis Gil"
    assert "Entry added from sentence 2." in page
    assert "Entry added from sentence 2." in same_person
    assert list_attendance(minutes) == [
        ("attendee", ["Marta Ruiz"], "", False),
        ("attendee", ["Juan Pérez"], "apologies", False),
        ("attendee", ["Juan Pérez"], "", False),
    ]


def test_entry_that_is_there_already_is_told_and_not_added(minutes, client):
    add_by_form(client, minutes, actors="Marta Ruiz\nJuan Pérez")
    page = add_by_form(client, minutes, actors="Juan Pérez")

    assert "Sentence 2 already has this entry." in page
    assert len(list_attendance(minutes)) == 1


def test_attendance_to_review_is_not_replaced_by_that_of_others(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur, "Minutes\n\nPresent: Ana Lopes, Ben Okoro\n")
    found = reading.suggestions.get(kind="attendee")

    added = actions.add_suggestion(
        actor=rapporteur,
        reading=reading,
        start_offset=found.start,
        end_offset=found.end,
        wording=SuggestionWording(kind="attendee", text=found.text, actors=["Dina Haddad"]),
    )

    found.refresh_from_db()
    assert (found.actors, found.decision) == (["Ana Lopes", "Ben Okoro"], Decision.WAITING)
    assert added.actors == ["Dina Haddad"]


def test_second_owner_of_the_same_words_is_kept(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur)
    sentence = reading.sentences.last()
    for owner in ("Ana Lopes", "Ben Okoro", ""):
        actions.add_suggestion(
            actor=rapporteur,
            reading=reading,
            start_offset=sentence.start,
            end_offset=sentence.end,
            wording=SuggestionWording(kind="commitment", text="Send the list.", owner=owner),
        )

    assert list(reading.suggestions.filter(text="Send the list.").values_list("owner", flat=True)) == [
        "Ana Lopes",
        "Ben Okoro",
    ]


@pytest.fixture
def press(coalition, rapporteur, coordinator):
    """Add the attendance that a sentence lists, as the rapporteur or the coordinator."""

    def press_attendance_of(reading, words, actor=rapporteur):
        sentence = find_sentence(reading, words)
        sentence.reading = reading
        return actions.accept_sentence_as_attendance(actor=actor, sentence=sentence)

    return press_attendance_of


def test_press_does_not_overturn_the_rejection_of_another_person(coalition, rapporteur, coordinator, press):
    reading = create_reading(coalition, rapporteur, "Minutes\n\nNorth team: Ana Lopes, Ben Okoro\n")
    reading.suggestions.all().delete()
    (added,) = press(reading, "Ana", coordinator)
    actions.refuse_suggestion(actor=coordinator, suggestion=added, from_version=added.version)

    with pytest.raises(EditConflict, match="already rejected this suggestion"):
        press(reading, "Ana")
    assert [each.decision for each in press(reading, "Ana", coordinator)] == [Decision.ACCEPTED]


def test_press_does_not_add_a_name_that_another_person_removed(coalition, rapporteur, coordinator, press):
    reading = create_reading(coalition, rapporteur, "Minutes\n\nNorth team: Ana Lopes, Ben Okoro\n")
    reading.suggestions.all().delete()
    (added,) = press(reading, "Ana", coordinator)
    wording = SuggestionWording(kind="attendee", text=added.text, actors=["Ana Lopes"])
    actions.edit_suggestion(actor=coordinator, suggestion=added, from_version=added.version, wording=wording)

    assert press(reading, "Ana") == []
    assert list_attendance(reading) == [("attendee", ["Ana Lopes"], "", False)]


def test_mode_that_was_suggested_stays(coalition, rapporteur, press):
    reading = create_reading(coalition, rapporteur, "Minutes\n\nNorth team: Ana Lopes, Ben Okoro\n")
    reading.suggestions.all().delete()
    (added,) = press(reading, "Ana")
    actions.reopen_suggestion(actor=rapporteur, suggestion=added, from_version=added.version)
    reading.suggestions.update(mode="online")

    assert [each.mode for each in press(reading, "Ana")] == ["online"]
    (again,) = press(reading, "Ana")
    assert (again.pk, again.mode, again.is_repeated) == (added.pk, "online", True)


@pytest.mark.parametrize(
    ("line", "mode"),
    [
        ("Online: Dina Haddad, Eva Rossi", "online"),
        ("Dina Haddad (online), Eva Rossi (in the room)", ""),
        ("Dina Haddad, Eva Rossi", ""),
    ],
)
def test_form_has_the_mode_that_all_have(coalition, rapporteur, client, line, mode):
    client.force_login(rapporteur)
    reading = create_reading(coalition, rapporteur, f"Minutes\n\n{line}\n\nWe talked.\n")

    form = client.get(build_form_url(reading, sentence=2, kind="attendee")).context["form"]
    assert form["mode"].value() == mode
