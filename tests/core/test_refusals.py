"""One vocabulary: an action refuses in one way, and whoever saved later reads one page."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jukwaa
from jukwaa.core.edit_conflicts import EDIT_CONFLICT_TEMPLATE, HTTP_CONFLICT_STATUS

CODE_FOLDER = Path(jukwaa.__file__).parent
# Refusals that somebody catches to answer in another way, or that carry more than a sentence.
REFUSAL_SUBCLASSES = {
    "EmailSentAlreadyError": "another sentence for the same limit",
    "TooManyAttemptsError": "carries the seconds until one may try again",
    "FileRefused": "carries a code, which stays with a file that could not be read",
    "ConsultationClosedError": "an email that comes too late gets an answer of its own",
    "NothingChangedError": "naming a revision a second time returns the first one",
    "ReviewRequiredError": "a text that is published as an item waits for its review too",
}
# Who else catches an edit conflict, each with its reason.
REFUSAL_HANDLERS = {
    "drafting/actions/clauses.py save_clause_body": "a clause that reads so already is saved",
    "drafting/views/clause_editing.py _add_clause_from_form": "a new clause has no other version",
    "drafting/views/clause_editing.py _autosave_clause_from_form": "a line of text has no room for both versions",
    "intake/actions/entry_table.py save_row": "one row of many is named, and the others are saved",
    "proposals/views/fields.py _autosave_answer": "a line of text has no room for both versions",
    "updates/incoming/replies.py apply_reply": "an email is answered by an email",
}


def test_edit_conflict_has_no_subclass():
    assert find_exception_subclasses("EditConflict") == set()


def test_action_refused_subclasses_are_listed_with_reason():
    assert find_exception_subclasses("ActionRefused") == {*REFUSAL_SUBCLASSES}


def test_edit_conflict_is_handled_by_form_view_only():
    assert {place for place in find_exception_handlers("EditConflict") if place != "core/form_view.py"} == {
        *REFUSAL_HANDLERS
    }


def test_views_do_not_return_edit_conflict_status():
    named = {
        str(path.relative_to(CODE_FOLDER))
        for path, tree in parse_modules_with(rf"\b{HTTP_CONFLICT_STATUS}\b|HTTP_CONFLICT_STATUS")
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and node.value == HTTP_CONFLICT_STATUS)
        or "HTTP_CONFLICT_STATUS" in find_names_in_node(node)
    }

    assert named == {"core/edit_conflicts.py", "core/form_view.py"}


def test_templates_do_not_render_edit_conflicts_themselves():
    """A template may neither include the page, nor compare the versions, nor speak of those who saved first."""
    words = re.compile(
        r"edit_conflict|differences|conflict\b|overtaken|some(body|one) else (has )?(saved|changed)", re.IGNORECASE
    )
    own = {
        str(path.relative_to(CODE_FOLDER))
        for path in CODE_FOLDER.rglob("*.html")
        if path.name != EDIT_CONFLICT_TEMPLATE and words.search(path.read_text(encoding="utf-8"))
    }

    assert own == set()


def parse_modules_with(pattern: str) -> Iterator[tuple[Path, ast.Module]]:
    """Parse the modules whose source has the pattern: to parse all of them takes seconds."""
    for path in CODE_FOLDER.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if re.search(pattern, source, re.MULTILINE):
            yield path, ast.parse(source)


def find_exception_handlers(error_name: str) -> set[str]:
    """The module, and the function if it is not the only one, of each `except` that names this error."""
    return {
        str(path.relative_to(CODE_FOLDER))
        if path.name == "form_view.py"
        else f"{path.relative_to(CODE_FOLDER)} {function.name}"
        for path, tree in parse_modules_with(error_name)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.ExceptHandler) and node.type is not None and error_name in ast.unparse(node.type)
    }


def find_names_in_node(ast_node: ast.AST) -> set[str]:
    match ast_node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return {name}
        case ast.ImportFrom(names=names):
            return {each.name for each in names}
    return set()


@cache
def map_class_bases() -> dict[str, set[str]]:
    return {
        name: set(re.findall(r"(\w+)(?=,|$)", bases))
        for path in CODE_FOLDER.rglob("*.py")
        for name, bases in re.findall(r"^class (\w+)\(([^)]*)\)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }


def find_exception_subclasses(base_class: str) -> set[str]:
    found = {base_class}
    while more := {name for name, its in map_class_bases().items() if its & found} - found:
        found |= more
    return found - {base_class}
