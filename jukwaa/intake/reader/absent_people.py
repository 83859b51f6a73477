"""Rows of people who were expected and did not come: the name is struck through, or a cell says "could not connect"."""

import re
from collections.abc import Iterable
from dataclasses import replace

from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.names import clean_attendee_name, is_full_name
from jukwaa.intake.reader.passage import Passage

STRUCK_ROW_PATTERN = re.compile(
    r"[\s|]*(?:\d{1,3}\.?\s*\|\s*)?[\s*_(\[]{0,6}(?:~~[^~|\n]+~~|<(?P<tag>s|del|strike)>[^|\n]+</(?P=tag)>)[\s*_)\]]*(?:\||$)",
    re.IGNORECASE,
)
ABSENT_CELL_PATTERN = re.compile(
    r"\W*(?:(?:in the end|finally|sorry|unfortunately|finalement|al final|finalmente|no final|leider),? )?"
    r"(?:(?:could not|couldn[’']t|was unable to|unable to|did not|didn[’']t|failed to|was not able to) "
    r"(?:connect|attend|join|come|participate|make it)|no[- ]show|absente?s?\b"
    r"|n[’']a pas pu (?:se connecter|venir|participer|se joindre|assister)|n[’']est pas venue?|pas venue?\b"
    r"|no (?:pudo|logró|consiguió) (?:conectarse|asistir|participar|entrar|venir)|no (?:se conectó|asistió|vino)\b"
    r"|não (?:conseguiu|pôde) (?:ligar-se|entrar|participar|conectar-se|vir|estar presente)"
    r"|não (?:compareceu|veio|participou|entrou)\b|faltou\b|ausentes?\b"
    r"|konnte (?:sich )?nicht (?:teilnehmen|kommen|einwählen|verbinden)|abwesend\b"
    r"|hakuweza (?:kuhudhuria|kujiunga)|hakuhudhuria|غائبة?\b|لم (?:يحضر|تحضر|يتمكن|تتمكن))",
    re.IGNORECASE,
)


def remove_absent_people_of_row(claims: list[Claim], passage: Passage) -> list[Claim]:
    """The claims of a row, without attendance of people who did not attend."""
    return [claim for claim in claims if claim.kind != "attendee"] if _is_absent_row(passage) else claims


def _is_absent_row(passage: Passage) -> bool:
    return passage.struck or any(map(ABSENT_CELL_PATTERN.match, passage.cells))


def find_absent_names(passages: Iterable[Passage]) -> frozenset[str]:
    """The names in such rows, and their first names alone, by which a shorter list may name them."""
    rows = (passage for passage in passages if passage.block.kind == "row" and _is_absent_row(passage))
    named = (clean_attendee_name(cell) for row in rows for cell in row.cells[:2] if is_full_name(cell.strip(" *_~")))
    return frozenset(form for name in named for form in (name, name.partition(" ")[0]) if form)


def remove_absent_names(claims: list[Claim], absent_names: frozenset[str]) -> list[Claim]:
    """The claims without those of the absent whom a list named before the meeting, perhaps, as coming."""
    if not absent_names:
        return claims
    kept = [
        replace(claim, actors=tuple(name for name in claim.actors if name not in absent_names))
        if claim.kind == "attendee"
        else claim
        for claim in claims
    ]
    return [claim for claim, before in zip(kept, claims, strict=True) if claim.actors or not before.actors]
