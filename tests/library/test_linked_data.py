import json
import re

import pytest
from django.urls import reverse

from jukwaa.core.refusals import ActionRefused
from jukwaa.records.actions import link_records
from jukwaa.records.models import Authorship, Label, Link
from tests.factories import CapacityFactory, ItemFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
LINKED_DATA_PATTERN = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def read_linked_data_blocks(client, library_item):
    page = client.get(reverse("library:item_detail", args=[library_item.coalition.slug, library_item.pk]))
    return [json.loads(block) for block in LINKED_DATA_PATTERN.findall(page.text)]


@pytest.fixture
def item(coalition, member):
    item = ItemFactory(
        coalition=coalition,
        title="Nine providers",
        summary="At one table.",
        language="pt-BR",
        countries=["BR"],
        details={"licence": "cc-by-sa"},
        published=True,
    )
    organisation = OrganisationFactory(coalition=coalition, name="The ministry")
    capacity = CapacityFactory(coalition=coalition, organisation=organisation, name="The ministry")
    Authorship.objects.create(record=item, person=member, capacity=capacity)
    return item


def test_public_item_has_linked_data(client, coalition, item, settings):
    address = f"{settings.SITE_URL}{item.get_absolute_url()}"

    assert read_linked_data_blocks(client, item) == [
        {
            "@context": "https://schema.org",
            "@type": "CreativeWork",
            "@id": address,
            "url": address,
            "name": "Nine providers",
            "description": "At one table.",
            "inLanguage": "pt-BR",
            "datePublished": item.published_at.date().isoformat(),
            "author": [{"@type": "Organization", "name": "The ministry"}],
            "publisher": {"@type": "Organization", "name": coalition.name},
            "license": "https://creativecommons.org/licenses/by-sa/4.0/",
            "spatialCoverage": [{"@type": "Country", "name": "Brazil", "identifier": "BR"}],
        }
    ]


def test_linked_data_names_public_sources_only(client, coalition, member, item, settings):
    origin = ItemFactory(coalition=coalition, title="The origin", published=True)
    source = ItemFactory(coalition=coalition, title="The Swahili one", published=True)
    closed = ItemFactory(coalition=coalition, title="for members", label=Label.GREEN, published=True)
    for other, relation in ((origin, "adapted-from"), (closed, "adapted-from"), (source, "translates")):
        Link.objects.create(from_record=item, to_record=other, relation=relation)
    client.force_login(member)
    said = read_linked_data_blocks(client, item)[0]

    assert (said["isBasedOn"], said["translationOfWork"]) == (
        [{"@type": "CreativeWork", "name": "The origin", "url": f"{settings.SITE_URL}{origin.get_absolute_url()}"}],
        [
            {
                "@type": "CreativeWork",
                "name": "The Swahili one",
                "url": f"{settings.SITE_URL}{source.get_absolute_url()}",
            }
        ],
    )


@pytest.mark.parametrize("changed_fields", [{"label": Label.GREEN}, {"state": "draft"}])
def test_restricted_item_has_no_linked_data(client, coalition, member, item, changed_fields):
    for name, value in changed_fields.items():
        setattr(item, name, value)
    item.save()
    client.force_login(member)

    assert read_linked_data_blocks(client, item) == []


@pytest.mark.parametrize("item_title", ['</script><script>alert("1")</script> & <!--', "<!-- <script "])
def test_linked_data_escapes_script_end(client, coalition, item_title):
    """Not even one that opens another script within it, after which browsers would look for two ends."""
    item = ItemFactory(coalition=coalition, title=item_title, published=True)
    page = client.get(reverse("library:item_detail", args=[item.coalition.slug, item.pk]))

    assert [block["name"] for block in read_linked_data_blocks(client, item)] == [item_title]
    assert [block for block in LINKED_DATA_PATTERN.findall(page.text) if "<" in block or ">" in block] == []


@pytest.mark.parametrize(
    "link_relation", [Link.Relation.ADAPTED_FROM, Link.Relation.TRANSLATES, Link.Relation.SUPERSEDES]
)
def test_indirect_circular_adaptation_is_refused(coalition, member, link_relation):
    first, second, third = (ItemFactory(coalition=coalition, published=True) for _ in range(3))
    link_records(actor=member, source_record=second, to_record=first, relation=link_relation)
    link_records(actor=member, source_record=third, to_record=second, relation=link_relation)

    with pytest.raises(ActionRefused, match="already created from the other"):
        link_records(actor=member, source_record=first, to_record=third, relation=link_relation)
    assert Link.objects.count() == 2
