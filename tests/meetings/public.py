"""A source that everybody can read: the owner of a commitment in it need not confirm."""

from tests.factories import DocumentFactory


def public_source(coalition):
    return [(DocumentFactory(coalition=coalition, published=True), 0, 11, None)]
