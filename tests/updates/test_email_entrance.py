"""Every incoming email passes the safeguarding check before any handler sees it, whatever its route."""

import base64
from email.message import EmailMessage
from email.mime.message import MIMEMessage
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import timezone

from jukwaa.drafting import actions as drafting
from jukwaa.mail import actions as mail
from jukwaa.mail.mail_intake import EmailRejectedError, process_eml_folder
from jukwaa.mail.models import Message
from jukwaa.meetings.models import Minutes
from jukwaa.proposals.models import Participant
from jukwaa.records.models import Held
from jukwaa.updates.incoming import process_email
from jukwaa.updates.incoming.addresses import address_handler_registry
from jukwaa.updates.incoming.replies import reply_handler_registry
from tests.cooperation.charter_steps import create_proposed_charter
from tests.drafting.consensus import create_open_text, create_spokesperson, open_consensus_call
from tests.factories import CoalitionFactory, CommitmentFactory, EntryFactory, MeetingFactory, OccurrenceFactory
from tests.meetings.ideas import IdeaFactory
from tests.meetings.polls import TimePollFactory
from tests.proposals.kinds import ProposalFactory
from tests.updates.emails import (
    AUTOMATIC_HEADERS,
    build_own_address,
    build_raw_email,
    deliver_email,
    list_written_emails,
)

DISCLOSURE_TEXT = "My uncle touches me."
OFFER_TEXT = "trading cp links"
TABLES_THAT_MAY_CHANGE = {
    "Held",
    "Activity",
    "Message",
    "DBTaskResult",
    "SeenMessage",
    "Limit",
}  # helplines, and once a day


def count_rows_by_model():
    """Of every table, so that whatever is stored anywhere shows."""
    return {model.__name__: model._base_manager.count() for model in apps.get_models()}


@pytest.fixture
def coalition_with_list(mailing_coalition):
    mailing_coalition.list_address = "list@lists.example.org"
    mailing_coalition.save()
    return mailing_coalition


def invite_by_email(coalition, person) -> Participant:
    proposal = ProposalFactory(coalition=coalition, published=True)
    return Participant.objects.create(
        proposal=proposal, person=person, roles=["speaker"], status="invited", invited_at=timezone.now()
    )


@pytest.fixture
def reply_address_subjects(mailing_coalition, document, member, rapporteur, coordinator):
    """The subject of a reply address for each question that an email can ask."""
    text = create_open_text(mailing_coalition, member)
    consultation = drafting.open_consultation(
        actor=member,
        revision=text.get_latest_revision(),
        consultation_content=drafting.ConsultationContent(
            asks="members",
            introduction="What do you think?",
            questions=[],
            opens_at=timezone.now(),
            closes_at=timezone.now() + timezone.timedelta(days=9),
        ),
    )
    call = open_consensus_call(create_open_text(mailing_coalition, member), coordinator)
    charter = create_proposed_charter(
        mailing_coalition, create_spokesperson(mailing_coalition, "One"), create_spokesperson(mailing_coalition, "Two")
    )
    occurrence = OccurrenceFactory(event__coalition=mailing_coalition)
    meeting = MeetingFactory(
        coalition=mailing_coalition, starts_on=timezone.localdate() + timezone.timedelta(days=9), published=True
    )
    over = MeetingFactory(coalition=mailing_coalition, starts_on=timezone.localdate(), published=True)
    minutes = Minutes.objects.create(meeting=over, circulated_at=timezone.now(), corrections_until=timezone.localdate())
    promise = CommitmentFactory(entry=EntryFactory(coalition=mailing_coalition, kind="commitment", published=True))
    return {
        "invitation": f"invitation:{meeting.pk}",
        "series-invitation": f"series-invitation:{meeting.pk}",
        "minutes": f"minutes:{minutes.pk}",
        "meeting-update": f"meeting-update:{meeting.pk}",
        "idea": f"idea:{IdeaFactory(coalition=mailing_coalition, published=True).pk}",
        "commitment": f"commitment:{promise.pk}",
        "record": f"record:{document.pk}",
        "consultation": f"consultation:{consultation.pk}",
        "call": f"call:{call.pk}",
        "charter": f"charter:{charter.pk}:{charter.work.parties.first().pk}",
        "pledge": f"pledge:{occurrence.pk}",
        "time-poll": f"time-poll:{TimePollFactory(meeting=meeting).pk}",
        "participant": f"participant:{invite_by_email(mailing_coalition, member).pk}",
        "gone": "record:999999",
    }


def create_reply_address(reply_subject, person):
    thread = mail.ReplyThread(reply_subject, owner=f"person:{person.pk}")
    address = mail.queue_email(to=person.email, subject="A", body="B", key=reply_subject, reply_thread=thread).reply_to
    Message.objects.all().delete()
    return address


