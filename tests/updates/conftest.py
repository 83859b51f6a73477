import pytest

from tests.factories import DocumentFactory


@pytest.fixture
def document(mailing_coalition, member):
    return DocumentFactory(
        coalition=mailing_coalition, title="The guidance", label="TLP:CLEAR", published=True, author=member
    )
