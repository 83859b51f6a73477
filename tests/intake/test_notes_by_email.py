"""Notes of a meeting that somebody sent as an email, in running sentences, and that others passed on."""

from datetime import date

import pytest

from jukwaa.intake.actions.reading_start import get_first_text_line
from jukwaa.intake.due_dates import find_due_day, find_next_meeting_day
from jukwaa.intake.email_days import find_day_told_by_email
from jukwaa.intake.guesses import build_suggestion_guesses
from jukwaa.intake.meeting_chairs import mark_chair_among_attendees
from jukwaa.intake.meeting_facts import find_meeting_facts
from jukwaa.intake.meeting_titles import suggest_meeting_title
from jukwaa.intake.models import Suggestion
from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.apologies import add_apologies
from jukwaa.intake.reader.email_senders import name_email_senders
from jukwaa.intake.reader.email_threads import find_start_of_old_email
from jukwaa.intake.reader.told_attendance import find_told_attendees
from tests.intake.readings import create_reading

FORWARDED_EMAIL = """From: Ana Lopes
Date: Fri, 14 Aug 2026 08:12:40 +1200
Subject: Fwd: quick notes from yesterday's call

Ben, for the folder. I was not there. A.

---------- Forwarded message ---------
From: Dina Said <dina@elm.example>
Date: Thu, 13 Aug 2026 at 17:55
Subject: quick notes from yesterday's call
To: <orchard@lists.example>

Hi all

On the line: Omar (chairing, from the train), me, Hui from Elm Hosting, Vera, and
Ravi for the first half hour before his power went. Gus sent his apologies, wedding.

We settled on one map for all farms, not one per valley. On timing everybody was fine with
a 48-hour target. The feeling was that drones should be in scope but nobody wanted to close it.

Vera will send the draft map by next Friday (the 21st). Hui and Omar will try it out in
September. I still owe everyone the list of ladders, before the end of the month, promise.

Same time in a fortnight.

D.

--
Dina Said | Elm Farm

On Tue, 11 Aug 2026 at 09:03, Omar Reyes <omar@oak.example> wrote:
> Reminder: call tomorrow 12 Aug 1pm.
> We should decide today whether to invite the press. Ana will bring the cake.
"""


def test_forwarded_notes_are_named_and_dated_by_their_own_email():
    assert get_first_text_line(FORWARDED_EMAIL) == "quick notes from yesterday's call"
    assert suggest_meeting_title(FORWARDED_EMAIL) == "quick notes from yesterday's call"
    assert find_meeting_facts(FORWARDED_EMAIL, "mail.eml").day == date(2026, 8, 12)


def test_forwarded_notes_give_people_decisions_and_tasks(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur, FORWARDED_EMAIL)

    rows = Suggestion.objects.filter(reading=reading)
    found = [
        (row.kind, row.actors, row.due_on)
        for row in rows.order_by("start", "pk")
        if row.kind in {"attendee", "decision", "commitment", "next_meeting"}
    ]
    assert sorted(found, key=str) == sorted(
        [
            ("attendee", ["Omar"], None),
            ("attendee", ["Vera", "Ravi", "Dina Said"], None),
            ("attendee", ["Hui"], None),
            ("attendee", ["Gus"], None),
            ("decision", [], None),
            ("decision", [], None),
            ("commitment", ["Vera"], date(2026, 8, 21)),
            ("commitment", ["Hui"], date(2026, 9, 30)),
            ("commitment", ["Omar"], date(2026, 9, 30)),
            ("commitment", ["Dina Said"], date(2026, 8, 31)),
            ("next_meeting", [], None),
        ],
        key=str,
    )
    assert [row.actors for row in rows.filter(is_chair=True)] == [["Omar"]]
    assert not rows.filter(text__contains="quick notes").exists()
    assert not rows.filter(text__contains="cake").exists()
    assert not rows.filter(kind="report", text__contains="apologies").exists()


COVERED_EMAIL = """From: Ana Lopes <ana@elm.example>
To: all <all@elm.example>
Subject: Minutes of 3 May 2026
Date: Mon, 4 May 2026 10:00

Dear all,

{}Please find the minutes below.

Ana

> Minutes of 3 May 2026
> Present: Ana Lopes, Ben Okoro
>
> The group agreed to publish the map.
>
> Ben Okoro will send the list of ladders by 12 June 2026.
"""


