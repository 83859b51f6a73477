import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.safeguards.forms import CHECK_BEFORE_SAVING_MESSAGE
from jukwaa.library import actions, policies
from jukwaa.library.models import Item
from jukwaa.records.models import Attachment, Audience, Authorship, Held, Label, State
from tests.factories import AffiliationFactory, ItemFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

ITEM_FORM_DATA = {
    "title": "Nine providers at one table",
    "what_worked": "Each was sent the text two weeks before.",
    "what_changed": "All signed.",
    "language": "en",
    "label": "TLP:CLEAR",
}


@pytest.fixture
def share_item_titled(coalition):
    return reverse("library:item_new", args=[coalition.slug])


def get_item_url(library_item, route_name="item_detail"):
    return reverse(f"library:{route_name}", args=[library_item.coalition.slug, library_item.pk])


def test_short_form_creates_draft_for_author_only(client, share_item_titled, member, coordinator, coalition):
    client.force_login(member)
    asked = client.get(share_item_titled, {"kind": "good-practice"})
    shared = client.post(f"{share_item_titled}?kind=good-practice", ITEM_FORM_DATA)

    item = Item.objects.get()
    assert (asked.status_code, shared.status_code, shared.url) == (200, 302, get_item_url(item))
    assert (item.kind, item.title, item.answer_boxes) == (
        "good-practice",
        ITEM_FORM_DATA["title"],
        [("what_worked", ITEM_FORM_DATA["what_worked"]), ("what_changed", ITEM_FORM_DATA["what_changed"])],
    )
    assert (item.state, item.label, item.coalition) == (State.DRAFT, Label.CLEAR, coalition)
    assert [(a.person, a.capacity.person) for a in Authorship.objects.filter(record=item)] == [(member, member)]
    assert client.get(get_item_url(item)).status_code == 200
    client.force_login(coordinator)
    assert client.get(get_item_url(item)).status_code == 404


def test_draft_that_needs_review_links_to_review(client, share_item_titled, member):
    client.force_login(member)
    told = [
        client.post(f"{share_item_titled}?kind={kind}", ITEM_FORM_DATA, follow=True).text
        for kind in ("case-study", "model")
    ]

    assert [("then send it for review" in page, "then publish it" in page) for page in told] == [
        (True, False),
        (False, True),
    ]


def test_item_is_shared_for_confirmed_organisation(client, share_item_titled, member, organisation):
    AffiliationFactory(person=member, organisation=organisation)
    client.force_login(member)
    client.post(f"{share_item_titled}?kind=model", {**ITEM_FORM_DATA, "capacity": str(organisation.pk)})

    assert [a.capacity.organisation for a in Authorship.objects.all()] == [organisation]


def test_form_sent_twice_creates_one_item(client, share_item_titled, member):
    client.force_login(member)
    typed = {**ITEM_FORM_DATA, "token": str(uuid.uuid4())}
    first, second = (client.post(f"{share_item_titled}?kind=good-practice", typed) for _press in range(2))

    assert Item.objects.count() == 1
    assert first.url == second.url
    assert Activity.objects.filter(kind="good-practice", verb="began").count() == 1


def test_initiative_form_asks_for_links(client, share_item_titled, member):
    client.force_login(member)

    assert "how_it_links" in client.get(share_item_titled, {"kind": "initiative"}).context["form"].fields
    assert "how_it_links" not in client.get(share_item_titled, {"kind": "model"}).context["form"].fields
    assert client.get(share_item_titled, {"kind": "rumour"}).status_code == 404


def test_incomplete_item_form_keeps_typed_values(client, share_item_titled, member):
    client.force_login(member)
    answer = client.post(f"{share_item_titled}?kind=good-practice", {**ITEM_FORM_DATA, "title": "", "what_worked": ""})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "title": ["Enter a title that describes the content."],
        "what_worked": ["Enter 1 or 2 sentences. Readers see this text first."],
    }
    assert ITEM_FORM_DATA["what_changed"] in answer.text
    assert not Item.objects.exists()


def test_sharing_requires_membership(client, share_item_titled, outsider):
    client.force_login(outsider)

    assert client.post(f"{share_item_titled}?kind=good-practice", ITEM_FORM_DATA).status_code == 403
    assert not Item.objects.exists()


