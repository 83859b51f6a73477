"""One vocabulary: an action refuses in one way, and whoever saved later reads one page."""

import ast
from pathlib import Path

import jukwaa

ROOT = Path(jukwaa.__file__).parent
# Refusals that somebody catches to answer in another way, or that carry more than a sentence.
SUBCLASSES = {
    "EmailSentAlreadyError": "another sentence for the same limit",
    "TooManyTries": "carries the seconds until one may try again",
    "FileRefused": "carries a code, which stays with a file that could not be read",
    "ConsultationClosed": "an email that comes too late gets an answer of its own",
    "NothingNew": "naming a revision a second time returns the first one",
    "NeedsReview": "a text that is published as an item waits for its review too",
}


def test_edit_conflict_has_no_subclass():
    assert subclasses_of("EditConflict") == set()


def test_subclasses_of_action_refused_are_listed_with_a_reason():
    assert subclasses_of("ActionRefused") == {*SUBCLASSES}


def subclasses_of(base: str) -> set[str]:
    bases = {
        node.name: {ast.unparse(each).rpartition(".")[2] for each in node.bases}
        for path in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    found = {base}
    while more := {name for name, its in bases.items() if its & found} - found:
        found |= more
    return found - {base}
