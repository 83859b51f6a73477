import io
import re
import uuid

import docx
import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jukwaa.coalitions.models import Activity
from jukwaa.core.documents.outgoing import TypesettingError
from jukwaa.library import actions
from jukwaa.library.actions import collections as deeds
from jukwaa.library.models import Collection, CollectionEntry, WebLink
from jukwaa.library.views import collections as views
from jukwaa.records.actions import withdraw_record
from jukwaa.records.models import Authorship, Label, State
from tests.factories import (
    AffiliationFactory,
    CapacityFactory,
    CollectionFactory,
    DocumentFactory,
    EntryFactory,
    ItemFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db

FORM_DATA = {
    "title": "First steps with providers",
    "introduction": "For a ministry that begins.",
    "language": "en",
    "label": "TLP:CLEAR",
}


def get_page_url(collection, route_name="collection_detail", **more):
    return reverse(
        f"library:{route_name}", kwargs={"coalition": collection.coalition.slug, "pk": collection.pk, **more}
    )


def list_shown_entries(response):
    return [entry.record.title for entry in response.context["entries"]]


def create_record_of_each_kind(coalition, *titles, **more):
    return [ItemFactory(coalition=coalition, title=title, published=True, **more) for title in titles]


@pytest.fixture
def three_items(coalition, member):
    """A collection of the member's with three records, in this order."""
    records = create_record_of_each_kind(coalition, "one", "two", "three")
    return CollectionFactory(coalition=coalition, author=member, holding=records, published=True)


def test_new_collection_is_draft_with_first_record(client, coalition, member, coordinator):
    item = create_record_of_each_kind(coalition, "Nine providers at one table")[0]
    client.force_login(member)
    url = reverse("library:collection_new", args=[coalition.slug])
    made = client.post(f"{url}?record={item.pk}", FORM_DATA)

    collection = Collection.objects.get()
    assert (made.status_code, made.url) == (302, get_page_url(collection))
    assert (collection.kind, collection.state, collection.introduction) == (
        "collection",
        State.DRAFT,
        FORM_DATA["introduction"],
    )
    assert list_shown_entries(client.get(get_page_url(collection))) == [item.title]
    client.force_login(coordinator)
    assert client.get(get_page_url(collection)).status_code == 404


def test_form_sent_twice_creates_one_collection(client, coalition, member):
    client.force_login(member)
    url = reverse("library:collection_new", args=[coalition.slug])
    typed = {**FORM_DATA, "token": str(uuid.uuid4())}

    assert len({client.post(url, typed).url for _press in range(2)}) == 1
    assert Activity.objects.filter(kind="collection", verb="began").count() == 1


def test_incomplete_collection_form_keeps_typed_values(client, coalition, member):
    client.force_login(member)
    answer = client.post(reverse("library:collection_new", args=[coalition.slug]), {**FORM_DATA, "title": ""})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"title": ["Enter a title that describes the content."]}
    assert FORM_DATA["introduction"] in answer.text
    assert not Collection.objects.exists()


def test_collection_requires_membership(client, coalition, outsider):
    item = create_record_of_each_kind(coalition, "open to all")[0]
    client.force_login(outsider)

    assert client.post(reverse("library:collection_new", args=[coalition.slug]), FORM_DATA).status_code == 403
    assert client.get(reverse("library:collect", args=[coalition.slug, item.pk])).status_code == 403


def test_any_record_can_be_added_to_own_collection(client, coalition, member, three_items):
    document = DocumentFactory(coalition=coalition, title="A report", published=True)
    theirs = CollectionFactory(coalition=coalition, published=True)
    client.force_login(member)
    url = reverse("library:collect", args=[coalition.slug, document.pk])
    offered = client.get(url).context["form"].collections
    put = client.post(url, {"collection": three_items.pk})
    again = client.post(url, {"collection": three_items.pk})

    assert list(offered) == [three_items.pk]
    assert (put.url, again.url) == (get_page_url(three_items), get_page_url(three_items))
    assert list_shown_entries(client.get(get_page_url(three_items))) == ["one", "two", "three", "A report"]
    assert client.post(url, {"collection": theirs.pk}).status_code == 422
    assert client.post(url).context["form"].errors == {"collection": ["Choose one of your collections."]}
    assert Activity.objects.filter(kind="collection", verb="collected").count() == 1


