"""Words of Arabic lists, and cells that name two contact people or the person whom somebody replaces."""

import pytest

from jukwaa.coalitions.imports.contact_names import split_person_name
from jukwaa.coalitions.imports.row_parsing import RowReader, parse_member_row
from jukwaa.places.country_search import find_country


@pytest.mark.parametrize(
    ("field", "text", "meaning"),
    [
        ("stakeholder_group", "مجتمع مدني", "civil-society"),
        ("stakeholder_group", "حكومة", "government"),
        ("stakeholder_group", "حكومية", "government"),
        ("stakeholder_group", "قطاع حكومي", "government"),
        ("standing", "عضو جديد", "member"),
        ("standing", "عضوة", "member"),
        ("standing", "قيد الدراسة", "known"),
        ("standing", "under review", "known"),
        ("standing", "Prospect - application recd", "known"),
        ("standing", "new member", "member"),
        ("country", "الإمارات", "AE"),
        ("country", "السعودية", "SA"),
    ],
)
def test_word_of_a_list_is_known(field, text, meaning):
    row = parse_member_row({"name": "Quillwort", field: text})
    found = {"stakeholder_group": row.stakeholder_group, "standing": row.stands, "country": row.country}

    assert found[field] == meaning


def test_short_arabic_name_is_no_other_country():
    assert find_country("عمان").code == "OM"


@pytest.mark.parametrize(
    ("text", "name", "remark"),
    [
        ("إيناس مرزوقان – بدلاً من د. سليم بن زيتون", "إيناس مرزوقان", "بدلاً من د. سليم بن زيتون"),
        ("Inès Marzougane (instead of Dr Selim Ben Zitoun)", "Inès Marzougane", "instead of Dr Selim Ben Zitoun"),
        ("Inès Marzougane, replaces Selim Ben Zitoun", "Inès Marzougane", "replaces Selim Ben Zitoun"),
        ("Inès Marzougane en remplacement de Selim", "Inès Marzougane", "en remplacement de Selim"),
        ("Ana Ruiz en lugar de Luis Paz", "Ana Ruiz", "en lugar de Luis Paz"),
        ("Jana Holm statt Uwe Kern", "Jana Holm", "statt Uwe Kern"),
    ],
)
def test_person_who_was_replaced_is_not_part_of_the_name(text, name, remark):
    notes = []

    assert (split_person_name(text, notes).name, notes) == (
        name,
        [f"“{remark}” is not part of a name, so it will not be imported."],
    )


@pytest.mark.parametrize("text", ["Ana Vidal (replaced by Bo Lind)", "Ana Vidal, ersetzt durch Bo Lind"])
def test_person_who_replaces_another_is_imported(text):
    notes = []

    assert split_person_name(text, notes).name == "Bo Lind"
    assert notes == ["Ana Vidal will not be imported, because someone else is named now."]


@pytest.mark.parametrize(
    ("contact", "email", "people"),
    [
        (
            "ميرا أرزوني، جاد صنوبري",
            "mira@arz.example; jad@arz.example",
            ("ميرا أرزوني", "جاد صنوبري"),
        ),
        ("Mira Arzouni, Jad Snoubari", "mira@arz.example, jad@arz.example", ("Mira Arzouni", "Jad Snoubari")),
        ("Mira Arzouni and Jad Snoubari", "mira@arz.example jad@arz.example", ("Mira Arzouni", "Jad Snoubari")),
        ("Arzouni, Mira", "mira@arz.example; office@arz.example", ()),  # a family name and a first name
        ("Mira Arzouni, Jad Snoubari", "mira@arz.example", ("Mira Arzouni", "Jad Snoubari")),
        ("Mira Arzouni, Jad Snoubari", "m.arzouni@arz.example", ("Mira Arzouni", "Jad Snoubari")),
        *(
            # Nothing tells it from two family names before two first names.
            ("Mira Arzouni, Jad Snoubari", email, ("Mira Arzouni", "Jad Snoubari", "Jad Snoubari Mira Arzouni"))
            for email in ("", "office@arz.example")
        ),
        ("García López, María José", "maria.garcia@arz.example", ()),
        ("Mira Arzouni, Head of Policy", "mira@arz.example", ()),
        ("Mira Arzouni, Jad Foundation", "mira@arz.example", ()),
        ("Mira Arzouni, South Sudan", "mira@arz.example", ()),
    ],
)
def test_two_people_with_two_addresses_are_asked_about(contact, email, people):
    reading = RowReader({"name": "Arz", "contact": contact, "email": email})
    reading.read_member_row()

    assert [problem.options for problem in reading.problems if problem.field == "contact"] == (
        [people] if people else []
    )


@pytest.mark.parametrize("text", ["Maj. (name to come)", "Col.", "Lt. Col.", "Prof. Dr.", "Capitaine"])
def test_rank_or_title_alone_is_no_name(text):
    assert split_person_name(text, []).name == ""


@pytest.mark.parametrize("text", ["Maj. Ana Paz", "Major Lind", "Colette", "Genoveva Sargent"])
def test_name_with_a_rank_stays_a_name(text):
    assert split_person_name(text, []).name == text
