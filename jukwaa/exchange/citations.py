"""How a record is cited: as a sentence, and as BibTeX and CSL-JSON for programs that keep references."""

import json
import re
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.core.documents.text_cleaning import clean_text
from jukwaa.library.exported_records import ExportedRecord, build_record_url, get_publication_date
from jukwaa.records.models import Label

# What TeX takes for a command. Braces are written as words, since BibTeX counts even those behind a backslash.
_TEX_ESCAPE_BY_CHARACTER = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{letter: f"\\{letter}" for letter in "&%$#_"},
}
_TEX_SPECIAL_CHARACTER_PATTERN = re.compile("|".join(map(re.escape, _TEX_ESCAPE_BY_CHARACTER)))


# Types of the Citation Style Language (1.0.2, appendix III), by kind; all other kinds are documents.
CSL_TYPE_BY_KIND = {
    "law-or-policy": "legislation",
    "guideline": "report",
    "toolkit": "report",
    "research": "report",
}


@dataclass(frozen=True, kw_only=True)
class Citation:
    """`key` stays what it is when the title or the kind changes.

    What was issued elsewhere is cited as its issuer's, on the date of issue; `shared` says who shared it here and when.
    Where the issuer or the date is not known, the citation says so and names nobody else.
    """

    key: str
    kind: str
    authors: list[str]  # organisations; none where somebody shared it on their own, or nobody knows who issued it
    date: str  # 2017-05-02, 2017-05 or 2017; empty if it is not known
    title: str
    publisher: str
    address: str
    language: str
    note: str
    shared: str = ""  # in words, of what was issued elsewhere

    @property
    def year(self) -> str:
        return self.date[:4]

    @property
    def as_text(self) -> str:
        facts = {
            "who": "; ".join(self.authors),
            "year": self.year or (_("date not known") if self.shared else _("not published")),
            "title": self.title.rstrip("."),
            "publisher": self.publisher,
            "address": self.address,
            "shared": self.shared,
        }
        if self.shared and self.authors:
            return _("%(who)s (%(year)s). %(title)s. %(shared)s. %(address)s") % facts
        if self.shared:
            return _("%(title)s (%(year)s). Issuer not known. %(shared)s. %(address)s") % facts
        if self.authors:
            return _("%(who)s (%(year)s). %(title)s. %(publisher)s. %(address)s") % facts
        return _("%(publisher)s (%(year)s). %(title)s. %(address)s") % facts

    @property
    def as_bibtex(self) -> str:
        """An author in braces of its own is taken whole, whatever commas and “and” stand in its name."""
        authors = self.authors or ([] if self.shared else [self.publisher])
        fields = {
            "author": " and ".join(f"{{{escape_tex_text(name)}}}" for name in authors),
            "title": f"{{{escape_tex_text(self.title)}}}",
            "publisher": "" if self.shared else escape_tex_text(self.publisher),
            "year": self.year,
            "date": self.date,
            "howpublished": escape_tex_text(self.shared),
            "url": self.address,
            "langid": self.language,
            "note": escape_tex_text(self.note),
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        return "".join([f"@misc{{{self.key},\n", ",\n".join(lines), "\n}\n"])

    @property
    def as_csl_json(self) -> str:
        """An item of CSL-JSON, which Zotero and other programs import."""
        authors = self.authors or ([] if self.shared else [self.publisher])
        item = {
            "id": self.key,
            "type": CSL_TYPE_BY_KIND.get(self.kind, "document"),
            "title": self.title,
            "author": [{"literal": name} for name in authors],
            "issued": {"date-parts": [[int(part) for part in self.date.split("-")]]} if self.date else None,
            "publisher": "" if self.shared else self.publisher,
            "URL": self.address,
            "language": self.language,
            "note": ". ".join(filter(None, [self.shared, self.note])),
        }
        return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


def escape_tex_text(text: str) -> str:
    """A value for BibTeX: one line, and nothing in it is a command."""
    return _TEX_SPECIAL_CHARACTER_PATTERN.sub(
        lambda found: _TEX_ESCAPE_BY_CHARACTER[found[0]], " ".join(clean_text(text)[0].split())
    )


def build_record_citation(exported_record: ExportedRecord) -> Citation:
    record = exported_record.record
    published = timezone.localdate(record.published_at).isoformat() if record.published_at else ""
    issuer = [record.issuer] if record.issuer else []
    return Citation(
        key=f"{record.coalition.slug}-{record.pk}",
        kind=record.kind,
        authors=issuer if record.is_issued else exported_record.organisations,
        date=record.issue_iso_date if record.is_issued else published,
        title=record.title,
        publisher=record.coalition.name,
        address=build_record_url(record),
        language=record.language,
        note="" if record.label == Label.CLEAR else record.label,
        shared=_describe_record_sharing(exported_record) if record.is_issued else "",
    )


def _describe_record_sharing(exported_record: ExportedRecord) -> str:
    """Who shared it here, and when."""
    record = exported_record.record
    facts = {"who": "; ".join(exported_record.organisations), "coalition": record.coalition.name}
    facts["day"] = get_publication_date(record) or _("not published")
    if facts["who"]:
        return _("Shared by %(who)s in %(coalition)s, %(day)s") % facts
    return _("Shared in %(coalition)s, %(day)s") % facts