@pytest.mark.parametrize("record_state", [State.DRAFT, State.WITHDRAWN])
def test_unpublished_record_cannot_be_collected(coalition, member, three_items, record_state):
    more = (
        {"withdrawn_at": three_items.published_at, "withdrawn_because": "wrong"}
        if record_state == State.WITHDRAWN
        else {}
    )
    item = ItemFactory(coalition=coalition, author=member, state=record_state, **more)

    with pytest.raises(PermissionDenied):
        actions.add_record_to_collection(actor=member, collection=three_items, record=item)


def test_record_of_other_coalition_cannot_be_collected(member, three_items):
    with pytest.raises(PermissionDenied):
        actions.add_record_to_collection(actor=member, collection=three_items, record=ItemFactory(published=True))


def test_adding_to_full_collection_shows_field_error(client, coalition, member, three_items, monkeypatch):
    monkeypatch.setattr(deeds, "MAX_COLLECTION_ENTRIES", 3)
    item = create_record_of_each_kind(coalition, "four")[0]
    client.force_login(member)
    answer = client.post(reverse("library:collect", args=[coalition.slug, item.pk]), {"collection": three_items.pk})

    assert answer.status_code == 422
    assert answer.context["form"].errors["collection"] == [
        "Remove a record first, or create another collection. A collection can have at most 3 records."
    ]


def test_buttons_reorder_collection(client, member, three_items):
    client.force_login(member)

    def press_entry_button(button_name, record_title):
        entry = CollectionEntry.objects.get(collection=three_items, record__title=record_title)
        return client.post(get_page_url(three_items, f"entry_{button_name}", entry=entry.pk), follow=True)

    assert list_shown_entries(press_entry_button("up", "three")) == ["one", "three", "two"]
    assert list_shown_entries(press_entry_button("down", "one")) == ["three", "one", "two"]
    assert list_shown_entries(press_entry_button("up", "three")) == ["three", "one", "two"]
    assert list_shown_entries(press_entry_button("down", "two")) == ["three", "one", "two"]
    assert list_shown_entries(press_entry_button("remove", "one")) == ["three", "two"]
    assert Activity.objects.filter(verb="ordered").count() == 2


def test_entry_moves_past_records_hidden_from_editor(coalition, member):
    first, last = create_record_of_each_kind(coalition, "first", "last")
    closed = create_record_of_each_kind(coalition, "closed", label=Label.RED)[0]
    collection = CollectionFactory(coalition=coalition, author=member, holding=[first, closed, last])
    actions.move_collection_entry(actor=member, collection_entry=collection.entries.get(record=last), step_count=-1)

    assert [entry.record.title for entry in collection.entries.all()] == ["last", "first", "closed"]


def test_collection_is_changed_by_editor_only(client, coalition, member, outsider, three_items):
    entry = three_items.entries.first()
    for person, status in ((outsider, 403), (AffiliationFactory(organisation__coalition=coalition).person, 403)):
        client.force_login(person)
        for deed in ("up", "down", "remove"):
            assert client.post(get_page_url(three_items, f"entry_{deed}", entry=entry.pk)).status_code == status
        assert client.get(get_page_url(three_items, "collection_edit")).status_code == status
        assert client.post(get_page_url(three_items, "collection_publish")).status_code == status

    assert [row.record.title for row in three_items.entries.all()] == ["one", "two", "three"]


def test_collection_shows_readable_records_and_counts_hidden(client, coalition, member, coordinator):
    records = [
        *create_record_of_each_kind(coalition, "open"),
        *create_record_of_each_kind(coalition, "for members", label=Label.GREEN),
        *create_record_of_each_kind(coalition, "for few", label=Label.RED),
        ItemFactory(coalition=coalition, title="a draft", author=member),
    ]
    collection = CollectionFactory(coalition=coalition, author=member, holding=records, published=True)
    seen = {"visitor": client.get(get_page_url(collection))}
    for name, person in (("member", member), ("coordinator", coordinator)):
        client.force_login(person)
        seen[name] = client.get(get_page_url(collection))

    assert {who: (list_shown_entries(page), page.context.get("left_out")) for who, page in seen.items()} == {
        "visitor": (["open"], None),
        "member": (["open", "for members"], 2),
        "coordinator": (["open", "for members"], 2),
    }
    assert "This collection has 2 more records" in seen["member"].text
    assert "more records" not in seen["visitor"].text