def test_minutes_in_quotes_below_a_long_cover_note_are_read(coalition, rapporteur):
    note = "Thank you for your patience while we moved to the new building, where the lift works again. " * 5
    reading = create_reading(coalition, rapporteur, COVERED_EMAIL.format(note))

    kinds = {row.kind for row in Suggestion.objects.filter(reading=reading)}
    assert {"attendee", "decision", "commitment"} <= kinds


@pytest.mark.parametrize(
    ("sentence", "people"),
    [
        (
            "We were: Paul (in the chair), Sade of Harbour Aid, Liam for the Rights Desk, and me taking notes.",
            [("Paul", ""), ("Sade", "Harbour Aid"), ("Liam", "Rights Desk")],
        ),
        (
            "On the call were Tom (Unit), Grace from Lifeline Ghana and myself.",
            [("Tom", ""), ("Grace", "Lifeline Ghana")],
        ),
        ("Dialled in: Aino with her colleague Maja, Erik for half an hour, and me.", [("Aino", ""), ("Erik", "")]),
        (
            "En ligne : Marc (qui animait), Fatou de l'Association Étoile, Karim du ministère des Forêts et moi",
            [("Marc", ""), ("Fatou", "Association Étoile"), ("Karim", "ministère des Forêts")],
        ),
        (
            "Estuvimos: Pedro (moderando), Andrés del Ministerio de Educación, Carmen por Red Segura y yo.",
            [("Pedro", ""), ("Andrés", "Ministerio de Educación"), ("Carmen", "Red Segura")],
        ),
        (
            "Estuvimos: Ana de Souza, María de la Cruz y Ben Okoro.",
            [("Ana de Souza", ""), ("María de la Cruz", ""), ("Ben Okoro", "")],
        ),
        (
            "Estivemos: o Tiago (a moderar), a Inês da Associação Ponte, a Marta pela Rede Clara e eu.",
            [("Tiago", ""), ("Inês", "Associação Ponte"), ("Marta", "Rede Clara")],
        ),
        ("كنا على الخط: سامر (ترأس الجلسة)، هدى من جمعية الأمل، وأنا.", [("سامر", ""), ("هدى", "جمعية الأمل")]),
        (
            "On the call: Ana (Elm), Ben, Carla + Dan (Oak), Eva",
            [("Ana", ""), ("Ben", ""), ("Carla", ""), ("Dan", ""), ("Eva", "")],
        ),
        (
            "We were: Ana from Elm Farm, Ben, Vera and someone from the ministry.",
            [("Ana", "Elm Farm"), ("Ben", ""), ("Vera", "")],
        ),
        (
            "Attending today's meeting were Amos from the Data Office, Zawadi and I. Ruth sent regrets.",
            [("Amos", "Data Office"), ("Zawadi", "")],
        ),
        (
            "Présents hier soir : Denis (animation), Farida de Cap Jeunes et moi.",
            [("Denis", ""), ("Farida", "Cap Jeunes")],
        ),
        ("الحاضرون: ماهر (رئيس الجلسة)، سلمى من وزارة التنمية، وأنا.", [("ماهر", ""), ("سلمى", "وزارة التنمية")]),
        (
            "Estuvimos Ana (Elm), Ben de la Secretaría y yo, que moderé; Dina (Oak) se sumó a la media hora.",
            [("Ana", ""), ("Ben", "Secretaría"), ("Dina", "")],
        ),
        ("Estuvimos de acuerdo en todo, y Ana tomó nota.", []),
        ("Present: Ana Lopes, Director of Elm Farm, Ben Okoro.", []),
        ("Present: Ana Lopes, Ben Okoro, Dina Said.", []),
        ("We were: late, tired and hungry.", []),
        ("On the line: jobs, money and trust.", []),
        ("We had: Ana's proposal, Ben's letter and a vote.", []),
        ("In the meeting: Budget, Fees and Rooms were discussed.", []),
        ("We were: Ana.", []),
    ],
)
def test_sentence_tells_who_came_and_for_whom(sentence, people):
    assert find_told_attendees(sentence) == people


