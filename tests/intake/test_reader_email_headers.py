"""The header of a forwarded email names no speakers."""

import pytest

from jukwaa.intake.reader import read_report

ENGLISH = """\
From: {name} <person@example.org>
Sent: {day}, 23 November 2009 10:15
To: The mailing list
Cc: The coordinator
Subject: Translation of the guide
"""
FRENCH = """\
De : {name} <person@example.org>
Envoyé : {day} 23 novembre 2009 10:15
À : La liste
Objet : Traduction du guide
"""
SPANISH = """\
De: {name} <person@example.org>
Enviado el: {day}, 23 de noviembre de 2009 10:15
Para: La lista
Asunto: Traducción de la guía
"""
SPANISH_SHORT = SPANISH.replace(" el:", ":")
GMAIL = "From: {name} <person@example.org>\nDate: {day}\nSubject: Translation\nTo: The mailing list\n"
QUOTED = "".join(f"> {line}\n" for line in ENGLISH.splitlines())
OFFER_SENTENCE = "I will send the list of hotlines by Friday."
HEADERS = {name: header for name, header in globals().items() if isinstance(header, str) and "{day}" in header}


@pytest.mark.parametrize("name", HEADERS)
def test_header_of_forwarded_email_has_no_speakers(name):
    people = ("Maria", "Jean", "Juana")
    headers = [HEADERS[name].format(name=person, day=f"{person}day") for person in people]
    thread = "\n".join(f"{header}\n{OFFER_SENTENCE}\n" for header in headers)
    found = read_report(f"Minutes of the group\n\n{thread}").suggestions

    assert [(each.actors, each.quote) for each in found if each.kind != "topic"] == [((), OFFER_SENTENCE)] * 3
    assert {each.actors for each in found} == {()}


def test_speaker_initials_that_resemble_header_labels_are_recognised():
    minutes = "DE: I will translate the guide.\nVON: I will publish the guide.\nDE: I will send it to all members.\n"

    assert [each.actors for each in read_report(minutes).suggestions] == [("DE",), ("VON",), ("DE",)]


def test_speakers_after_email_header_are_recognised():
    minutes = ENGLISH.format(name="Maria", day="Monday") + "\nAL: I will translate the guide.\nBK: I will publish it.\n"

    found = read_report(minutes).suggestions
    assert [each.actors for each in found if each.kind == "commitment"] == [("AL",), ("BK",)]
