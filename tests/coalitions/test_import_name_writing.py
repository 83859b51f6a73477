"""Which writing of a name is kept when rows about one organisation or person are combined."""

import pytest

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import RowAnswers, answer_questions_of_import, import_ready_rows
from jukwaa.coalitions.imports.name_writing import choose_organisation_name, choose_person_name
from jukwaa.coalitions.models import Organisation


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (("HILO SEGURO MEXICO AC", "Hilo Seguro México A.C."), "Hilo Seguro México A.C."),
        (("Ecoute Clic Belgique (ASBL)", "Écoute-Clic Belgique asbl"), "Écoute-Clic Belgique asbl"),
        (("Écoute-Clic Belgique asbl", "ECOUTE CLIC BELGIQUE ASBL"), "Écoute-Clic Belgique asbl"),
        (("Instituto Tres Mareas", "Observatório Tres Mareas"), "Instituto Tres Mareas"),
        (("UNICEF", "Unicef"), "UNICEF"),
        (("Yarrow Trust", "YARROW Trust"), "Yarrow Trust"),
    ],
)
def test_better_written_organisation_name_is_chosen(names, chosen):
    assert choose_organisation_name(*names) == chosen


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (("GIACHETTI Florencia", "Florencia Giachetti"), "Florencia Giachetti"),
        (("Florencia Giachetti", "GIACHETTI Florencia"), "Florencia Giachetti"),
        (("Aoife Ni Dhonnchu", "Aoife Ní Dhonnchú"), "Aoife Ní Dhonnchú"),
        (("Hichem Ben Amor", "Hichem Bén Omar"), "Hichem Ben Amor"),
        (("", "Ana Moss"), ""),
        *((("A. Odero", "Achieng Odero"), "Achieng Odero"), (("Achieng Odero", "A. Odero"), "Achieng Odero")),
        *((("A. Odero", "Achieng Otieno"), "A. Odero"), (("A. Odero", "Mary Odero"), "A. Odero")),
        *((("A. O.", "Achieng Odero"), "A. O."), (("A. Odero", "Achieng Mary Odero"), "A. Odero")),
    ],
)
def test_better_written_person_name_is_chosen(names, chosen):
    assert choose_person_name(*names) == chosen


def test_combined_rows_keep_the_better_names(import_rows, coordinator):
    brought = import_rows(
        ["HILO SEGURO MEXICO AC", "MX", "GIACHETTI Florencia", "f@hilo.example"],
        ["Hilo Seguro México A.C.", "MX", "Florencia Giachetti", "f@hilo.example"],
        heading=["Organisation", "Country", "Contact person", "Email"],
    )
    second = brought.rows.get(number=3)
    answer_questions_of_import(
        actor=coordinator,
        spreadsheet_import=brought,
        import_decisions={},
        answers_by_row={second.pk: RowAnswers(same="row-2")},
    )
    second.refresh_from_db()
    assert not any("with another name" in note for note in second.notes)
    import_ready_rows(actor=coordinator, spreadsheet_import=brought)

    organisation = Organisation.objects.get(name__startswith="H")
    assert organisation.name == "Hilo Seguro México A.C."
    assert [other.name for other in organisation.names.all()] == ["HILO SEGURO MEXICO AC"]
    assert Person.objects.get(email="f@hilo.example").name == "Florencia Giachetti"