def test_amber_audience_includes_organisation_of_author(client, share_item_titled, member, organisation):
    other = OrganisationFactory(coalition=organisation.coalition, name="Insafe")
    AffiliationFactory(person=member, organisation=organisation)
    client.force_login(member)
    typed = {**ITEM_FORM_DATA, "label": "TLP:AMBER", "capacity": "own"}
    unnamed = client.post(f"{share_item_titled}?kind=model", typed)
    unknown = client.post(f"{share_item_titled}?kind=model", {**typed, "organisations": "Insafe\nNobody at all"})
    client.post(f"{share_item_titled}?kind=model", {**typed, "organisations": "Insafe"})

    assert unnamed.context["form"].errors == {"organisations": ["Enter the name of at least 1 organisation."]}
    assert "Nobody at all" in unknown.context["form"].errors["organisations"][0]
    assert set(Audience.objects.values_list("organisation", flat=True)) == {organisation.pk, other.pk}
    assert Item.objects.get().label == Label.AMBER


def test_red_audience_names_people(client, share_item_titled, member, coordinator):
    client.force_login(member)
    typed = {**ITEM_FORM_DATA, "label": "TLP:RED"}
    client.post(f"{share_item_titled}?kind=model", {**typed, "persons": coordinator.email})

    assert list(Audience.objects.values_list("person", flat=True)) == [coordinator.pk]
    assert client.post(f"{share_item_titled}?kind=model", {**typed, "persons": "x@example.org"}).status_code == 422


def test_amber_requires_confirmed_organisation(client, share_item_titled, member):
    client.force_login(member)
    answer = client.post(f"{share_item_titled}?kind=model", {**ITEM_FORM_DATA, "label": "TLP:AMBER+STRICT"})

    assert answer.context["form"].errors == {
        "label": [
            (
                "Choose other readers. With this choice, no one would be able to read the record, because no"
                " organisation has confirmed that you belong to it."
            )
        ]
    }


def test_item_is_published_by_author_only(client, coalition, member, outsider, rapporteur):
    item = ItemFactory(coalition=coalition, author=member)
    for person, status in ((outsider, 404), (rapporteur, 404), (member, 302)):
        client.force_login(person)
        assert client.post(get_item_url(item, "item_publish")).status_code == status
    item.refresh_from_db()

    assert item.state == State.PUBLISHED
    client.logout()
    assert item.what_worked in client.get(get_item_url(item)).text


@pytest.mark.parametrize(
    ("details", "reason"),
    [
        ({"kind": "case-study"}, "This is a case study. Case studies are always reviewed before publication."),
        ({"asks_for_review": True}, "The author asked for a review."),
        ({"what_changed": "Write to anna@example.org."}, "Some words may identify someone."),
        ({"details": {"problem": "Born 3 May 2012."}}, "Some words may identify someone."),
    ],
)
def test_item_that_needs_review_cannot_be_published(client, coalition, member, details, reason):
    item = ItemFactory(coalition=coalition, author=member, **details)
    client.force_login(member)
    answer = client.post(get_item_url(item, "item_publish"), follow=True)
    item.refresh_from_db()

    assert item.state == State.DRAFT
    assert reason in answer.text
    with pytest.raises(actions.ReviewRequiredError):
        actions.publish_item(actor=member, item=item)


def test_long_form_preserves_answers_of_previous_kind(client, coalition, member):
    item = ItemFactory(coalition=coalition, author=member, kind="initiative", how_it_links="It serves two areas.")
    client.force_login(member)
    form = client.get(get_item_url(item, "item_edit")).context["form"]
    typed = {name: value for name, value in form.initial.items() if value}
    client.post(
        get_item_url(item, "item_edit"), {**typed, "detail_problem": "Providers did not answer.", "kind": "model"}
    )
    item.refresh_from_db()
    again = client.get(get_item_url(item, "item_edit")).context["form"]

    assert (item.kind, item.version, item.details["problem"]) == ("model", 2, "Providers did not answer.")
    assert again["how_it_links"].value() == "It serves two areas."
    assert "It serves two areas." in client.get(get_item_url(item)).text


