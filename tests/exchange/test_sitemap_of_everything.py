"""The sitemap of a coalition with a record of every type, label and state."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from jukwaa.records.models import Record
from tests.exchange.test_site_files import list_sitemap_addresses, site_with_address  # noqa: F401 - a fixture
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_sitemap_lists_every_public_record_and_nothing_else(client, shared_world: World):
    slug = shared_world.coalition.slug
    published = Record.objects.visible_to(AnonymousUser()).of(shared_world.coalition)
    published.update(published_at=timezone.now() - timedelta(days=1))
    listed = list_sitemap_addresses(client, f"/{slug}/sitemap-1.xml")

    assert f"/{slug}/sitemap-1.xml" in list_sitemap_addresses(client, "/sitemap.xml")
    assert {client.get(path).status_code for path in listed} == {200}
    assert {record.get_absolute_url() for record in published} <= set(listed)
    hidden = Record.objects.of(shared_world.coalition).exclude(pk__in=published.values("pk"))
    assert hidden.count() > 50
    assert {record.get_absolute_url() for record in hidden} & set(listed) == set()
