"""What the papers share: whom they are for, the mark of a draft, and forms to fill in."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Coalition
from jukwaa.core.dates import format_long_date
from jukwaa.core.documents.outgoing import Block, Document, DocumentTable, Inline, InlineRun, Paragraph, to_docx, to_pdf
from jukwaa.places.languages import get_text_direction
from jukwaa.privacy.models import Notice

type TranslatableText = str | Promise

PAPER_FILE_FORMATS: Final[dict[str, tuple[Callable[[Document], bytes], str]]] = {
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (lambda document: to_pdf(document).pdf, "application/pdf"),
}


@dataclass(frozen=True)
class ResponsibleParty:
    """Who is responsible, as the privacy notice names them. Outside of a coalition: the operator."""

    name: str
    responsible: str
    contact: str
    officer: str = ""
    authority: str = ""
    is_operator: bool = False


@dataclass(frozen=True)
class PrivacyPaper:
    """`build` returns the parts of the paper for whom it is made."""

    name: str
    title: TranslatableText
    what_for: TranslatableText
    build: Callable[[ResponsibleParty], Iterator[Block]]

    def document(self, party: ResponsibleParty) -> Document:
        language = get_language() or "en"
        return Document(
            title=_("Draft: %(title)s") % {"title": self.title},
            subtitle=str(self.what_for),
            blocks=[build_draft_warning(), *self.build(party), build_draft_warning()],
            language=language,
            direction=get_text_direction(language),
            meta=[(_("Prepared for"), party.name), (_("As of"), format_long_date(timezone.localdate()))],
            masthead=party.name,
        )


def build_controller_party(coalition: Coalition) -> ResponsibleParty:
    """From the notice in the language of today, else in any."""
    notices = list(Notice.objects.filter(coalition=coalition, kind=Notice.Kind.PRIVACY).order_by("pk"))
    notice = next((each for each in notices if each.language == get_language()), next(iter(notices), None))
    if notice is None:
        return ResponsibleParty(coalition.name, "", "")
    return ResponsibleParty(coalition.name, notice.responsible, notice.contact, notice.officer, notice.authority)


def build_operator_party() -> ResponsibleParty:
    name = settings.OPERATOR.partition("\n")[0].partition(",")[0] or settings.SITE_URL
    return ResponsibleParty(name, settings.OPERATOR, settings.OPERATOR_CONTACT, is_operator=True)


def build_draft_warning() -> Paragraph:
    words = _("This is a draft, based on what the software does. It is not legal advice. Have a lawyer check it.")
    return Paragraph([InlineRun(words, strong=True)])


def format_or_placeholder(words: str) -> Inline:
    """What is known, else that it has to be filled in."""
    return words.strip() or [InlineRun(_("To be completed"), emphasis=True)]


def build_facts_table(term_pairs: Iterable[tuple[str, Inline]]) -> DocumentTable:
    return DocumentTable(
        [pgettext("column", "Topic"), _("Details")], [[term, words] for term, words in term_pairs], row_headers=True
    )


def build_blank_form(question_texts: Iterable[str], blank_line_count: int = 2) -> DocumentTable:
    """A table with room for answers."""
    return DocumentTable(
        [pgettext("on a form", "Question"), _("Answer")],
        [[each, _build_answer_space(blank_line_count)] for each in question_texts],
        row_headers=True,
    )


def _build_answer_space(blank_line_count: int) -> Inline:
    return [InlineRun("\u00a0" * 40 + "\n\u00a0" * (blank_line_count - 1))]


def build_controller_table(party: ResponsibleParty) -> DocumentTable:
    return build_facts_table(
        [
            (_("Name and address"), format_or_placeholder(party.responsible)),
            (_("Contact"), format_or_placeholder(party.contact)),
            (_("Data protection officer"), format_or_placeholder(party.officer)),
            (_("Supervisory authority"), format_or_placeholder(party.authority)),
        ]
    )


def build_operator_table() -> DocumentTable:
    return build_facts_table(
        [
            (_("Name and address"), format_or_placeholder(settings.OPERATOR)),
            (_("Contact"), format_or_placeholder(settings.OPERATOR_CONTACT)),
            (_("Web address of the site"), settings.SITE_URL),
        ]
    )
