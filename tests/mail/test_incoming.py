from base64 import b64encode
from email import message_from_string
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.mail import actions, reply_splitting
from jukwaa.mail.email_parsing import MAX_EMAIL_BYTES, AttachedFile, ParsedEmail, parse_raw_email
from jukwaa.mail.html_text import extract_text_from_html
from jukwaa.mail.reply_splitting import split_reply_from_quotes
from jukwaa.mail.screened_texts import get_screened_texts

RAW_EMAIL_LINES = (
    b"From: A <a@example.org>\r\nTo: Us <us@example.net>\r\nSubject: Hello\r\nMessage-ID: <1@example.org>\r\n"
)


def parse_built_email(email_body="Hello.", **headers):
    message = EmailMessage()
    fields = {"From": "The Delegate <Delegate@Example.org>", "To": "list@example.net", "Subject": "Réunion"}
    for name, value in {**fields, **{name.replace("_", "-"): value for name, value in headers.items()}}.items():
        message[name] = value
    message.set_content(email_body)
    return message


def test_every_part_of_email_is_parsed():
    message = parse_built_email(
        "I agree.\n\nOn 27 November 2009, somebody wrote:\n> Do we meet?\n",
        Cc="reply+abc@example.net",
        Message_ID="<2@example.org>",
        In_Reply_To="<1@example.org>",
        References="<0@example.org> <1@example.org>",
        Authentication_Results="mx.example.net; dkim=pass header.d=example.org; dmarc=pass header.from=Example.org",
    )
    message["Content-Language"] = "fr"
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="ordre du jour.pdf")

    assert parse_raw_email(bytes(message), authority="mx.example.net") == ParsedEmail(
        message_id="<2@example.org>",
        sender="delegate@example.org",
        sender_name="The Delegate",
        recipients=("list@example.net", "reply+abc@example.net"),
        subject="Réunion",
        screened_texts=(
            "Réunion",
            "I agree.\n\nOn 27 November 2009, somebody wrote:\nDo we meet?",
            "ordre du jour.pdf",
            "The Delegate",
        ),
        text="I agree.",
        quoted="On 27 November 2009, somebody wrote:\n> Do we meet?",
        whole="I agree.\n\nOn 27 November 2009, somebody wrote:\n> Do we meet?\n",
        files=(AttachedFile("ordre du jour.pdf", "application/pdf", b"%PDF"),),
        in_reply_to="<1@example.org>",
        references=("<0@example.org>", "<1@example.org>"),
        authenticated_domain="example.org",
        language="fr",
    )


def test_only_own_mail_server_vouches_for_sender():
    forged = parse_built_email(Authentication_Results="mx.evil.example; dmarc=pass header.from=example.org")

    assert parse_raw_email(bytes(forged), authority="mx.example.net").authenticated_domain == ""
    assert parse_raw_email(bytes(forged)).authenticated_domain == ""


@pytest.mark.parametrize(
    ("email_headers", "is_automatic"),
    [
        ({}, False),
        ({"Auto_Submitted": "no"}, False),
        ({"Auto_Submitted": "auto-replied; owner"}, True),
        ({"Precedence": "bulk"}, True),
        ({"Precedence": "list", "List_Id": "<l.example.org>"}, False),
        ({"Return_Path": "<>"}, True),
        ({"X_Autoreply": "yes"}, True),
    ],
)
def test_automatic_email_is_distinguished_from_personal_email(email_headers, is_automatic):
    assert parse_raw_email(bytes(parse_built_email(**email_headers))).auto_submitted is is_automatic


@pytest.mark.parametrize(
    ("text", "own_text", "expected_rest"),
    [
        ("Yes.\n\n-- \nThe delegate\nPort Louis", "Yes.", "-- \nThe delegate\nPort Louis"),
        ("Yes.\n\nLe 3 mars 2026 à 10:00,\nsomebody <a@example.org> a écrit :\n> Non ?", "Yes.", None),
        ("> Do we meet?\nYes.\n> Where?\nIn Nairobi.", "Yes.\nIn Nairobi.", "> Do we meet?\n> Where?"),
        ("Yes.\n\n-----Original Message-----\nFrom: A\nWhy?", "Yes.", "-----Original Message-----\nFrom: A\nWhy?"),
        ("Yes.\n\nDe : A <a@example.org>\nEnvoyé : lundi\nÀ : B\nObjet : Non\n\nPourquoi ?", "Yes.", None),
        ("We agreed on three things:\n\nfirst, second, third.", None, ""),
        ("-- \nonly a name", "-- \nonly a name".replace("-- ", "--"), ""),
        ("", "", ""),
    ],
)
def test_quoted_history_and_signature_are_separated_from_new_text(text, own_text, expected_rest):
    new, old = split_reply_from_quotes(text)

    assert new == (text if own_text is None else own_text)
    if expected_rest is not None:
        assert old == "\n".join(line.rstrip() for line in expected_rest.splitlines())


class CountingPattern:
    def __init__(self, wrapped_pattern):
        self.pattern, self.characters = wrapped_pattern, 0

    def match(self, text):
        self.characters += 1 + len(text)
        return self.pattern.match(text)


@pytest.mark.parametrize("text", ["--\n" * 2000 + "> x", "a\n" * 2000, "On 3 May 2026:\n" * 2000 + "> x"])
def test_quote_detection_compares_each_line_few_times(text, monkeypatch):
    monkeypatch.setattr(reply_splitting, "QUOTED_LINE_PATTERN", CountingPattern(reply_splitting.QUOTED_LINE_PATTERN))
    split_reply_from_quotes(text)

    assert reply_splitting.QUOTED_LINE_PATTERN.characters <= 4 * len(text)


