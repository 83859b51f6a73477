"""What one said of a use is said otherwise, by whoever said it and nobody else."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jukwaa.coalitions.models import Activity
from jukwaa.library import actions
from jukwaa.library.models import Use
from jukwaa.records.models import Held, Link
from tests.factories import ItemFactory

pytestmark = pytest.mark.django_db

USE_FORM_DATA = {"how": "We asked our providers to one table.", "result": "Six of nine signed.", "year": 2024}
CHANGED_USE_DATA = {"how": "We asked eight providers.", "result": "", "country": "MU", "year": "2023", "adaptation": ""}


@pytest.fixture
def item(coalition, coordinator):
    return ItemFactory(coalition=coalition, author=coordinator, title="Nine providers", published=True)


@pytest.fixture
def own_organisation(coalition, member):
    return ItemFactory(coalition=coalition, author=member, title="Ours", published=True)


@pytest.fixture
def reported_use(item, member, own_organisation):
    return actions.add_item_use(actor=member, item=item, adaptation=own_organisation, **USE_FORM_DATA)


def build_use_url(item_use):
    return reverse("library:use_change", args=[item_use.item.coalition.slug, item_use.pk])


def test_use_is_edited_by_its_author(client, reported_use, own_organisation, member):
    client.force_login(member)
    form = client.get(build_use_url(reported_use)).context["form"]
    began = {name: form[name].value() for name in ("how", "result", "country", "year", "adaptation")}
    saved = client.post(build_use_url(reported_use), CHANGED_USE_DATA)
    now = Use.objects.get()

    assert began == {**USE_FORM_DATA, "country": "", "adaptation": own_organisation.pk}
    assert saved.url == reverse("library:item_travels", args=["ours", reported_use.item_id])
    assert (now.how, now.result, now.country, now.year, now.adaptation) == (
        "We asked eight providers.",
        "",
        "MU",
        2023,
        None,
    )
    assert (now.pk, now.capacity, now.at, Link.objects.count()) == (
        reported_use.pk,
        reported_use.capacity,
        reported_use.at,
        0,
    )
    assert f'href="{build_use_url(reported_use)}"' in client.get(saved.url).text


def test_edited_use_updates_adaptation_tree(reported_use, member, coalition):
    other = ItemFactory(coalition=coalition, author=member, published=True)
    changed = {"how": USE_FORM_DATA["how"], "year": 2024}
    for _press in range(2):
        actions.change_item_use(actor=member, use=reported_use, adaptation=other, **changed)

    assert list(Link.objects.values_list("from_record", "to_record")) == [(other.pk, reported_use.item_id)]
    assert Activity.objects.filter(kind="use", verb="changed").count() == 1


def test_circular_adaptation_is_refused_and_form_keeps_values(
    client, reported_use, own_organisation, item, coordinator
):
    actions.add_item_use(actor=coordinator, item=own_organisation, **USE_FORM_DATA)
    round_about = Use.objects.get(item=own_organisation)
    client.force_login(coordinator)
    answer = client.post(build_use_url(round_about), {**CHANGED_USE_DATA, "adaptation": item.pk})

    assert (answer.status_code, list(answer.context["form"].errors), CHANGED_USE_DATA["how"] in answer.text) == (
        422,
        ["adaptation"],
        True,
    )
    assert Link.objects.count() == 1


def test_use_is_edited_by_author_while_item_is_published(client, reported_use, member, coordinator, outsider):
    for person, status in [(coordinator, 403), (outsider, 403)]:
        client.force_login(person)
        assert client.post(build_use_url(reported_use), CHANGED_USE_DATA).status_code == status
    with pytest.raises(PermissionDenied):
        actions.change_item_use(actor=coordinator, use=reported_use, how="Theirs.", year=2024)
    type(reported_use.item).objects.update(state="draft", published_at=None)
    client.force_login(member)

    assert client.post(build_use_url(reported_use), CHANGED_USE_DATA).status_code == 404
    assert Use.objects.get().how == USE_FORM_DATA["how"]


def test_disclosure_in_edited_use_is_quarantined(client, reported_use, member):
    client.force_login(member)
    words = "A child I know is being abused by her uncle right now, please help."
    answer = client.post(build_use_url(reported_use), {**CHANGED_USE_DATA, "how": words})

    assert answer.url == reverse("records:not_taken", args=["ours"])
    assert (Held.objects.count(), Use.objects.get().how) == (1, USE_FORM_DATA["how"])
