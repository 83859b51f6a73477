"""Words of a form that nobody has filled in: "DECISION: ...", "AI @name", "dd Mmm", and parts to be copied."""

import re
from collections.abc import Iterable

from jukwaa.intake.reader.passage import Passage

# Words that only a form has; those in brackets, and dates in letters, only where little else is in the line.
PLACEHOLDER_PATTERN = re.compile(
    r"^\W*(?:please (?:add|write|put) your names?|merci d[’']ajouter (?:votre|vos) noms?"
    r"|(?:por favor,? )?añad[ae] su nombre|(?:por favor,? )?acrescente o seu nome)"
    r"(?: (?:here|below|above|ici|aquí|aqui))?\W*$"
    r"|(?<!\w)@(?:name|nom|nombre|nome|someone|person|owner|user|username|who|xxx?|اسم|الاسم)\b"
    r"|\b(?:dd|jj)[ ./-](?:mm{1,3}|mois)(?:[ ./-](?:yy|aa){1,2})?\W*$"
    r"|(?P<blank>\b(?:dd|jj)[ ./-](?:mm{1,3}\b|mois)|\byyyy[ ./-]mm\b|\b(?:xx|XX)[./-](?:xx|XX)\b"
    r"|[<{\[](?:name|date|owner|insert [^<>{}\[\]]{1,40}|your name|nom|prénom|nombre|fecha|nome|data|responsable"
    r"|responsável|الاسم|التاريخ)[>}\]])",
    re.IGNORECASE,
)
MAX_WORDS_BESIDE_BLANKS = 4  # "[Name] will send the list to the ministry" is of minutes that hide names
# "DECISION: ...", "Action: ____"
EMPTY_ITEM_PATTERN = re.compile(r"[^.…_]{0,60}[:：–—]\s*(?:\.{2,}|…+|_{2,}|\[ *\])\W*$")
# "TEMPLATE copy me", "Modèle à copier", "Plantilla"
FORM_TITLE_PATTERN = re.compile(
    r"\W*(?:(?:meeting|minutes|notes|agenda|blank|next meeting)\W+)?(?:template|modèle|trame|plantilla|modelo|vorlage"
    r"|muster|نموذج|قالب)\b(?P<copy>\W+(?:to |à |para |zum |please )?(?:copy|copier|dupliquer|copiar|duplicar|kopieren"
    r"|vierge|en blanco|em branco|blank|للنسخ|فارغ)\b)?.{0,40}$",
    re.IGNORECASE,
)


_BLANK_PATTERN = re.compile(r"[<{\[][^<>{}\[\]]*[>}\]]|\b(?:dd|jj|mm{1,3}|yy(?:yy)?|aaaa|xx)\b", re.IGNORECASE)
_WORD_PATTERN = re.compile(r"[^\W\d_]{2,}")


def is_placeholder(phrase: str) -> bool:
    """Whether a line of a form was left as it is."""
    found = PLACEHOLDER_PATTERN.search(phrase)
    if found is None:
        return EMPTY_ITEM_PATTERN.match(phrase) is not None
    return not found["blank"] or len(_WORD_PATTERN.findall(_BLANK_PATTERN.sub(" ", phrase))) <= MAX_WORDS_BESIDE_BLANKS


def mark_forms(passages: list[Passage]) -> None:
    """Mark everything below the title of a form, up to the next heading of its level: it gives no suggestions."""
    for place, passage in enumerate(passages):
        if passage.block.kind == "heading" and FORM_TITLE_PATTERN.match(passage.text):
            after = passages[place + 1 :]
            end = next((count for count, each in enumerate(after) if _ends_part(each, passage)), len(after))
            below = after[:end]
            if is_form_title(passage.text, [each.text for each in below]):
                for each in (passage, *below):
                    each.is_form = True


def is_form_title(heading: str, lines_below: Iterable[str]) -> bool:
    """Whether a form begins here, by what the heading says, or by the placeholders below it."""
    match = FORM_TITLE_PATTERN.match(heading)
    return match is not None and (bool(match["copy"]) or any(map(is_placeholder, lines_below)))


def _ends_part(passage: Passage, title: Passage) -> bool:
    return passage.block.kind == "heading" and passage.block.level <= title.block.level
