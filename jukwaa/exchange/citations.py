"""How a record is cited: as a sentence, and as BibTeX for those who keep their references in a program."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jukwaa.core.documents.text_cleaning import clean_text
from jukwaa.library.exported_records import ExportedRecord, build_record_url
from jukwaa.records.models import Label

# What TeX takes for a command. Braces are written as words, since BibTeX counts even those behind a backslash.
_TEX_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{letter: f"\\{letter}" for letter in "&%$#_"},
}
_TEX_SPECIAL_CHARACTERS = re.compile("|".join(map(re.escape, _TEX_ESCAPES)))


@dataclass(frozen=True)
class Citation:
    """`key` stays what it is when the title or the kind changes."""

    key: str
    authors: list[str]  # organisations; none where somebody shared it on their own
    year: str
    day: str
    title: str
    publisher: str
    address: str
    language: str
    note: str

    @property
    def as_text(self) -> str:
        facts = {
            "who": "; ".join(self.authors),
            "year": self.year or _("not published"),
            "title": self.title.rstrip("."),
            "publisher": self.publisher,
            "address": self.address,
        }
        if self.authors:
            return _("%(who)s (%(year)s). %(title)s. %(publisher)s. %(address)s") % facts
        return _("%(publisher)s (%(year)s). %(title)s. %(address)s") % facts

    @property
    def as_bibtex(self) -> str:
        """An author in braces of its own is taken whole, whatever commas and “and” stand in its name."""
        authors = " and ".join(f"{{{escape_tex(name)}}}" for name in self.authors or [self.publisher])
        fields = {
            "author": authors,
            "title": f"{{{escape_tex(self.title)}}}",
            "publisher": escape_tex(self.publisher),
            "year": self.year,
            "date": self.day,
            "url": self.address,
            "langid": self.language,
            "note": escape_tex(self.note),
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        return "".join([f"@misc{{{self.key},\n", ",\n".join(lines), "\n}\n"])


def escape_tex(text: str) -> str:
    """A value for BibTeX: one line, and nothing in it is a command."""
    return _TEX_SPECIAL_CHARACTERS.sub(lambda found: _TEX_ESCAPES[found[0]], " ".join(clean_text(text)[0].split()))


def build_citation(told: ExportedRecord) -> Citation:
    record = told.record
    published = record.published_at.date() if record.published_at else None
    return Citation(
        key=f"{record.coalition.slug}-{record.pk}",
        authors=told.organisations,
        year=str(published.year) if published else "",
        day=published.isoformat() if published else "",
        title=record.title,
        publisher=record.coalition.name,
        address=build_record_url(record),
        language=record.language,
        note="" if record.label == Label.CLEAR else record.label,
    )
