"""In which languages a brief is, who received it, what they asked, and what came of it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from jukwaa.drafting import actions as drafting
from jukwaa.drafting.models import Evidence, Lineage, Placement, Text
from jukwaa.home.tasks_page import get_tasks
from jukwaa.library.models import Use
from jukwaa.records.actions import withdraw_record
from jukwaa.records.actions.quarantine import hold_record_in_quarantine, purge_record
from jukwaa.records.models import Link, Record
from jukwaa.regions import actions
from jukwaa.regions.actions import BriefUseEvidence, DeliveryFacts
from jukwaa.regions.models import BriefQuestion, BriefShape, BriefTranslation, BriefUse, Delivery
from tests.factories import OrganisationFactory
from tests.regions.briefs import create_brief_of, create_practice, get_brief_url, publish_brief_edition


@pytest.fixture
def published_brief(coalition, rapporteur):
    return publish_brief_edition(
        create_brief_of(coalition, rapporteur, [create_practice(coalition, rapporteur)]), rapporteur
    )


@pytest.fixture
def brief_delivery(published_brief, member) -> Delivery:
    told = DeliveryFacts("parliament", "two", "hearing", timezone.localdate(), body="The committee on digital affairs")
    return actions.deliver_brief(actor=member, edition=published_brief, delivered=told)


DELIVERY_FORM_DATA = {"to": "ministry", "edition": "1.0", "length": "two", "how": "handed", "on": "2024-05-02"}


# ---- languages


def test_translation_starts_with_clauses_and_evidence(client, published_brief, member):
    original = published_brief.text
    client.force_login(member)
    form = {"language": "fr", "title": "Ce que peuvent faire les fournisseurs", "token": uuid4()}
    first, second = (client.post(get_brief_url("brief_translate", original), form) for _ in range(2))

    text = Text.objects.get(language="fr")
    rests = [Evidence.objects.filter(clause__text=each, quoted=True).count() for each in (original, text)]
    assert (first.status_code, first["Location"]) == (302, second["Location"])
    assert rests[0] == rests[1] > 0
    assert Lineage.objects.filter(clause__text=text, origin__text=original, how="adapted").count() == 16
    assert Link.objects.filter(from_record=text.pk, to_record=original.pk, relation="translates").exists()
    assert BriefShape.objects.filter(text=text).get().short == BriefShape.objects.filter(text=original).get().short


def test_pages_list_languages_and_outdated_translations(client, published_brief, member, rapporteur):
    original = published_brief.text
    text = actions.translate_brief(actor=member, original=original, language="fr", title="En français")
    text.coalition = original.coalition
    client.force_login(member)
    behind = [client.get(get_brief_url("brief_detail", text)).text.count("original has changed")]
    placement = Placement.objects.now(original).last()
    clause = placement.clause
    clause.text = original
    drafting.write_clause_body(
        actor=rapporteur, clause=clause, clause_body="News.", from_digest=placement.wording.digest
    )
    drafting.create_named_revision(actor=rapporteur, text=original)
    behind.append(client.get(get_brief_url("brief_detail", text)).text.count("original has changed"))
    client.post(get_brief_url("translation_confirm", text))
    behind.append(client.get(get_brief_url("brief_detail", text)).text.count("original has changed"))

    assert behind == [0, 1, 0]
    assert get_brief_url("brief_detail", original) in client.get(get_brief_url("brief_detail", text)).text
    client.logout()
    assert "français" not in client.get(get_brief_url("brief_detail", original)).text.lower().replace("lang=", "")


@pytest.mark.parametrize(("language", "brief_version"), [("en", "original"), ("fr", "original"), ("es", "translation")])
def test_language_starts_once_and_not_from_translation(published_brief, member, language, brief_version):
    text = actions.translate_brief(actor=member, original=published_brief.text, language="fr", title="T")
    text.coalition = published_brief.text.coalition

    with pytest.raises(ActionRefused):
        actions.translate_brief(
            actor=member,
            original=published_brief.text if brief_version == "original" else text,
            language=language,
            title="T",
        )
    assert BriefTranslation.objects.count() == 1


def test_unnamed_brief_cannot_be_translated(coalition, member):
    with pytest.raises(ActionRefused, match="Create a revision of the original first"):
        actions.translate_brief(actor=member, original=create_brief_of(coalition, member), language="fr", title="T")


# ---- who received it


def test_delivery_is_recorded_once(client, published_brief, member):
    client.force_login(member)
    form = DELIVERY_FORM_DATA | {"body": "The ministry of communication", "token": uuid4()}
    for _ in range(2):
        client.post(get_brief_url("delivery_new", published_brief.text), form)

    delivery = Delivery.objects.get()
    page = client.get(get_brief_url("brief_detail", published_brief.text)).text
    assert (delivery.receiver, delivery.organisation, delivery.by) == ("The ministry of communication", None, member)
    for words in ("The ministry of communication", "version 1.0, 2 pages", "handed over", "2 May 2024"):
        assert words in page


def test_recipient_is_matched_with_directory(client, published_brief, member, coalition):
    OrganisationFactory(coalition=coalition, name="The Regulator of Somewhere")
    client.force_login(member)
    client.post(
        get_brief_url("delivery_new", published_brief.text), DELIVERY_FORM_DATA | {"body": "The Regulator of Somewhere"}
    )

    assert Delivery.objects.get().organisation.name == "The Regulator of Somewhere"


@pytest.mark.parametrize(
    ("field_name", "entered_value", "expected_sentence"),
    [
        ("body", "minister@example.org", "Enter only the name of the body"),
        ("body", "Office, +254 20 123 4567", "Enter only the name of the body"),
        ("body", "", "Enter the body that received the brief."),
        ("on", str(timezone.localdate() + timedelta(days=2)), "This date is in the future."),
        ("on", "", "Enter the date."),
        ("to", "nobody", "nobody"),
        ("length", "ten", "ten"),
        ("edition", "3.0", "3.0"),
    ],
)
def test_invalid_delivery_form_keeps_typed_values(
    client, published_brief, member, field_name, entered_value, expected_sentence
):
    client.force_login(member)
    answer = client.post(
        get_brief_url("delivery_new", published_brief.text),
        DELIVERY_FORM_DATA | {"body": "A ministry", field_name: entered_value},
    )

    assert (answer.status_code, expected_sentence in answer.text, Delivery.objects.count()) == (422, True, 0)


def test_deliveries_are_visible_to_members_who_read_the_brief(
    client, published_brief, brief_delivery, outsider, rapporteur
):
    seen = ["The committee on digital affairs" in client.get(get_brief_url("brief_detail", published_brief.text)).text]
    for person in (outsider, rapporteur):
        client.force_login(person)
        seen.append(
            "The committee on digital affairs" in client.get(get_brief_url("brief_detail", published_brief.text)).text
        )

    assert seen == [False, False, True]
    client.force_login(outsider)
    for name in ("delivery_take_back", "asked_new"):
        url = reverse(f"regions:{name}", args=[published_brief.text.coalition.slug, brief_delivery.pk])
        assert client.get(url).status_code == 404
    assert client.get(get_brief_url("delivery_new", published_brief.text)).status_code == 403


def test_draft_cannot_be_delivered(client, coalition, rapporteur):
    text = create_brief_of(coalition, rapporteur)
    client.force_login(rapporteur)

    assert client.get(get_brief_url("delivery_new", text)).status_code == 403


def test_author_or_coordinator_removes_delivery(client, published_brief, brief_delivery, rapporteur, coordinator):
    url = reverse("regions:delivery_take_back", args=[published_brief.text.coalition.slug, brief_delivery.pk])
    client.force_login(rapporteur)
    refused = client.post(url).status_code
    client.force_login(coordinator)
    asked = client.get(url)
    client.post(url)

    assert (refused, "The committee on digital affairs" in asked.text, Delivery.objects.count()) == (403, True, 0)
    with pytest.raises(PermissionDenied):
        actions.remove_delivery(actor=rapporteur, delivery=brief_delivery)


def test_database_rejects_delivery_without_recipient(published_brief, member, brief_delivery):
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=brief_delivery.pk).update(body="")


# ---- what they asked


def test_delivery_question_is_task_of_sender_until_answered(client, published_brief, brief_delivery, member, coalition):
    client.force_login(member)
    url = reverse("regions:asked_new", args=[coalition.slug, brief_delivery.pk])
    form = {"words": "What does it cost?", "asked_on": "2024-05-03", "token": uuid4()}
    for _ in range(2):
        client.post(url, form)
    question = BriefQuestion.objects.get()
    coalition.refresh_from_db()
    waits = [item.title for item in get_tasks(Standing(member, coalition)) if "question" in item.title]
    answer = reverse("regions:asked_answer", args=[coalition.slug, question.pk])
    client.post(answer, {"answer": "An hour a month."})
    page = client.get(get_brief_url("brief_detail", published_brief.text)).text

    assert waits == ["Answer 1 question about “What providers can do”"]
    coalition.refresh_from_db()
    assert not [item for item in get_tasks(Standing(member, coalition)) if "question" in item.title]
    assert ("What does it cost?" in page, "An hour a month." in page, "waiting for an answer" in page) == (
        True,
        True,
        False,
    )


def test_second_answer_is_refused_and_shows_first(brief_delivery, member, rapporteur):
    question = actions.record_brief_question(
        actor=member, delivery=brief_delivery, words="What?", asked_on=timezone.localdate()
    )
    actions.record_brief_answer(actor=rapporteur, brief_question=question, answer_text="This.")

    assert actions.record_brief_answer(actor=member, brief_question=question, answer_text="This.").answer == "This."
    with pytest.raises(ActionRefused, match=r"“This\.”"):
        actions.record_brief_answer(actor=member, brief_question=question, answer_text="That.")


def test_others_cannot_record_questions(client, brief_delivery, coalition, delegate):
    client.force_login(delegate)
    url = reverse("regions:asked_new", args=[coalition.slug, brief_delivery.pk])

    assert (client.get(url).status_code, client.post(url, {"words": "X", "asked_on": "2024-01-01"}).status_code) == (
        403,
        403,
    )


# ---- what came of it


def test_outcome_is_shown_with_evidence_on_page_and_in_library(client, published_brief, brief_delivery, member):
    shown = create_practice(published_brief.text.coalition, member, title="The law of 2026", kind="law-or-policy")
    client.force_login(member)
    form = {"how": "In a law on filters.", "result": "Schools teach again.", "year": "2026", "country": "KE"}
    form |= {"url": "example.org/law", "record": str(shown.pk), "delivery": brief_delivery.pk, "token": uuid4()}
    for _ in range(2):
        client.post(get_brief_url("brief_use_new", published_brief.text), form)

    use = BriefUse.objects.get()
    assert (use.url, use.record_id, use.delivery, use.use.item_id) == (
        "https://example.org/law",
        shown.pk,
        brief_delivery,
        published_brief.item_id,
    )
    for url in (
        get_brief_url("brief_detail", published_brief.text),
        reverse("library:item_travels", args=["ours", published_brief.item_id]),
    ):
        assert "In a law on filters." in client.get(url).text
    client.logout()
    page = client.get(get_brief_url("brief_detail", published_brief.text)).text
    assert ("https://example.org/law" in page, "The law of 2026" in page, "digital affairs" in page) == (
        True,
        True,
        False,
    )


@pytest.mark.parametrize(
    ("error_text", "expected_sentence"),
    [
        ({}, "Enter evidence: a web page or a record on this site."),
        ({"url": "javascript:alert(1)"}, "Enter the address of a web page"),
        ({"record": "999999"}, "Enter the address of a page in this coalition that you can read."),
        ({"url": "https://example.org", "year": "3000"}, "Enter a year with 4 digits"),
    ],
)
def test_outcome_needs_evidence(client, published_brief, member, error_text, expected_sentence):
    client.force_login(member)
    answer = client.post(
        get_brief_url("brief_use_new", published_brief.text), {"how": "In a law.", "year": "2026", **error_text}
    )

    assert (answer.status_code, expected_sentence in answer.text, Use.objects.count()) == (422, True, 0)


def test_title_of_withdrawn_evidence_is_not_shown(client, published_brief, member):
    shown = create_practice(published_brief.text.coalition, member, title="The closed record")
    told = {"year": 2026, "how": "In a law.", "shown": BriefUseEvidence(record=shown)}
    actions.record_brief_use(actor=member, edition=published_brief, **told)
    withdraw_record(actor=member, record=shown, reason="So")
    page = client.get(get_brief_url("brief_detail", published_brief.text)).text

    assert ("The closed record" in page, "a record that you can no longer read" in page) == (False, True)


def test_withdrawn_use_removes_its_evidence(client, published_brief, member):
    said = actions.record_brief_use(
        actor=member, edition=published_brief, year=2026, how="X", shown=BriefUseEvidence("https://example.org")
    )
    client.force_login(member)
    client.post(reverse("library:use_take_back", args=["ours", said.use_id]))

    assert BriefUse.objects.count() == 0


def test_permanent_deletion_removes_deliveries_and_uses(published_brief, brief_delivery, member, safeguarding_lead):
    actions.record_brief_question(
        actor=member, delivery=brief_delivery, words="canaryasked", asked_on=timezone.localdate()
    )
    purge_record(
        actor=safeguarding_lead,
        record=hold_record_in_quarantine(
            actor=safeguarding_lead, record=Record.objects.get(pk=published_brief.text_id)
        ),
    )

    assert not re.search("canaryasked|committee", str([*Delivery.objects.values(), *BriefQuestion.objects.values()]))


@pytest.mark.parametrize("count", [1, 3])
def test_brief_page_query_count_is_constant(client, published_brief, member, count, django_assert_num_queries):
    for _ in range(count):
        told = DeliveryFacts("ministry", "two", "mail", timezone.localdate(), body="A ministry")
        delivery = actions.deliver_brief(actor=member, edition=published_brief, delivered=told)
        actions.record_brief_question(actor=member, delivery=delivery, words="What?", asked_on=timezone.localdate())
        actions.record_brief_use(
            actor=member, edition=published_brief, year=2026, how="X", shown=BriefUseEvidence("https://example.org")
        )
    client.force_login(member)

    with django_assert_num_queries(11):
        page = client.get(get_brief_url("brief_detail", published_brief.text))

    assert page.text.count("A ministry</bdi>") == count


def test_member_without_access_does_not_see_recipients(published_brief, brief_delivery, member):
    assert Delivery.objects.visible_to(member).count() == 1
    Record.objects.filter(pk=published_brief.text_id).update(label="TLP:RED")

    assert not Delivery.objects.visible_to(member).exists()


def test_use_has_readers_of_library_item(client, published_brief, member):
    shown = BriefUseEvidence("https://example.org")
    actions.record_brief_use(actor=member, edition=published_brief, year=2026, how="canaryusepublished", shown=shown)
    before = client.get(get_brief_url("brief_detail", published_brief.text)).text
    Record.objects.filter(pk=published_brief.item_id).update(label="TLP:RED")
    Coalition.objects.increment_revision([published_brief.text.coalition_id])
    after = client.get(get_brief_url("brief_detail", published_brief.text)).text

    assert ("canaryusepublished" in before, "canaryusepublished" in after) == (True, False)
