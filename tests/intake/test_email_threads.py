"""Reports that are a thread of emails: what programs add, and who "me" is."""

import pytest

from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.email_senders import name_email_senders

THREAD_TEXT = """# Notes - orchard call 3 June

2 messages

Ana Lopes <ana@example.org> Thu, 4 Jun 2026 at 10:22 To: orchard@example.org

Hi all, quick notes before I forget.

On the call: Ben Okoro (Oak), Dina Haddad (Elm) and me. Apologies from Eva.

Who does what

- me: outline of the map, Fri 12 June
- Ben - collect the old maps, 19 June
- Dina: two visits, by end of June

Next call Wed 1 July, same time.

Ana
--
Ana Lopes | Head of ladders | Orchard Games Oy | Helsinki

Ben Okoro <ben@example.org> Thu, 4 Jun 2026 at 11:05 To: Ana Lopes

Thanks Ana. Could I have until the 26th? We are busy that week.

Sent from my phone
[Quoted text hidden]

Dina Haddad <dina@example.org> Fri, 5 Jun 2026 at 08:13 To: orchard

I will send the photos in the week of 22 June.
1 July is difficult for us (auditors here until the 3rd). Can we move the next call to Wed 8 July?
[Quoted text hidden]
"""


def read_thread():
    return name_email_senders(read_report(THREAD_TEXT, language="en"))


def test_signature_and_program_lines_are_nobody_and_nothing():
    quotes = [suggestion.quote for suggestion in read_thread().suggestions]

    assert not [quote for quote in quotes if "Orchard Games" in quote or "phone" in quote or "hidden" in quote]
    assert not [s for s in read_thread().suggestions if "auditors" in s.quote and s.kind == "commitment"]


def test_sender_is_whom_an_email_calls_me():
    made = [(s.kind, s.actors, s.due) for s in read_thread().suggestions if s.kind in {"attendee", "commitment"}]

    assert made == [
        ("attendee", ("Ben Okoro", "Dina Haddad", "Ana Lopes"), ""),
        ("commitment", ("Ana Lopes",), "Fri 12 June"),
        ("commitment", ("Ben",), "19 June"),
        ("commitment", ("Dina",), "by end of June"),
        ("commitment", ("Dina Haddad",), "week of 22 June"),
    ]


def test_text_without_emails_keeps_its_dashes_and_reasons():
    text = "# Notes\n\nAna\n--\nBen Okoro | Oak\n\nActions\n\n- Ben to send the map by 3 May\n\n"
    text += "Could Ben have until the 9th?\n"
    read = read_report(text, language="en")

    assert name_email_senders(read) == read


@pytest.mark.parametrize("sender", ["", "--", "\u3000\u3000"])
def test_email_whose_sender_has_no_name_is_read(sender):
    text = THREAD_TEXT.replace("Ben Okoro <ben@", f"   {sender} <ben@").replace(
        "Dina Haddad <dina@", f"  {sender} <dina@"
    )
    read = read_report(text, language="en")

    named = name_email_senders(read)
    assert len(named.suggestions) == len(read.suggestions)
    assert all(name.strip(" -") for suggestion in named.suggestions for name in suggestion.actors)
