"""Forged email is never believed: it is rejected, or held until the person it names confirms it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jukwaa.mail.mail_intake import EmailRejectedError
from jukwaa.mail.models import Message
from jukwaa.records.actions import add_comment
from jukwaa.records.models import Comment
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.incoming import process_email
from jukwaa.updates.models import PendingMail
from tests.deep import get_example_count
from tests.updates.emails import find_link_path, list_written_emails

EVIL_ADDRESS = "evil.example"
FORGED_PASS_HEADER = f"A-R: mx.example.org; dmarc=pass header.from={EVIL_ADDRESS}"
DMARC_FAILURE_HEADER = "A-R: mx.example.org; dmarc=fail header.from=example.org"


@pytest.fixture
def forged_reply_thread(document, member, rapporteur, settings):
    """The address by which a member replies, where the mail server checks who wrote."""
    settings.MAIL_AUTHORITY = "mx.example.org"
    add_comment(actor=rapporteur, record=document, body="It could be shorter.")
    send_pending_activity_notifications()
    address = Message.objects.get(to=member.email).reply_to
    Message.objects.all().delete()
    return address


def build_reply_email(*headers, email_body="I agree."):
    """`A-R` stands for Authentication-Results."""
    headers = [re.sub(r"(^|\r)A-R:", r"\1Authentication-Results:", header) for header in headers]
    lines = [
        *headers,
        "To: us@localhost",
        "Subject: Re: The guidance",
        "Message-ID: <1@evil.example>",
        "",
        email_body,
        "",
    ]
    return "\r\n".join(lines).encode("utf-8", errors="surrogateescape")


def list_reply_comments():
    return list(Comment.objects.order_by("pk").values_list("author__email", "body"))[1:]


def is_email_rejected(raw_email, reply_thread):
    try:
        process_email(raw_email, [reply_thread])
    except EmailRejectedError:
        return True
    return False


# The address of the member whom the attacker pretends to be stands in for VICTIM.
FORGED_FROM_HEADERS = {
    "encoded word that decodes to an address": [FORGED_PASS_HEADER, f"From: =?utf-8?q?VICTIM=2C?= <x@{EVIL_ADDRESS}>"],
    "encoded word that closes the angle": [FORGED_PASS_HEADER, f"From: =?utf-8?q?A_=3CVICTIM=3E?= <x@{EVIL_ADDRESS}>"],
    "encoded word in base64": [FORGED_PASS_HEADER, f"From: =?utf-8?b?QSA8YUBiLm9yZz4sIA==?= VICTIM <x@{EVIL_ADDRESS}>"],
    "encoded local part": [FORGED_PASS_HEADER, f"From: =?utf-8?q?VICTIM?=@{EVIL_ADDRESS}"],
    "encoded whole address": [FORGED_PASS_HEADER, "From: =?utf-8?q?VICTIM?="],
    "two From headers, theirs first": [FORGED_PASS_HEADER, f"From: x@{EVIL_ADDRESS}", "From: VICTIM"],
    "two From headers, theirs last": [FORGED_PASS_HEADER, "From: VICTIM", f"From: x@{EVIL_ADDRESS}"],
    "two From headers in other case": [FORGED_PASS_HEADER, f"FROM: x@{EVIL_ADDRESS}", "from: VICTIM"],
    "two addresses": [FORGED_PASS_HEADER, f"From: VICTIM, x@{EVIL_ADDRESS}"],
    "two addresses, theirs first": [FORGED_PASS_HEADER, f"From: x@{EVIL_ADDRESS}, VICTIM"],
    "two angle addresses": [FORGED_PASS_HEADER, f"From: A <VICTIM> <x@{EVIL_ADDRESS}>"],
    "group": [FORGED_PASS_HEADER, f"From: Members: VICTIM, x@{EVIL_ADDRESS};"],
    "group with one address": [FORGED_PASS_HEADER, "From: Members: VICTIM;"],
    "route": [FORGED_PASS_HEADER, f"From: <@{EVIL_ADDRESS}:VICTIM>"],
    "address as a display name": [FORGED_PASS_HEADER, f'From: "VICTIM" <x@{EVIL_ADDRESS}>'],
    "address as a bare display name": [FORGED_PASS_HEADER, f"From: VICTIM <x@{EVIL_ADDRESS}>"],
    "address in a comment": [FORGED_PASS_HEADER, f"From: x@{EVIL_ADDRESS} (VICTIM)"],
    "comment before the domain": [FORGED_PASS_HEADER, f"From: VICTIM(@{EVIL_ADDRESS})"],
    "quoted local part": [FORGED_PASS_HEADER, f'From: "VICTIM"@{EVIL_ADDRESS}'],
    "folded second address": [FORGED_PASS_HEADER, f"From: x@{EVIL_ADDRESS}\r\n ,VICTIM"],
    "NUL in the address": [FORGED_PASS_HEADER, f"From: VICTIM\0@{EVIL_ADDRESS}"],
    "domain that IDNA reads in two ways": [
        "A-R: mx.example.org; dmarc=pass header.from=ｅxample.org",
        "From: FULLWIDTH",
    ],
    "Sender of another domain": [FORGED_PASS_HEADER, "From: VICTIM", f"Sender: x@{EVIL_ADDRESS}"],
    "Resent-From of another domain": [FORGED_PASS_HEADER, "From: VICTIM", f"Resent-From: x@{EVIL_ADDRESS}"],
    "no From": [FORGED_PASS_HEADER, "Sender: VICTIM"],
    "From hidden from the server by a lone CR": [
        FORGED_PASS_HEADER,
        f"X-Note: a\rFrom: VICTIM\r\r\r\nFrom: x@{EVIL_ADDRESS}",
    ],
}
FORGED_RESULT_HEADERS = {
    "nothing at all": [],
    "another domain than that of From": [FORGED_PASS_HEADER],
    "a parent domain": ["A-R: mx.example.org; dmarc=pass header.from=org"],
    "a domain below it": ["A-R: mx.example.org; dmarc=pass header.from=evil.example.org"],
    "no header.from": ["A-R: mx.example.org; dmarc=pass"],
    "two header.from": ["A-R: mx.example.org; dmarc=pass header.from=x.org header.from=example.org"],
    "two header.from, theirs last": ["A-R: mx.example.org; dmarc=pass header.from=example.org header.from=x.org"],
    "another server": ["A-R: mx.evil.example; dmarc=pass header.from=example.org"],
    "a server whose name begins alike": ["A-R: mx.example.org.evil.example; dmarc=pass header.from=example.org"],
    "the server's name in a comment": ["A-R: mx.evil.example (mx.example.org); dmarc=pass header.from=example.org"],
    "a comment": ["A-R: mx.example.org; dmarc=fail (dmarc=pass header.from=example.org)"],
    "a nested comment": ["A-R: mx.example.org; dmarc=fail (a (b); dmarc=pass header.from=example.org)"],
    "a quoted property": ['A-R: mx.example.org; spf=pass smtp.mailfrom="; dmarc=pass header.from=example.org"'],
    "an unquoted property": ["A-R: mx.example.org; spf=pass smtp.mailfrom=dmarc=pass"],
    "an unquoted property that ends the statement": [
        "A-R: mx.example.org; spf=pass smtp.mailfrom=x;dmarc=pass header.from=example.org; dmarc=fail"
    ],
    "a reason": ['A-R: mx.example.org; dkim=fail reason="x; dmarc=pass header.from=example.org" header.d=x.org'],
    "a reason with an escaped quote": [
        'A-R: mx.example.org; dkim=fail reason="x\\"; dmarc=pass header.from=example.org"'
    ],
    "a folded line in a value": [
        'A-R: mx.example.org; spf=pass smtp.mailfrom="x\r\n dmarc=pass header.from=example.org"'
    ],
    "a folded line after a failure": ["A-R: mx.example.org; dmarc=fail\r\n dmarc=pass header.from=example.org"],
    "a word that ends alike": ["A-R: mx.example.org; x-dmarc=pass header.from=example.org"],
    "a result that begins alike": ["A-R: mx.example.org; dmarc=passed header.from=example.org"],
    "spf and dkim alone": ["A-R: mx.example.org; spf=pass smtp.mailfrom=example.org; dkim=pass header.d=example.org"],
    "below the server's own": [DMARC_FAILURE_HEADER, "A-R: mx.example.org; dmarc=pass header.from=example.org"],
    "above the server's own": ["A-R: mx.example.org; dmarc=pass header.from=example.org", DMARC_FAILURE_HEADER],
    "twice in one header": ["A-R: mx.example.org; dmarc=fail; dmarc=pass header.from=example.org"],
    "beside one that can't be read": [
        'A-R: mx.example.org; spf=fail smtp.mailfrom="',
        "A-R: mx.example.org; dmarc=pass header.from=example.org",
    ],
    "a header that looks alike": ["X-Authentication-Results: mx.example.org; dmarc=pass header.from=example.org"],
    "ARC alone": ["ARC-Authentication-Results: i=1; mx.example.org; dmarc=pass header.from=example.org"],
    "an encoded word": ["A-R: =?utf-8?q?mx.example.org=3B_dmarc=3Dpass_header.from=3Dexample.org?="],
    "below the end of the headers": [
        *("X-Note: a", "From the office"),
        "A-R: mx.example.org; dmarc=pass header.from=example.org",
    ],
    "behind a lone CR": ["X-Note: a\rA-R: mx.example.org; dmarc=pass header.from=example.org"],
    "an escaped server name": [
        'Authentication-Results: "mx.exam\\ple.org"; dmarc=fail',
        "X-Note: a",
    ],
}
FORGERY_ATTACKS = {
    **{f"From: {name}": headers for name, headers in FORGED_FROM_HEADERS.items()},
    **{f"Results: {name}": [*headers, "From: VICTIM"] for name, headers in FORGED_RESULT_HEADERS.items()},
}


@pytest.mark.parametrize("email_headers", FORGERY_ATTACKS.values(), ids=FORGERY_ATTACKS)
def test_forged_reply_is_held_for_confirmation(forged_reply_thread, member, email_headers):
    fullwidth = member.email.replace("example", "ｅxample")
    raw = build_reply_email(
        *(line.replace("VICTIM", member.email).replace("FULLWIDTH", fullwidth) for line in email_headers)
    )

    rejected = is_email_rejected(raw, forged_reply_thread)

    assert (list_reply_comments(), rejected, PendingMail.objects.count()) == ([], False, 1)
    assert list_written_emails() == [(member.email, "Did you write this comment?")]


@pytest.mark.parametrize("email_headers", FORGED_FROM_HEADERS.values(), ids=FORGED_FROM_HEADERS)
def test_forged_draft_has_no_author(mailing_coalition, member, settings, email_headers):
    settings.MAIL_AUTHORITY = "mx.example.org"
    raw = build_reply_email(*(line.replace("VICTIM", member.email) for line in email_headers))

    rejected = is_email_rejected(raw, "share+ours@localhost")

    assert rejected or [to for to, subject in list_written_emails() if subject != "Your email was not saved"] == []
    assert not Message.objects.filter(to=member.email).exclude(subject="Your email was not saved").exists()


def test_email_vouched_for_by_server_is_trusted(forged_reply_thread, member):
    passed = "A-R: mx.example.org; dmarc=pass (p=none) header.from=Example.org"
    process_email(build_reply_email(passed, f"From: =?utf-8?q?A_member?= <{member.email}>"), [forged_reply_thread])

    assert (list_reply_comments(), list_written_emails()) == ([(member.email, "I agree.")], [])


HEADER_STRATEGY = st.sampled_from(["From", "Sender", "Authentication-Results", "Reply-To", "X-Note", "Received"])
PIECE_STRATEGY = st.sampled_from(
    [
        *(
            "VICTIM",
            f"x@{EVIL_ADDRESS}",
            "mx.example.org",
            "; ",
            "dmarc=pass",
            "dmarc=fail",
            " header.from=example.org",
        ),
        *('"', "(", ")", "\\", "<", ">", ",", ":", "=?utf-8?q?", "?=", "\r\n ", "\r", "\0", " ", "reason="),
    ]
)
LINE_STRATEGY = st.builds(
    lambda name, pieces: f"{name}: {''.join(pieces)}", HEADER_STRATEGY, st.lists(PIECE_STRATEGY, max_size=8)
)


@settings(max_examples=get_example_count(150))
@given(header_lines=st.lists(LINE_STRATEGY, max_size=6))
def test_headers_cannot_overrule_server_about_sender(reply_thread_for_examples, member, header_lines):
    """Whatever stands below the failure that the server put on top."""
    thread, before = reply_thread_for_examples, Comment.objects.count()
    is_email_rejected(
        build_reply_email(DMARC_FAILURE_HEADER, *(line.replace("VICTIM", member.email) for line in header_lines)),
        thread,
    )

    assert Comment.objects.count() == before


@pytest.fixture
def reply_thread_for_examples(forged_reply_thread):
    return forged_reply_thread


def test_held_reply_is_posted_after_confirmation(client, forged_reply_thread, member):
    process_email(build_reply_email(f"From: {member.email}"), [forged_reply_thread])
    client.post(find_link_path(Message.objects.get(), "/mail/confirm/"))

    assert list_reply_comments() == [(member.email, "I agree.")]


def test_email_without_sender_is_rejected_with_sentence(mailing_coalition):
    with pytest.raises(EmailRejectedError, match="The From header must contain exactly one address"):
        process_email(build_reply_email(f"From: a@example.org, b@{EVIL_ADDRESS}"), ["ours@localhost"])
