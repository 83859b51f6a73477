"""Version 1.0: what must have been answered before, what is printed with it, and its files."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from jukwaa.coalitions.models import Activity, Role
from jukwaa.core.documents.incoming import extract_text
from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting import actions
from jukwaa.drafting.actions import EditionDetails
from jukwaa.drafting.models import Clause, Edition, Input, Term
from jukwaa.library.actions import RecordReaders, change_record_readers
from jukwaa.library.models import Item
from jukwaa.records.actions import withdraw_record
from jukwaa.records.models import Link
from tests.drafting.consensus import (
    CLAUSE_BODIES,
    adopt_by_consensus,
    create_open_text,
    create_spokesperson,
    end_consensus_call,
    name_text_revision,
    open_consensus_call,
    submit_call_position,
)
from tests.drafting.test_consensus_calls import create_member_input
from tests.factories import ConsultationFactory

REASON_WITHOUT_CALL = "It is a translation of what was agreed elsewhere."


@pytest.fixture
def text(coalition, member):
    return create_open_text(coalition, member)


@pytest.fixture
def published_edition(text, rapporteur):
    return publish_next_edition(rapporteur, text, without_call=REASON_WITHOUT_CALL)


def publish_next_edition(actor, text, **issue):
    organisation = issue.pop("organisation", None)
    return actions.publish_edition(
        actor=actor, text=text, edition_details=EditionDetails(**issue), organisation=organisation
    )


def get_publishing_refusal(*args, **kwargs):
    with pytest.raises(ActionRefused) as refused, transaction.atomic():
        publish_next_edition(*args, **kwargs)
    return str(refused.value), refused.value.field


def build_text_url(route_name, text, *more):
    return reverse(f"drafting:{route_name}", args=[text.coalition.slug, text.pk, *more])


def test_edition_is_refused_while_inputs_are_unanswered(text, member, rapporteur):
    given = create_member_input(text, member)
    sentence = "Respond to all inputs first. 1 input has no response yet."
    assert get_publishing_refusal(rapporteur, text, without_call=REASON_WITHOUT_CALL) == (sentence, None)
    Input.objects.filter(pk=given.pk).update(disposition="noted")

    assert publish_next_edition(rapporteur, text, without_call=REASON_WITHOUT_CALL).number == "1.0"


def test_edition_is_refused_during_consultation(text, rapporteur):
    asked = ConsultationFactory(text=text)
    sentence = "Wait until the consultation has ended, or close it."
    assert get_publishing_refusal(rapporteur, text, without_call=REASON_WITHOUT_CALL) == (sentence, None)
    actions.close_consultation(actor=rapporteur, consultation=asked)

    assert publish_next_edition(rapporteur, text, without_call=REASON_WITHOUT_CALL).number == "1.0"


def test_edition_is_refused_during_call(text, rapporteur, coordinator):
    open_consensus_call(text, coordinator)

    assert (
        "Declare the outcome of the consensus call first"
        in get_publishing_refusal(rapporteur, text, without_call=REASON_WITHOUT_CALL)[0]
    )


def test_edition_of_unopened_text_is_refused(coalition, member, rapporteur):
    text = actions.begin_text(actor=member, coalition=coalition, title="Young", form="guideline")

    assert get_publishing_refusal(rapporteur, text)[0] == (
        "Share the text with its readers first. Create a revision first."
    )


def test_edition_is_published_by_editors_only(text, member):
    with pytest.raises(PermissionDenied):
        publish_next_edition(member, text, without_call=REASON_WITHOUT_CALL)


def test_edition_without_call_prints_reason(client, text, rapporteur):
    assert get_publishing_refusal(rapporteur, text) == (
        "Open a consensus call first, or explain below why you are publishing without one.",
        "without_call",
    )
    edition = publish_next_edition(rapporteur, text, without_call=REASON_WITHOUT_CALL)

    assert (
        f"Published without a consensus call. Reason: {REASON_WITHOUT_CALL}"
        in client.get(edition.get_absolute_url()).text
    )


def test_edition_cites_call_on_same_revision_only(text, member, rapporteur, coordinator, delegate, organisation):
    call = adopt_by_consensus(text, coordinator, delegate, organisation)
    name_text_revision(text, member)
    assert get_publishing_refusal(rapporteur, text)[0].endswith("The text has changed since it was agreed.")
    again = adopt_by_consensus(text, coordinator, delegate, organisation)
    edition = publish_next_edition(rapporteur, text)

    assert (edition.call, edition.without_call, edition.revision.number) == (again, "", 2)
    assert call != again


def test_edition_is_library_item_that_links_to_it(client, published_edition, text, rapporteur):
    item = Item.objects.get()
    tie = Link.objects.get(from_record=item.pk)

    assert (item.kind, item.title, item.state, item.label) == ("guideline", text.title, "published", "TLP:CLEAR")
    assert item.what_worked == "For hotlines that begin to work with providers.\n\nSections:\n\n- Purpose"
    assert (tie.to_record_id, tie.relation, published_edition.item_id) == (text.pk, "began-as", item.pk)
    assert published_edition.get_absolute_url() in client.get(item.get_absolute_url()).text
    assert item.get_absolute_url() in client.get(published_edition.get_absolute_url()).text


@pytest.mark.parametrize(
    ("text_form", "item_kind"),
    [
        ("toolkit", "toolkit"),
        ("position", "law-or-policy"),
        ("statement", "law-or-policy"),
        ("action-plan", "initiative"),
        ("terms-of-reference", "model"),
    ],
)
def test_edition_item_kind_follows_form_of_text(coalition, member, rapporteur, text_form, item_kind):
    publish_next_edition(
        rapporteur, create_open_text(coalition, member, text_form=text_form), without_call=REASON_WITHOUT_CALL
    )

    assert Item.objects.get().kind == item_kind


def test_edition_item_has_capacity_of_publisher(text, coordinator, coalition, organisation, delegate):
    Role.objects.create(coalition=coalition, person=delegate, kind="rapporteur")
    publish_next_edition(delegate, text, without_call=REASON_WITHOUT_CALL, organisation=organisation)

    assert Item.objects.get().authorships.get().capacity.name == organisation.name


def test_edition_form_sent_twice_publishes_once(published_edition, text, rapporteur):
    again = publish_next_edition(rapporteur, text, without_call=REASON_WITHOUT_CALL)

    assert (again, Edition.objects.count(), Item.objects.count()) == (published_edition, 1, 1)
    assert Activity.objects.filter(kind="edition", verb="published").count() == 1


def test_edition_numbers_distinguish_corrections_and_changes(client, published_edition, text, member, rapporteur):
    name_text_revision(text, member, clause_body="Each provider names its contact.")
    assert get_publishing_refusal(rapporteur, text, is_minor=True)[1] == "errata"
    mended = publish_next_edition(
        rapporteur, text, is_minor=True, errata="“its” for “a” in clause 3.", without_call="As before."
    )
    name_text_revision(text, member)
    changed = publish_next_edition(rapporteur, text, without_call="As before.")

    assert [published_edition.number, mended.number, changed.number] == ["1.0", "1.1", "2.0"]
    assert {each.item_id for each in Edition.objects.all()} == {Item.objects.get().pk}
    assert Item.objects.get().what_changed == "1.1: “its” for “a” in clause 3."
    old, new = (client.get(each.get_absolute_url()).text for each in (published_edition, changed))
    assert "Version 1.0 has been superseded." in old
    assert changed.get_absolute_url() in old
    assert (CLAUSE_BODIES[1] in old, CLAUSE_BODIES[1] in new, "has been superseded" in new) == (True, False, False)
    assert "“its” for “a” in clause 3." in client.get(mended.get_absolute_url()).text


def test_first_edition_cannot_be_correction(text, rapporteur):
    assert get_publishing_refusal(rapporteur, text, is_minor=True, errata="A word.")[1] == "is_minor"


@pytest.fixture
def contested_call(text, coalition, coordinator, delegate, organisation, rapporteur):
    """Agreed, with an objection to clause 3 and a reservation to the whole."""
    person, helpline = create_spokesperson(coalition, "A helpline")
    call = open_consensus_call(text, coordinator)
    submit_call_position(delegate, call, organisation, "reservation", "It comes late.")
    clause = Clause.objects.get(text=text, number=3)
    submit_call_position(person, call, helpline, "object", "It invites <b>keeping</b> everything.", clause)
    actions.declare_call_outcome(
        actor=coordinator, call=end_consensus_call(call), outcome="with-dissent", reason="Most support it."
    )
    Term.objects.create(coalition=coalition, name="contact", meaning="A person who answers.", by=coordinator)
    return publish_next_edition(rapporteur, text)


def test_edition_prints_objections_verbatim(client, contested_call, text):
    page = client.get(contested_call.get_absolute_url()).text
    clause = page.partition('id="c3"')[2].partition("</article>")[0]

    assert "It invites &lt;b&gt;keeping&lt;/b&gt; everything." in clause
    assert "A helpline" in clause
    assert "It comes late." in page.partition('id="against"')[2]
    assert "With remaining objections, declared on" in page
    assert "A person who answers." in page


def test_edition_json_lists_clauses_with_objections(client, contested_call, settings):
    data = json.loads(client.get(build_text_url("edition_file", contested_call.text, 1, 0, "json")).content)
    base = f"{settings.SITE_URL}{contested_call.get_absolute_url()}"

    assert [(row["number"], row["kind"], row["level"], row["body"], row["address"]) for row in data["clauses"]] == [
        (1, "heading", 1, "Purpose", f"{base}#c1"),
        (2, "paragraph", 1, CLAUSE_BODIES[0], f"{base}#c2"),
        (3, "paragraph", 1, CLAUSE_BODIES[1], f"{base}#c3"),
    ]
    assert [len(row["positions_against"]) for row in data["clauses"]] == [0, 0, 1]
    assert data["clauses"][2]["positions_against"][0] | {"stakeholder_group": "", "regional_group": ""} == {
        "organisation": "A helpline",
        "regional_group": "",
        "stakeholder_group": "",
        "stance": "object",
        "reason": "It invites <b>keeping</b> everything.",
    }
    assert [row["reason"] for row in data["positions_against"]] == ["It comes late."]
    assert (data["version"], data["agreed"]["outcome"], data["schema"]) == ("1.0", "with-dissent", 1)
    assert data["definitions"] == [{"word": "contact", "meaning": "A person who answers.", "source": ""}]


def test_edition_files_contain_text_and_no_person(client, contested_call, member):
    said = {}
    for ending in ("docx", "pdf", "md"):
        answer = client.get(build_text_url("edition_file", contested_call.text, 1, 0, ending))
        assert (answer.status_code, f"Working with providers 1.0.{ending}" in answer["Content-Disposition"]) == (
            200,
            True,
        )
        body = answer.content
        said[ending] = body.decode() if ending == "md" else extract_text(body, f"a.{ending}").text
    for ending, words in said.items():
        flat = " ".join(words.split()).replace("\\", "")
        assert [CLAUSE_BODIES[0] in flat, "keeping</b> everything." in flat, "A helpline" in flat] == [True] * 3, ending
        assert member.name not in flat
    assert said["md"].startswith("# Working with providers\n")
    assert client.get(build_text_url("edition_file", contested_call.text, 1, 0, "exe")).status_code == 404


def test_markup_in_clause_is_escaped(client, coalition, member, rapporteur):
    text = create_open_text(coalition, member, clause_bodies=["<script>alert(1)</script> **not** [a](javascript:b)"])
    edition = publish_next_edition(rapporteur, text, without_call=REASON_WITHOUT_CALL)
    page = client.get(edition.get_absolute_url()).text
    written = client.get(build_text_url("edition_file", text, 1, 0, "md")).text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert r"\<script\>alert(1)\</script\> \*\*not\*\* \[a\](javascript:b)" in written


def test_lists_tables_and_notes_are_rendered_in_page_and_file(client, coalition, member, rapporteur):
    text = create_open_text(coalition, member)
    for body, kind in (("Risk | Time\nhigh | two hours", "table"), ("One", "bullet"), ("See law 1", "note")):
        actions.add_clauses(actor=member, text=text, clause_drafts=[actions.ClauseDraft(body, kind=kind)])
    actions.create_named_revision(actor=member, text=text)
    edition = publish_next_edition(rapporteur, text, without_call=REASON_WITHOUT_CALL)
    page = client.get(edition.get_absolute_url()).text
    written = client.get(build_text_url("edition_file", text, 1, 0, "md")).text

    assert '<th scope="col">Risk</th>' in page
    assert "<td>two hours</td>" in page
    assert "<ul><li>One</li></ul>" in page
    assert "| Risk | Time |\n| --- | --- |\n| high | two hours |" in written


def test_withdrawn_text_withdraws_item_and_editions(client, published_edition, text, coordinator):
    withdraw_record(actor=coordinator, record=text, reason="It was wrong.")

    assert Item.objects.get().state == "withdrawn"
    assert client.get(published_edition.get_absolute_url()).status_code == 404


LONG_TEXT_LENGTH = 1000


@pytest.fixture
def long_edition(coalition, member, rapporteur):
    bodies = [
        f"Clause {number} says what providers and hotlines do together. " * 3
        for number in range(LONG_TEXT_LENGTH - 101)
    ]
    text = create_open_text(coalition, member, clause_bodies=bodies)
    headings = [actions.ClauseDraft(f"Part {number}", kind="heading") for number in range(100)]
    actions.add_clauses(actor=member, text=text, clause_drafts=headings)
    actions.create_named_revision(actor=member, text=text)
    return publish_next_edition(rapporteur, text, without_call=REASON_WITHOUT_CALL)


def test_item_readers_follow_label_of_text(client, published_edition, text, member, rapporteur, organisation):
    def list_item_readers(tlp_label, **named):
        text.refresh_from_db()
        readers = RecordReaders(label=tlp_label, **named)
        actions.change_text(actor=member, text=text, changed_fields={}, from_version=text.version, readers=readers)
        item = Item.objects.get()
        return (
            item.label,
            [row.organisation for row in item.audience.all()],
            client.get(item.get_absolute_url()).status_code,
        )

    assert client.get(Item.objects.get().get_absolute_url()).status_code == 200
    assert list_item_readers("TLP:GREEN") == ("TLP:GREEN", [], 404)
    assert list_item_readers("TLP:AMBER", organisations=[organisation]) == ("TLP:AMBER", [organisation], 404)
    assert list_item_readers("TLP:CLEAR") == ("TLP:AMBER", [organisation], 404)  # opened again with the next edition
    name_text_revision(text, rapporteur)
    publish_next_edition(rapporteur, text, without_call=REASON_WITHOUT_CALL, errata="A deputy, too.")
    assert list_item_readers("TLP:CLEAR") == ("TLP:CLEAR", [], 200)


def test_item_label_cannot_exceed_label_of_text(published_edition, text, member, rapporteur):
    text.refresh_from_db()
    actions.change_text(
        actor=member, text=text, changed_fields={}, from_version=text.version, readers=RecordReaders("TLP:GREEN")
    )
    item = Item.objects.get()
    with pytest.raises(PermissionDenied, match="cannot have more readers"), transaction.atomic():
        change_record_readers(actor=rapporteur, record=item, readers=RecordReaders("TLP:CLEAR"))
    assert change_record_readers(actor=rapporteur, record=Item.objects.get(), readers=RecordReaders("TLP:AMBER+STRICT"))


def test_long_edition_is_paged_with_clause_addresses(client, long_edition, django_assert_max_num_queries):
    base = long_edition.get_absolute_url()
    with django_assert_max_num_queries(12):
        first = client.get(base)
    assert len(first.content) < 50_000
    assert first.text.count('class="clause"') < 100
    led = client.get(f"{base}c900/")
    page, _, anchor = led["Location"].partition("#")
    there = client.get(page)
    assert (anchor, 'id="c900"' in there.text, 'id="c900"' in first.text) == ("c900", True, False)
    assert len(there.content) < 50_000
    assert client.get(f"{base}c5000/").status_code == 404
    assert client.get(f"{base}?page=99999").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_edition_page_query_count_is_constant(
    client, coalition, member, rapporteur, coordinator, django_assert_num_queries, count
):
    text = create_open_text(coalition, member, clause_bodies=[f"Clause {number}." for number in range(count)])
    for number in range(count):
        Term.objects.create(coalition=coalition, name=f"Clause {number}", meaning="A clause.", by=coordinator)
    edition = publish_next_edition(rapporteur, text, without_call=REASON_WITHOUT_CALL)
    client.force_login(member)
    with django_assert_num_queries(12):
        answer = client.get(edition.get_absolute_url())

    assert answer.text.count('class="clause"') == count + 1


def test_edition_is_published_by_form(client, text, rapporteur, member):
    client.force_login(rapporteur)
    refused = client.post(build_text_url("edition_new", text), {"without_call": ""})
    assert (refused.status_code, "Open a consensus call first" in refused.text) == (422, True)
    done = client.post(build_text_url("edition_new", text), {"without_call": REASON_WITHOUT_CALL, "capacity": "own"})
    assert done["Location"] == build_text_url("edition_detail", text, 1, 0)
    name_text_revision(text, member)
    sent = {"change": "mended", "errata": "A deputy.", "without_call": REASON_WITHOUT_CALL}
    assert client.post(build_text_url("edition_new", text), sent)["Location"] == build_text_url(
        "edition_detail", text, 1, 1
    )