def test_concurrent_item_edits_show_both_versions(client, coalition, member):
    item = ItemFactory(coalition=coalition, author=member)
    client.force_login(member)
    typed = {"kind": item.kind, "title": item.title, "language": "en", "version": 1}
    client.post(get_item_url(item, "item_edit"), {**typed, "summary": "Theirs", "detail_audience": ["children"]})
    overtaken = client.post(get_item_url(item, "item_edit"), {**typed, "summary": "Mine"})

    assert overtaken.status_code == 409
    assert [(f.label, f.now, f.yours) for f in overtaken.context["differences"]] == [
        ("Summary in 1 or 2 sentences", "Theirs", "Mine"),
        ("Who it is for", "Children", ""),
    ]
    version = overtaken.context["form"]["version"].value()
    assert (
        client.post(get_item_url(item, "item_edit"), {**typed, "summary": "Mine", "version": version}).status_code
        == 302
    )


@pytest.mark.parametrize("count", [1, 3])
def test_library_list_query_count_is_constant(client, coalition, member, count, django_assert_num_queries):
    ItemFactory.create_batch(count, coalition=coalition, author=member, published=True)
    ItemFactory.create_batch(count, coalition=coalition, author=member)
    ItemFactory(published=True)
    client.force_login(member)
    url = reverse("library:item_list", args=[coalition.slug])
    client.get(url)

    with django_assert_num_queries(7):
        answer = client.get(url)

    assert len(answer.context["page"].rows) == count


def test_library_list_filters_by_kind_and_shows_own_drafts(client, coalition, member):
    shown = ItemFactory(coalition=coalition, kind="toolkit", published=True)
    ItemFactory(coalition=coalition, kind="model", published=True)
    draft = ItemFactory(coalition=coalition, author=member)
    client.force_login(member)
    answer = client.get(reverse("library:item_list", args=[coalition.slug]), {"kind": "toolkit"})

    assert (answer.context["page"].rows, answer.context["drafts"]) == ([shown], [draft])


def test_refused_file_keeps_typed_values(client, share_item_titled, member):
    client.force_login(member)
    refused = client.post(
        f"{share_item_titled}?kind=toolkit",
        {**ITEM_FORM_DATA, "file": SimpleUploadedFile("run.exe", b"MZ\x90\x00" * 99)},
    )
    nothing = Item.objects.exists()
    client.post(
        f"{share_item_titled}?kind=toolkit", {**ITEM_FORM_DATA, "file": SimpleUploadedFile("kit.txt", b"Ten steps.")}
    )

    assert (refused.status_code, list(refused.context["form"].errors), nothing) == (422, ["file"], False)
    assert ITEM_FORM_DATA["what_worked"] in refused.text
    assert 'name="file-kept"' not in refused.text  # the file itself was refused
    assert [(file.name, file.record.title) for file in Attachment.objects.all()] == [
        ("kit.txt", ITEM_FORM_DATA["title"])
    ]


def test_disclosure_in_item_is_quarantined(client, share_item_titled, member):
    client.force_login(member)
    told = "My stepfather touches me at night and I do not know what to do."
    answer = client.post(f"{share_item_titled}?kind=model", {**ITEM_FORM_DATA, "what_worked": told})

    assert answer.url == reverse("records:not_taken", args=[Held.objects.get().coalition.slug])
    assert not Item.objects.exists()


def test_text_fields_have_automatic_direction(client, coalition, member):
    client.force_login(member)
    page = client.get(reverse("library:item_new", args=[coalition.slug]) + "?kind=case-study").text

    for name in ("title", "what_worked", "what_changed"):
        assert re.search(rf'<(input|textarea)[^>]* name="{name}"[^>]* dir="auto"', page), name


def test_identifying_words_in_item_need_confirmation(client, share_item_titled, member):
    client.force_login(member)
    typed = {**ITEM_FORM_DATA, "what_worked": "Write to anna@example.org."}
    first = client.post(f"{share_item_titled}?kind=good-practice", typed)
    seen = first.context["form"]["screened"].value()
    again = client.post(f"{share_item_titled}?kind=good-practice", {**typed, "screened": seen})

    assert first.context["form"].errors == {"what_worked": [str(CHECK_BEFORE_SAVING_MESSAGE)]}
    assert (first.status_code, again.status_code, Item.objects.get().what_worked) == (422, 302, typed["what_worked"])


def test_item_is_not_published_by_other_members(coalition, member, delegate, rapporteur):
    draft = ItemFactory(coalition=coalition, author=member)
    may = [
        who for who in (member, delegate, rapporteur) if policies.can_publish_library_record(ViewerContext(who), draft)
    ]

    assert may == [member, rapporteur]
