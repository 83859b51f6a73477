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
from jukwaa.library.schema import LANGUAGES, SchemaError
from jukwaa.records.models import Audience, Held, Label, Link
from tests.drafting.test_writing_files import MARKDOWN
from tests.factories import EntryFactory, ItemFactory, TextFactory


@pytest.fixture
def inside(client, member):
    client.force_login(member)
    return client


@pytest.fixture
def new(coalition) -> str:
    return reverse("drafting:text_new", args=[coalition.slug])


def said(**more) -> dict:
    about = {"title": "A text", "form": "guideline", "language": "en", "label": "TLP:GREEN", "begins": "template"}
    return about | {"token": str(uuid.uuid4())} | more


def now(text: Text) -> list[tuple[str, str]]:
    return [(p.kind, p.wording.body) for p in Placement.objects.now(text)]


# ---- templates


def test_each_form_has_a_template_in_all_languages_of_the_interface():
    assert list(text_templates.load_templates()) == [
        form for form in Form.values if form != Form.DECISION
    ]  # proposed, not drafted
    for template in text_templates.load_templates().values():
        lengths = {len(template.get_clauses(language)) for language in ("en", "fr", "es", "ar", "pt-BR")}
        assert lengths == {len(template.parts)}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"kind": "verse", "body": dict.fromkeys(LANGUAGES, "x")}, "t: clause 1 is of kind 'verse'"),
        ({"level": 9, "body": dict.fromkeys(LANGUAGES, "x")}, "t: clause 1 is on level 9"),
        ({"body": {"en": "x"}}, r"t: clause 1 is not said in \['fr', 'es', 'ar'\]"),
        ({}, "t: clause 1 has no words"),
    ],
)
def test_a_template_that_is_broken_says_where(row, sentence):
    with pytest.raises(SchemaError, match=sentence):
        text_templates._parse_clause(row, "t", 1)


def test_a_text_begins_with_the_parts_of_its_template_in_its_own_language(inside, new):
    inside.post(f"{new}?form=statement", said(form="statement", language="fr"))

    assert now(Text.objects.get())[0] == ("paragraph", "Nous, membres de [coalition], réunis à [lieu] le [jour],")


def test_a_text_begins_with_nothing(inside, new):
    answer = inside.post(f"{new}?form=statement", said(begins="blank"))

    text = Text.objects.get()
    assert (now(text), answer["Location"]) == ([], reverse("drafting:text_write", args=["ours", text.pk]))
    assert "No clauses yet." in inside.get(answer["Location"]).text


