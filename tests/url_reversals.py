"""How often a page asks Django to reverse a URL: routes that `row_url` knows already are forgotten first."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.urls.resolvers import URLResolver

from jukwaa.core import row_urls

MAX_REVERSALS = 40


@contextmanager
def record_url_reversals() -> Iterator[list[object]]:
    """What was reversed inside; never for a time or a number of rows, so that a literal holds for each page."""
    found: list[object] = []
    real = URLResolver._reverse_with_prefix

    def record_and_reverse(resolver, lookup_view, *args, **kwargs):
        found.append(lookup_view)
        return real(resolver, lookup_view, *args, **kwargs)

    row_urls._split_route_at_id.cache_clear()
    with patch.object(URLResolver, "_reverse_with_prefix", record_and_reverse):
        yield found
