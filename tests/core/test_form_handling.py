"""Forms that `form_view` handles read what people post. Each place that reads it otherwise is listed with a reason."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

from django import forms

import jukwaa

CODE_FOLDER = Path(jukwaa.__file__).parent
FORM_VIEW_MODULES = {"core/form_view.py", "core/submissions.py"}

ANSWER_OF_DEVICE = "the answer of a device, which is verified"
OWN_CHOICE_REASON = "a choice of ours; anything else is an error"
ROW_NUMBER_REASON = "a number; anything else counts for nothing"
SIGN_IN_VALUE = "an address or a code, before anybody is known"
BUTTON_VALUE_REASON = "compared with a value of ours, and not stored"

# Functions that validate a form, or hand on all that was posted, without calling `form_view` themselves.
WITHOUT_FORM_VIEW = {
    "accounts/age.py _render_age_question": "carries what was checked along to the question of age, and stores nothing",
    "accounts/age.py save_initial_answer": "yes or no; a name and an address are checked with what is carried along",
    "accounts/kept_files.py restore_files": "keys of files that were checked when they came",
    "accounts/lost_submissions.py render_lost_submission": "shown to its author after the session ended; not stored",
    "accounts/views/sign_in_pages.py sign_in_code": SIGN_IN_VALUE,
    "accounts/views/sign_in_pages.py sign_in_confirm": SIGN_IN_VALUE,
    "accounts/views/sign_in_pages.py sign_in": SIGN_IN_VALUE,
    "accounts/views/passkeys.py _add_passkey_from_request": "the action of a form that was checked",
    "accounts/views/passkeys.py _is_valid_passkey_response": ANSWER_OF_DEVICE,
    "accounts/views/passkeys.py sign_in": ANSWER_OF_DEVICE,
    "accounts/views/settings.py language_change": OWN_CHOICE_REASON,
    "core/edit_conflicts.py get_extra_post_values": "shown again after a conflict, in a form that was checked",
    "drafting/views/editions.py _build_publishing_context": "which revision was chosen, compared with the latest one",
    "drafting/views/responses.py _get_selected_inputs": ROW_NUMBER_REASON,
    "drafting/views/word_files.py _build_returned_file_form": "builds a form that `form_view` handles",
    "intake/views/reading_entry.py _get_separate_ids": "compared with the suggestions of the report",
    "meetings/views/agenda_meetings.py _build_form": "builds a form that `form_view` handles",
    "meetings/views/agenda_meetings.py _render_filled_form": "fills in a form from a text that was checked",
    "meetings/views/schedule.py time_preview": "a time, from the address, shown in other zones and not stored",
    "proposals/views/call_editing.py _show_preview_or_errors": "a preview; `form_view` checks it when it is saved",
    "records/views/history.py record_history": "numbers of versions, from the address",
    "updates/views/mail_settings.py mail_settings": OWN_CHOICE_REASON,
    "updates/views/following.py news_mark_seen": "a moment; anything else is an error",
    "updates/views/following.py digest_rhythm_change": OWN_CHOICE_REASON,
    "updates/views/held_mail.py _build_selected_letters_form": "builds a form that `form_view` handles",
    "updates/views/email_link_pages.py _get_post_data": OWN_CHOICE_REASON,
    "updates/views/email_link_pages.py pending_mail_confirm": OWN_CHOICE_REASON,
}
# Values that are read one by one, by file and name.
VALUES_READ_DIRECTLY = {
    "accounts/age.py AGE_ASKED_FIELD": BUTTON_VALUE_REASON,
    "accounts/age.py NAME_FIELD": "whether the name was asked for",
    "accounts/age.py form.add_prefix(field)": "whether a form that is checked brings a name itself",
    "accounts/kept_files.py f'{form_key}-{KEPT_FILE_SUFFIX}'": "keys of files that were checked when they came",
    "accounts/kept_files.py key": "whether a new file was chosen",
    "coalitions/views/affiliations.py from": BUTTON_VALUE_REASON,
    "cooperation/views/work_charters.py go_on": BUTTON_VALUE_REASON,
    "cooperation/views/work_following.py record": ROW_NUMBER_REASON,
    "core/http.py next": "an address of ours",
    "drafting/views/editions.py leaves_out_changes": BUTTON_VALUE_REASON,
    "drafting/views/editions.py revision": ROW_NUMBER_REASON,
    "drafting/views/revisions.py continue": BUTTON_VALUE_REASON,
    "intake/views/drives.py confirmed": "which remarks were shown",
    "drafting/views/text_creation.py clauses": "whether there is a field that our own page has signed",
    "drafting/views/evidence.py record": ROW_NUMBER_REASON,
    "drafting/views/input_entry.py clause": ROW_NUMBER_REASON,
    "drafting/views/word_files.py input": ROW_NUMBER_REASON,
    "intake/views/archive.py version": ROW_NUMBER_REASON,
    "intake/views/document_readers.py label": "compared with one label",
    "intake/views/drives.py label": "compared with one label",
    "intake/views/drives.py version": ROW_NUMBER_REASON,
    "intake/views/reading_entry.py into": BUTTON_VALUE_REASON,
    "intake/views/reading_settings.py decided_at": "compared with moments of decisions",
    "intake/views/reading_settings.py name": ROW_NUMBER_REASON,
    "intake/views/reading_entry.py new_member": "compared with the names of the report",
    "intake/views/reading_entry.py shown": "compared with the commitments that the page would show now",
    "intake/views/shortcuts.py name": ROW_NUMBER_REASON,
    "intake/views/suggestions.py sentences": "numbers of sentences, of which other characters are ignored",
    "intake/views/suggestions.py similar": "numbers of suggestions, of which other characters are ignored",
    "library/views/reviews.py reason": "shown after the check to who typed it too late, and not stored",
    "coalitions/views/public_names.py SEEN_NAMES_FIELD": "compared with a digest of what was shown",
    "coalitions/views/imports.py name": ROW_NUMBER_REASON,
    "meetings/views/agenda_meetings.py label": "compared with one label",
    "meetings/views/agenda_meetings.py text": "a text that was checked, in which the name of a group is looked for",
    "meetings/views/agenda_meetings.py title": "a title for the questions of a form that `form_view` handles",
    "plans/views/capabilities.py other": BUTTON_VALUE_REASON,
    "plans/views/plan_decisions.py into": BUTTON_VALUE_REASON,
    "proposals/views/call_editing.py step": BUTTON_VALUE_REASON,
    "proposals/views/participants.py seen": "compared with the digest of what was seen",
    "updates/views/following.py thing": "what is followed; anything else is an error",
    "updates/views/held_mail.py group": "compared with the groups of emails that wait",
    "updates/views/held_mail.py unsendable": BUTTON_VALUE_REASON,
}


def test_posted_data_is_handled_by_form_view_only():
    found = {name for path in list_source_files() for name in find_functions_without_form_view(path)}

    assert found == {*WITHOUT_FORM_VIEW}


def test_request_values_read_directly_are_listed():
    found = {name for path in list_source_files() for name in find_request_values_read_directly(path)}

    assert found == {*VALUES_READ_DIRECTLY}


def list_source_files() -> list[Path]:
    return [
        path
        for path in sorted(CODE_FOLDER.rglob("*.py"))
        if str(path.relative_to(CODE_FOLDER)) not in FORM_VIEW_MODULES
    ]


def list_outermost_functions(module_path: Path) -> Iterator[ast.FunctionDef]:
    body = ast.parse(module_path.read_text(encoding="utf-8")).body
    classes = [part for node in body if isinstance(node, ast.ClassDef) for part in node.body]
    yield from (node for node in (*body, *classes) if isinstance(node, ast.FunctionDef))


def find_functions_without_form_view(module_path: Path) -> Iterator[str]:
    for function in list_outermost_functions(module_path):
        nodes = list(ast.walk(function))
        calls_it = any(isinstance(node, ast.Call) and is_variable_named(node.func, "form_view") for node in nodes)
        validates = "views" in str(module_path) and any(is_attribute_named(node, "is_valid") for node in nodes)
        alone = {posted for posted, _name in find_request_reads(function)}
        hands_on = any(is_attribute_named(node, "POST", "FILES") and node not in alone for node in nodes)
        if validates or (hands_on and not calls_it):
            yield f"{module_path.relative_to(CODE_FOLDER)} {function.name}"


def find_request_values_read_directly(module_path: Path) -> Iterator[str]:
    for function in list_outermost_functions(module_path):
        yield from (f"{module_path.relative_to(CODE_FOLDER)} {name}" for _node, name in find_request_reads(function))


def find_request_reads(function_node: ast.FunctionDef) -> Iterator[tuple[ast.expr, str]]:
    """`request.POST.get("name")`, `request.POST["name"]` and `"name" in request.POST`: what is read, and the name."""
    for node in ast.walk(function_node):
        match node:
            case ast.Call(func=ast.Attribute(value=posted), args=[name, *_]) if is_attribute_named(
                posted, "POST", "FILES"
            ):
                yield posted, get_expression_text(name)
            case ast.Subscript(value=posted, slice=name) if is_attribute_named(posted, "POST", "FILES"):
                yield posted, get_expression_text(name)
            case ast.Compare(left=name, comparators=[posted]) if is_attribute_named(posted, "POST", "FILES"):
                yield posted, get_expression_text(name)


def get_expression_text(ast_node: ast.expr) -> str:
    return str(ast_node.value) if isinstance(ast_node, ast.Constant) else ast.unparse(ast_node)


def is_variable_named(ast_node: ast.expr, variable_name: str) -> bool:
    return isinstance(ast_node, ast.Name) and ast_node.id == variable_name


def is_attribute_named(ast_node: ast.AST, *names: str) -> bool:
    return isinstance(ast_node, ast.Attribute) and ast_node.attr in names


def test_field_labels_omit_word_optional():
    """The template of a field says so: once is enough."""
    found = [path.name for path in list_source_files() if "(optional)" in path.read_text(encoding="utf-8")]

    assert found == []


def list_form_classes(base_class=forms.Form):
    for module in pkgutil.walk_packages(jukwaa.__path__, "jukwaa."):
        if ".forms" in module.name or "_forms" in module.name:
            importlib.import_module(module.name)
    for form_class in base_class.__subclasses__():
        yield form_class
        yield from list_form_classes(form_class)


def test_fields_with_requiring_hint_are_not_marked_as_optional():
    """What only some choices require belongs to `CONDITIONAL_FIELDS`: its label does not say “(optional)”."""
    wrong = {
        f"{form_class.__name__}.{name}"
        for form_class in list_form_classes()
        for name, field in form_class.base_fields.items()
        if re.search(r"\b(Required|Only needed|enter the reason)\b", str(field.help_text))
        if not field.required and name not in getattr(form_class, "CONDITIONAL_FIELDS", ())
    }

    assert wrong == set()


def test_required_fields_have_no_hint_that_they_are_optional():
    wrong = {
        f"{form_class.__name__}.{name}"
        for form_class in list_form_classes()
        for name, field in form_class.base_fields.items()
        if field.required and re.search(r"\b([Oo]ptional|Leave this empty to|if you like)\b", str(field.help_text))
    }

    assert wrong == set()
