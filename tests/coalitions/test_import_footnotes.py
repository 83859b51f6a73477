"""Rows below a list of members that are notes about it, and organisations with names that are alike."""

import pytest

from jukwaa.coalitions.imports.row_kinds import describe_extra_row

FIELDS = ["", "name", "country", "joined"]
HEADINGS = ["No", "Organisation", "Country", "Joined"]


@pytest.mark.parametrize(
    ("text", "is_note"),
    [
        ("NB 41 was the number given to the donor in July. AM", True),
        ("N.B. observers are not in this list", True),
        ("Please note the two new names above", True),
        ("PS ask Ana about the last two", True),
        ("\u00b9 Observer since 2020", True),
        ("\u2020 merged in 2024", True),
        ("The last two organisations were added by the secretariat in May.", True),
        ("À noter que deux membres manquent", True),
        ("Les deux derniers membres ont rejoint le réseau en mai.", True),
        ("Nótese que faltan dos miembros", True),
        ("Los dos últimos miembros están pendientes de la asamblea.", True),
        ("Obs. faltam dois membros da lista", True),
        ("Os dois últimos membros foi o secretariado que indicou.", True),
        ("ملاحظة العدد في يوليو كان مختلفا", True),
        ("N.B. Members in italics have left the coalition", True),
        ("NB. The list was last updated in May", True),
        ("NB: Some members have not paid their fees", True),
        ("P.S. The fee for 2026 is still open", True),
        ("NB THE LIST IS NOT COMPLETE YET", True),
        ("Members who have left are in italics. See the minutes", True),
        ("The list is complete as of May 2026 (see the minutes of the GA).", True),
        ("NB WE ARE FAMILY FOUNDATION", False),
        ("NB. Children Are Our Future", False),
        ("N.B. CHILDREN ARE OUR FUTURE", False),
        ("Children of St. Mary who are safe online", False),
        ("Friends of the Univ. Hospital who are with children", False),
        ("We Are Family Foundation", False),
        ("Children Are Our Future Foundation of Samoa", False),
        ("NB Childcare Ltd.", False),
        ("Notre Dame School of Suva", False),
        ("Observatoire de l'enfance de la région du Sud", False),
        ("Bantay Kabataan Online Foundation of the Philippines, Inc.", False),
        ("PS Foundation", False),
        ("ملتقى الطفل", False),
        ("Los Niños Son Nuestro Futuro A.C.", False),
        ("Asociación Ver por los Niños de Puebla A.C.", False),
        ("Niños que son la luz de Puebla A.C.", False),
        ("The Internet Is For Every Child Inc.", False),
        ("We Are Family Foundation of America, Inc.", False),
        ("Children who are safe online Ltd.", False),
        ("NB Coalition for Child Safety", False),
        ("N.B. Coalition for Child Safety", False),
        ("PS Save Our Kids Trust", False),
        ("PS 118 Parents and Friends", False),
        ("Obs. Nacional de la Infancia", False),
    ],
)
def test_notes_below_a_list_are_not_organisations(text, is_note):
    sentence = describe_extra_row(["", text, "", ""], HEADINGS, FIELDS)

    assert sentence == ("This row looks like a remark about the list, so it will not be imported." if is_note else "")


def test_row_with_other_cells_is_an_organisation():
    assert describe_extra_row(["", "NB 41 was the number. AM", "Fiji", "2021"], HEADINGS, FIELDS) == ""