def list_tables_with_new_rows(earlier_counts):
    return {name for name, count in count_rows_by_model().items() if earlier_counts[name] != count}


def test_every_question_and_address_kind_is_tested(reply_address_subjects):
    assert {*reply_handler_registry, "gone"} == set(reply_address_subjects)
    assert set(address_handler_registry) == {"calendar", "ideas", "join", "leave", "list", "secretariat", "share"}


REPLY_QUESTIONS = [
    *("record", "consultation", "call", "charter", "pledge", "gone"),
    *("invitation", "series-invitation", "meeting-update", "idea", "commitment", "minutes", "time-poll", "participant"),
]


@pytest.mark.parametrize("reply_question", REPLY_QUESTIONS)
@pytest.mark.parametrize(
    "reply_text", [f"I agree.\n\n{DISCLOSURE_TEXT}", f"Yes.\n\n> {DISCLOSURE_TEXT}", f"Stop\n\n{DISCLOSURE_TEXT}"]
)
def test_disclosure_in_reply_is_quarantined_and_not_stored(reply_address_subjects, member, reply_question, reply_text):
    address = create_reply_address(reply_address_subjects[reply_question], member)
    before = count_rows_by_model()
    deliver_email(reply_text, to=address, sender=member.email)

    assert list_tables_with_new_rows(before) <= TABLES_THAT_MAY_CHANGE
    assert [(held.door, held.address, DISCLOSURE_TEXT in held.text) for held in Held.objects.all()] == [
        ("mail", member.email, True)
    ]
    assert list_written_emails() == [(member.email, "Thank you for writing")]


@pytest.mark.parametrize(
    "local_part",
    [
        *("ours", "join+ours", "leave+ours", "share+ours", "list+ours", "ideas+ours", "calendar+ours", "nobody"),
        *("secretariat+ours", "reply+0a0b"),
    ],
)
@pytest.mark.parametrize("sender", ["a@example.org", "a@example.org, b@example.org"])
def test_disclosure_to_any_address_is_quarantined_and_not_stored(coalition_with_list, local_part, sender):
    before = count_rows_by_model()
    named = "list@lists.example.org" if local_part == "list+ours" else build_own_address(local_part)
    process_email(
        build_raw_email(f"Hello.\n\n{DISCLOSURE_TEXT}", to=named, sender=sender), [build_own_address(local_part)]
    )

    assert list_tables_with_new_rows(before) <= TABLES_THAT_MAY_CHANGE
    assert [(held.door, DISCLOSURE_TEXT in held.text) for held in Held.objects.all()] == [("mail", True)]
    assert [subject for _to, subject in list_written_emails()] == ["Thank you for writing"] * ("," not in sender)


def build_nested_email(transfer_encoding):
    """An attached email that is encoded once more, which the standard forbids and mail programs show."""
    inner = EmailMessage()
    inner["Subject"] = "Fwd"
    inner.set_content(DISCLOSURE_TEXT, cte="base64")
    outer = MIMEMessage(EmailMessage())
    outer["From"] = "a@example.org"
    del outer["Content-Transfer-Encoding"]
    outer["Content-Transfer-Encoding"] = transfer_encoding
    head = outer.as_bytes().partition(b"\n\n")[0]
    return head + b"\n\n" + base64.encodebytes(bytes(inner))


def build_multipart_message(**parts):
    message = EmailMessage()
    message["From"] = "a@example.org"
    message["Subject"] = parts.pop("subject", "A subject")
    message.set_content(parts.pop("text", "I agree."))
    if html := parts.pop("html", ""):
        message.add_alternative(html, subtype="html")
    for name, (data, kind) in parts.pop("files", {}).items():
        message.add_attachment(data, maintype=kind.partition("/")[0], subtype=kind.partition("/")[2], filename=name)
    return bytes(message)


def build_html_only_email():
    message = EmailMessage()
    message["From"] = "a@example.org"
    message.set_content("<blockquote><p>My <b>uncle</b> touches&nbsp;me.</p></blockquote>", subtype="html")
    return bytes(message)


def build_forwarded_email():
    inner = EmailMessage()
    inner["Subject"] = "A subject"
    inner.set_content(DISCLOSURE_TEXT)
    message = EmailMessage()
    message["From"] = "a@example.org"
    message.set_content("See below.")
    message.add_attachment(inner)
    return bytes(message)


