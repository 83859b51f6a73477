"""The privacy notice and the imprint: what coordinators wrote, and all else as the tables declare it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Coalition
from jukwaa.core.diff import compare_words, render_changes
from jukwaa.core.documents.outgoing import Block, BulletList, Document, Heading, InlineRun, Paragraph, to_markdown
from jukwaa.core.documents.outgoing.prose import build_prose_blocks
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.core.prose import ALLOWED_HTML_TAGS, render_prose_html
from jukwaa.privacy.models import Notice, NoticeVersion
from jukwaa.privacy.processing import Processing, hash_processing_facts, list_processing_activities
from jukwaa.updates.email_links import build_absolute_url

_MARKDOWN_HEADING_PATTERN = re.compile(r"^#+ ", re.MULTILINE)
_MARKDOWN_ESCAPE_PATTERN = re.compile(r"\\(.)|\*\*", re.DOTALL)
_MARKDOWN_LINK_PATTERN = re.compile(r"\[([^\]]*)\]\(<([^>]*)>\)")


@dataclass(frozen=True)
class DisplayedNotice:
    """A notice for one reader. Without a version, nobody has completed it."""

    text: str
    language: str
    version: NoticeVersion | None
    versions: Sequence[NoticeVersion]

    @property
    def html(self) -> SafeString:
        return render_notice_html(self.text)


def find_displayed_notice(coalition: Coalition, notice_kind: str) -> DisplayedNotice:
    """In the reader's language if there is one, else in the coalition's, else in any."""
    language = get_language() or "en"
    rows = NoticeVersion.objects.filter(notice__coalition=coalition, notice__kind=notice_kind)
    versions = list(rows.select_related("notice__coalition"))
    newest = {version.notice.language: version for version in reversed(versions)}
    version = newest.get(language) or newest.get(coalition.language) or next(iter(versions), None)
    if version is None:
        return DisplayedNotice(
            build_notice_text(Notice(coalition=coalition, kind=notice_kind, language=language)), language, None, []
        )
    own = [each for each in versions if each.notice_id == version.notice_id]
    return DisplayedNotice(version.text, version.notice.language, version, own)


def render_notice_html(text: str) -> SafeString:
    return render_prose_html(text, ALLOWED_HTML_TAGS | {"h2"})


def build_notice_text(notice: Notice) -> str:
    """The whole notice as Markdown, in the language of today."""
    is_privacy = notice.kind == Notice.Kind.PRIVACY
    blocks = _build_privacy_blocks(notice) if is_privacy else _build_imprint_blocks(notice)
    return render_blocks_as_markdown(blocks)


def render_blocks_as_markdown(document_blocks: Iterator[Block]) -> str:
    """Return the blocks as Markdown, without a title: the page has one."""
    return to_markdown(Document(title="-", blocks=list(document_blocks))).partition("\n\n")[2]


def hash_notice_facts(notice: Notice) -> str:
    """Return what tells whether the notice says something else than before, in whatever words."""
    typed = (notice.responsible, notice.contact, notice.officer, notice.authority, notice.extra)
    site = (settings.OPERATOR, settings.OPERATOR_CONTACT, *settings.PROVIDERS, str(settings.BACKUP_DAYS))
    return hash_processing_facts(*typed, *site) if notice.kind == Notice.Kind.PRIVACY else hash_processing_facts(*typed)


def diff_notice_texts(old_text: str, new_text: str) -> list[SafeString]:
    """The paragraphs that differ, with the words that were removed and added."""
    before, after = _split_notice_paragraphs(old_text), _split_notice_paragraphs(new_text)
    changes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    pairs = (("\n".join(before[a:b]), "\n".join(after[c:d])) for change, a, b, c, d in changes if change != "equal")
    return [render_changes(compare_words(removed, added)) for removed, added in pairs]


def _split_notice_paragraphs(text: str) -> list[str]:
    plain = _MARKDOWN_ESCAPE_PATTERN.sub(
        r"\1", _MARKDOWN_LINK_PATTERN.sub(r"\1 (\2)", _MARKDOWN_HEADING_PATTERN.sub("", text))
    )
    return [line.strip() for line in plain.split("\n") if line.strip()]


def _build_imprint_blocks(notice: Notice) -> Iterator[Block]:
    yield Heading(1, _("Responsible for these pages"))
    yield Paragraph(notice.responsible or notice.coalition.name)
    yield Heading(1, _("Contact"))
    yield Paragraph(notice.contact or _("Contact a coordinator of the coalition."))
    yield from build_prose_blocks(notice.extra)
    yield from build_operator_blocks()


def _build_privacy_blocks(notice: Notice) -> Iterator[Block]:
    coalition = notice.coalition
    yield Heading(1, _("Who is responsible"))
    yield Paragraph(notice.responsible or coalition.name)
    yield Paragraph(notice.contact or _("Contact a coordinator of the coalition."))
    if notice.officer:
        yield Heading(2, _("Data protection officer"))
        yield Paragraph(notice.officer)
    yield from build_operator_blocks()
    yield Heading(1, _("What we use personal data for"))
    yield Paragraph(
        _("We keep only the data that we need for the purposes below, and we make no automated decisions about people.")
    )
    for processing in list_processing_activities():
        yield from build_purpose_blocks(processing)
    yield from _build_source_blocks()
    yield from build_sharing_blocks()
    ask = build_absolute_url(reverse("privacy:request_new", args=[coalition.slug]))
    yield from build_rights_blocks(InlineRun(_("Ask for a correction or for your name to be removed"), link=ask))
    yield from _build_under_18_blocks()
    yield Heading(1, _("How to complain"))
    yield Paragraph(
        _(
            "If you think that we have mishandled your data, please tell us. You can also complain to a supervisory "
            "authority."
        )
    )
    yield Paragraph(
        notice.authority or _("For example, to the data protection authority of the country where you live or work.")
    )
    yield from build_prose_blocks(notice.extra)


def build_operator_blocks() -> Iterator[Block]:
    yield Heading(1, _("Who runs the site"))
    yield Paragraph(settings.OPERATOR or _("The operator has not entered a name yet."))
    if settings.OPERATOR_CONTACT:
        address = settings.OPERATOR_CONTACT
        yield Paragraph([InlineRun(address, link=f"mailto:{address}")])
    yield Paragraph(
        _(
            "The operator runs the server for the coalitions on it and can technically read everything that is "
            "stored there."
        )
    )


def build_purpose_blocks(processing: Processing) -> Iterator[Block]:
    purpose = processing.purpose
    yield Heading(2, str(purpose.title))
    yield Paragraph(str(purpose.why))
    yield BulletList(
        [
            [InlineRun(f"{term}: ", strong=True), InlineRun(words)]
            for term, words in (
                (_("Whose data"), str(purpose.whose)),
                (_("Types of data"), capfirst(join_with_separator(processing.types_of_data))),
                (_("Legal basis"), capfirst(processing.legal_basis)),
                (_("Who receives the data"), str(purpose.recipients)),
                (_("How long it is kept"), "\n".join(processing.retention)),
            )
        ]
    )


def _build_source_blocks() -> Iterator[Block]:
    yield Heading(1, _("Where the data comes from"))
    yield Paragraph(
        _(
            "From you, from coordinators who add people and import lists, and from documents of the coalition in "
            "which people are named. If others added you, our first email to you will say so and explain how you can "
            "be removed."
        )
    )


def build_sharing_blocks() -> Iterator[Block]:
    yield Heading(1, _("Other services, other countries and cookies"))
    yield Paragraph(
        _(
            "Pages that are public can be read from every country. We use no tracking, no advertising and no "
            "content from third parties."
        )
    )
    if settings.PROVIDERS:
        yield Paragraph(_("The operator uses these services:"))
        yield BulletList(settings.PROVIDERS)
    yield Paragraph(
        _(
            "If you do not sign in, we set no cookie, unless you choose a language or open a form. If you sign "
            "in, a cookie keeps you signed in."
        )
    )
    days = settings.BACKUP_DAYS
    yield Paragraph(
        ngettext(
            "Removed data stays in backups for up to %(n)s day, and is then deleted.",
            "Removed data stays in backups for up to %(n)s days, and is then deleted.",
            days,
        )
        % {"n": days}
    )


def build_rights_blocks(last_run: InlineRun | None) -> Iterator[Block]:
    yield Heading(1, _("Your rights"))
    yield BulletList(
        [
            _("You can see and download everything that is kept about you."),
            _("You can correct what is wrong, or ask us to correct it."),
            _("You can have your data deleted. What we must keep in the record will then no longer name you."),
            _("You can object to a use of your data, or ask us to restrict it."),
            _("You can withdraw your consent at any time. What we did before then remains lawful."),
        ]
    )
    yield Paragraph(_("We will answer within 1 month. This is free of charge."))
    settings_page = build_absolute_url(reverse("accounts:settings"))
    links = [InlineRun(_("Your settings and your data"), link=settings_page), *([last_run] if last_run else [])]
    yield BulletList([[link] for link in links])


def _build_under_18_blocks() -> Iterator[Block]:
    yield Heading(1, _("People under 18"))
    yield Paragraph(
        _(
            "The names of people under 18 are never public. An adult contact receives our emails for them and answers "
            "on their behalf."
        )
    )
