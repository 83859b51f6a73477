"""Drafts that are not for members, and files that a later version replaces."""

from pathlib import PurePosixPath

import pytest

from jukwaa.intake.superseded_files import (
    find_newer_version,
    find_superseded_mark,
    group_file_versions,
    split_drive_path,
)
from tests.intake.test_drive_private_files import import_drive

__all__ = ["import_drive"]


@pytest.mark.parametrize(
    ("path", "text", "mark"),
    [
        ("Charter.docx", "Charter\nDraft v0.3 – not for circulation\n1. Purpose", "not for circulation"),
        ("Charte.docx", "Charte\nProjet – ne pas diffuser\n1. But", "ne pas diffuser"),
        ("Carta.docx", "Carta\nBorrador: no difundir", "Borrador: no difundir"),
        ("Carta.docx", "Carta\nRascunho: não divulgar", "Rascunho: não divulgar"),
        ("ميثاق.docx", "ميثاق\nمسودة، غير مخصص للنشر", "مسودة، غير مخصص للنشر"),
        ("notes jan.txt", "Notes Jan\n- private by default\nsuperseded", "superseded"),
        ("notes.txt", "Obsolète, voir la version de mai\n- un", "Obsolète, voir la version de mai"),
        ("Images FINAL_v2 OLD.docx", "Text", "Images FINAL_v2 OLD.docx"),
        ("Budget old.xlsx", "Text", "Budget old.xlsx"),
        ("Interviews (raw, not sent).docx", "Text", "Interviews (raw, not sent).docx"),
        ("ميثاق الشركات مسودة.docx", "Text", "ميثاق الشركات مسودة.docx"),
        ("Charter draft v3.docx", "Text", "Charter draft v3.docx"),
        ("Charte_brouillon.docx", "Text", "Charte_brouillon.docx"),
        ("Carta - borrador (2).docx", "Text", "Carta - borrador (2).docx"),
        ("Consultation draft.docx", "Text", ""),
        ("Images - consultation draft v0.7 (comments).docx", "Text", ""),
        ("Children 5 years old.docx", "Text", ""),
        ("Caring for the old.docx", "Text", ""),
        ("Draft law on grooming.pdf", "Text", ""),
        ("OLD TOWN HALL.docx", "Text", ""),
        ("Raw data of the survey.csv", "Text", ""),
        ("Letter (sent).docx", "Text", ""),
        ("Guidelines/OLD/notes.txt", "Notes", "OLD"),
        ("Règles/Anciennes versions/notes.txt", "Notes", "Anciennes versions"),
        ("Rules obsolete.docx", "Rules", "Rules obsolete.docx"),
        ("vrac.txt", "Notes\nNE PAS METTRE dans le CR : la dispute", "NE PAS METTRE dans le CR : la dispute"),
        ("Rules.docx", "Rules\nDraft for discussion with the members", ""),
        ("Rules.docx", "Rules\nDraft, not for circulation outside the coalition", ""),
        ("Rules.docx", "Rules\nThe rules of 2019 were superseded by these rules of the General Meeting.", ""),
        ("Guide.docx", "Guide\nDo not share pictures of children.", ""),
        ("Old town meeting/minutes.docx", "Minutes", ""),
        ("Archive 2021/minutes.docx", "Minutes", ""),
        ("Rules (superseded).docx", "Rules", "Rules (superseded).docx"),
        ("Obsolete - rules.docx", "Rules", "Obsolete - rules.docx"),
        ("Charte.docx", "Remplacée par la charte de mai", "Remplacée par la charte de mai"),
        ("Rules.docx", "Rules\nSUPERSEDED by v2", "SUPERSEDED by v2"),
        ("Rules.docx", "Rules\n(Obsolete)", "(Obsolete)"),
        ("Agenda.docx", "Agenda\nRemplacement du président\nDivers", ""),
        ("Outdated laws on grooming.pdf", "Outdated laws on grooming", ""),
        ("Obsolete hotline numbers study.pdf", "Study", ""),
        ("Remplace la peur par la confiance.pdf", "Remplace la peur par la confiance", ""),
        ("Notas.docx", "Sustituidos por la IA", ""),
        ("Rules.docx", "Superseded on 3 May 2026\nRules", "Superseded on 3 May 2026"),
        ("Rules.docx", "Superseded version - do not use", "Superseded version - do not use"),
        ("Rules.docx", "Obsolete version", "Obsolete version"),
        ("Rules.docx", "OUTDATED DRAFT\nRules", "OUTDATED DRAFT"),
        ("Charte.docx", "Remplacée le 3 mai 2026", "Remplacée le 3 mai 2026"),
        ("Carta.docx", "Obsoleto desde 2024", "Obsoleto desde 2024"),
        ("Superseded statutes v1.docx", "Rules", "Superseded statutes v1.docx"),
        ("obsolete rules.docx", "Rules", "obsolete rules.docx"),
        ("obsolete_rules_2024.docx", "Rules", "obsolete_rules_2024.docx"),
        ("Budget_OLD VERSION_2024.docx", "Budget", "Budget_OLD VERSION_2024.docx"),
        ("Laws.pdf", "Outdated draft laws on grooming", ""),
        ("Laws.pdf", "Obsolete 2019 laws", ""),
        ("Parler.pdf", "Remplace le silence par la parole", ""),
        ("Old age and outdated laws study.pdf", "Study", ""),
        ("Padrón 2024 NO USAR.csv", "Nombre;País", "Padrón 2024 NO USAR.csv"),
        ("padrón_no_usar (2).csv", "Nombre;País", "padrón_no_usar (2).csv"),
        ("NO USAR Padrón vigente 2023.csv", "Nombre;País", "NO USAR Padrón vigente 2023.csv"),
        ("List do not use.csv", "Name", "List do not use.csv"),
        ("Liste (ne pas utiliser).xlsx", "Nom", "Liste (ne pas utiliser).xlsx"),
        ("DO NOT USE/List.csv", "Name", "DO NOT USE"),
        ("Why children do not use hotlines.pdf", "Study", ""),
        ("No usar el móvil en clase.pdf", "Guía", ""),
        ("WHY CHILDREN DO NOT USE HOTLINES.pdf", "Study", ""),
    ],
)
def test_marks_of_drafts_and_replaced_files(path, text, mark):
    assert find_superseded_mark(PurePosixPath(path), text) == mark


