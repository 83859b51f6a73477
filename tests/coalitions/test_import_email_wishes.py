"""Columns of forms that ask whether a person wants emails, and how a survey tool notes what became of an answer."""

import pytest

from jukwaa.coalitions.imports.contact_remarks import find_contact_remarks

OTHERS = [
    *("Je dois me retirer de la réunion à 16h", "Je vais me retirer du bureau", "stop by for coffee"),
    *("I do not wish to receive paper letters", "I no longer wish to receive the printed report"),
    *("ne souhaite pas recevoir de badge", "No deseo recibir regalos", "Não quero receber certificado"),
]
OPTED_OUT, NO_CONSENT, DELETED = "person-opted-out", "person-no-consent", "person-deleted"


def find_rows(heading, *cells):
    table = [["Name", heading], *(["Nadia Quill", cell] for cell in cells)]
    found = find_contact_remarks(table, range(1, len(table) + 1), ["person", ""], ())
    return {remark: sorted(map(int, numbers)) for remark, numbers in found.items()}


@pytest.mark.parametrize(
    "heading",
    [
        "Would you like to receive our invitations by email?",
        "May we email you?",
        "I agree to be contacted about meetings",
        "Acceptez-vous de recevoir les invitations et la lettre d'information par courriel ?",
        "Souhaitez-vous recevoir l’infolettre ?",
        "J'accepte de recevoir des courriels",
        "¿Desea recibir invitaciones y el boletín por correo?",
        "Acepto recibir comunicaciones",
        "Aceita receber convites e o boletim por email?",
        "Gostaria de receber as nossas mensagens?",
        "هل توافق على استلام الدعوات عبر البريد الإلكتروني؟",
        "هل ترغب في تلقي النشرة؟",
        "Do you want to receive our emails? (you can unsubscribe at any time)",
        "I agree to receive emails (I can opt out at any time)",
        "I agree to receive emails and can opt out at any time",
        "Would you like to receive our newsletter? You can unsubscribe at any time.",
        "Souhaitez-vous recevoir nos courriels ? (désabonnement possible à tout moment)",
        "¿Desea recibir nuestros correos? (puede darse de baja cuando quiera)",
        "Keep me informed by email",
        "Please send me updates",
        "Would you like to get updates from us?",
        "Do you want to hear from us?",
        "Do you want to be added to our list?",
        "Voulez-vous rester informé ?",
    ],
)
@pytest.mark.parametrize(("yes", "no"), [("Oui", "Non"), ("Sí", "No"), ("sim", "não"), ("نعم", "لا"), ("1", "0")])
def test_rows_without_a_yes_are_asked_about(heading, yes, no):
    assert find_rows(heading, yes, no, "", yes, f"{no} !") == {OPTED_OUT: [3, 6], NO_CONSENT: [4]}


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Which email would you like to use?", ["a@quill.example", "no@quill.example", ""]),
        ("En quelle langue souhaitez-vous nos courriels ?", ["français", "", "anglais"]),
        ("How often do you want our newsletter?", ["monthly", "", "weekly"]),
        ("Do you want an invitation letter for your visa?", ["Yes", "No", ""]),
        ("Souhaitez-vous être contacté par WhatsApp ?", ["Oui", "Non", ""]),
        ("Acceptez-vous d'être photographié ?", ["Oui", "Non", ""]),
        ("Do you want to join a working group?", ["Yes", "No", ""]),
        ("Email", ["Yes", "No", ""]),
        ("May we share your email with other members?", ["Yes", "No", ""]),
        ("Acceptez-vous de partager votre courriel ?", ["Oui", "Non", ""]),
        ("Which topics would you like in our newsletter?", ["Law", "", "all the news about grants, not only ours"]),
    ],
)
def test_other_questions_say_nothing_about_emails(heading, cells):
    assert OPTED_OUT not in find_rows(heading, *cells)


@pytest.mark.parametrize(
    "heading",
    [
        "Do you want to unsubscribe from our emails?",
        "Unsubscribed (at any time)",
        *("I do not wish to receive emails", "Je ne souhaite pas recevoir de courriels", "No deseo recibir correos"),
    ],
)
def test_yes_to_no_emails_is_an_opt_out(heading):
    assert find_rows(heading, "Oui", "", "Non") == {OPTED_OUT: [2]}


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["Acepto", "Acepto", "Acepto", "Acepto", "No acepto"], [6]),
        (["J'accepte", "Je refuse", "D'accord", ""], [3, 5]),
        (["I agree", "I agree", "I do not agree"], [4]),
        (["أوافق", "لا أوافق"], [3]),
        (["Please do", "Please do not", "Never", "Of course"], [3, 4]),
        (["Perhaps", "Once a month", "No", "Yes", "Why?"], [4]),
        (["Every week", "Every month", "Never", "No emails please", "None"], [4, 5, 6]),
        (["Invitations", "None", "All", "I do not want any of these", ""], [3, 5]),
    ],
)
def test_every_refusal_is_asked_about(cells, numbers):
    """Empty cells only if most answers agree or refuse."""
    empty = [number for number, cell in enumerate(cells, start=2) if cell in {"", "None"} and number in numbers]
    found = find_rows("Would you like to receive our emails?", *cells)
    assert sorted(found.get(OPTED_OUT, []) + found.get(NO_CONSENT, [])) == numbers
    assert found.get(NO_CONSENT, []) == empty


@pytest.mark.parametrize(
    "comment",
    [
        "Je ne suis plus là, merci de me retirer",
        "Uniquement les convocations, pas la lettre",
        "Please remove me from the list",
        "I withdraw my consent",
        "No deseo recibir mensajes",
        "Já não quero receber nada",
        "لا أرغب في تلقي الرسائل",
        *("please stop emailing me", "stop sending me emails", "arrêtez de m'écrire", "ne m'écrivez plus"),
        *("no me manden más correos", "bórrenme de la lista", "Parem de me enviar emails", "لا ترسلوا لي رسائل"),
        *("أرجو حذفي من القائمة", "I do not wish to receive emails or paper letters", "No quiero recibir más"),
        *("Merci de me retirer de la liste", "Je ne souhaite plus recevoir vos courriels"),
    ],
)
def test_comment_withdraws_consent(comment):
    assert OPTED_OUT in find_rows("Comment", comment)


@pytest.mark.parametrize(
    "comment", ["I want to receive everything", "Merci de me rappeler", "retirer les badges", *OTHERS]
)
def test_other_comments_withdraw_nothing(comment):
    assert find_rows("Comment", comment) == {}


def test_answers_that_were_not_approved_are_asked_about():
    cells = ["Approved", "Not Approved", "On Hold", "", "validation_status_not_approved"]
    assert find_rows("_validation_status", *cells) == {DELETED: [3, 4, 6]}
    assert find_rows("ReviewState", "approved", "hasIssues") == {DELETED: [3]}
