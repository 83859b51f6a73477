import pytest

from tests.factories import DocumentFactory


@pytest.fixture
def document(released, member):
    return DocumentFactory(coalition=released, title="The guidance", label="TLP:CLEAR", published=True, author=member)
