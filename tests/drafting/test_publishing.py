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
from jukwaa.library.actions import Readers, change_readers
from jukwaa.library.models import Item
from jukwaa.records.actions import withdraw_record
from jukwaa.records.models import Link
from tests.drafting.agreeing import BODIES, agreed, called, closed, drafted, revised, speaker_of, stand
from tests.drafting.test_agreeing import input_to
from tests.factories import ConsultationFactory

WHY = "It is a translation of what was agreed elsewhere."


@pytest.fixture
def text(coalition, member):
    return drafted(coalition, member)


@pytest.fixture
def edition(text, rapporteur):
    return publish(rapporteur, text, without_call=WHY)


def publish(actor, text, **issue):
    organisation = issue.pop("organisation", None)
    return actions.publish_edition(actor=actor, text=text, issue=EditionDetails(**issue), organisation=organisation)


def refusal(*args, **kwargs):
    with pytest.raises(ActionRefused) as refused, transaction.atomic():
        publish(*args, **kwargs)
    return str(refused.value), refused.value.field


def url(name, text, *more):
    return reverse(f"drafting:{name}", args=[text.coalition.slug, text.pk, *more])


def test_it_is_not_published_while_an_input_waits(text, member, rapporteur):
    given = input_to(text, member)
    sentence = "Respond to all inputs first. 1 input has no response yet."
    assert refusal(rapporteur, text, without_call=WHY) == (sentence, None)
    Input.objects.filter(pk=given.pk).update(disposition="noted")

    assert publish(rapporteur, text, without_call=WHY).number == "1.0"


def test_it_is_not_published_while_inputs_are_asked_for(text, rapporteur):
    asked = ConsultationFactory(text=text)
    sentence = "Wait until the consultation has ended, or close it."
    assert refusal(rapporteur, text, without_call=WHY) == (sentence, None)
    actions.close_consultation(actor=rapporteur, consultation=asked)

    assert publish(rapporteur, text, without_call=WHY).number == "1.0"


def test_it_is_not_published_while_a_call_is_under_way(text, rapporteur, coordinator):
    called(text, coordinator)

    assert "Declare the outcome of the consensus call first" in refusal(rapporteur, text, without_call=WHY)[0]


def test_a_text_that_nobody_may_read_is_not_published(coalition, member, rapporteur):
    text = actions.begin_text(actor=member, coalition=coalition, title="Young", form="guideline")

    assert refusal(rapporteur, text)[0] == ("Share the text with its readers first. Create a revision first.")


def test_only_those_who_keep_the_record_publish(text, member):
    with pytest.raises(PermissionDenied):
        publish(member, text, without_call=WHY)


def test_without_a_call_it_says_why_and_that_is_printed_with_it(client, text, rapporteur):
    assert refusal(rapporteur, text) == (
        "Open a consensus call first, or enter below why you are publishing without one.",
        "without_call",
    )
    edition = publish(rapporteur, text, without_call=WHY)

    assert f"Published without a consensus call. Reason: {WHY}" in client.get(edition.get_absolute_url()).text


def test_a_call_stands_behind_the_revision_that_it_was_about(
    text, member, rapporteur, coordinator, delegate, organisation
):
    call = agreed(text, coordinator, delegate, organisation)
    revised(text, member)
    assert refusal(rapporteur, text)[0].endswith("The text has changed since it was agreed.")
    again = agreed(text, coordinator, delegate, organisation)
    edition = publish(rapporteur, text)

    assert (edition.call, edition.without_call, edition.revision.number) == (again, "", 2)
    assert call != again


def test_it_stands_in_the_library_and_its_item_leads_to_it(client, edition, text, rapporteur):
    item = Item.objects.get()
    tie = Link.objects.get(from_record=item.pk)

    assert (item.kind, item.title, item.state, item.label) == ("guideline", text.title, "published", "TLP:CLEAR")
    assert item.what_worked == "For hotlines that begin to work with providers.\n\nSections:\n\n- Purpose"
    assert (tie.to_record_id, tie.relation, edition.item_id) == (text.pk, "began-as", item.pk)
    assert edition.get_absolute_url() in client.get(item.get_absolute_url()).text
    assert item.get_absolute_url() in client.get(edition.get_absolute_url()).text


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("toolkit", "toolkit"),
        ("position", "law-or-policy"),
        ("statement", "law-or-policy"),
        ("action-plan", "initiative"),
        ("terms-of-reference", "model"),
    ],
)
def test_each_form_has_its_kind_in_the_library(coalition, member, rapporteur, form, kind):
    publish(rapporteur, drafted(coalition, member, form=form), without_call=WHY)

    assert Item.objects.get().kind == kind


def test_it_is_shared_in_the_capacity_of_whoever_publishes_it(text, coordinator, coalition, organisation, delegate):
    Role.objects.create(coalition=coalition, person=delegate, kind="rapporteur")
    publish(delegate, text, without_call=WHY, organisation=organisation)

    assert Item.objects.get().authorships.get().capacity.name == organisation.name


