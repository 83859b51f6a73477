"""The notice of the whole site: what its operator keeps, apart from what the coalitions decide."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.outgoing import Block, BulletList, Heading, InlineRun, Paragraph
from jukwaa.privacy.notices import (
    build_operator_blocks,
    build_purpose_blocks,
    build_rights_blocks,
    build_sharing_blocks,
    render_blocks_as_markdown,
)
from jukwaa.privacy.processing import list_processing_activities
from jukwaa.updates.email_links import build_absolute_url

SITE_NOTICE_PURPOSES = ("account", "security", "emails-sent")


def build_site_notice() -> str:
    return render_blocks_as_markdown(_build_site_notice_blocks())


def _build_site_notice_blocks() -> Iterator[Block]:
    yield from build_operator_blocks()
    yield Heading(1, _("What the site keeps for all coalitions"))
    for processing in list_processing_activities():
        if processing.key in SITE_NOTICE_PURPOSES:
            yield from build_purpose_blocks(processing)
    yield from build_sharing_blocks()
    yield from build_rights_blocks(None)
    coalitions = list(Coalition.objects.open())
    if coalitions:
        yield Heading(1, _("Privacy notices of the coalitions"))
        yield Paragraph(_("Each coalition decides what it keeps, and explains this in its own notice."))
        yield BulletList([[InlineRun(each.name, link=_get_notice_url(each))] for each in coalitions])


def _get_notice_url(coalition: Coalition) -> str:
    return build_absolute_url(reverse("notices:notice_detail", args=[coalition.slug, "privacy"]))
