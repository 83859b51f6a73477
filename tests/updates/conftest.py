import pytest
from django.utils import timezone

from tests.factories import DocumentFactory


@pytest.fixture
def released(coalition):
    """A coalition whose mail leaves by itself."""
    coalition.mail_released_at = timezone.now()
    coalition.save()
    return coalition


@pytest.fixture
def document(released, member):
    return DocumentFactory(coalition=released, title="The guidance", label="TLP:CLEAR", published=True, author=member)