def test_pressed_twice_a_text_is_begun_once(inside, new):
    sent = said()

    answers = [inside.post(f"{new}?form=guideline", sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Text.objects.count() == 1


def test_what_was_said_of_it_comes_back_where_something_is_missing(inside, new):
    answer = inside.post(f"{new}?form=guideline", said(title="", summary="For whoever begins."))

    assert (answer.status_code, "For whoever begins.</textarea>" in answer.text) == (422, True)
    assert "Enter a title." in answer.text


def test_a_member_begins_the_text_of_an_organisation_that_they_speak_for(client, delegate, organisation, new):
    client.force_login(delegate)
    client.post(f"{new}?form=guideline", said(owner=str(organisation.pk), capacity=str(organisation.pk)))

    text = Text.objects.get()
    assert (text.owner, text.authorships.get().capacity.organisation) == (organisation, organisation)


def test_whoever_is_no_member_begins_no_text(client, outsider, new):
    client.force_login(outsider)

    assert [client.get(new).status_code, client.post(new, said()).status_code] == [403, 403]


# ---- files


def test_a_file_is_shown_before_anything_of_it_is_kept_and_then_begun(inside, coalition, new):
    bring_ = reverse("drafting:text_bring", args=[coalition.slug])
    preview = inside.post(bring_, {"file": SimpleUploadedFile("draft.md", MARKDOWN)}).text
    clauses = re.search(r'name="clauses" value="([^"]+)"', preview)[1]
    assert (Text.objects.count(), 'value="Working with providers"' in preview) == (0, True)
    assert ("<script>alert" in preview, escape("<script>alert(1)</script>") in preview) == (False, True)

    refused = inside.post(new, said(title="", clauses=clauses))
    inside.post(new, said(clauses=clauses))

    assert (refused.status_code, clauses in refused.text, "Purpose" in refused.text) == (422, True, True)
    assert now(Text.objects.get())[:2] == [
        ("heading", "Purpose"),
        ("paragraph", "It helps, see the law (https://example.org/law).[1]"),
    ]


def test_what_was_read_from_a_file_cannot_be_changed_on_the_way(inside, new):
    answer = inside.post(new, said(clauses="forged"))

    assert (answer.status_code, "Choose the file again." in answer.text) == (422, True)


def test_a_file_that_cannot_be_read_says_why(inside, coalition):
    answer = inside.post(
        reverse("drafting:text_bring", args=[coalition.slug]), {"file": SimpleUploadedFile("old.doc", b"x" * 50)}
    )

    assert (answer.status_code, ".doc" in answer.text) == (422, True)


def test_five_thousand_clauses_begin_a_text_and_one_more_does_not(inside, coalition, new, member):
    lines = b"\n\n".join(b"Clause." for _ in range(5_001))
    bring_ = reverse("drafting:text_bring", args=[coalition.slug])
    clauses = re.search(
        r'name="clauses" value="([^"]+)"', inside.post(bring_, {"file": SimpleUploadedFile("a.txt", lines)}).text
    )[1]

    answer = inside.post(new, said(clauses=clauses))

    assert (answer.status_code, "at most 5000 clauses" in answer.text, Text.objects.count()) == (422, True, 0)


# ---- other records


def test_a_text_that_is_adapted_keeps_where_each_of_its_clauses_comes_from(inside, coalition, new):
    other = TextFactory(coalition=coalition, published=True, saying=["One.", "Two."], title="The other")
    page = inside.get(f"{new}?adapt={other.pk}").text

    inside.post(f"{new}?adapt={other.pk}", said(title="Ours", label="TLP:CLEAR"))

    text = Text.objects.get(title="Ours")
    assert ("One." in page, "The other" in page) == (True, True)
    assert now(text) == [("paragraph", "One."), ("paragraph", "Two.")]
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


def test_an_item_of_the_library_becomes_clauses(inside, coalition, new):
    item = ItemFactory(
        coalition=coalition, kind="good-practice", published=True, what_worked="A door.\n\n- Open", what_changed=""
    )

    inside.post(f"{new}?adapt={item.pk}", said(label="TLP:CLEAR"))

    assert now(Text.objects.get())[1:] == [("paragraph", "A door."), ("bullet", "Open")]


def test_what_is_read_by_few_is_not_opened_to_more_by_adapting_it(inside, coalition, new):
    other = TextFactory(coalition=coalition, published=True, label=Label.GREEN, saying=["One."])

    answer = inside.post(f"{new}?adapt={other.pk}", said(label="TLP:CLEAR"))

    assert (
        answer.status_code,
        "Choose at most TLP:GREEN: the records this was made from have fewer readers." in answer.text,
    ) == (422, True)


def test_whom_a_record_names_is_told_to_none_of_its_readers(inside, coalition, new, member, delegate):
    other = TextFactory(coalition=coalition, published=True, label=Label.RED, saying=["One."])
    for person in (member, delegate):
        Audience.objects.create(record_id=other.pk, person=person)

    page = inside.get(f"{new}?adapt={other.pk}").text
    assert (delegate.email in page, delegate.name in page, 'value="TLP:RED"' in page) == (False, False, True)


def test_a_text_begins_as_what_was_said_in_a_meeting(inside, coalition, new):
    entry = EntryFactory(coalition=coalition, published=True, text="We should write a guideline.")
    page = inside.get(entry.get_absolute_url()).text
    address = re.search(r'href="([^"]+from=\d+)"', page)[1]
    assert address == f"{new}?from={entry.pk}"

    inside.post(f"{address}&form=guideline", said())

    link = Link.objects.get()
    assert (link.from_record_id, link.to_record_id, link.relation) == (Text.objects.get().pk, entry.pk, "began-as")


def test_nothing_begins_with_what_one_may_not_read(inside, coalition, new):
    closed = TextFactory(coalition=coalition, published=True, label=Label.RED, saying=["One."])

    assert [inside.get(f"{new}?{name}={closed.pk}").status_code for name in ("adapt", "from")] == [404, 404]


def test_what_may_be_a_disclosure_goes_no_further(inside, new):
    tells = (
        "A girl of 11 told me that her uncle abuses her. She is called Ana and goes to the school in Example Street."
    )

    answer = inside.post(f"{new}?form=guideline", said(summary=tells))

    assert (Text.objects.count(), Held.objects.count(), answer.status_code) == (0, 1, 302)


def test_what_others_made_is_found_by_its_words(inside, coalition, new, member):
    text = actions.begin_text(
        actor=member,
        coalition=coalition,
        title="Hotlines",
        form="guideline",
        beginning=actions.TextStart([ClauseDraft("x")]),
    )
    actions.open_text(actor=member, text=text)

    page = inside.get(f"{new}?q=hotlines").text

    assert f"?adapt={text.pk}" in page