def test_withdrawn_record_leaves_collection_and_files(client, coalition, member, three_items):
    record = three_items.entries.get(record__title="two").record
    whole = [get_page_url(three_items, "collection_read"), get_page_url(three_items, "collection_file", ending="docx")]
    before = [extract_response_text(client.get(url)) for url in whole]
    withdraw_record(actor=member, record=record, reason="It was wrong.", is_trusted=True)
    after = [extract_response_text(client.get(url)) for url in whole]

    assert ["two" in text for text in before] == [True, True]
    assert ["two" in text for text in after] == [False, False]
    assert list_shown_entries(client.get(get_page_url(three_items))) == ["one", "three"]


def test_collection_is_published_by_author(client, coalition, member):
    collection = CollectionFactory(coalition=coalition, author=member)
    client.force_login(member)
    client.post(get_page_url(collection, "collection_publish"))
    collection.refresh_from_db()

    assert collection.state == State.PUBLISHED


def test_collection_with_identifying_words_needs_other_publisher(client, coalition, member, rapporteur):
    collection = CollectionFactory(coalition=coalition, author=member, introduction="Write to anna@example.org.")
    states = []
    for person in (member, member, rapporteur):
        client.force_login(person)
        client.post(get_page_url(collection, "collection_publish"))
        collection.refresh_from_db()
        states.append(collection.state)

    assert states == [State.SUBMITTED, State.SUBMITTED, State.PUBLISHED]
    assert list(Activity.objects.filter(kind="collection").values_list("verb", flat=True)) == ["submitted", "published"]


def test_collection_with_identifying_words_and_no_reviewer_is_refused(client, coalition, member):
    collection = CollectionFactory(
        coalition=coalition, author=member, introduction="Write to anna@example.org.", label=Label.RED
    )
    client.force_login(member)
    answer = client.post(get_page_url(collection, "collection_publish"), follow=True)
    collection.refresh_from_db()

    assert collection.state == State.DRAFT
    assert "Change the words that may identify a person before you publish the collection." in answer.text


def test_concurrent_collection_edits_show_both_versions(client, member, three_items):
    client.force_login(member)
    typed = {"title": three_items.title, "language": "en", "version": 1}
    saved = client.post(get_page_url(three_items, "collection_edit"), {**typed, "introduction": "Theirs"})
    overtaken = client.post(get_page_url(three_items, "collection_edit"), {**typed, "introduction": "Mine"})

    assert (saved.status_code, overtaken.status_code) == (302, 409)
    assert [(f.label, f.now, f.yours) for f in overtaken.context["differences"]] == [("Introduction", "Theirs", "Mine")]


@pytest.fixture
def toolkit_collection(coalition, member):
    """A collection of three kinds, with sources and licences."""
    organisation = OrganisationFactory(coalition=coalition, name="The ministry")
    AffiliationFactory(person=member, organisation=organisation)
    item = actions.share_item(
        actor=member,
        coalition=coalition,
        kind="good-practice",
        title="Nine providers at one table",
        organisation=organisation,
        what_worked="Each was sent *the text* before.\n\n- by post\n- by mail",
        what_changed="All signed.",
    )
    details = {"licence": "cc-by", "problem": "Nobody answered."}
    item = actions.change_item(actor=member, item=item, changes={"details": details}, from_version=1)
    WebLink.objects.create(item=item, url="https://example.org/the-text")
    item = actions.publish_item(actor=member, item=item)
    document = DocumentFactory(coalition=coalition, title="A report", text="It was long ago.", published=True)
    entry = EntryFactory(coalition=coalition, text="It was agreed to meet again.", published=True)
    entry.sources.create(document=document, start=0, end=6, quote="It was")
    return CollectionFactory(
        coalition=coalition,
        title="First steps",
        introduction="For a ministry that begins.",
        author=member,
        holding=[item, document, entry],
        published=True,
    )


