"""What became of an input, for everybody who may read the text: its page, the response matrix, the annotations."""

import io
import json
import zipfile

import pytest

from jukwaa.drafting import actions
from jukwaa.drafting.actions import InputAnswer
from jukwaa.drafting.models import Input, Placement, Text
from jukwaa.mail.models import Message
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from tests.conftest import create_seated_person
from tests.drafting.dispositions import (
    FASTER_WORDING,
    TWO,
    answer_text_input,
    create_two_clause_text,
    get_input_url,
    get_text_url,
    make_input_giver,
    rewrite_clause_body,
)
from tests.factories import AffiliationFactory, ConsultationFactory, InputFactory


@pytest.fixture
def text(coalition, member) -> Text:
    return create_two_clause_text(coalition, member)


@pytest.fixture
def open_consultation(text):
    return ConsultationFactory(text=text)


@pytest.fixture
def give_input(open_consultation, delegate, organisation):
    """As the delegate, for their organisation."""

    def give_input_with_body(body="Too slow.", **said) -> Input:
        clause = Placement.objects.now(open_consultation.text).get(clause__number=said.pop("number", 2)).clause
        told = actions.InputContent(body=body, clause=clause, **said)
        return actions.give_consultation_input(
            actor=delegate, consultation=open_consultation, said=told, organisation=organisation
        )

    return give_input_with_body


# Its page.


def test_input_page_shows_quotation_then_and_now(client, text, give_input, member):
    given = give_input(exact="three working days", start=TWO.index("three"), kind="proposal", proposed=FASTER_WORDING)
    first = client.get(get_input_url("input_detail", given))
    assert first.context["then"] == ("A report is answered within ", "three working days", ".")
    assert "<del data-mark='[removed]'>three</del>" in first.text
    rewrite_clause_body(text, member, "Whoever reports is answered within three working days.")
    actions.create_named_revision(actor=member, text=text)
    later = client.get(get_input_url("input_detail", given))
    assert later.context["now"] == ("Whoever reports is answered within ", "three working days", ".")
    assert "The words are unchanged." in later.text
    rewrite_clause_body(text, member, FASTER_WORDING)
    actions.create_named_revision(actor=member, text=text)
    last = client.get(get_input_url("input_detail", given))

    assert last.context["then"] == first.context["then"]
    assert last.context["now"] == (FASTER_WORDING, "", "")
    assert "The wording has changed." in last.text


def test_input_page_shows_dispositions_and_hides_names_from_public(client, give_input, member, delegate):
    given = give_input()
    before = answer_text_input(given, member, "not-accepted", "No.")
    answer_text_input(given, member, "accepted", "Yes, on second thoughts.", seen=before.pk)
    visitor = client.get(get_input_url("input_detail", given)).text
    client.force_login(member)
    inside = client.get(get_input_url("input_detail", given)).text

    for found in (visitor, inside):
        assert [word in found for word in ("No.", "Yes, on second thoughts.", "Too slow.")] == [True] * 3
    for person in (member, delegate):
        assert (person.name in visitor, person.name in inside) == (False, True)


@pytest.mark.parametrize("input_count", [1, 3])
def test_input_page_costs_eight_queries(client, give_input, member, input_count, django_assert_num_queries):
    given, seen = give_input(), None
    for at in range(input_count):
        seen = answer_text_input(given, member, "noted", f"{at} times.", seen=seen).pk
    client.force_login(member)
    client.get(get_input_url("input_detail", given))
    with django_assert_num_queries(8):
        client.get(get_input_url("input_detail", given))


def test_hidden_input_is_shown_to_moderators_only(client, give_input, member, coordinator):
    given = give_input()
    actions.hide_input(actor=coordinator, given_input=given, reason="It names a child.")
    seen = {}
    for person in (member, coordinator):
        client.force_login(person)
        found = client.get(get_input_url("input_detail", given)).text
        seen[person.name] = ("It names a child." in found, "Too slow." in found)

    assert seen == {"A member": (True, False), "The coordinator": (True, True)}
    client.logout()
    annotation = client.get(get_input_url("input_annotation", given)).json()
    assert (annotation["body"], "Too slow." in client.get(get_text_url("matrix", given.text)).text) == ([], False)


# The matrix.


