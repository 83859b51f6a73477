"""An item in other languages: begun beside its original, offered to who reads it, and marked once that moves on."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation

from jukwaa.coalitions.models import Activity
from jukwaa.core.refusals import ActionRefused
from jukwaa.library import actions
from jukwaa.library.actions import RecordReaders
from jukwaa.library.models import Item
from jukwaa.records.actions import change_record, publish_record
from jukwaa.records.models import Audience, Held, Label, Link, State
from tests.factories import AffiliationFactory, ItemFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

FRENCH_TRANSLATION = {
    "language": "fr",
    "title": "Neuf fournisseurs à une table",
    "what_worked": "Chacun reçut le texte.",
    "seen": 1,
}


@pytest.fixture
def original_item(coalition, coordinator):
    item = ItemFactory(
        coalition=coalition,
        title="Nine providers at one table",
        what_worked="Each was sent the text.",
        details={"problem": "Nobody answered.", "audience": ["children"]},
        countries=["BR"],
    )
    item = actions.change_item(actor=coordinator, item=item, changes={"summary": "An agreement."}, from_version=1)
    return publish_record(actor=coordinator, record=item, is_trusted=True)


@pytest.fixture
def french_item(original_item, member):
    item = actions.translate_item(
        actor=member,
        original=original_item,
        language="fr",
        title=FRENCH_TRANSLATION["title"],
        what_worked=FRENCH_TRANSLATION["what_worked"],
    )
    return actions.publish_item(actor=member, item=item)


def get_item_url(library_item, route_name="item_detail"):
    return reverse(f"library:{route_name}", args=[library_item.coalition.slug, library_item.pk])


def change_item_title(library_item, actor, **changes):
    library_item.refresh_from_db()
    return actions.change_item(actor=actor, item=library_item, changes=changes, from_version=library_item.version)


@pytest.mark.parametrize("count", [1, 3])
def test_item_page_query_count_is_constant(client, original_item, member, count, django_assert_num_queries):
    for language in ("fr", "es", "pt")[:count]:
        item = actions.translate_item(actor=member, original=original_item, language=language, title=language)
        actions.publish_item(actor=member, item=item)
    client.force_login(member)
    client.get(get_item_url(original_item))

    with django_assert_num_queries(10):
        client.get(get_item_url(original_item))


@pytest.mark.parametrize("count", [1, 3])
def test_translation_page_query_count_is_constant(
    client, original_item, french_item, member, count, django_assert_num_queries
):
    for language in ("es", "pt")[: count - 1]:
        item = actions.translate_item(actor=member, original=original_item, language=language, title=language)
        actions.publish_item(actor=member, item=item)
    client.force_login(member)
    client.get(get_item_url(french_item))

    with django_assert_num_queries(11):
        client.get(get_item_url(french_item))


def test_translation_form_shows_original_and_copies_neutral_fields(client, original_item, member):
    client.force_login(member)
    asked = client.get(get_item_url(original_item, "translation_new"))
    typed = {
        **FRENCH_TRANSLATION,
        "seen": original_item.version,
        "detail_problem": "Personne ne répondait.",
        "summary": "Un accord.",
    }
    shared = client.post(get_item_url(original_item, "translation_new"), typed)

    item = Item.objects.exclude(pk=original_item.pk).get()
    assert [text for _field, text in asked.context["form"].beside] == [
        "Nine providers at one table",
        "An agreement.",
        "Each was sent the text.",
        "Nobody answered.",
    ]
    assert (shared.status_code, shared.url) == (302, get_item_url(item))
    assert (item.title, item.summary, item.what_worked) == (
        FRENCH_TRANSLATION["title"],
        "Un accord.",
        FRENCH_TRANSLATION["what_worked"],
    )
    assert item.details == {"problem": "Personne ne répondait.", "audience": ["children"]}
    assert (item.language, item.state, item.label, item.countries) == ("fr", State.DRAFT, Label.CLEAR, ["BR"])
    link = Link.objects.get()
    assert (link.from_record_id, link.to_record_id, link.relation) == (item.pk, original_item.pk, "translates")
    assert link.version == original_item.version
    assert Activity.objects.filter(object_id=item.pk).count() == 1


def test_incomplete_translation_form_keeps_typed_values(client, original_item, member):
    client.force_login(member)
    answer = client.post(
        get_item_url(original_item, "translation_new"), {**FRENCH_TRANSLATION, "title": "", "language": ""}
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "title": ["Enter a title that describes the content."],
        "language": ["Choose the language of your translation."],
    }
    assert FRENCH_TRANSLATION["what_worked"] in answer.text
    assert not Link.objects.exists()


def test_form_sent_twice_creates_one_translation(client, original_item, member):
    client.force_login(member)
    typed = {**FRENCH_TRANSLATION, "token": str(uuid.uuid4())}
    first, second = (client.post(get_item_url(original_item, "translation_new"), typed) for _press in range(2))

    assert (first.url, Item.objects.count()) == (second.url, 2)


def test_disclosure_in_translation_is_quarantined(client, original_item, member):
    client.force_login(member)
    words = "A child I know is being abused by her uncle right now, please help."
    answer = client.post(get_item_url(original_item, "translation_new"), {**FRENCH_TRANSLATION, "what_worked": words})

    assert answer.url == reverse("records:not_taken", args=[original_item.coalition.slug])
    assert (Held.objects.count(), Link.objects.count()) == (1, 0)


def test_item_has_one_translation_per_language(client, french_item, original_item, member):
    client.force_login(member)
    for language in ("fr", "en"):
        with pytest.raises(ActionRefused):
            actions.translate_item(actor=member, original=original_item, language=language, title="Again")
    with pytest.raises(ActionRefused):
        actions.translate_item(actor=member, original=french_item, language="es", title="De la traducción")
    begun = client.get(get_item_url(original_item, "translation_new"))

    assert not {"fr", "en"} & {tag for tag, _name in begun.context["form"].fields["language"].choices}
    assert client.get(get_item_url(french_item, "translation_new")).url == get_item_url(
        original_item, "translation_new"
    )


def test_translation_requires_membership(client, original_item, outsider):
    client.force_login(outsider)

    assert client.post(get_item_url(original_item, "translation_new"), FRENCH_TRANSLATION).status_code == 403
    assert not Link.objects.exists()


def test_translation_in_language_of_reader_is_offered_without_redirect(client, original_item, french_item):
    english = client.get(get_item_url(original_item))
    in_french = client.get(get_item_url(original_item), headers={"Accept-Language": "fr"})
    at_home = client.get(get_item_url(french_item), headers={"Accept-Language": "fr"})

    assert [answer.status_code for answer in (english, in_french, at_home)] == [200, 200, 200]
    assert [answer.context["beside"].own for answer in (english, in_french, at_home)] == [
        None,
        french_item.record_ptr,
        None,
    ]
    with translation.override("fr"):
        assert f'href="{get_item_url(french_item)}" hreflang="fr"' in in_french.text
    languages = at_home.context["beside"].languages
    assert [record.language for record in languages.all] == ["en", "fr"]
    assert (languages.original.pk, languages.is_outdated) == (original_item.pk, False)


def test_unpublished_translation_is_not_offered(client, original_item, member):
    draft = actions.translate_item(actor=member, original=original_item, language="fr", title="Ébauche du traducteur")
    seen = client.get(get_item_url(original_item), headers={"Accept-Language": "fr"})
    client.force_login(member)
    own = client.get(get_item_url(original_item), headers={"Accept-Language": "fr"})

    assert (seen.context["beside"].own, own.context["beside"].own) == (None, None)
    assert (
        "Ébauche du traducteur" in seen.text,
        get_item_url(draft) in seen.text,
        get_item_url(draft) in own.text,
    ) == (
        False,
        False,
        True,
    )


def test_library_list_shows_item_once_in_language_of_reader(client, coalition, original_item, french_item, member):
    other = ItemFactory(coalition=coalition, language="ar", published=True)
    actions.translate_item(actor=member, original=original_item, language="es", title="Todavía no")

    def list_items_in_language(language):
        url = reverse("library:item_list", args=[coalition.slug])
        rows = client.get(url, headers={"Accept-Language": language}).context["page"].rows
        return {row.pk for row in rows}

    assert list_items_in_language("en") == {original_item.pk, other.pk}
    assert list_items_in_language("fr") == {french_item.pk, other.pk}
    assert list_items_in_language("es") == {original_item.pk, other.pk}


def test_translation_is_listed_after_withdrawal_of_original(client, coalition, coordinator, original_item, french_item):
    actions.withdraw_item_and_translations(actor=coordinator, item=original_item, reason="Wrong", translations=False)
    answer = client.get(reverse("library:item_list", args=[coalition.slug]))

    assert [row.pk for row in answer.context["page"].rows] == [french_item.pk]
    assert client.get(get_item_url(french_item)).context["beside"].languages.all == [french_item]


def test_outdated_translation_is_marked_with_changes(client, coordinator, original_item, french_item, member):
    change_item_title(original_item, coordinator, what_worked="Each was sent the whole text.")
    page = client.get(get_item_url(french_item))
    changes = client.get(get_item_url(french_item, "translation_changes"))

    assert "The original has changed since this translation was made." in page.text
    assert [(line.label, line.html) for line in changes.context["changes"]] == [
        ("What worked, and why?", "Each was sent the <ins data-mark='[added]'>whole </ins>text."),
    ]
    assert "Confirm that the translation is still correct" not in changes.text
    assert client.get(get_item_url(original_item, "translation_changes")).status_code == 404


def test_translator_confirms_translation_is_up_to_date(client, coordinator, original_item, french_item, member):
    change_item_title(original_item, coordinator, what_worked="Each was sent the whole text.")
    original_item.refresh_from_db()
    client.force_login(member)
    answer = client.post(get_item_url(french_item, "translation_holds"), {"seen": original_item.version})

    assert answer.url == get_item_url(french_item)
    assert Link.objects.get().version == original_item.version
    assert "The original has changed" not in client.get(get_item_url(french_item)).text
    assert Activity.objects.filter(verb="confirmed-translation", object_id=french_item.pk).count() == 1


def test_confirmation_excludes_later_changes(client, coordinator, original_item, french_item, member):
    change_item_title(original_item, coordinator, what_worked="Each was sent the whole text.")
    seen = Item.objects.get(pk=original_item.pk).version
    change_item_title(original_item, coordinator, what_worked="Each was sent the whole text twice.")
    client.force_login(member)
    client.post(get_item_url(french_item, "translation_holds"), {"seen": seen})
    client.post(get_item_url(french_item, "translation_holds"), {"seen": "nonsense"})

    assert Link.objects.get().version == seen
    assert client.get(get_item_url(french_item)).context["beside"].languages.is_outdated


def test_translation_is_confirmed_by_its_editors_only(client, coordinator, original_item, french_item, delegate):
    change_item_title(original_item, coordinator, what_worked="Each was sent the whole text.")
    client.force_login(delegate)

    assert client.post(get_item_url(french_item, "translation_holds"), {"seen": 3}).status_code == 403
    assert client.get(get_item_url(french_item, "translation_edit")).status_code == 403
    assert Link.objects.get().version == 2


def test_translator_updates_translation_beside_original(client, coordinator, original_item, french_item, member):
    change_item_title(original_item, coordinator, what_worked="Each was sent the whole text.")
    client.force_login(member)
    form = client.get(get_item_url(french_item, "translation_edit")).context["form"]
    typed = {**form.initial, "what_worked": "Chacun reçut tout le texte."}
    client.post(get_item_url(french_item, "translation_edit"), {name: value for name, value in typed.items() if value})
    french_item.refresh_from_db()

    assert (form.initial["what_worked"], form.initial["seen"]) == (FRENCH_TRANSLATION["what_worked"], 3)
    assert (french_item.what_worked, french_item.version, Link.objects.get().version) == (
        "Chacun reçut tout le texte.",
        2,
        3,
    )
    overtaken = client.post(
        get_item_url(french_item, "translation_edit"), {**FRENCH_TRANSLATION, "version": 1, "title": "Ma version"}
    )
    assert (overtaken.status_code, overtaken.context["differences"][0].now) == (409, FRENCH_TRANSLATION["title"])


def test_comparison_hides_versions_unreadable_to_reader(client, coordinator, original_item, member):
    draft = ItemFactory(coalition=original_item.coalition, author=member, what_worked="Secret as yet.")
    draft = actions.change_item(actor=member, item=draft, changes={"summary": "One"}, from_version=1)
    item = actions.translate_item(actor=member, original=draft, language="fr", title="Un")
    draft = change_item_title(draft, member, what_worked="Open by now.")
    actions.publish_item(actor=member, item=draft)
    actions.publish_item(actor=member, item=item)
    seen = client.get(get_item_url(item, "translation_changes"))
    client.force_login(member)

    assert seen.context["changes"] is None
    assert "Secret" not in seen.text
    assert "Secret" in client.get(get_item_url(item, "translation_changes")).text


def test_translation_requires_published_original(original_item, member):
    draft = ItemFactory(coalition=original_item.coalition, author=member)
    item = actions.translate_item(actor=member, original=draft, language="fr", title="Un")
    with pytest.raises(PermissionDenied, match="Publish the original first"):
        actions.publish_item(actor=member, item=item)
    item.refresh_from_db()

    assert item.state == State.DRAFT


def test_translation_label_is_narrowed_with_original(client, coordinator, original_item, french_item, organisation):
    AffiliationFactory(person=coordinator, organisation=organisation)
    other = OrganisationFactory(coalition=organisation.coalition)
    original_item.refresh_from_db()
    actions.change_item(
        actor=coordinator,
        item=original_item,
        changes={},
        from_version=original_item.version,
        readers=RecordReaders(Label.AMBER, [other]),
    )
    french_item.refresh_from_db()

    assert (french_item.label, client.get(get_item_url(french_item)).status_code) == (Label.AMBER, 404)
    assert set(Audience.objects.filter(record=french_item).values_list("organisation", flat=True)) == {
        organisation.pk,
        other.pk,
    }


def test_translation_label_cannot_exceed_original(coordinator, original_item, member):
    original_item.refresh_from_db()
    actions.change_item(
        actor=coordinator,
        item=original_item,
        changes={},
        from_version=original_item.version,
        readers=RecordReaders(Label.GREEN),
    )
    original_item.refresh_from_db()
    item = actions.translate_item(actor=member, original=original_item, language="fr", title="Un")
    with pytest.raises(PermissionDenied, match="cannot have more readers than its original"):
        actions.change_item(actor=member, item=item, changes={}, from_version=1, readers=RecordReaders(Label.CLEAR))
    item.refresh_from_db()
    narrower = actions.change_item(
        actor=member, item=item, changes={}, from_version=1, readers=RecordReaders(Label.RED, persons=[member])
    )

    assert (item.label, narrower.label) == (Label.GREEN, Label.RED)


def test_withdrawal_of_original_offers_its_translations(client, coordinator, original_item, french_item):
    client.force_login(coordinator)
    asked = client.get(reverse("records:withdraw", args=[original_item.coalition.slug, original_item.pk]), follow=True)
    withdrawn = client.post(
        get_item_url(original_item, "item_withdraw"), {"reason": "It was wrong.", "translations": "on"}
    )
    french_item.refresh_from_db()
    alone = client.get(get_item_url(french_item, "item_withdraw"))

    assert asked.context["form"]["translations"].initial
    assert (withdrawn.status_code, french_item.state, french_item.withdrawn_because) == (
        302,
        State.WITHDRAWN,
        "It was wrong.",
    )
    assert "translations" not in alone.context["form"].fields


def test_withdrawal_includes_translations_on_request_only(client, coordinator, original_item, french_item, member):
    client.force_login(coordinator)
    client.post(get_item_url(original_item, "item_withdraw"), {"reason": "It was wrong."})
    french_item.refresh_from_db()
    client.force_login(member)

    assert french_item.state == State.PUBLISHED
    assert client.post(get_item_url(french_item, "item_withdraw"), {"reason": ""}).status_code == 422


def test_quarantined_item_cannot_be_translated(coordinator, original_item, member):
    change_record(
        actor=coordinator, record=original_item, changes={"summary": "Held"}, from_version=original_item.version
    )
    Item.objects.filter(pk=original_item.pk).update(state=State.HELD)
    original_item.refresh_from_db()
    with pytest.raises(PermissionDenied):
        actions.translate_item(actor=member, original=original_item, language="fr", title="Un")
