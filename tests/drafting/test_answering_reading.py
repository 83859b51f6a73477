"""What became of an input, for everybody who may read the text: its page, the response matrix, the annotations."""

import io
import json
import zipfile

import pytest

from jukwaa.drafting import actions
from jukwaa.drafting.actions import InputAnswer
from jukwaa.drafting.models import Input, Placement, Text
from jukwaa.mail.models import Message
from jukwaa.updates.activity_notifications import notify_untold_activities
from tests.conftest import seated
from tests.drafting.said import FASTER, TWO, answer, begun, input_page, page, sayer, write
from tests.factories import AffiliationFactory, ConsultationFactory, InputFactory


@pytest.fixture
def text(coalition, member) -> Text:
    return begun(coalition, member)


@pytest.fixture
def asked(text):
    return ConsultationFactory(text=text)


@pytest.fixture
def say(asked, delegate, organisation):
    """As the delegate, for their organisation."""

    def say(body="Too slow.", **said) -> Input:
        clause = Placement.objects.now(asked.text).get(clause__number=said.pop("number", 2)).clause
        told = actions.InputContent(body=body, clause=clause, **said)
        return actions.give_input(actor=delegate, consultation=asked, said=told, organisation=organisation)

    return say


# Its page.


def test_the_page_of_an_input_shows_its_words_as_they_read_then_and_as_they_read_now(client, text, say, member):
    given = say(exact="three working days", start=TWO.index("three"), kind="proposal", proposed=FASTER)
    first = client.get(input_page("input_detail", given))
    assert first.context["then"] == ("A report is answered within ", "three working days", ".")
    assert "<del data-mark='[removed]'>three</del>" in first.text
    write(text, member, "Whoever reports is answered within three working days.")
    actions.name_revision(actor=member, text=text)
    later = client.get(input_page("input_detail", given))
    assert later.context["now"] == ("Whoever reports is answered within ", "three working days", ".")
    assert "The words are unchanged." in later.text
    write(text, member, FASTER)
    actions.name_revision(actor=member, text=text)
    last = client.get(input_page("input_detail", given))

    assert last.context["then"] == first.context["then"]
    assert last.context["now"] == (FASTER, "", "")
    assert "The wording has changed." in last.text


def test_the_page_of_an_input_holds_each_answer_to_it_and_names_nobody_to_the_world(client, say, member, delegate):
    given = say()
    before = answer(given, member, "not-accepted", "No.")
    answer(given, member, "accepted", "Yes, on second thoughts.", seen=before.pk)
    visitor = client.get(input_page("input_detail", given)).text
    client.force_login(member)
    inside = client.get(input_page("input_detail", given)).text

    for found in (visitor, inside):
        assert [word in found for word in ("No.", "Yes, on second thoughts.", "Too slow.")] == [True] * 3
    for person in (member, delegate):
        assert (person.name in visitor, person.name in inside) == (False, True)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_an_input_costs_eight_queries_however_often_it_was_answered(
    client, say, member, number, django_assert_num_queries
):
    given, seen = say(), None
    for at in range(number):
        seen = answer(given, member, "noted", f"{at} times.", seen=seen).pk
    client.force_login(member)
    client.get(input_page("input_detail", given))
    with django_assert_num_queries(8):
        client.get(input_page("input_detail", given))


def test_what_was_hidden_is_read_by_those_who_hide_alone(client, say, member, coordinator):
    given = say()
    actions.hide_input(actor=coordinator, given=given, reason="It names a child.")
    seen = {}
    for person in (member, coordinator):
        client.force_login(person)
        found = client.get(input_page("input_detail", given)).text
        seen[person.name] = ("It names a child." in found, "Too slow." in found)

    assert seen == {"A member": (True, False), "The coordinator": (True, True)}
    client.logout()
    annotation = client.get(input_page("input_annotation", given)).json()
    assert (annotation["body"], "Too slow." in client.get(page("matrix", given.text)).text) == ([], False)


# The matrix.


def test_the_matrix_says_of_each_input_who_gave_it_in_which_capacity_and_how_it_was_answered(
    client, text, asked, say, member, organisation
):
    first = say("Nobody asked us.", number=1)
    second = say("=1+1 days are too many.", kind="proposal", proposed=FASTER)
    own = sayer(asked, seated(text.coalition, "Somebody alone"))("On the whole: thank you.", number=None)
    answer(first, member, "noted", "We ask now.")
    answer(own, member, "duplicate", "", duplicate_of=first)
    lines = [line.cells()[1:] for line in client.get(page("matrix", text)).context["lines"]]

    assert lines == [
        [
            "text as a whole",
            "comment",
            "On the whole: thank you.",
            "",
            "a person",
            "as an individual",
            "duplicate of another",
            f"This is a duplicate of input {first.pk}.",
        ],
        ["1", "comment", "Nobody asked us.", "", "", organisation.name, "noted", "We ask now."],
        ["2", "proposed wording", "=1+1 days are too many.", FASTER, "", organisation.name, "awaiting a response", ""],
    ]
    client.force_login(member)
    names = [line.who for line in client.get(page("matrix", text)).context["lines"]]
    assert names == ["Somebody alone", "A delegate", "A delegate"]
    assert second.pk