def test_pressed_twice_it_is_published_once(edition, text, rapporteur):
    again = publish(rapporteur, text, without_call=WHY)

    assert (again, Edition.objects.count(), Item.objects.count()) == (edition, 1, 1)
    assert Activity.objects.filter(kind="edition", verb="published").count() == 1


def test_what_is_mended_becomes_1_1_and_what_changed_2_0_and_the_one_before_says_so(
    client, edition, text, member, rapporteur
):
    revised(text, member, body="Each provider names its contact.")
    assert refusal(rapporteur, text, is_minor=True)[1] == "errata"
    mended = publish(rapporteur, text, is_minor=True, errata="“its” for “a” in clause 3.", without_call="As before.")
    revised(text, member)
    changed = publish(rapporteur, text, without_call="As before.")

    assert [edition.number, mended.number, changed.number] == ["1.0", "1.1", "2.0"]
    assert {each.item_id for each in Edition.objects.all()} == {Item.objects.get().pk}
    assert Item.objects.get().what_changed == "1.1: “its” for “a” in clause 3."
    old, new = (client.get(each.get_absolute_url()).text for each in (edition, changed))
    assert "Version 1.0 has been superseded." in old
    assert changed.get_absolute_url() in old
    assert (BODIES[1] in old, BODIES[1] in new, "has been superseded" in new) == (True, False, False)
    assert "“its” for “a” in clause 3." in client.get(mended.get_absolute_url()).text


def test_a_first_edition_mends_nothing(text, rapporteur):
    assert refusal(rapporteur, text, is_minor=True, errata="A word.")[1] == "is_minor"


@pytest.fixture
def contested(text, coalition, coordinator, delegate, organisation, rapporteur):
    """Agreed, with an objection to clause 3 and a reservation to the whole."""
    person, helpline = speaker_of(coalition, "A helpline")
    call = called(text, coordinator)
    stand(delegate, call, organisation, "reservation", "It comes late.")
    clause = Clause.objects.get(text=text, number=3)
    stand(person, call, helpline, "object", "It invites <b>keeping</b> everything.", clause)
    actions.declare_outcome(actor=coordinator, call=closed(call), outcome="with-dissent", reason="Most support it.")
    Term.objects.create(coalition=coalition, name="contact", meaning="A person who answers.", by=coordinator)
    return publish(rapporteur, text)


def test_objections_are_printed_with_the_text_in_their_own_words(client, contested, text):
    page = client.get(contested.get_absolute_url()).text
    clause = page.partition('id="c3"')[2].partition("</article>")[0]

    assert "It invites &lt;b&gt;keeping&lt;/b&gt; everything." in clause
    assert "A helpline" in clause
    assert "It comes late." in page.partition('id="against"')[2]
    assert "With remaining objections, declared on" in page
    assert "A person who answers." in page


