"""Lists of participants: titles of groups, hosts, people named after a full stop, remote people and excuses."""

import pytest

from jukwaa.intake.meeting_chairs import mark_chair_among_attendees
from jukwaa.intake.meeting_facts import find_meeting_facts
from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.apologies import add_apologies
from jukwaa.intake.reader.attendance_modes import find_attendance_modes
from jukwaa.intake.reader.courtesy_titles import strip_courtesy_titles
from jukwaa.intake.reader.group_titles import is_group_title


def find_people(text, language="en"):
    found = read_report(text, language=language).suggestions
    return [name for made in found if made.kind == "attendee" for name in made.actors]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Industry"),
        ("en", "Civil society and academia"),
        ("en", "Representatives of governments (2)"),
        ("en", "Invited expert"),
        ("en", "Secretariat"),
        ("fr", "Société civile"),
        ("fr", "Pouvoirs publics :"),
        ("fr", "Experts invités"),
        ("es", "Sociedad civil"),
        ("es", "Autoridades públicas y reguladores"),
        ("pt", "Setor privado"),
    ],
)
def test_title_of_group_in_list_is_nobody(language, title):
    heading = "Participantes" if language in {"es", "pt"} else "Participants"
    text = f"# {heading}\n\n{title}\n\nAna Lopes (Elm)\n\n{title}\n\nBen Okoro (Oak Farm)\n"

    assert find_people(text, language) == ["Ana Lopes", "Ben Okoro"]


@pytest.mark.parametrize(
    ("line", "is_title"),
    [
        ("المجتمع المدني", True),
        ("الأمانة العامة :", True),
        ("Industry / Private sector", True),
        ("الأمانة: ليلى حداد", False),
        ("Secretariat (Ana Lopes)", False),
        ("Industry of tomorrow", False),
    ],
)
def test_title_of_group(line, is_title):
    assert is_group_title(line) is is_title


@pytest.mark.parametrize(
    ("heading", "is_attendance"),
    [("Who's here (add yourself)", True), ("Who’s here", True), ("Who is there?", True), ("Who is next", False)],
)
def test_list_below_question_who_is_here_has_a_person_in_each_entry(heading, is_attendance):
    entries = (
        "Ana Lopes, Elm",
        "Eva Lund / Oak",
        "@Gil Mora",
        "Ben Okoro + Ines Sousa (Fig / Ash)",
        "Liv B. (Fig), late, from item 3",
    )
    people = find_people(f"# Notes\n\n## {heading}\n\n" + "".join(f"- {entry}\n" for entry in entries))

    assert (people == ["Ana Lopes", "Eva Lund", "Gil Mora", "Ben Okoro", "Ines Sousa", "Liv B"]) is is_attendance


def test_two_columns_of_people_end_with_apologies_in_the_same_line():
    text = """# Minutes

## Attendance

Ana Lopes (Elm) Dina Haddad (Ash, Office of Trees (Riverton))
Ben Okoro (Oak) Eva Lund (Fig, joined at 10:35) Apologies: Gil Mora, Juma Ali (represented by Ben Okoro), Liv Berg.
"""
    found = add_apologies(read_report(text)).suggestions

    assert [(made.actors, made.status) for made in found] == [
        (("Ana Lopes", "Dina Haddad"), ""),
        (("Ben Okoro", "Eva Lund"), ""),
        (("Gil Mora", "Juma Ali", "Liv Berg"), "apologies"),
    ]


@pytest.mark.parametrize("name", ["Civil Society Network", "Industry Watch Kenya", "Youth Alliance"])
def test_organisation_in_list_is_no_title_of_group(name):
    assert find_people(f"# Participants\n\nAna Lopes (Elm)\n\n{name}\n\nBen Okoro (Oak Farm)\n") == [
        "Ana Lopes",
        name,
        "Ben Okoro",
    ]


@pytest.mark.parametrize(
    "line", ["Host: Ana Lopes Notes: Ben", "Facilitator: Ana Lopes   Minutes: Ben", "Moderator: Ana Lopes Notes: Ben"]
)
def test_host_before_another_label_is_chair(line):
    text = f"# Call of 3 May 2026\n\n{line}\n\nPresent: Dina Haddad, Ana Lopes\n"

    assert "Ana Lopes Notes" not in find_people(text)
    assert find_meeting_facts(text).chair == "Ana Lopes"