def test_the_matrix_is_taken_along_as_a_spreadsheet_in_which_nothing_is_a_formula(client, text, say, member):
    given = say("=HYPERLINK(1)")
    answer(given, member, "noted", "+1")
    file = zipfile.ZipFile(io.BytesIO(client.get(page("matrix_file", text, ending="xlsx")).content))
    words, sheet = file.read("xl/sharedStrings.xml").decode(), file.read("xl/worksheets/sheet1.xml").decode()

    told = ("Input number", "#number", "#reason", str(given.pk), "&apos;=HYPERLINK(1)", "noted", "&apos;+1")
    assert [f"<t>{word}</t>" in words.replace("'", "&apos;") for word in told] == [True] * len(told)
    assert "<f>" not in sheet


def test_the_matrix_is_taken_along_as_a_word_file(client, text, say, member):
    answer(say("Too slow for a child."), member, "accepted", "It is faster now.")
    file = zipfile.ZipFile(io.BytesIO(client.get(page("matrix_file", text, ending="docx")).content))
    words = file.read("word/document.xml").decode()

    told = ("Response to each input", "Too slow for a child.", "It is faster now.", "accepted", "1 input")
    assert [word in words for word in told] == [True] * 5
    assert client.get(page("matrix_file", text, ending="exe")).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_matrix_costs_seven_queries_however_long_it_is(
    client, text, say, member, number, django_assert_num_queries
):
    for at in range(number):
        answer(say(f"{at} asks."), member)
    client.force_login(member)
    client.get(page("matrix", text))
    with django_assert_num_queries(7):
        assert len(client.get(page("matrix", text)).context["lines"]) == number


def test_the_matrix_is_paged_there_and_back(client, text, asked):
    here = Placement.objects.now(text).get(clause__number=2)
    InputFactory.create_batch(5, consultation=asked)
    InputFactory.create_batch(60, consultation=asked, clause=here.clause, wording=here.wording)
    numbers, there = [], page("matrix", text)
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


def test_an_input_is_an_annotation_whose_selector_finds_its_words(client, settings, text, say, organisation):
    settings.SITE_URL = "https://example.org"
    given = say("Why?", kind="question", exact="three working days", start=TWO.index("three"))
    answer = client.get(input_page("input_annotation", given))
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


def test_the_inputs_of_a_consultation_are_a_collection_in_pages(client, settings, text, asked):
    settings.SITE_URL = "https://example.org"
    InputFactory.create_batch(80, consultation=asked)
    InputFactory()
    there = f"/ours/texts/consultations/{asked.pk}/annotations.json"
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


def mails():
    notify_untold_activities()
    found = [(mail.to, mail.subject, mail.body) for mail in Message.objects.order_by("pk")]
    Message.objects.all().delete()
    return found


def test_whoever_gave_an_input_is_told_how_it_was_answered_and_why(released, say, member, delegate):
    given = say()
    mails()
    answer(given, member, "not-accepted", "The law says so.")
    ((to, subject, body),) = mails()

    assert (to, subject) == (delegate.email, "[Our Coalition] Response to your input on “A text”")
    expected = (f"Response to your input {given.pk} on clause 2 of “A text”: not accepted.", "The law says so.")
    assert [sentence in body for sentence in (*expected, input_page("input_detail", given))] == [True] * 3


def test_of_inputs_that_are_answered_together_one_mail_tells(released, asked, say, member, delegate, organisation):
    other = AffiliationFactory(organisation=organisation, person__name="Another").person
    inputs = [say("One"), say("Two"), sayer(asked, other)("Three")]
    mails()
    actions.answer_together(actor=member, inputs=inputs, answering=InputAnswer(answer="noted", reason="So."))
    told = {to: body for to, _subject, body in mails()}

    assert set(told) == {delegate.email, other.email}
    assert [f"your input {given.pk} " in told[delegate.email] for given in inputs] == [True, True, False]


def test_whoever_gave_an_input_is_told_what_a_revision_made_of_it(released, text, say, member, delegate):
    taken, left, kept = say(kind="proposal", proposed=FASTER), say("And who pays?"), say("Good.", number=1)
    actions.accept_wording(actor=member, given=taken)
    mails()
    actions.name_revision(actor=member, text=text)
    ((to, subject, body),) = mails()

    assert (to, subject) == (delegate.email, "[Our Coalition] New revision of “A text”: what happened to your input")
    assert f"Input {taken.pk}: accepted. The revision credits you." in body
    assert f"Input {left.pk}: the wording of clause 2 has changed." in body
    assert f"Input {kept.pk}" not in body


def test_a_revision_names_whose_input_was_taken_up_in_it(client, text, say, member, organisation):
    actions.accept_wording(actor=member, given=say(kind="proposal", proposed=FASTER))
    actions.name_revision(actor=member, text=text)
    named = [organisation.name in client.get(page("revision_detail", text, number=n)).text for n in (1, 2)]

    assert named == [False, True]
