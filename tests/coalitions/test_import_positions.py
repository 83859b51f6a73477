"""What stands after the name of a contact person, in several languages: a position, or a part of the name."""

import pytest

from jukwaa.coalitions.imports.contact_names import split_person_name


@pytest.mark.parametrize(
    ("written", "name", "position"),
    [
        ("Inés Quiroga, directora ejecutiva", "Inés Quiroga", "directora ejecutiva"),
        ("Dilys Amberley, CEO", "Dilys Amberley", "CEO"),
        ("Nomcebo Dlaminza, director", "Nomcebo Dlaminza", "director"),
        ("Blerta Hoxhaj - coordinator", "Blerta Hoxhaj", "coordinator"),
        ("Blerta Hoxhaj – Coordinator", "Blerta Hoxhaj", "Coordinator"),
        ("Rosa Huamantica / Sostenibilidad", "Rosa Huamantica", "Sostenibilidad"),
        ("Astrid Lindegaard, specialkonsulent", "Astrid Lindegaard", "specialkonsulent"),
        ("Amina Mwakyusa-Juma, mratibu", "Amina Mwakyusa-Juma", "mratibu"),
        ("Callum Strathearn, Head of Trust & Safety", "Callum Strathearn", "Head of Trust & Safety"),
        ("Mere Tauwhara, Principal Adviser", "Mere Tauwhara", "Principal Adviser"),
        ("Kossi Adzovi, Chargé de programme", "Kossi Adzovi", "Chargé de programme"),
        ("Оксана Тиха, голова правління", "Оксана Тиха", "голова правління"),
        ("Phạm Ngọc Lan, nghiên cứu viên", "Phạm Ngọc Lan", "nghiên cứu viên"),
        ("Mgr. Alžběta Králová, ředitelka odboru", "Mgr. Alžběta Králová", "ředitelka odboru"),
        ("رانيا الطريف، مديرة البرامج (Rania Al-Tarif)", "رانيا الطريف (Rania Al-Tarif)", "مديرة البرامج"),
        ("윤서하 (Yoon Seo-ha), Programme Lead", "윤서하 (Yoon Seo-ha)", "Programme Lead"),
        ("Beatriz Noronha (tenho 17 anos), porta-voz", "Beatriz Noronha", "porta-voz"),
        ("Adzovi, Kossi", "Kossi Adzovi", ""),
        ("Obermuhl, Henrike Anna", "Henrike Anna Obermuhl", ""),
        ("da Silva, Maria", "Maria da Silva", ""),
        ("García Pérez, Ana", "García Pérez, Ana", ""),
        ("Juan García, de la Cruz", "Juan García, de la Cruz", ""),
        ("Mary O'Neill-Smith", "Mary O'Neill-Smith", ""),
        ("Jean - Pierre Dubois", "Jean - Pierre Dubois", ""),
        ("Otieno, Director", "Otieno, Director", ""),
        ("Wei Zhang, PhD", "Wei Zhang, PhD", ""),
        ("王伟, 李娜", "王伟, 李娜", ""),
    ],
)
def test_position_is_split_from_name(written, name, position):
    found = split_person_name(written, [])

    assert (found.name, found.position, found.others) == (name, position, ())


def test_note_names_position_split_from_name():
    notes = []
    split_person_name("Dilys Amberley, CEO", notes)

    assert notes == ["“CEO” will be imported as the position."]


@pytest.mark.parametrize("written", ["Kadri Merevaikus / Jānis Dzintarbērzs", "Ana Paz / Eva Sol, co-chairs"])
def test_cell_with_two_people_is_split_in_two(written):
    assert len(split_person_name(written, []).others) == 2


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Robert Service", "Robert Service"),
        ("Ana Paz (Secretariat)", "Ana Paz (Secretariat)"),
        ("Léa Roche (Equipe)", "Léa Roche (Equipe)"),
        ("Ben Roe - Secretariat", "Ben Roe - Secretariat"),
    ],
)
def test_name_before_an_office_is_kept(written, name):
    found = split_person_name(written, [])

    assert (found.name, found.position) == (name, "")