DISCLOSURE_PLACES = {
    "subject": build_multipart_message(subject=DISCLOSURE_TEXT),
    "long subject": build_multipart_message(subject="word " * 60 + DISCLOSURE_TEXT),
    "encoded subject": b"From: a@example.org\nSubject: =?utf-8?b?TXkgdW5jbGUgdG91Y2hlcyBtZS4=?=\n\nHello.",
    "sender's name": f'From: "{DISCLOSURE_TEXT}" <a@example.org>\n\nHello.'.encode(),
    "text": build_multipart_message(text=DISCLOSURE_TEXT),
    "quoted text": build_multipart_message(
        text=f"Yes.\n\nOn 3 March 2026, a@example.org wrote:\n> > {DISCLOSURE_TEXT}"
    ),
    "quoted text over two lines": build_multipart_message(text="Yes.\n\n> My uncle\n> touches me."),
    "signature": build_multipart_message(text=f"Yes.\n-- \n{DISCLOSURE_TEXT}"),
    "HTML beside harmless text": build_multipart_message(html=f"<p>{DISCLOSURE_TEXT}</p>"),
    "HTML alone": build_html_only_email(),
    "text file": build_multipart_message(files={"a.txt": (DISCLOSURE_TEXT.encode(), "text/plain")}),
    "name of a file": build_multipart_message(files={f"{DISCLOSURE_TEXT}.bin": (b"x", "application/octet-stream")}),
    "forwarded email": build_forwarded_email(),
    "email encoded twice": build_nested_email("base64"),
    "base64": b"From: a@example.org\nContent-Transfer-Encoding: base64\n\nTXkgdW5jbGUgdG91Y2hlcyBtZS4=",
    "quoted-printable": b"From: a@example.org\nContent-Transfer-Encoding: quoted-printable\n\nMy unc=6Ce touches me.",
    "French": build_multipart_message(text="Mon oncle me touche."),
    "offer": build_multipart_message(text=OFFER_TEXT),
    "offer above a long quotation": build_multipart_message(text=OFFER_TEXT + "\n\n> word" + " word" * 900),
    "offer as the name of a file": build_multipart_message(
        files={f"{OFFER_TEXT}.bin": (b"x", "application/octet-stream")}
    ),
    "offer within a file": build_multipart_message(files={"a.bin": (OFFER_TEXT.encode(), "application/octet-stream")}),
}


@pytest.mark.parametrize("email_message", DISCLOSURE_PLACES.values(), ids=DISCLOSURE_PLACES)
def test_disclosure_is_found_in_every_part_of_email(mailing_coalition, email_message):
    process_email(email_message, [build_own_address("ours")])

    assert Held.objects.count() == 1
    assert list_written_emails() == [("a@example.org", "Thank you for writing")]


def test_whole_email_is_quarantined(mailing_coalition):
    process_email(
        build_multipart_message(
            text=f"I need help.\n\n> {DISCLOSURE_TEXT}", files={"a.txt": (b"One more.", "text/plain")}
        ),
        [build_own_address("ours")],
    )

    assert Held.objects.get().text == f"A subject\n\nI need help.\n\n{DISCLOSURE_TEXT}\n\nOne more.\n\na.txt"


@pytest.mark.parametrize(
    ("text", "text_or_file", "quarantine_reason"),
    [
        (DISCLOSURE_TEXT, "a.bin", "disclosure"),
        ("I agree.", "cp_links.bin", "material"),
        (DISCLOSURE_TEXT, "cp_links.bin", "material"),
    ],
)
def test_every_file_is_quarantined_with_email(mailing_coalition, text, text_or_file, quarantine_reason):
    files = {text_or_file: (b"\0One", "image/png"), "b.bin": (b"\0Two", "image/png"), "empty.bin": (b"", "image/png")}
    process_email(build_multipart_message(text=text, files=files), [build_own_address("ours")])

    kept = list(Held.objects.order_by("pk"))
    assert [(held.file_name, Path(held.file.path).read_bytes(), held.why) for held in kept] == [
        (text_or_file, b"\0One", quarantine_reason),
        ("b.bin", b"\0Two", quarantine_reason),
    ]
    assert [text in held.text for held in kept] == [True, False]
    assert len(list_written_emails()) == 1


def test_email_with_one_harmless_file_is_quarantined(mailing_coalition, safeguarding_lead):
    email = build_multipart_message(
        text=DISCLOSURE_TEXT, files={"a.bin": (b"\0One", "image/png"), "b.bin": (b"\0Two", "image/png")}
    )
    process_email(email, [build_own_address("ours")])
    first, second = Held.objects.order_by("pk")
    decision = {"state": "released", "decided_by": safeguarding_lead, "decided_at": timezone.now()}
    for number, (held, passes) in enumerate([(first, False), (second, True)]):
        Held.objects.filter(pk=held.pk).update(**decision)
        process_email(f"Message-ID: <{number}@example.org>\n".encode() + email, [build_own_address("ours")])
        assert (
            Held.objects.count(),
            "Please confirm that you want to join Our Coalition" in dict(list_written_emails()).values(),
        ) == (
            2,
            passes,
        )