def test_chair_counts_more_than_host():
    assert find_meeting_facts("# Call of 3 May 2026\n\nHost: Elm House\n\nChair: Ana Lopes\n").chair == "Ana Lopes"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (
            "On the call: Ana Lopes (Elm), Ben Okoro (Oak). Dina H. (Fig) from 13:20",
            ["Ana Lopes", "Ben Okoro", "Dina H."],
        ),
        (
            "Present: Ana Lopes (Elm), Ben Okoro. Dina Haddad joined at 13:40.",
            ["Ana Lopes", "Ben Okoro", "Dina Haddad"],
        ),
        (
            "Présents : Ana Lopes (Elm), Ben Okoro. Dina Haddad (Fig) à partir de 14 h",
            ["Ana Lopes", "Ben Okoro", "Dina Haddad"],
        ),
        ("Present: Ana Lopes (Elm), Ben Okoro. The room was booked from 13:20.", ["Ana Lopes", "Ben Okoro"]),
        ("The budget was read. Dina Haddad (Fig) from 13:20", []),
    ],
)
def test_list_of_those_present_goes_on_after_full_stop(line, names):
    language = "fr" if line.startswith("Présents") else "en"

    assert find_people(f"# Notes\n\n{line}\n", language) == names


@pytest.mark.parametrize(
    ("line", "online"),
    [
        (
            "Ms Haddad and Mr Lind followed the meeting remotely; so did the guest, Ms Lopes.",
            ["Haddad", "Lind", "Lopes"],
        ),
        ("Ms Haddad joined online.", ["Haddad"]),
        ("Ms Haddad asked whether those who joined online may vote.", []),
        ("Ms Haddad joined the network.", []),
    ],
)
def test_sentence_tells_who_was_online(line, online):
    names = ["Dina Haddad", "Theo Lind", "Ana Lopes", "Ben Okoro"]
    text = f"# Minutes\n\n{line}\n\n## Participants\n\n" + "\n".join(f"- {name} (Elm)" for name in names)
    modes = find_attendance_modes(read_report(text, language="en"))

    assert sorted(name.split()[1] for name in modes) == sorted(online)


def test_initial_does_not_end_the_label():
    text = "# Call\n\nOn the call: Ana Lopes (Elm), Dina R. (Oak Farm), Ben Okoro (Fig)\n"

    assert set(find_attendance_modes(read_report(text, language="en"))) == {"Ana Lopes", "Dina R.", "Ben Okoro"}


def test_label_before_titles_gives_the_mode():
    text = "Compte rendu\n\nPrésents : Mme Ana Lopes\n\nÀ distance : M. Ben Okoro (Oak), Mme Dina Haddad (Fig).\n"

    assert find_attendance_modes(strip_courtesy_titles(read_report(text, language="fr"))) == {
        "Ben Okoro": "online",
        "Dina Haddad": "online",
    }


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ms Haddad (Fig) had sent her excuses.", ["Haddad"]),
        ("Dina asked to excuse her, she is travelling.", ["Dina"]),
        ("Dina asked to be excused.", ["Dina"]),
        ("Dina asked to excuse the delay.", []),
        ("Dina had not sent her excuses.", []),
    ],
)
def test_sentence_tells_who_sent_excuses(line, names):
    found = add_apologies(read_report(f"# Minutes\n\n{line}\n", language="en")).suggestions

    assert [name.split()[-1] for made in found if made.status == "apologies" for name in made.actors] == names


CALL = """Notes of the call of 9 September 2026

Who was: Aroha (she was leading), me, Baraka from CERT Alliance, Neema,
Yana Petrova from Ministry of Schools (observer). {sentence}

Baraka will send the list by Friday.
"""


@pytest.mark.parametrize(
    ("sentence", "people"),
    [
        ("", []),
        ("Dilan came 15 minutes later, the line was bad.", ["Dilan"]),
        ("From Steppe Mobile was Sana Noor and not Ruslan, he has other work.", ["Sana Noor"]),
        ("Goran from HashLab promised to come but we did not see him.", []),
        ("The list came later.", []),
        ("From Monday was rain.", []),
    ],
)
def test_attendance_in_informal_prose(sentence, people):
    assert sorted(find_people(CALL.format(sentence=sentence))) == sorted(
        ["Aroha", "Neema", "Baraka", "Yana Petrova", *people]
    )


def test_remark_behind_name_tells_who_was_leading():
    found = mark_chair_among_attendees(read_report(CALL.format(sentence=""), language="en")).suggestions

    assert [made.actors for made in found if made.is_chair] == [("Aroha",)]