@pytest.mark.parametrize(
    ("language", "sentence", "kind"),
    [
        ("en", "Nobody objected so the fee goes to the members as it is.", "decision"),
        ("en", "Everyone is happy with quarterly reports.", "decision"),
        ("en", "No one had a problem with dropping the old logo.", "decision"),
        ("en", "We landed on a pilot in two farms first.", "decision"),
        ("en", "Not everybody was fine with the new fee.", ""),
        ("en", "Everybody was late with the forms.", ""),
        ("en", "Nobody wanted to close the matter.", ""),
        ("en", "Erik suggested a workshop in spring, we'll see.", ""),
        ("en", "See you in three weeks, same time.", "next_meeting"),
        ("en", "Same place, same time on 16 February.", "next_meeting"),
        ("en", "Next meeting in two weeks at the same place.", "next_meeting"),
        ("fr", "Rendez-vous le mercredi 2 décembre à 19h.", "next_meeting"),
        ("pt", "Todo mundo concordou com o novo nome.", "decision"),
        ("en", "Same time zone as before.", ""),
        ("fr", "Après discussion, on est tombés d'accord pour publier le guide.", "decision"),
        ("fr", "Personne ne s'est opposé au nouveau tarif.", "decision"),
        ("fr", "Pour le logo, on n'a rien décidé.", ""),
        ("fr", "On se retrouve dans quinze jours, même heure.", "next_meeting"),
        ("fr", "On se retrouve souvent seuls.", ""),
        ("es", "Al final quedamos en publicar un solo manual.", "decision"),
        ("es", "Nadie se opuso a la propuesta.", "decision"),
        ("es", "Sobre el presupuesto no decidimos nada.", ""),
        ("es", "Nos vemos en quince días a la misma hora.", "next_meeting"),
        ("pt", "Ficámos de acordo em usar um só formulário.", "decision"),
        ("pt", "Ninguém se opôs, por isso o prazo muda.", "decision"),
        ("pt", "Sobre o orçamento não combinámos nada.", ""),
        ("pt", "Voltamos a falar daqui a quinze dias.", "next_meeting"),
        ("ar", "اتفقنا على نموذج واحد للإبلاغ.", "decision"),
        ("ar", "لم نتفق على موعد.", ""),
        ("ar", "نلتقي بعد أسبوعين في نفس الموعد.", "next_meeting"),
    ],
)
def test_prose_tells_decisions_and_next_meeting(language, sentence, kind):
    found = {made.kind for made in read_report(f"Notes\n\n{sentence}\n", language=language).suggestions}

    assert found & {"decision", "next_meeting", "commitment"} == ({kind} if kind else set())


@pytest.mark.parametrize(
    ("sentence", "owner", "due"),
    [
        ("I still owe you the list of ladders, by Friday.", "Ana Lopes", "by Friday"),
        ("We still owe the donor a report, before 15 January.", "", "before 15 January"),
        ("Je dois encore vous envoyer la liste, d'ici vendredi 12 juin.", "Ana Lopes", "d'ici vendredi 12 juin"),
        ("Yo les debo la lista de contactos, antes de fin de mes.", "Ana Lopes", "antes de fin de mes"),
        ("Ainda vos devo a lista de contactos.", "Ana Lopes", ""),
    ],
)
def test_sender_owes_what_the_email_says(sentence, owner, due):
    language = "en" if sentence.startswith(("I ", "We ")) else "fr"
    text = f"From: Ana Lopes\nDate: Fri, 5 Jun 2026 12:00:00 +0000\nSubject: notes\n\nHi,\n\n{sentence}\n"

    made = name_email_senders(read_report(text, language=language)).suggestions
    assert [(each.owner, each.due) for each in made if each.kind == "commitment"] == [(owner, due)]


def test_thanks_are_no_debt():
    made = read_report("Notes\n\nWe owe the hosts our thanks.\n", language="en").suggestions
    assert not [each for each in made if each.kind == "commitment"]


@pytest.mark.parametrize(
    ("subject", "words", "day"),
    [
        ("notes", "Notes from this morning's steering call.", date(2026, 6, 4)),
        ("call of Monday", "Short notes.", date(2026, 6, 1)),
        ("resumen reunión del martes", "Va el resumen.", date(2026, 6, 2)),
        ("notes du point téléphonique de ce matin", "Voici.", date(2026, 6, 4)),
        ("notes", "Thanks for joining yesterday.", date(2026, 6, 3)),
        ("ملاحظات من مكالمة أمس", "مرحبا", date(2026, 6, 3)),
        ("resumo da call de quarta", "Segue.", date(2026, 6, 3)),
        ("notes", "The room is free until the call of next Monday.", None),
        ("notes", "I saw Ana yesterday.", None),
    ],
)
def test_day_is_counted_from_the_day_of_the_email(subject, words, day):
    text = f"From: Ana Lopes\nDate: Thu, 4 Jun 2026 17:55:00 +0000\nSubject: {subject}\n\n{words}\n"
    assert find_meeting_facts(text, "mail.eml").day == day


