"""Beginning a text: with a template, a file, what others made, or what was said in a meeting."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape

from jukwaa.drafting import actions, text_templates
from jukwaa.drafting.actions import ClauseDraft
from jukwaa.drafting.models import Form, Lineage, Placement, Text
from jukwaa.library.schema import SCHEMA_LANGUAGES, SchemaError
from jukwaa.records.models import Audience, Held, Label, Link
from tests.drafting.test_writing_files import MARKDOWN_FILE
from tests.factories import EntryFactory, ItemFactory, TextFactory


@pytest.fixture
def signed_in_client(client, member):
    client.force_login(member)
    return client


@pytest.fixture
def new_text_url(coalition) -> str:
    return reverse("drafting:text_new", args=[coalition.slug])


def get_form_data(**more) -> dict:
    about = {"title": "A text", "form": "guideline", "language": "en", "label": "TLP:GREEN", "begins": "template"}
    return about | {"token": str(uuid.uuid4())} | more


def list_clause_kinds(text: Text) -> list[tuple[str, str]]:
    return [(p.kind, p.wording.body) for p in Placement.objects.now(text)]


# ---- templates


def test_template_of_each_form_exists_in_all_languages():
    assert list(text_templates.load_text_templates()) == [
        form for form in Form.values if form != Form.DECISION
    ]  # proposed, not drafted
    for template in text_templates.load_text_templates().values():
        lengths = {len(template.get_template_clauses(language)) for language in ("en", "fr", "es", "ar", "pt-BR")}
        assert lengths == {len(template.parts)}


def test_templates_have_portuguese_clauses_too():
    parts = [part for template in text_templates.load_text_templates().values() for part in template.parts]

    assert [part.body["en"] for part in parts if part.get_body("pt-BR") == part.body["en"]] == []


@pytest.mark.parametrize(
    ("template_row", "expected_sentence"),
    [
        ({"kind": "verse", "body": dict.fromkeys(SCHEMA_LANGUAGES, "x")}, "t: clause 1 is of kind 'verse'"),
        ({"level": 9, "body": dict.fromkeys(SCHEMA_LANGUAGES, "x")}, "t: clause 1 is on level 9"),
        ({"body": {"en": "x"}}, r"t: clause 1 is not said in \['fr', 'es', 'ar'\]"),
        ({}, "t: clause 1 has no words"),
    ],
)
def test_broken_template_error_names_place(template_row, expected_sentence):
    with pytest.raises(SchemaError, match=expected_sentence):
        text_templates._parse_template_clause(template_row, "t", 1)


def test_new_text_has_template_clauses_in_its_language(signed_in_client, new_text_url):
    signed_in_client.post(f"{new_text_url}?form=statement", get_form_data(form="statement", language="fr"))

    assert list_clause_kinds(Text.objects.get())[0] == (
        "paragraph",
        "Nous, membres de [coalition], réunis à [lieu] le [jour],",
    )


def test_new_text_can_be_empty(signed_in_client, new_text_url):
    answer = signed_in_client.post(f"{new_text_url}?form=statement", get_form_data(begins="blank"))

    text = Text.objects.get()
    assert (list_clause_kinds(text), answer["Location"]) == ([], reverse("drafting:text_write", args=["ours", text.pk]))
    assert "No clauses yet." in signed_in_client.get(answer["Location"]).text


def test_form_sent_twice_creates_one_text(signed_in_client, new_text_url):
    sent = get_form_data()

    answers = [signed_in_client.post(f"{new_text_url}?form=guideline", sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Text.objects.count() == 1


def test_incomplete_form_keeps_typed_values(signed_in_client, new_text_url):
    answer = signed_in_client.post(
        f"{new_text_url}?form=guideline", get_form_data(title="", summary="For whoever begins.")
    )

    assert (answer.status_code, "For whoever begins.</textarea>" in answer.text) == (422, True)
    assert "Enter a title." in answer.text


def test_member_creates_text_for_own_organisation(client, delegate, organisation, new_text_url):
    client.force_login(delegate)
    client.post(
        f"{new_text_url}?form=guideline", get_form_data(owner=str(organisation.pk), capacity=str(organisation.pk))
    )

    text = Text.objects.get()
    assert (text.owner, text.authorships.get().capacity.organisation) == (organisation, organisation)


def test_text_creation_is_closed_to_others_than_members(client, outsider, new_text_url):
    client.force_login(outsider)

    assert [client.get(new_text_url).status_code, client.post(new_text_url, get_form_data()).status_code] == [403, 403]


# ---- files


def test_file_is_previewed_before_text_is_created(signed_in_client, coalition, new_text_url):
    bring_ = reverse("drafting:text_bring", args=[coalition.slug])
    preview = signed_in_client.post(bring_, {"file": SimpleUploadedFile("draft.md", MARKDOWN_FILE)}).text
    clauses = re.search(r'name="clauses" value="([^"]+)"', preview)[1]
    assert (Text.objects.count(), 'value="Working with providers"' in preview) == (0, True)
    assert ("<script>alert" in preview, escape("<script>alert(1)</script>") in preview) == (False, True)

    refused = signed_in_client.post(new_text_url, get_form_data(title="", clauses=clauses))
    signed_in_client.post(new_text_url, get_form_data(clauses=clauses))

    assert (refused.status_code, clauses in refused.text, "Purpose" in refused.text) == (422, True, True)
    assert list_clause_kinds(Text.objects.get())[:2] == [
        ("heading", "Purpose"),
        ("paragraph", "It helps, see the law (https://example.org/law).[1]"),
    ]


def test_previewed_file_content_cannot_be_tampered_with(signed_in_client, new_text_url):
    answer = signed_in_client.post(new_text_url, get_form_data(clauses="forged"))

    assert (answer.status_code, "Choose the file again." in answer.text) == (422, True)


def test_unreadable_file_is_refused_with_reason(signed_in_client, coalition):
    answer = signed_in_client.post(
        reverse("drafting:text_bring", args=[coalition.slug]), {"file": SimpleUploadedFile("old.doc", b"x" * 50)}
    )

    assert (answer.status_code, ".doc" in answer.text) == (422, True)


def test_new_text_is_limited_to_5000_clauses(signed_in_client, coalition, new_text_url, member):
    lines = b"\n\n".join(b"Clause." for _ in range(5_001))
    bring_ = reverse("drafting:text_bring", args=[coalition.slug])
    clauses = re.search(
        r'name="clauses" value="([^"]+)"',
        signed_in_client.post(bring_, {"file": SimpleUploadedFile("a.txt", lines)}).text,
    )[1]

    answer = signed_in_client.post(new_text_url, get_form_data(clauses=clauses))

    assert (answer.status_code, "at most 5000 clauses" in answer.text, Text.objects.count()) == (422, True, 0)


# ---- other records


def test_adapted_text_records_source_of_each_clause(signed_in_client, coalition, new_text_url):
    other = TextFactory(coalition=coalition, published=True, saying=["One.", "Two."], title="The other")
    page = signed_in_client.get(f"{new_text_url}?adapt={other.pk}").text

    signed_in_client.post(f"{new_text_url}?adapt={other.pk}", get_form_data(title="Ours", label="TLP:CLEAR"))

    text = Text.objects.get(title="Ours")
    assert ("One." in page, "The other" in page) == (True, True)
    assert list_clause_kinds(text) == [("paragraph", "One."), ("paragraph", "Two.")]
    assert list(Lineage.objects.values_list("clause__text", "origin__text", "origin__number", "how")) == [
        (text.pk, other.pk, 1, "adapted"),
        (text.pk, other.pk, 2, "adapted"),
    ]
    link = Link.objects.get()
    assert (link.from_record_id, link.to_record_id, link.relation, link.version) == (
        text.pk,
        other.pk,
        "adapted-from",
        1,
    )


def test_library_item_is_adapted_into_clauses(signed_in_client, coalition, new_text_url):
    item = ItemFactory(
        coalition=coalition, kind="good-practice", published=True, what_worked="A door.\n\n- Open", what_changed=""
    )

    signed_in_client.post(f"{new_text_url}?adapt={item.pk}", get_form_data(label="TLP:CLEAR"))

    assert list_clause_kinds(Text.objects.get())[1:] == [("paragraph", "A door."), ("bullet", "Open")]


def test_adapted_text_is_no_more_open_than_source(signed_in_client, coalition, new_text_url):
    other = TextFactory(coalition=coalition, published=True, label=Label.GREEN, saying=["One."])

    answer = signed_in_client.post(f"{new_text_url}?adapt={other.pk}", get_form_data(label="TLP:CLEAR"))

    assert (
        answer.status_code,
        "Choose TLP:GREEN or a stricter label. This record was created from records that have fewer readers."
        in answer.text,
    ) == (422, True)


def test_adapted_text_does_not_reveal_audience_of_source(signed_in_client, coalition, new_text_url, member, delegate):
    other = TextFactory(coalition=coalition, published=True, label=Label.RED, saying=["One."])
    for person in (member, delegate):
        Audience.objects.create(record_id=other.pk, person=person)

    page = signed_in_client.get(f"{new_text_url}?adapt={other.pk}").text
    assert (delegate.email in page, delegate.name in page, 'value="TLP:RED"' in page) == (False, False, True)


def test_text_starts_from_minutes_entry(signed_in_client, coalition, new_text_url):
    entry = EntryFactory(coalition=coalition, published=True, text="We should write a guideline.")
    page = signed_in_client.get(entry.get_absolute_url()).text
    address = re.search(r'href="([^"]+from=\d+)"', page)[1]
    assert address == f"{new_text_url}?from={entry.pk}"

    signed_in_client.post(f"{address}&form=guideline", get_form_data())

    link = Link.objects.get()
    assert (link.from_record_id, link.to_record_id, link.relation) == (Text.objects.get().pk, entry.pk, "began-as")


def test_text_cannot_start_from_unreadable_source(signed_in_client, coalition, new_text_url):
    closed = TextFactory(coalition=coalition, published=True, label=Label.RED, saying=["One."])

    assert [signed_in_client.get(f"{new_text_url}?{name}={closed.pk}").status_code for name in ("adapt", "from")] == [
        404,
        404,
    ]


def test_disclosure_in_new_text_is_quarantined(signed_in_client, new_text_url):
    tells = (
        "A girl of 11 told me that her uncle abuses her. She is called Ana and goes to the school in Example Street."
    )

    answer = signed_in_client.post(f"{new_text_url}?form=guideline", get_form_data(summary=tells))

    assert (Text.objects.count(), Held.objects.count(), answer.status_code) == (0, 1, 302)


def test_source_text_is_found_by_search(signed_in_client, coalition, new_text_url, member):
    text = actions.begin_text(
        actor=member,
        coalition=coalition,
        title="Hotlines",
        form="guideline",
        beginning=actions.TextStart([ClauseDraft("x")]),
    )
    actions.open_text_to_readers(actor=member, text=text)

    page = signed_in_client.get(f"{new_text_url}?q=hotlines").text

    assert f"?adapt={text.pk}" in page
