"""Names of duties are no organisations, lists of named delegates are attendance, and resolutions have numbers."""

from datetime import date

import pytest

from jukwaa.intake.due_dates import find_due_day
from jukwaa.intake.matching import build_organisation_matcher
from jukwaa.intake.reader import read_report
from tests.factories import OrganisationFactory


def list_actors(text, kind):
    return [name for made in read_report(text).suggestions if made.kind == kind for name in made.actors]


def list_decisions(text):
    return [
        " ".join((made.words or made.quote).split())
        for made in read_report(text).suggestions
        if made.kind == "decision"
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("organisation_name", "duty"),
    [
        ("Pacific Digital Childhood Secretariat", "Secretariat"),
        ("Pacific Digital Childhood Secretariat", "the Secretariat"),
        ("Secrétariat océanien de l'enfance", "Secrétariat"),
        ("Secretaría Andina de la Niñez", "la Secretaría"),
        ("Chair in Child Media Studies", "Chair"),
        ("Guild of Treasurer Services", "Treasurer"),
        ("Sindicato da Tesouraria Digital", "Tesouraria"),
        ("Board of Hotlines Quito", "Board"),
        ("Host Nordic Labs", "the host"),
        ("Vorstand Kinderschutz Ost", "Vorstand"),
        ("الأمانة الإقليمية للطفولة", "الأمانة"),
        ("Executive Committee of Elm Farm", "Executive Committee"),
    ],
)
def test_duty_alone_means_no_organisation(coalition, organisation_name, duty):
    OrganisationFactory(coalition=coalition, name=organisation_name)

    match = build_organisation_matcher(coalition)(duty)

    assert (match.sure, match.likely) == (None, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("organisation_name", "written"),
    [
        ("Pacific Digital Childhood Secretariat", "Childhood Secretariat"),
        ("Host Nordic Labs", "Nordic"),
        ("Secretariat", "Secretariat"),
    ],
)
def test_other_words_still_mean_the_organisation(coalition, organisation_name, written):
    organisation = OrganisationFactory(coalition=coalition, name=organisation_name)

    match = build_organisation_matcher(coalition)(written)

    assert organisation in {match.sure, match.likely}


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Ana to bring two companies before the summer is out.", "before the summer is out"),
        ("Ana to bring two companies before the week is out.", "before the week is out"),
        ("Ana to bring two companies before the summer is over.", "before the summer is over"),
        ("Ana to bring two companies before the year ends.", "before the year ends"),
        ("Ana to bring two companies before the summer.", "before the summer"),
        ("Ana to bring two companies before the summer break.", "before the summer break"),
        ("Ana to bring two companies by Friday.", "by Friday"),
    ],
)
def test_end_of_a_season_is_not_cut(sentence, due):
    suggestions = read_report(f"# Minutes\n\n## Actions\n\n- {sentence}\n").suggestions

    assert [made.due for made in suggestions] == [due]


@pytest.mark.parametrize("due", ["before the summer is out", "before the summer"])
def test_end_of_a_season_has_no_day(due):
    assert find_due_day(due, date(2026, 5, 13)) is None


def test_list_that_breaks_in_a_name_is_one_list():
    long_line = "Okoro (Elm Farm), Dina Haddad (ASH, day one only), Theo Lind (host), Eva Brand (OAK), Ida Roth (Birch"
    text = f"# Record\n\nDelegates: Ana Lopes (OAK), Ben\n{long_line}\nHouse), Rui Lima (Ash).\n"

    assert list_actors(text, "attendee") == [
        *("Ana Lopes", "Ben Okoro", "Dina Haddad", "Theo Lind", "Eva Brand", "Ida Roth", "Rui Lima")
    ]


@pytest.mark.parametrize(
    "label",
    [
        "Speakers and delegates who agreed to be named",
        "Participants who agreed to be listed",
        "Delegates",
        "Members present who consented to be named",
        "Intervenants et délégués ayant accepté d’être nommés",
        "Délégués",
        "Delegadas y delegados que aceptaron ser nombrados",
        "Delegados que aceitaram ser nomeados",
        "Associates without vote",
    ],
)
def test_label_of_named_people_is_attendance(label):
    text = f"# Record\n\n{label}: Ana Lopes (OAK, Treasurer), Ben Okoro (Elm Farm), Dina Haddad (ASH, day two only).\n"

    assert list_actors(text, "attendee") == ["Ana Lopes", "Ben Okoro", "Dina Haddad"]


@pytest.mark.parametrize(
    "line",
    [
        "Speakers who asked for the floor: Ana Lopes, Ben Okoro",
        "Delegates who did not agree to be named: Ana Lopes, Ben Okoro",
        "Délégués absents : Ana Lopes, Ben Okoro",
        "Delegates: 12 from nine countries",
    ],
)
def test_other_labels_are_no_attendance(line):
    assert list_actors(f"# Record\n\n{line}\n", "attendee") == []


@pytest.mark.parametrize(
    "text",
    [
        "SC14/1. Ana reported on the budget.\n\nSC14/2. Ben presented the survey.\n\nSC14/3. The code was approved.\n",
        "SC14/1. Budget\n\nSC14/2. Survey\n",
        "The room is A26/4. It was booked.\n",
    ],
)
def test_numbered_items_of_an_agenda_are_no_resolutions(text):
    assert len(list_decisions(f"# Minutes\n\n{text}")) <= text.count("approved")