def test_released_email_is_not_quarantined_again(mailing_coalition, safeguarding_lead):
    email = build_multipart_message(text=DISCLOSURE_TEXT)
    process_email(email, [build_own_address("ours")])
    Held.objects.update(state="released", decided_by=safeguarding_lead, decided_at=timezone.now())
    process_email(b"Message-ID: <2@example.org>\n" + email, [build_own_address("ours")])

    assert (Held.objects.count(), list_written_emails()[1:]) == (
        1,
        [("a@example.org", "Please confirm that you want to join Our Coalition")],
    )


def test_email_to_two_addresses_is_quarantined_once(mailing_coalition):
    process_email(
        build_multipart_message(text=DISCLOSURE_TEXT),
        [build_own_address("ours"), build_own_address("leave+ours"), build_own_address("share+ours")],
    )

    assert Held.objects.count() == 1


def test_automatic_disclosure_is_quarantined_without_reply(mailing_coalition):
    deliver_email(DISCLOSURE_TEXT, to=build_own_address("ours"), **AUTOMATIC_HEADERS)

    assert (Held.objects.count(), list_written_emails()) == (1, [])


def test_disclosure_without_known_coalition_gets_helplines_only(mailing_coalition):
    CoalitionFactory(slug="another")
    deliver_email(DISCLOSURE_TEXT, to=build_own_address("nobody"), sender="a@example.org")

    assert (Held.objects.count(), list_written_emails()) == (0, [("a@example.org", "Thank you for writing")])


def build_oversized_email(email_case):
    parts = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(900))
    twice = base64.b64encode(base64.b64encode(b"Hello.")).decode()
    return {
        "200 headers": "From: a@example.org\n" + "".join(f"X-{n}: {n}\n" for n in range(200)) + "\nHello.",
        "200 senders": "".join(f"From: a{n}@example.org\n" for n in range(200)) + "\nHello.",
        "40 kB From": f"From: {'A ' * 20_000}<a@example.org>\n\nHello.",
        "40 kB of senders": f"From: {', '.join(f'a{n}@example.org' for n in range(2000))}\n\nHello.",
        "40 kB of encoded words": f"From: {'=?utf-8?q?a?= ' * 3000}<a@example.org>\n\nHello.",
        "40 kB of results": f"From: a@example.org\nAuthentication-Results: localhost{'; dmarc=pass' * 4000}\n\nHello",
        "40 kB of comments": f"From: {'(' * 20_000}{')' * 20_000} a@example.org\n\nHello.",
        "nested encodings": f"From: a@example.org\nContent-Transfer-Encoding: base64\n\n{twice}",
        "nested parts": f"From: a@example.org\n{parts}Hello.",
        "encoded words in encoded words": "From: =?utf-8?q?=3D=3Futf-8=3Fq=3Fa=3F=3D?= <a@example.org>\n\nHello.",
    }[email_case].encode()


EXPECTED_OUTCOMES = {
    "200 headers": "Please confirm that you want to join Our Coalition",
    "200 senders": "rejected",
    "40 kB From": "rejected",
    "40 kB of senders": "rejected",
    "40 kB of encoded words": "rejected",
    "40 kB of results": "Please confirm that you want to join Our Coalition",
    "40 kB of comments": "rejected",
    "nested encodings": "Please confirm that you want to join Our Coalition",
    "nested parts": "Please confirm that you want to join Our Coalition",
    "encoded words in encoded words": "Please confirm that you want to join Our Coalition",
}


@pytest.mark.parametrize(("email_case", "outcome"), EXPECTED_OUTCOMES.items(), ids=EXPECTED_OUTCOMES)
def test_huge_and_nested_email_has_one_clear_outcome(mailing_coalition, settings, email_case, outcome):
    settings.MAIL_AUTHORITY = "localhost"
    try:
        process_email(build_oversized_email(email_case), [build_own_address("ours")])
        found = [subject for _to, subject in list_written_emails()]
    except EmailRejectedError as error:
        found = ["rejected"] * str(error).startswith(("The From header", "There must be"))

    assert found == [outcome]


def test_rejected_email_file_is_moved_to_failed(mailing_coalition, tmp_path, caplog):
    (tmp_path / "1.eml").write_bytes(b"From: a@example.org, b@example.org\nTo: ours@localhost\n\nHello.")

    assert process_eml_folder(tmp_path, process_email) == 0
    assert [path.name for path in (tmp_path / "failed").iterdir()] == ["1.eml"]
    assert [(record.levelname, record.exc_info) for record in caplog.records] == [("WARNING", None)]