def test_matrix_shows_author_capacity_and_disposition(
    client, text, open_consultation, give_input, member, organisation
):
    first = give_input("Nobody asked us.", number=1)
    second = give_input("=1+1 days are too many.", kind="proposal", proposed=FASTER_WORDING)
    own = make_input_giver(open_consultation, create_seated_person(text.coalition, "Somebody alone"))(
        "On the whole: thank you.", number=None
    )
    answer_text_input(first, member, "noted", "We ask now.")
    answer_text_input(own, member, "duplicate", "", duplicate_of=first)
    lines = [line.get_matrix_cells()[1:] for line in client.get(get_text_url("matrix", text)).context["lines"]]

    assert lines == [
        [
            "text as a whole",
            "comment",
            "On the whole: thank you.",
            "",
            "a person",
            "as an individual",
            "duplicate of another input",
            f"This is a duplicate of input {first.pk}.",
        ],
        ["1", "comment", "Nobody asked us.", "", "", organisation.name, "noted", "We ask now."],
        [
            "2",
            "proposed wording",
            "=1+1 days are too many.",
            FASTER_WORDING,
            "",
            organisation.name,
            "awaiting a response",
            "",
        ],
    ]
    client.force_login(member)
    names = [line.who for line in client.get(get_text_url("matrix", text)).context["lines"]]
    assert names == ["Somebody alone", "A delegate", "A delegate"]
    assert second.pk


def test_matrix_spreadsheet_contains_no_formula(client, text, give_input, member):
    given = give_input("=HYPERLINK(1)")
    answer_text_input(given, member, "noted", "+1")
    file = zipfile.ZipFile(io.BytesIO(client.get(get_text_url("matrix_file", text, ending="xlsx")).content))
    words, sheet = file.read("xl/sharedStrings.xml").decode(), file.read("xl/worksheets/sheet1.xml").decode()

    told = ("Input number", "#number", "#reason", str(given.pk), "&apos;=HYPERLINK(1)", "noted", "&apos;+1")
    assert [f"<t>{word}</t>" in words.replace("'", "&apos;") for word in told] == [True] * len(told)
    assert "<f>" not in sheet


def test_matrix_downloads_as_word_file(client, text, give_input, member):
    answer_text_input(give_input("Too slow for a child."), member, "accepted", "It is faster now.")
    file = zipfile.ZipFile(io.BytesIO(client.get(get_text_url("matrix_file", text, ending="docx")).content))
    words = file.read("word/document.xml").decode()

    told = ("Response to each input", "Too slow for a child.", "It is faster now.", "accepted", "1 input")
    assert [word in words for word in told] == [True] * 5
    assert client.get(get_text_url("matrix_file", text, ending="exe")).status_code == 404


@pytest.mark.parametrize("input_count", [1, 3])
def test_matrix_costs_seven_queries(client, text, give_input, member, input_count, django_assert_num_queries):
    for at in range(input_count):
        answer_text_input(give_input(f"{at} asks."), member)
    client.force_login(member)
    client.get(get_text_url("matrix", text))
    with django_assert_num_queries(7):
        assert len(client.get(get_text_url("matrix", text)).context["lines"]) == input_count


def test_matrix_paginates_in_both_directions(client, text, open_consultation):
    here = Placement.objects.now(text).get(clause__number=2)
    InputFactory.create_batch(5, consultation=open_consultation)
    InputFactory.create_batch(60, consultation=open_consultation, clause=here.clause, wording=here.wording)
    numbers, there = [], get_text_url("matrix", text)
    address = there
    while address:
        got = client.get(address).context
        numbers += [line.given.pk for line in got["lines"]]
        address = f"{there}?after={got['page'].after}" if got["page"].after else ""
    back = client.get(f"{there}?before={numbers[60]}").context["lines"]

    assert numbers == sorted(numbers)
    assert len(numbers) == 65
    assert [line.given.pk for line in back] == numbers[30:60]


# In W3C's model.


def test_input_annotation_selector_finds_quotation(client, settings, text, give_input, organisation):
    settings.SITE_URL = "https://example.org"
    given = give_input("Why?", kind="question", exact="three working days", start=TWO.index("three"))
    answer = client.get(get_input_url("input_annotation", given))
    annotation = answer.json()

    assert answer.headers["Content-Type"].startswith("application/ld+json")
    assert annotation == {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"https://example.org/ours/texts/inputs/{given.pk}/",
        "type": "Annotation",
        "motivation": "questioning",
        "created": given.at.isoformat(),
        "creator": {"type": "Organization", "name": organisation.name},
        "body": [
            {
                "type": "TextualBody",
                "value": "Why?",
                "format": "text/plain",
                "language": "en",
                "purpose": "questioning",
            }
        ],
        "target": {
            "type": "SpecificResource",
            "source": f"https://example.org/ours/texts/{text.pk}/",
            "selector": {
                "type": "FragmentSelector",
                "conformsTo": "http://tools.ietf.org/rfc/rfc3236",
                "value": "c2",
                "refinedBy": {
                    "type": "TextQuoteSelector",
                    "exact": "three working days",
                    "prefix": "A report is answered within ",
                    "suffix": ".",
                    "refinedBy": {"type": "TextPositionSelector", "start": 28, "end": 46},
                },
            },
        },
    }