def test_html_only_email_becomes_text_with_separate_quotation():
    message = parse_built_email()
    message.set_content(
        "<html><head><style>p{}</style></head><body><p>I <b>agree</b> &amp; sign.<br>Today</p><ul><li>one</li></ul>"
        "<div>On 3 March 2026 she wrote:</div><blockquote><p>Do you?</p></blockquote><script>alert(1)</script></body>",
        subtype="html",
    )
    read = parse_raw_email(bytes(message))

    assert read.text == "I agree & sign.\nToday\n- one"
    assert read.quoted == "On 3 March 2026 she wrote:\n> Do you?"


@pytest.mark.parametrize(
    ("text_charset", "encoded_text", "text"),
    [
        ("iso-8859-1", "Réunion à Genève".encode("latin-1"), "Réunion à Genève"),
        ("utf-8", "Réunion à Genève, où l'on a parlé".encode("cp1252"), "Réunion à Genève, où l'on a parlé"),
        ("no-such-thing", "Réunion".encode(), "Réunion"),
        ("us-ascii", "اتفق الأعضاء على أن يجتمعوا".encode("cp1256"), "اتفق الأعضاء على أن يجتمعوا"),
        ("utf-16", "Réunion".encode("utf-16"), "Réunion"),
    ],
)
def test_wrong_or_unknown_charset_is_tolerated(text_charset, encoded_text, text):
    raw = RAW_EMAIL_LINES + f"Content-Type: text/plain; charset={text_charset}\r\n\r\n".encode() + encoded_text

    assert parse_raw_email(raw).text == text


def test_headers_contain_no_control_or_bidi_characters():
    raw = b"From: a@example.org\r\nSubject: =?utf-8?b?4oCuZXZpbAph?= =?x?q?b?=\r\n\r\nHello."

    assert parse_raw_email(raw).subject == "evil ab"


def test_oversized_email_is_truncated_with_notice():
    assert parse_raw_email(RAW_EMAIL_LINES + b"\r\n" + b"a" * (MAX_EMAIL_BYTES + 1)).cut
    assert not parse_raw_email(RAW_EMAIL_LINES + b"\r\nHello.").cut


EMAIL_FRAGMENTS = (
    "From: |To: |Subject: =?utf-8?q?|Content-Type: multipart/mixed; boundary=b\n|\n|\n\n|--b\n|--b--|'|\"|;|\\|"
    "Content-Type: text/plain; charset=|Content-Type: message/rfc822|Content-Transfer-Encoding: base64\n|<a@b|@|"
    "filename*0*=utf-8''%E2%|=?x?b?!!?=|Content-Disposition: attachment; filename=|Authentication-Results: ;|"
    "Message-ID: <|>|\0|References: |Content-Type: text/html\n\n<blockquote>|Content-Language: |\xff"
)
EMAIL_BYTES_STRATEGY = st.binary(max_size=600) | st.lists(
    st.sampled_from(EMAIL_FRAGMENTS.encode("latin-1").split(b"|")), max_size=40
).map(b"".join)


@given(EMAIL_BYTES_STRATEGY)
def test_any_bytes_can_be_parsed(raw_email):
    assert isinstance(parse_raw_email(raw_email, authority="mx.example.net"), ParsedEmail)


@given(st.text(max_size=400), st.sampled_from(["<p>", "<blockquote>", "<li>", "<script>", "&", "<"]))
def test_any_html_can_be_parsed(text, html_tag):
    assert isinstance(extract_text_from_html(f"{html_tag}{text}{html_tag * 30}{text}"), str)


def test_deeply_nested_parts_are_tolerated():
    depth = 3000
    raw = RAW_EMAIL_LINES + b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(depth)
    )

    assert isinstance(parse_raw_email(raw), ParsedEmail)


@pytest.mark.django_db
def test_email_delivered_twice_is_new_once():
    assert [
        actions.record_received_message_id(key) for key in ("<1@example.org>", "<1@example.org>", "<2@example.org>")
    ] == [
        True,
        False,
        True,
    ]


def test_nested_encoded_email_is_parsed_to_third_level():
    text = "Subject: The innermost\n\nWords at the bottom.\n"
    for depth in range(4):
        encoded = b64encode(text.encode()).decode()
        text = (
            f"Subject: Level {depth}\nMIME-Version: 1.0\nContent-Type: message/rfc822\n"
            f"Content-Transfer-Encoding: base64\n\n{encoded}\n"
        )
        read = get_screened_texts(message_from_string(text))
        assert ("Words at the bottom." in read) == (depth < 3)


def test_sender_and_date_of_attached_email_are_parsed():
    outer, inner = (
        parse_built_email("See below."),
        parse_built_email("Words.", From="Whatever they say <a@example.org>", Date="Mon, 04 May 2026 10:04:00 +0000"),
    )
    outer.add_attachment(inner)
    read = parse_raw_email(bytes(outer)).screened_texts

    assert {"Whatever they say <a@example.org>", "Mon, 04 May 2026 10:04:00 +0000"} <= set(read)
    assert "The Delegate <Delegate@Example.org>" not in read


@pytest.mark.parametrize(("disposition", "is_inline"), [("inline", True), ("attachment", False)])
def test_attached_picture_is_file_despite_content_id(disposition, is_inline):
    message = parse_built_email()
    message.add_attachment(
        b"GIF89a", "image", "gif", filename="chart.gif", cid="<1@example.org>", disposition=disposition
    )

    assert [file.is_embedded for file in parse_raw_email(bytes(message)).files] == [is_inline]
