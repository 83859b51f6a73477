"""Who stands in the margin of a paragraph, as councils write it: "The clerk will reply.      <em>Clerk</em>"."""

import re

from jukwaa.intake.reader.blocks import Block
from jukwaa.intake.reader.lexicon import ROLE_NOUNS
from jukwaa.intake.reader.markers import split_owner_names

MARGIN_PATTERN = re.compile(
    r"(?P<gap>[ ]{3,}|[ ]*\t\s*)(?:<(?P<tag>em|i|b|strong)>|(?P<mark>\*{1,3}|_{1,2}))\s*"
    r"(?:(?i:action)\s?:\s?)?(?P<who>[^<>*_\n]{2,60}?)\s*(?:</(?P=tag)>|(?P=mark))\s*$"
)
TITLED_PATTERN = re.compile(r"(?:Cllrs?|Councillors?|Mrs?|Ms|Dr|Rev)\b")
MAX_MARGIN_LENGTH = 200


def extract_margin_owners(text: str, block: Block) -> tuple[str, ...]:
    """The people in the margin of this block, which it ends before; "Noted" is nobody."""
    if block.kind not in {"para", "bullet"}:
        return ()
    start, end = block.pieces[-1]
    match = MARGIN_PATTERN.search(text, max(start, end - MAX_MARGIN_LENGTH), end)
    if match is None:
        return ()
    owners = split_owner_names(match["who"])
    if not owners or not all(map(_is_person_or_role_name, owners)):
        return ()
    block.pieces[-1] = (start, match.start())
    return owners


def _is_person_or_role_name(name: str) -> bool:
    return TITLED_PATTERN.match(name) is not None or name.rsplit(maxsplit=1)[-1].lower().removesuffix("s") in ROLE_NOUNS
