"""What is said of the tracked changes of a file, which are read as if they had been accepted."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.core.documents.incoming.blocks import Block
from jukwaa.core.list_formatting import join_with_separator

MAX_NAMED_CHANGES = 20


def describe_tracked_changes(numbered_blocks: Iterable[tuple[Block, str]]) -> str:
    """Say how many insertions and deletions there were, and in which paragraphs. Empty where there were none.

    Each block comes with the number that its clause has on the page; a block without one is no clause.
    """
    changed = [(block, number) for block, number in numbered_blocks if block.insertions or block.deletions]
    total = sum(block.insertions + block.deletions for block, _number in changed)
    if not total:
        return ""
    places = [place for block, number in changed for place in _describe_block_changes(block, number)]
    if len(places) > MAX_NAMED_CHANGES:
        left = len(places) - MAX_NAMED_CHANGES
        more = ngettext("changes in %(n)s more place", "changes in %(n)s more places", left) % {"n": left}
        places = [*places[:MAX_NAMED_CHANGES], more]
    sentence = ngettext(
        "%(n)s tracked change was accepted: %(places)s. To decide otherwise, accept or reject it in Word and import"
        " the file again.",
        "%(n)s tracked changes were accepted: %(places)s. To decide otherwise, accept or reject them in Word and import"
        " the file again.",
        total,
    )
    return sentence % {"n": total, "places": join_with_separator(places)}


def _describe_block_changes(block: Block, clause_number: str) -> Iterator[str]:
    where = clause_number or _("the title")
    if block.insertions:
        inserted = ngettext("an insertion in %(where)s", "%(n)s insertions in %(where)s", block.insertions)
        yield inserted % {"n": block.insertions, "where": where}
    if block.deletions:
        deleted = ngettext("a deletion in %(where)s", "%(n)s deletions in %(where)s", block.deletions)
        yield deleted % {"n": block.deletions, "where": where}