def extract_response_text(response):
    kind, body = response.headers["Content-Type"], response.content
    if "pdf" in kind:
        pages = pypdfium2.PdfDocument(body)
        text = " ".join(page.get_textpage().get_text_range() for page in pages)
    elif "word" in kind:
        text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(body)).paragraphs)
    else:
        text = re.sub(r"<[^>]*>", " ", body.decode())
    return " ".join(text.split())


@pytest.mark.parametrize("file_format", ["html", "docx", "pdf"])
def test_collection_document_has_contents_sources_and_licences(client, toolkit_collection, file_format):
    url = (
        get_page_url(toolkit_collection, "collection_read")
        if file_format == "html"
        else get_page_url(toolkit_collection, "collection_file", ending=file_format)
    )
    text = extract_response_text(client.get(url))
    said = [
        "First steps",
        "For a ministry that begins.",
        "Contents",
        "Nine providers at one table",
        "The ministry",
        "Each was sent the text before.",
        "All signed.",
        "Nobody answered.",
        "It was long ago.",
        "It was agreed to meet again.",
        "Sources and licences",
        "Licence: CC BY (name the author)",
        "Licence: not stated; ask before you use it",
        "Sources: A report",
        "https://example.org/the-text",
    ]

    assert [words for words in said if words not in text] == []


def test_collection_file_is_named_after_collection(client, toolkit_collection):
    answer = client.get(get_page_url(toolkit_collection, "collection_file", ending="docx"))

    assert answer.headers["Content-Disposition"] == 'attachment; filename="First steps.docx"'
    assert client.get(get_page_url(toolkit_collection, "collection_file", ending="exe")).status_code == 404


def test_collection_document_has_strictest_label(client, coalition, member):
    records = [
        *create_record_of_each_kind(coalition, "open"),
        *create_record_of_each_kind(coalition, "for members", label=Label.GREEN),
    ]
    collection = CollectionFactory(coalition=coalition, author=member, holding=records, published=True)
    visitor = client.get(get_page_url(collection, "collection_read"))
    client.force_login(member)
    of_member = client.get(get_page_url(collection, "collection_read"))

    assert (visitor.context["label"], of_member.context["label"]) == (Label.CLEAR, Label.GREEN)
    assert 'data-label="green"' in of_member.text


def test_pdf_failure_shows_explanation(client, toolkit_collection, monkeypatch):
    def fail_to_render(_pdf_document):
        raise TypesettingError

    monkeypatch.setattr(views, "to_pdf", fail_to_render)
    answer = client.get(get_page_url(toolkit_collection, "collection_file", ending="pdf"))

    assert answer.status_code == 503
    assert "We could not create a PDF." in answer.text


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("route_name", "query_count"), [("collection_detail", 9), ("collection_read", 12)])
def test_collection_page_query_count_is_constant(
    client, coalition, member, count, route_name, query_count, django_assert_num_queries
):
    records = [ItemFactory(coalition=coalition, published=True) for _ in range(count)]
    for record in records:
        Authorship.objects.create(record=record, person=member, capacity=CapacityFactory(coalition=coalition))
    collection = CollectionFactory(coalition=coalition, author=member, holding=records, published=True)
    client.force_login(member)
    client.get(get_page_url(collection, route_name))

    with django_assert_num_queries(query_count):
        client.get(get_page_url(collection, route_name))


@pytest.mark.parametrize("count", [1, 3])
def test_collection_list_query_count_is_constant(client, coalition, member, count, django_assert_num_queries):
    CollectionFactory.create_batch(count, coalition=coalition, author=member, published=True)
    CollectionFactory.create_batch(count, coalition=coalition, author=member)
    CollectionFactory(published=True)
    client.force_login(member)
    url = reverse("library:collection_list", args=[coalition.slug])
    client.get(url)

    with django_assert_num_queries(7):
        answer = client.get(url)

    assert len(answer.context["page"].rows) == count
