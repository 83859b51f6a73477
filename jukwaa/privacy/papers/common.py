"""What the papers share: whom they are for, the mark of a draft, and forms to fill in."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Coalition
from jukwaa.core.dates import written
from jukwaa.core.documents.outgoing import Block, Document, Inline, Paragraph, Run, Table, to_docx, to_pdf
from jukwaa.places.languages import direction
from jukwaa.privacy.models import Notice

type Words = str | Promise

FORMATS: Final[dict[str, tuple[Callable[[Document], bytes], str]]] = {
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (lambda document: to_pdf(document).pdf, "application/pdf"),
}


@dataclass(frozen=True)
class Party:
    """Who is responsible, as the privacy notice names them. Outside of a coalition: the operator."""

    name: str
    responsible: str
    contact: str
    officer: str = ""
    authority: str = ""
    is_operator: bool = False


@dataclass(frozen=True)
class Paper:
    """`build` returns the parts of the paper for whom it is made."""

    name: str
    title: Words
    what_for: Words
    build: Callable[[Party], Iterator[Block]]

    def document(self, party: Party) -> Document:
        language = get_language() or "en"
        return Document(
            title=_("Draft: %(title)s") % {"title": self.title},
            subtitle=str(self.what_for),
            blocks=[warn(), *self.build(party), warn()],
            language=language,
            direction=direction(language),
            meta=[(_("For"), party.name), (_("As of"), written(timezone.localdate()))],
            masthead=party.name,
        )


def find_party(coalition: Coalition) -> Party:
    """From the notice in the language of today, else in any."""
    notices = list(Notice.objects.filter(coalition=coalition, kind=Notice.Kind.PRIVACY).order_by("pk"))
    notice = next((each for each in notices if each.language == get_language()), next(iter(notices), None))
    if notice is None:
        return Party(coalition.name, "", "")
    return Party(coalition.name, notice.responsible, notice.contact, notice.officer, notice.authority)


def get_party_of_site() -> Party:
    name = settings.OPERATOR.partition("\n")[0].partition(",")[0] or settings.SITE_URL
    return Party(name, settings.OPERATOR, settings.OPERATOR_CONTACT, is_operator=True)


def warn() -> Paragraph:
    words = _("This is a draft, based on what the software does. It is not legal advice. Have a lawyer check it.")
    return Paragraph([Run(words, strong=True)])


def or_open(words: str) -> Inline:
    """What is known, else that it has to be filled in."""
    return words.strip() or [Run(_("To be completed"), emphasis=True)]


def list_facts(pairs: Iterable[tuple[str, Inline]]) -> Table:
    return Table([_("Topic"), _("Details")], [[term, words] for term, words in pairs], row_headers=True)


def form_of(questions: Iterable[str], lines: int = 2) -> Table:
    """A table with room for answers."""
    return Table([_("Question"), _("Answer")], [[each, _room(lines)] for each in questions], row_headers=True)


def _room(lines: int) -> Inline:
    return [Run("\u00a0" * 40 + "\n\u00a0" * (lines - 1))]


def controller_facts(party: Party) -> Table:
    return list_facts(
        [
            (_("Name and address"), or_open(party.responsible)),
            (_("Contact"), or_open(party.contact)),
            (_("Data protection officer"), or_open(party.officer)),
            (_("Supervisory authority"), or_open(party.authority)),
        ]
    )


def operator_facts() -> Table:
    return list_facts(
        [
            (_("Name and address"), or_open(settings.OPERATOR)),
            (_("Contact"), or_open(settings.OPERATOR_CONTACT)),
            (_("Address of the site"), settings.SITE_URL),
        ]
    )
