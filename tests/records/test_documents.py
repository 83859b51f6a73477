"""Documents: what was read in, its sentences marked with what was made of them, its file, and files hung on it."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.coalitions.models import Activity
from jukwaa.core.documents.incoming import FileRefused
from jukwaa.records import index
from jukwaa.records.actions import add_record_source, attach_file_to_record, link_records
from jukwaa.records.document_passages import get_page_number, merge_overlapping_sources, split_into_runs
from jukwaa.records.models import Attachment, Held, Label, Link, Passage, Record, Source, State
from jukwaa.records.tasks import read_attachment
from tests.factories import DocumentFactory, EntryFactory

DOCUMENT_TEXT = "Members met. They agreed to meet again.\n\nKenya offered a room."


@pytest.fixture
def document(coalition):
    return DocumentFactory(
        coalition=coalition, title="The report", text=DOCUMENT_TEXT, published=True, file_name="report.txt"
    )


def create_citing_record(document, quote, citation_number, **entry):
    record = EntryFactory(coalition=document.coalition, published=True, **entry)
    start = document.text.index(quote)
    add_record_source(
        record=record,
        document=document,
        start_offset=start,
        end_offset=start + len(quote),
        source_number=citation_number,
    )
    return record


def test_sentence_links_to_records_created_from_it(client, document):
    decision = create_citing_record(document, "They agreed to meet again.", 2)
    offer = create_citing_record(document, "Kenya offered a room.", 3, kind="offer")

    text = client.get(document.get_absolute_url()).text
    assert (
        '<span id="c0"></span>Members met. <span id="s2"></span><span id="c13"></span><mark>They agreed to meet again.'
        f'</mark> <a class="ref" href="{decision.get_absolute_url()}">Decision</a>'
    ) in text
    assert f'<mark>Kenya offered a room.</mark> <a class="ref" href="{offer.get_absolute_url()}">Offer</a>' in text


def test_source_passages_are_marked_for_readers_of_records(client, document, member):
    create_citing_record(document, "Kenya offered a room.", 3, label=Label.GREEN)

    assert "<mark>" not in client.get(document.get_absolute_url()).text
    client.force_login(member)
    assert "<mark>Kenya offered a room.</mark>" in client.get(document.get_absolute_url()).text


def test_restricted_document_is_not_found_by_others(client, coalition, outsider, member):
    closed = DocumentFactory(coalition=coalition, label=Label.RED, published=True, file=ContentFile(b"x", name="x.txt"))
    urls = [closed.get_absolute_url(), reverse("records:document_file", args=["ours", closed.pk])]
    elsewhere = DocumentFactory(published=True)

    for person in (outsider, member):
        client.force_login(person)
        assert [client.get(url).status_code for url in urls] == [404, 404]
    assert client.get(f"/ours/documents/{elsewhere.pk}/").status_code == 404


def test_document_file_is_served_as_attachment(client, document):
    document.file.save("report.txt", ContentFile(DOCUMENT_TEXT.encode()))
    document.media_type = "text/plain"
    document.save()

    answer = client.get(f"/ours/documents/{document.pk}/file/")
    assert b"".join(answer.streaming_content) == DOCUMENT_TEXT.encode()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="report.txt"'
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_document_without_file_has_no_download(client, document):
    assert client.get(f"/ours/documents/{document.pk}/file/").status_code == 404


def test_long_document_is_paged_and_sentence_links_to_page(client, coalition):
    long = DocumentFactory(coalition=coalition, text="A line of words.\n" * 6000, published=True)
    text = client.get(f"{long.get_absolute_url()}?at=50000").text

    assert ('id="c9996"' in text, 'id="c49980"' in text, 'rel="prev"' in text) == (False, True, True)


def test_document_text_is_escaped(client, coalition):
    document = DocumentFactory(coalition=coalition, text="<script>alert(1)</script>\n\n& more", published=True)

    assert "&lt;script&gt;alert(1)&lt;/script&gt;\n\n&amp; more" in client.get(document.get_absolute_url()).text


@given(
    st.text(max_size=80), st.lists(st.tuples(st.integers(0, 90), st.integers(1, 20)), max_size=6), st.integers(0, 40)
)
def test_marked_text_preserves_every_character(text, quote_places, first_quote):
    made = Record(pk=1)
    sources = [Source(start=start, end=start + length, number=1, record=made) for start, length in sorted(quote_places)]
    window = text[first_quote:]

    assert (
        "".join(run.text for run in split_into_runs(window, first_quote, merge_overlapping_sources(sources))) == window
    )


def test_page_of_position_contains_position():
    pieces = [(0, "a" * 10), (10, "b" * 10), (20, "c" * 10), (30, "d" * 10)]

    assert [get_page_number(pieces, offset) for offset in (0, 9, 29, 30, 99)] == [1, 1, 1, 2, 2]
    assert get_page_number([], 5) == 1


def test_source_trace_hides_unreadable_document(client, coalition, member, rf):
    closed = DocumentFactory(
        coalition=coalition, title="Closed title", text=DOCUMENT_TEXT, label=Label.RED, published=True
    )
    other = DocumentFactory(coalition=coalition, title="A later report", published=True)
    add_record_source(record=other, document=closed, start_offset=0, end_offset=12, source_number=1)
    Source.objects.create(record=other, document=closed)

    text = render_record_trace(rf, coalition, other, member)
    assert "Members met." not in text
    assert "Closed title" not in text
    assert "The source is a document that you cannot read." in text
    assert "This was said under the Chatham House Rule" in text


def test_source_trace_shows_previous_sentence_and_links(document, coalition, member, rf):
    later = DocumentFactory(coalition=coalition, title="A later report", published=True)
    start = DOCUMENT_TEXT.index("They")
    add_record_source(record=later, document=document, start_offset=start, end_offset=start + 26, source_number=2)
    link_records(actor=member, source_record=later, to_record=document, relation=Link.Relation.BEGAN_AS)

    text = render_record_trace(rf, coalition, later, member)
    assert "<span>Members met.</span> <mark>They agreed to meet again.</mark>" in text
    assert f'href="/ours/documents/{document.pk}/?at={start}#c{start}"' in text
    assert "Began as" in text
    assert "Led to" in render_record_trace(rf, coalition, document, member)


def render_record_trace(rf, coalition, record, viewer):
    from django.template import Context, Template  # noqa: PLC0415 - a template for this test alone

    from jukwaa.coalitions.standing import Standing  # noqa: PLC0415 - as above

    context = {
        "record": record,
        "coalition": coalition,
        "standing": Standing(viewer, coalition),
        "request": rf.get("/"),
    }
    return Template("{% load records %}{% trace_of record %}").render(Context(context))


def test_attachment_is_added_by_editors_of_record(client, document, rapporteur, member):
    url = f"/ours/records/{document.pk}/files/add/"
    client.force_login(rapporteur)
    for _twice in range(2):
        client.post(url, {"file": ContentFile(b"The word is baobab.", name="notes.txt")})

    attachment = Attachment.objects.get()
    assert (attachment.name, attachment.media_type, attachment.added_by) == ("notes.txt", "text/plain", rapporteur)
    assert "notes" not in attachment.file.name
    assert list(Activity.objects.values_list("verb", flat=True)) == ["attached"]
    client.force_login(member)
    assert client.get(url).status_code == 403


def test_attachment_text_is_searchable_once_extracted(document, rapporteur):
    attachment = attach_file_to_record(
        actor=rapporteur, record=document, file_name="notes.txt", data=b"The word is baobab."
    )
    for _twice in range(2):
        read_attachment.call(attachment.pk)

    passages = Passage.objects.filter(anchor=f"file-{attachment.pk}").values_list("text", flat=True)
    assert list(passages) == ["The word is baobab."]


def test_unaccepted_attachment_is_refused_with_explanation(client, document, rapporteur):
    client.force_login(rapporteur)
    answer = client.post(
        f"/ours/records/{document.pk}/files/add/", {"file": ContentFile(b"MZ\x00\x01" * 99, name="a.exe")}
    )

    assert (answer.status_code, Attachment.objects.count()) == (422, 0)
    assert "We do not accept" in answer.text
    with pytest.raises(FileRefused):
        attach_file_to_record(actor=rapporteur, record=document, file_name="a.pdf", data=b"")


def test_attachment_is_read_by_readers_of_record(client, coalition, rapporteur, member, outsider):
    record = DocumentFactory(coalition=coalition, label=Label.GREEN, published=True)
    attachment = attach_file_to_record(actor=rapporteur, record=record, file_name="notes.txt", data=b"Among us.")
    url = f"/ours/records/files/{attachment.pk}/"

    assert client.get(url).status_code == 404
    client.force_login(outsider)
    assert client.get(url).status_code == 404
    client.force_login(member)
    assert b"".join(client.get(url).streaming_content) == b"Among us."


def test_removed_attachment_is_gone_from_storage_and_search(document, rapporteur, member, client):
    attachment = attach_file_to_record(
        actor=rapporteur, record=document, file_name="notes.txt", data=b"The word is baobab."
    )
    read_attachment.call(attachment.pk)
    url = f"/ours/records/files/{attachment.pk}/remove/"
    client.force_login(member)
    assert client.post(url).status_code == 403
    client.force_login(rapporteur)
    assert client.get(url).status_code == 200
    client.post(url)

    assert not Attachment.objects.exists()
    assert not Passage.objects.filter(text__contains="baobab").exists()


def test_attachment_with_disclosure_is_removed(document, rapporteur):
    attachment = attach_file_to_record(
        actor=rapporteur, record=document, file_name="notes.md", data=b"My uncle touches me."
    )
    read_attachment.call(attachment.pk)

    held = Held.objects.get()
    assert (held.door, held.why, held.file.name, held.person) == (
        "attachment",
        "disclosure",
        attachment.file.name,
        rapporteur,
    )
    assert not Attachment.objects.exists()
    assert not Passage.objects.filter(text__contains="uncle").exists()


@pytest.mark.parametrize("count", [1, 3])
def test_document_list_query_count_is_constant(client, coalition, member, django_assert_num_queries, count):
    for _row in range(count):
        DocumentFactory(coalition=coalition, published=True)
    DocumentFactory(published=True)
    DocumentFactory(coalition=coalition, state=State.DRAFT)
    client.force_login(member)

    with django_assert_num_queries(4):
        text = client.get("/ours/documents/").text

    assert text.count('class="when"') == count


@pytest.mark.parametrize("count", [1, 3])
def test_document_page_query_count_is_constant(client, document, member, django_assert_num_queries, count):
    for number, quote in enumerate(["Members met.", "They agreed to meet again.", "Kenya offered a room."][:count]):
        create_citing_record(document, quote, number)
    client.force_login(member)

    with django_assert_num_queries(8):
        text = client.get(document.get_absolute_url()).text

    assert text.count("<mark>") == count


def test_document_list_pages_are_continuous(client, coalition):
    for _row in range(25):
        DocumentFactory(coalition=coalition, published=True)
    first = client.get("/ours/documents/").text
    place = first.split("?after=")[1].split('"')[0]
    second = client.get(f"/ours/documents/?after={place}").text

    assert (first.count('class="when"'), second.count('class="when"')) == (20, 5)
    assert client.get("/ours/documents/?after=nonsense").status_code == 200


def test_empty_document_list_says_what_to_do(client, coalition, rapporteur):
    assert "No documents yet" in client.get("/ours/documents/").text


def test_index_contains_attachments_with_record(document, rapporteur):
    attachment = attach_file_to_record(
        actor=rapporteur, record=document, file_name="notes.txt", data=b"The word is baobab."
    )
    Attachment.objects.filter(pk=attachment.pk).update(text="The word is baobab.")
    index.reindex_record(document)

    assert Passage.objects.filter(record=document, text__contains="baobab").count() == 1
