import socket

import pytest

from jukwaa.mail.mail_intake import process_eml_folder, start_lmtp_server

RAW_EMAIL = b"From: a@example.org\r\nTo: list@localhost\r\nSubject: Hello\r\n\r\nHello.\r\n"
LMTP_PORT = 8172


class RecordingHandler:
    def __init__(self):
        self.taken = []

    def __call__(self, raw, recipients):
        if b"Subject: Bad" in raw:
            raise ValueError("this one is bad")
        self.taken.append((raw, recipients))


def send_lmtp_commands(lmtp_lines):
    """Says the lines to the server; gives its answers, those after the mail being as many as its recipients."""
    answers = []
    with socket.create_connection(("127.0.0.1", LMTP_PORT), timeout=5) as line:
        file = line.makefile("rwb")
        file.readline()
        for said, expected in lmtp_lines:
            file.write(said + b"\r\n")
            file.flush()
            answers += [file.readline()[:3].decode() for _ in range(expected)]
    return answers


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize(("raw_email", "lmtp_code"), [(RAW_EMAIL, "250"), (RAW_EMAIL.replace(b"Hello", b"Bad"), "451")])
def test_lmtp_server_accepts_email_and_keeps_failed_ones(raw_email, lmtp_code):
    server = start_lmtp_server(handler := RecordingHandler(), port=LMTP_PORT)
    try:
        answers = send_lmtp_commands(
            [
                (b"LHLO mx", 5),
                (b"MAIL FROM:<a@example.org>", 1),
                (b"RCPT TO:<list@localhost>", 1),
                (b"RCPT TO:<reply+x@localhost>", 1),
                (b"RCPT TO:<b@elsewhere.example>", 1),
                (b"DATA", 1),
                (raw_email + b".", 2),
            ]
        )
    finally:
        server.stop()

    assert answers[5:] == ["250", "250", "250", "550", "354", lmtp_code, lmtp_code]
    assert handler.taken == ([(raw_email, ["list@localhost", "reply+x@localhost"])] if lmtp_code == "250" else [])


def test_mail_folder_is_processed_in_order_after_failed_email(tmp_path):
    (tmp_path / "1.eml").write_bytes(RAW_EMAIL)
    (tmp_path / "2.eml").write_bytes(RAW_EMAIL.replace(b"Subject: Hello", b"Subject: Bad"))
    (tmp_path / "3.eml").write_bytes(b"X-Original-To: reply+x@localhost\r\n" + RAW_EMAIL)
    (tmp_path / "4.part").write_bytes(b"half")
    handler = RecordingHandler()

    assert process_eml_folder(tmp_path, handler) == 2
    assert process_eml_folder(tmp_path, handler) == 0
    assert [recipients for _, recipients in handler.taken] == [
        ["list@localhost"],
        ["reply+x@localhost", "list@localhost"],
    ]
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*")) == [
        "4.part",
        "done/1.eml",
        "done/3.eml",
        "failed/2.eml",
    ]
