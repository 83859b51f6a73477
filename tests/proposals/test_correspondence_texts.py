"""What is read in the text of messages: forwarded headers, and days until which something is due."""

from datetime import date

import pytest

from jukwaa.core.date_parsing import MONTH_FIRST_DATE_PATTERN, find_days_in_text, parse_day
from jukwaa.proposals.correspondence_deadlines import MAX_SENTENCE_LENGTH, find_deadlines_in_text
from jukwaa.proposals.forwarded_emails import ForwardedEmail, find_forwarded_email

FORWARDING_DAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Please confirm by 15 May 2026.", [date(2026, 5, 15)]),
        ("Please confirm no later than 15 May.", [date(2026, 5, 15)]),
        ("Confirm before 2 March, please.", [date(2027, 3, 2)]),
        ("The forum opens on 3 June 2026; answer us by 15 May.", [date(2026, 5, 15)]),
        ("The forum opens on 3 June 2026.", []),
        ("Deadline: 2026-05-15, 23:59 UTC", [date(2026, 5, 15)]),
        ("The deadline is 15.5.2026.", [date(2026, 5, 15)]),
        ("The deadline is 3/5/2026.", []),  # March or May
        ("Please answer within 10 days.", [date(2026, 5, 14)]),
        ("Please answer within two weeks.", [date(2026, 5, 18)]),
        ("Merci de confirmer au plus tard le 15 mai 2026.", [date(2026, 5, 15)]),
        ("El plazo termina el 15 de mayo de 2026.", [date(2026, 5, 15)]),
        ("الموعد النهائي 15 مايو 2026", [date(2026, 5, 15)]),
        (
            "Answer by 15 May. Answer by 15 May. The deadline for files is 1 June.",
            [date(2026, 5, 15), date(2026, 6, 1)],
        ),
        ("Answer by 15 May 2020.", [date(2020, 5, 15)]),
        ("Call +41 22 15 05 20 before noon.", []),
        ("Answer by 31 February 2026.", []),
        ("", []),
    ],
)
def test_dates_are_found_in_text(text, days):
    assert [found.day for found in find_deadlines_in_text(text, FORWARDING_DAY)] == days


def test_deadline_includes_sentence_around_date():
    found = find_deadlines_in_text("Hello.\n\nPlease confirm the\nspeakers by 15 May. Thank you.", FORWARDING_DAY)

    assert [each.words for each in found] == ["Please confirm the speakers by 15 May."]


def test_dates_in_long_text_are_limited_and_found_fast():
    text = "\n\n".join(f"Answer by {day} May 2026." for day in range(1, 29)) + " by" * 50_000

    assert len(find_deadlines_in_text(text, FORWARDING_DAY)) == 5


@pytest.mark.parametrize("word_separator", [" ", "a"])
def test_sentence_length_is_limited(word_separator):
    text = f"The deadline {'a' * MAX_SENTENCE_LENGTH}{word_separator} is 15 May 2026."

    assert find_deadlines_in_text(text, FORWARDING_DAY) == []


@pytest.mark.parametrize("text", [f"deadline {'a' * 2000}", f"{'a' * 2000} 15"])
def test_long_word_is_not_a_month_and_is_tried_once(text):
    assert find_days_in_text(f"{text}, or may 15", FORWARDING_DAY) == [date(2026, 5, 15)]
    assert [match.start() for match in MONTH_FIRST_DATE_PATTERN.finditer(text)] == []


def test_dates_in_text_are_parsed_like_single_dates():
    assert find_days_in_text("between 15 May and may 17, 2027", FORWARDING_DAY) == [
        date(2026, 5, 15),
        date(2027, 5, 17),
    ]
    assert parse_day("15 may", FORWARDING_DAY) == date(2026, 5, 15)
    assert parse_day("15 may or so", FORWARDING_DAY) is None


FORWARDED_BLOCKS = {
    "Gmail": (
        "Fwd: X",
        "---------- Forwarded message ---------\nFrom: A <a@b.example>\nDate: 4 May\nSubject: X\n\nText",
    ),
    "Outlook": ("FW: X", "From: A <a@b.example>\nSent: 4 May\nTo: c@d.example\nSubject: X\n\nText"),
    "Apple Mail": ("Fwd: X", "> From: A <a@b.example>\n> Subject: X\n> Date: 4 May\n> To: c@d.example\n>\n> Text"),
    "Thunderbird": ("X", "-------- Forwarded Message --------\nSubject: X\nDate: 4 May\nFrom: A <a@b.example>\n\nText"),
    "French": ("TR: X", "De : A <a@b.example>\nEnvoyé : 4 May\nÀ : c@d.example\nObjet : X\n\nText"),
    "Spanish": ("RV: X", "De: A <a@b.example>\nEnviado el: 4 May\nPara: c@d.example\nAsunto: X\n\nText"),
    "Arabic": ("إعادة توجيه: X", "من: A <a@b.example>\nالتاريخ: 4 May\nإلى: c@d.example\nالموضوع: X\n\nText"),
}


@pytest.mark.parametrize("mail_program", FORWARDED_BLOCKS)
def test_header_block_of_forwarded_text_is_parsed(mail_program):
    subject, quoted = FORWARDED_BLOCKS[mail_program]

    assert find_forwarded_email(b"", subject, "See below.", quoted) == ForwardedEmail(
        "A <a@b.example>", "4 May", "Text"
    )


def test_outlook_reply_is_not_treated_as_forwarded():
    assert find_forwarded_email(b"", "RE: X", "Yes.", FORWARDED_BLOCKS["Outlook"][1]) is None


def test_forwarded_text_without_header_block_has_no_sender():
    assert find_forwarded_email(b"", "Fwd: X", "See below.", "Some text") == ForwardedEmail(text="Some text")