@pytest.mark.parametrize(
    ("path", "newer"),
    [
        ("A/Rules v0.3.docx", "Rules v0.4.pdf"),
        ("A/Rules v0.3 (1).docx", "Rules v0.4.pdf"),
        ("A/Rules v0.4.pdf", ""),
        ("A/rules_v2_track.docx", ""),
        ("A/Carta versión 2.docx", "Carta versión 10.docx"),
        ("B/Rules v0.2.docx", ""),
        ("A/Video 2.docx", ""),
        ("C/Regles_FINAL_v2 (1).docx", "Règles FINAL_v3_bon.docx"),
        ("C/Règles FINAL_v3_bon.docx", ""),
        ("D/Charter v1.docx", "Charter v2.docx"),
        ("D/Charter v2.docx", ""),
        ("D/Charter v1 signed.pdf", ""),
        ("D/Bylaws v1 adopted.pdf", "Bylaws v2 adopted.pdf"),
        ("D/Training module v1.docx", ""),
        ("D/Press article v1.docx", "Press article v2.docx"),
        ("D\\Statement v1.docx", "Statement v2.docx"),
    ],
)
def test_later_version_in_the_same_folder(path, newer):
    paths = [
        "A/Rules v0.3.docx",
        "A/Rules v0.4.pdf",
        "A/Carta versión 10.docx",
        "A/Carta versión 2.docx",
        "A/Video 3.docx",
        "C/Règles FINAL_v3_bon.docx",
        "C/Rules v5.docx",
        "D/Charter v1.docx",
        "D/Charter v1.0.docx",
        "D/Charter v1 signed.pdf",
        "D/Charter v2.docx",
        "D/Bylaws v1 adopted.pdf",
        "D/Bylaws v2 adopted.pdf",
        "D/Training module v2.docx",
        "D/Press article v2.docx",
        "D\\Statement v2.docx",
    ]

    assert find_newer_version(split_drive_path(path), group_file_versions(paths)) == newer


def test_versions_of_a_large_drive_are_grouped_once():
    versions = group_file_versions(f"Rules {number} v{part}.docx" for number in range(3000) for part in (1, 2))

    found = [find_newer_version(PurePosixPath(f"Rules {number} v1.docx"), versions) for number in range(3000)]

    assert found == [f"Rules {number} v2.docx" for number in range(3000)]


def test_private_and_superseded_texts_are_kept_for_coordinators(import_drive):
    drive = import_drive(
        {
            "Untitled.txt": "Dear Ana, I will be in treatment at the hospital in May. Bo",
            "office.txt": "wifi office: made-Up-Secret-2",
            "Rules v1.txt": "The members meet once a year.",
            "Rules v2.txt": "The members meet twice a year.",
            "Charter.txt": "Charter\nDraft, not for circulation\nWe agree to meet.",
            "Hospitals.txt": "A brochure for parents of children in hospital, and about their treatment.",
            "Policy.txt": "Each password has at least 12 characters.",
        }
    )
    reasons = {entry.path: entry.reason for entry in drive.entries.filter(outcome="restricted")}

    assert {entry.document.label for entry in drive.entries.filter(outcome="restricted")} == {"TLP:RED"}
    assert reasons.keys() == {"Untitled.txt", "office.txt", "Rules v1.txt", "Charter.txt"}
    assert "it seems to contain details about the health of a person." in reasons["Untitled.txt"]
    assert "it seems to contain passwords or other access data." in reasons["office.txt"]
    assert "“Rules v2.txt” seems to be a later version." in reasons["Rules v1.txt"]
    assert (
        "“Draft, not for circulation” suggests that it is out of date or not meant for all members."
        in reasons["Charter.txt"]
    )


def test_paths_with_backslashes_have_folders(import_drive):
    drive = import_drive(
        {
            "Rules\\OLD\\notes.txt": "Notes of the meeting of members in 2019.",
            "Rules\\Charter v1.txt": "The members meet once a year in spring.",
            "Rules\\Charter v2.txt": "The members meet twice a year in autumn.",
        }
    )
    reasons = {entry.document.title: entry.reason for entry in drive.entries.filter(outcome="restricted")}

    assert reasons.keys() == {"notes", "Charter v1"}
    assert "“OLD” suggests" in reasons["notes"]
    assert "“Charter v2.txt” seems to be a later version." in reasons["Charter v1"]