def test_annotations_of_consultation_are_paged_collection(client, settings, text, open_consultation):
    settings.SITE_URL = "https://example.org"
    InputFactory.create_batch(80, consultation=open_consultation)
    InputFactory()
    there = f"/ours/texts/consultations/{open_consultation.pk}/annotations.json"
    collection = client.get(there).json()
    pages = [client.get(collection[end].removeprefix("https://example.org")).json() for end in ("first", "last")]

    assert (collection["type"], collection["total"], collection["label"]) == ("AnnotationCollection", 80, "A text")
    assert [(each["type"], each["startIndex"], len(each["items"])) for each in pages] == [
        ("AnnotationPage", 0, 50),
        ("AnnotationPage", 50, 30),
    ]
    assert (pages[0]["next"], pages[1]["prev"]) == (pages[1]["id"], pages[0]["id"])
    assert ("prev" in pages[0], "next" in pages[1], "@context" in json.dumps(pages[0]["items"])) == (False,) * 3
    assert [client.get(f"{there}?page={number}").status_code for number in ("2", "-1", "x", "")] == [404] * 4


# Telling.


def list_disposition_emails():
    send_pending_activity_notifications()
    found = [(mail.to, mail.subject, mail.body) for mail in Message.objects.order_by("pk")]
    Message.objects.all().delete()
    return found


def test_disposition_notifies_author_with_reason(mailing_coalition, give_input, member, delegate):
    given = give_input()
    list_disposition_emails()
    answer_text_input(given, member, "not-accepted", "The law says so.")
    ((to, subject, body),) = list_disposition_emails()

    assert (to, subject) == (delegate.email, "[Our Coalition] Response to your input on “A text”")
    expected = (f"Response to your input {given.pk} on clause 2 of “A text”: not accepted.", "The law says so.")
    assert [sentence in body for sentence in (*expected, get_input_url("input_detail", given))] == [True] * 3


def test_joint_disposition_sends_one_email(
    mailing_coalition, open_consultation, give_input, member, delegate, organisation
):
    other = AffiliationFactory(organisation=organisation, person__name="Another").person
    inputs = [give_input("One"), give_input("Two"), make_input_giver(open_consultation, other)("Three")]
    list_disposition_emails()
    actions.answer_inputs_together(actor=member, inputs=inputs, input_answer=InputAnswer(answer="noted", reason="So."))
    told = {to: body for to, _subject, body in list_disposition_emails()}

    assert set(told) == {delegate.email, other.email}
    assert [f"your input {given.pk} " in told[delegate.email] for given in inputs] == [True, True, False]


def test_revision_notifies_authors_of_inputs(mailing_coalition, text, give_input, member, delegate):
    taken, left, kept = (
        give_input(kind="proposal", proposed=FASTER_WORDING),
        give_input("And who pays?"),
        give_input("Good.", number=1),
    )
    actions.accept_proposed_wording(actor=member, given_input=taken)
    list_disposition_emails()
    actions.create_named_revision(actor=member, text=text)
    ((to, subject, body),) = list_disposition_emails()

    assert (to, subject) == (delegate.email, "[Our Coalition] New revision of “A text”: what happened to your input")
    assert f"Input {taken.pk}: accepted. The revision credits you." in body
    assert f"Input {left.pk}: the wording of clause 2 has changed." in body
    assert f"Input {kept.pk}" not in body


def test_revision_credits_accepted_inputs(client, text, give_input, member, organisation):
    actions.accept_proposed_wording(actor=member, given_input=give_input(kind="proposal", proposed=FASTER_WORDING))
    actions.create_named_revision(actor=member, text=text)
    named = [organisation.name in client.get(get_text_url("revision_detail", text, number=n)).text for n in (1, 2)]

    assert named == [False, True]
