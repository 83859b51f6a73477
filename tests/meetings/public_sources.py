"""A source that everybody can read: the owner of a commitment in it need not confirm."""

from tests.factories import DocumentFactory


def create_public_entry_source(coalition):
    return [(DocumentFactory(coalition=coalition, published=True), 0, 11, None)]
