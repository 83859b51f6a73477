"""The notice of the whole site: what its operator keeps, apart from what the coalitions decide."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.outgoing import Block, Bullets, Heading, Paragraph, Run
from jukwaa.privacy.notices import operator_blocks, purpose_blocks, rights_blocks, shared_blocks, write_text
from jukwaa.privacy.processing import list_processing
from jukwaa.updates.tokens import absolute

OF_THE_SITE = ("account", "security", "emails-sent")


def build_site_text() -> str:
    return write_text(_blocks())


def _blocks() -> Iterator[Block]:
    yield from operator_blocks()
    yield Heading(1, _("What the site keeps for all coalitions"))
    for processing in list_processing():
        if processing.key in OF_THE_SITE:
            yield from purpose_blocks(processing)
    yield from shared_blocks()
    yield from rights_blocks(None)
    coalitions = list(Coalition.objects.open())
    if coalitions:
        yield Heading(1, _("Privacy notices of the coalitions"))
        yield Paragraph(_("Each coalition decides what it keeps, and explains this in its own notice."))
        yield Bullets([[Run(each.name, link=_address(each))] for each in coalitions])


def _address(coalition: Coalition) -> str:
    return absolute(reverse("notices:notice_detail", args=[coalition.slug, "privacy"]))