def test_quotes_that_an_email_answers_are_kept():
    header = "From: Ana\nDate: Fri, 5 Jun 2026 12:00:00 +0000\nSubject: Re: notes\n\n"
    quote = "On Thu, 4 Jun 2026 at 10:22, Ben <ben@oak.example> wrote:\n> Dina will send the photos by 12 June.\n"

    assert find_start_of_old_email(f"{header}Thanks Ben.\n\n{quote}") is None
    assert find_start_of_old_email(f"{header}{'We spoke about apples. ' * 20}\n\n{quote}") is not None
    assert find_start_of_old_email(f"{header}{'We spoke about apples. ' * 20}\n\n{quote}\nYes, she will.\n") is None
    assert find_start_of_old_email("Notes\n\n> Dina will send the photos.\n") is None


def test_header_words_in_minutes_are_no_email():
    minutes = "Notes\n\nDate: 3 June 2026\nFrom: 10:00\nTo: 12:00\n\nAna will send the list.\n"
    assert [made.actors for made in read_report(minutes, language="en").suggestions if made.kind == "commitment"] == [
        ("Ana",)
    ]
    assert get_first_text_line(minutes) == "Notes"


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Same time in a fortnight.", date(2026, 8, 26)),
        ("On se retrouve dans quinze jours, même heure.", date(2026, 8, 26)),
        ("Nos vemos en quince días.", date(2026, 8, 26)),
        ("Voltamos a falar daqui a quinze dias.", date(2026, 8, 26)),
        ("Next meeting: 1 September 2026.", date(2026, 9, 1)),
        ("Next meeting to be agreed.", None),
    ],
)
def test_next_meeting_is_counted_from_this_one(sentence, day):
    assert find_next_meeting_day(sentence, date(2026, 8, 12)) == day


def test_day_in_brackets_says_which_friday():
    text = "Notes\n\nVera will send the map by next Friday (the 21st).\n"
    [made] = [each for each in read_report(text, language="en").suggestions if each.kind == "commitment"]

    assert made.due == "by next Friday (the 21st)"
    assert find_due_day(made.due, date(2026, 8, 12)) == date(2026, 8, 21)


def test_apologies_of_two_first_names_are_of_two_people():
    read = add_apologies(
        read_report("Notas\n\nPresentes: Ana Lopes, Ben Okoro\n\nSe excusaron Raúl y Noemí.\n", language="es")
    )
    assert [guess.made.actors for guess in build_suggestion_guesses(read, set()) if guess.came_as == "apologies"] == [
        ("Raúl", "Noemí")
    ]


@pytest.mark.parametrize("note", ["qui animait", "coordina", "coordenação", "ترأس الجلسة"])
def test_note_beside_a_name_says_who_chaired(note):
    read = mark_chair_among_attendees(
        read_report(f"Notes\n\nWe were: Omar ({note}), Vera, Hui and me.\n", language="en")
    )
    assert [made.actors for made in read.suggestions if made.is_chair] == [("Omar",)]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Here are the notes of the call of Friday.", date(2026, 5, 1)),
        ("The call was held on Friday.", date(2026, 5, 1)),
        ("We will hold the session on Friday. Please come.", None),
        ("Please send your notes on Friday.", None),
    ],
)
def test_weekday_of_a_meeting_that_was_held(words, day):
    header = "From: Ana <ana@elm.example>\nTo: all@elm.example\nSubject: hello\nDate: Mon, 4 May 2026 10:00\n\n"
    assert find_day_told_by_email(header + words) == day


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("In the call: Budget, Website and Elections.", 0),
        ("Joined: ACME, OAK and Plan.", 0),
        ("Em linha: Ladders, Apples e Pears.", 0),
        ("In the call: Ana Lopes, Ben and Dina.", 3),
        ("Joined: Ana, Ben and me.", 2),
        ("On the call: Ana, Ben and Dina.", 3),
    ],
)
def test_lists_of_topics_are_no_lists_of_people(sentence, count):
    assert len(find_told_attendees(sentence)) == count