def test_the_data_say_for_each_clause_what_it_is_and_who_stands_against_it(client, contested, settings):
    data = json.loads(client.get(url("edition_file", contested.text, 1, 0, "json")).content)
    base = f"{settings.SITE_URL}{contested.get_absolute_url()}"

    assert [(row["number"], row["kind"], row["level"], row["body"], row["address"]) for row in data["clauses"]] == [
        (1, "heading", 1, "Purpose", f"{base}#c1"),
        (2, "paragraph", 1, BODIES[0], f"{base}#c2"),
        (3, "paragraph", 1, BODIES[1], f"{base}#c3"),
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


def test_the_files_hold_the_text_and_name_no_person(client, contested, member):
    said = {}
    for ending in ("docx", "pdf", "md"):
        answer = client.get(url("edition_file", contested.text, 1, 0, ending))
        assert (answer.status_code, f"Working with providers 1.0.{ending}" in answer["Content-Disposition"]) == (
            200,
            True,
        )
        body = answer.content
        said[ending] = body.decode() if ending == "md" else extract_text(body, f"a.{ending}").text
    for ending, words in said.items():
        flat = " ".join(words.split()).replace("\\", "")
        assert [BODIES[0] in flat, "keeping</b> everything." in flat, "A helpline" in flat] == [True] * 3, ending
        assert member.name not in flat
    assert said["md"].startswith("# Working with providers\n")
    assert client.get(url("edition_file", contested.text, 1, 0, "exe")).status_code == 404


def test_markup_in_a_clause_stays_words(client, coalition, member, rapporteur):
    text = drafted(coalition, member, bodies=["<script>alert(1)</script> **not** [a](javascript:b)"])
    edition = publish(rapporteur, text, without_call=WHY)
    page = client.get(edition.get_absolute_url()).text
    written = client.get(url("edition_file", text, 1, 0, "md")).text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert r"\<script\>alert(1)\</script\> \*\*not\*\* \[a\](javascript:b)" in written


def test_lists_tables_and_notes_are_what_they_are_in_page_and_file(client, coalition, member, rapporteur):
    text = drafted(coalition, member)
    for body, kind in (("Risk | Time\nhigh | two hours", "table"), ("One", "bullet"), ("See law 1", "note")):
        actions.add_clauses(actor=member, text=text, drafts=[actions.ClauseDraft(body, kind=kind)])
    actions.name_revision(actor=member, text=text)
    edition = publish(rapporteur, text, without_call=WHY)
    page = client.get(edition.get_absolute_url()).text
    written = client.get(url("edition_file", text, 1, 0, "md")).text

    assert '<th scope="col">Risk</th>' in page
    assert "<td>two hours</td>" in page
    assert "<ul><li>One</li></ul>" in page
    assert "| Risk | Time |\n| --- | --- |\n| high | two hours |" in written


def test_a_withdrawn_text_takes_its_item_along_and_its_editions_are_gone(client, edition, text, coordinator):
    withdraw_record(actor=coordinator, record=text, reason="It was wrong.")

    assert Item.objects.get().state == "withdrawn"
    assert client.get(edition.get_absolute_url()).status_code == 404


LONG = 1000


@pytest.fixture
def long_edition(coalition, member, rapporteur):
    bodies = [f"Clause {number} says what providers and hotlines do together. " * 3 for number in range(LONG - 101)]
    text = drafted(coalition, member, bodies=bodies)
    headings = [actions.ClauseDraft(f"Part {number}", kind="heading") for number in range(100)]
    actions.add_clauses(actor=member, text=text, drafts=headings)
    actions.name_revision(actor=member, text=text)
    return publish(rapporteur, text, without_call=WHY)


def test_whoever_may_no_longer_read_the_text_may_not_read_its_item(
    client, edition, text, member, rapporteur, organisation
):
    def read_by(label, **named):
        text.refresh_from_db()
        readers = Readers(label=label, **named)
        actions.change_text(actor=member, text=text, changes={}, from_version=text.version, readers=readers)
        item = Item.objects.get()
        return (
            item.label,
            [row.organisation for row in item.audience.all()],
            client.get(item.get_absolute_url()).status_code,
        )

    assert client.get(Item.objects.get().get_absolute_url()).status_code == 200
    assert read_by("TLP:GREEN") == ("TLP:GREEN", [], 404)
    assert read_by("TLP:AMBER", organisations=[organisation]) == ("TLP:AMBER", [organisation], 404)
    assert read_by("TLP:CLEAR") == ("TLP:AMBER", [organisation], 404)  # opened again with the next edition
    revised(text, rapporteur)
    publish(rapporteur, text, without_call=WHY, errata="A deputy, too.")
    assert read_by("TLP:CLEAR") == ("TLP:CLEAR", [], 200)


def test_whoever_published_it_opens_its_item_no_further_than_the_text(edition, text, member, rapporteur):
    text.refresh_from_db()
    actions.change_text(actor=member, text=text, changes={}, from_version=text.version, readers=Readers("TLP:GREEN"))
    item = Item.objects.get()
    with pytest.raises(PermissionDenied, match="cannot have more readers"), transaction.atomic():
        change_readers(actor=rapporteur, record=item, readers=Readers("TLP:CLEAR"))
    assert change_readers(actor=rapporteur, record=Item.objects.get(), readers=Readers("TLP:AMBER+STRICT"))


def test_a_long_edition_is_read_in_pages_that_stay_small_and_each_clause_has_its_address(
    client, long_edition, django_assert_max_num_queries
):
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
def test_the_page_of_an_edition_costs_the_same_however_much_stands_on_it(
    client, coalition, member, rapporteur, coordinator, django_assert_num_queries, count
):
    text = drafted(coalition, member, bodies=[f"Clause {number}." for number in range(count)])
    for number in range(count):
        Term.objects.create(coalition=coalition, name=f"Clause {number}", meaning="A clause.", by=coordinator)
    edition = publish(rapporteur, text, without_call=WHY)
    client.force_login(member)
    with django_assert_num_queries(12):
        answer = client.get(edition.get_absolute_url())

    assert answer.text.count('class="clause"') == count + 1


def test_it_is_published_on_a_page(client, text, rapporteur, member):
    client.force_login(rapporteur)
    refused = client.post(url("edition_new", text), {"without_call": ""})
    assert (refused.status_code, "Open a consensus call first" in refused.text) == (422, True)
    done = client.post(url("edition_new", text), {"without_call": WHY, "capacity": "own"})
    assert done["Location"] == url("edition_detail", text, 1, 0)
    revised(text, member)
    sent = {"change": "mended", "errata": "A deputy.", "without_call": WHY}
    assert client.post(url("edition_new", text), sent)["Location"] == url("edition_detail", text, 1, 1)
