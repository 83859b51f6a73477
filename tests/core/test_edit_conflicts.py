"""Two people save the same form: the second sees both versions on one page, loses nothing, and can save again."""

import ast
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.forms import CharField, ChoiceField, IntegerField
from django.utils.html import escape
from lxml import html

import jukwaa
from jukwaa.coalitions.models import Role
from jukwaa.core.edit_conflicts import EDIT_CONFLICT_TEMPLATE
from jukwaa.core.forms import Form
from jukwaa.drafting.models import Disposition, Wording
from jukwaa.intake.models import Suggestion
from jukwaa.meetings.models import QuorumRule
from jukwaa.proposals.models import CallFile
from jukwaa.records.models import Label, State
from tests.cooperation.charter_steps import begin_work_with_charter, create_spokesperson
from tests.factories import EntryFactory, RoleFactory
from tests.meetings.findings import KeyFindingFactory
from tests.meetings.ideas import IdeaFactory
from tests.proposals.test_call_files import CALL_TOML
from tests.quarantine_scenes import PostTarget, Scene, build_author_post_target, build_scene_url, get_scene_reading
from tests.routes import Route, list_routes
from tests.test_access_walk import rolled_back_transaction
from tests.test_quarantine import ClientsByPerson, PublicOnlyWorld, iter_form_post_targets
from tests.world import World, build_canary_world

CODE_FOLDER = Path(jukwaa.__file__).parent
# The field that both change, where it is not the first text of the form.
FIELD_BY_ROUTE = {
    "cooperation:need_edit": "summary",
    "cooperation:offer_edit": "summary",
    "cooperation:work_edit": "summary",
    "eligibility:annual_submission": "sent_to",
    "intake:suggestion_edit": "text",
}
# What both say, where it has to be valid.
CHANGES_BY_ROUTE = {
    "proposals:call_text": tuple(CALL_TOML.strip().replace("max = 60", f"max = {limit}") for limit in (61, 62))
}
CHANGES_BY_ROUTE["eligibility:annual_submission"] = ("https://example.org/one", "https://example.org/two")
# What else must be filled in.
EXTRA_VALUES = {
    "drafting:position_own": {"stance": "aside"},
    "drafting:position_take": {"stance": "aside"},
    "drafting:input_answer": {"answer": "noted"},
    "eligibility:annual_submission": {"sent_on": "2026-01-01"},
    "notices:notice_edit": {"contact": "privacy@example.org"},
    "proposals:call_text": {"step": "save"},
}
OWN_PAGE_URL = "/own/"  # nobody else saves the same
# Where the form does not begin with what was stored.
STORED_VALUE_BY_ROUTE: dict[str, Callable[[], Any]] = {
    "drafting:accept_wording": lambda: Wording.objects.latest("pk").body,
    "drafting:input_answer": lambda: Disposition.objects.latest("pk").reason,
    "meetings:quorum_edit": lambda: str(QuorumRule.objects.get().members),
    "intake:suggestion_merge": lambda: Suggestion.objects.exclude(merged_into=None).latest("version").merged_into_id,
}
# They ask for a confirmation: nothing was typed, so their own page shows what would be confirmed now.
CONFIRMATION_VIEWS = {
    f"jukwaa.drafting.views.clause_restructuring.clause_{done}" for done in ("split", "merge", "remove")
}
# A correction is decided on once; what is compared is its entry, in tests/meetings/test_corrections.py.
CONFIRMATION_VIEWS |= {"jukwaa.meetings.views.corrections.correction_decide"}
VERSION_FIELDS = {"version", "seen", "from_digest", "into_digest", "digest", "step"}
# Views of forms with a hidden version that compare nothing, each with its reason.
VIEWS_COMPARING_NOTHING = {
    "charter_sign": "nothing was typed: the page shows the text that was read beside the one that would be signed now",
    "charter_sign_by_link": "as `charter_sign`",
    "clause_save": "a line beside the form: its button leads to both versions",
    "clause_add": "what is new has no other version, as in all views whose name ends in `_new`",
    "participation_report": "as `clause_add`",
    "translation_confirm_current": "a button",
    "record_version_restore": "a button",
    "inputs_answer_together": "what was answered by others is left out",
    "agenda_item_remove": "a button",
    "draft_review": "the page shows the draft as it reads now, above what the reviewer wrote",
    "draft_send": "a button",
    "document_readers": "one choice: who can read the document",
    "paper_remove": "a button",
    "_show_removed_item_to_add_again": "the agenda item was removed: a form that adds it again, with what was typed",
}


@pytest.fixture(scope="module")
def small_world(django_db_setup, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        world = build_canary_world(PublicOnlyWorld, [Label.CLEAR], State)
        for kind in Role.Kind:
            RoleFactory(coalition=world.coalition, person=world.people["author"], kind=kind)
        yield world
        transaction.set_rollback(True)


@cache
def find_comparing_views() -> dict[str, ast.FunctionDef]:
    return {
        name: view for name, view in find_view_functions().items() if "current_values" in get_form_view_keywords(view)
    }


@cache
def find_view_functions() -> dict[str, ast.FunctionDef]:
    """Each function of the views that calls `form_view`, by its module and name."""
    return {
        f"{get_module_name(path)}.{node.name}": node
        for path in sorted(CODE_FOLDER.glob("*/views/**/*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and any(get_call_name(call) == "form_view" for call in list_call_nodes(node))
    }


def get_module_name(module_path: Path) -> str:
    return ".".join(module_path.relative_to(CODE_FOLDER.parent).with_suffix("").parts).removesuffix(".__init__")


def get_view_name(route: Route) -> str:
    view = inspect.unwrap(route.pattern.callback)
    return f"{view.__module__}.{view.__name__}"


def list_call_nodes(ast_node: ast.AST) -> list[ast.Call]:
    return [each for each in ast.walk(ast_node) if isinstance(each, ast.Call)]


def get_call_name(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def get_form_view_keywords(view_node: ast.FunctionDef) -> set[str]:
    return {
        str(each.arg)
        for call in list_call_nodes(view_node)
        if get_call_name(call) == "form_view"
        for each in call.keywords
    }


EDITING_ROUTES = [
    route for route in list_routes() if get_view_name(route) in {*find_comparing_views()} - CONFIRMATION_VIEWS
]


@dataclass
class FormEditor:
    """A person in front of a form."""

    client: Any
    url: str

    def open_form_page(self) -> Any:
        return self.client.get(self.url)

    def send_changed_form(self, page: Any, **changes: Any) -> Any:
        form = find_posted_form(page, self.url)
        return self.client.post(form.action or self.url, get_form_values(form) | changes)


def find_posted_form(page: Any, url: str) -> Any:
    """The form that is posted to this page, as a browser finds it."""
    path = url.partition("?")[0]
    posted = [form for form in html.fromstring(page.text).forms if form.method == "POST"]
    return next(form for form in posted if not form.action or form.action.partition("?")[0] == path)


def get_form_values(page_form: Any) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in page_form.form_values():
        values.setdefault(name, []).append(value)
    return values


@dataclass
class FieldChange:
    """What both editors say in the same field, and how that is shown."""

    name: str
    theirs: Any
    mine: Any
    shown: tuple[str, str] = ("Theirs was saved", "Mine was typed")


def find_possible_change(route: Route, page_form: Form) -> FieldChange | None:
    """A change of a text, or else of a choice; None if the form has neither."""
    visible = {name: field for name, field in page_form.fields.items() if not page_form[name].is_hidden}
    texts = [name for name, field in visible.items() if type(field) is CharField]
    if name := FIELD_BY_ROUTE.get(route.name, next(iter(texts), "")):
        theirs, mine = CHANGES_BY_ROUTE.get(route.name, FieldChange.shown)
        return FieldChange(name, theirs, mine, (theirs, mine))
    for name, field in visible.items():
        if isinstance(field, ChoiceField) and len(options := list(field.choices)[-2:]) == 2:
            theirs, mine = ([str(value)] for value, _label in options)
            return FieldChange(name, theirs, mine, tuple(str(label) for _value, label in options))
    numbers = [name for name, field in visible.items() if isinstance(field, IntegerField)]
    return FieldChange(numbers[0], "5", "6", ("5", "6")) if numbers else None


@pytest.mark.parametrize("route", EDITING_ROUTES, ids=lambda route: route.name)
def test_second_of_two_editors_sees_both_versions_and_saves_again(route, small_world, db):
    with rolled_back_transaction():
        second, page, change = build_outdated_editor(route, small_world)
        name, label = change.name, str(page.context["form"].fields[change.name].label)
        conflict = second.send_changed_form(page, **{**EXTRA_VALUES.get(route.name, {}), name: change.mine})
        assert (conflict.status_code, conflict.template_name) == (409, EDIT_CONFLICT_TEMPLATE)
        differences = {each.label: (each.now, each.yours) for each in conflict.context["differences"]}

        assert differences[label] == change.shown
        assert all(escape(words) in conflict.text for words in (label, *change.shown))
        assert second.send_changed_form(conflict).status_code == 302
        stored = (
            STORED_VALUE_BY_ROUTE[route.name]()
            if route.name in STORED_VALUE_BY_ROUTE
            else second.open_form_page().context["form"][name].value()
        )
        assert list_values_as_strings(stored) == list_values_as_strings(change.mine)


def list_values_as_strings(current_value: Any) -> list[str]:
    return list(map(str, current_value if isinstance(current_value, list) else [current_value]))


def create_charter(world: World) -> PostTarget:
    first, second = (create_spokesperson(world.coalition, name) for name in ("A first party", "A second party"))
    return PostTarget(
        first[0],
        build_scene_url(
            world, "cooperation:charter_answer", begin_work_with_charter(world.coalition, first, second).pk, "why"
        ),
    )


def create_suggestion(world: World) -> PostTarget:
    reading = get_scene_reading(world)
    kept = {"sentence": reading.sentences.get(), "start": 0, "end": 5, "kind": "decision", "actors": []}
    numbers = [reading.suggestions.create(text=text, **kept).pk for text in ("One.", "Two.", "Three.")]
    return build_author_post_target(world, "intake:suggestion_merge", reading.pk, numbers[0])


def create_open_idea(world: World) -> PostTarget:
    idea = IdeaFactory(coalition=world.coalition, author=world.people["author"], published=True)
    return build_author_post_target(world, "meetings:idea_edit", idea.pk)


def create_finding_with_source(world: World) -> PostTarget:
    finding = KeyFindingFactory(coalition=world.coalition, author=world.people["author"], published=True)
    finding.based_on.add(EntryFactory(coalition=world.coalition, label=Label.CLEAR, published=True))
    return build_author_post_target(world, "meetings:finding_edit", finding.pk)


def create_call_for_proposals(world: World) -> PostTarget:
    CallFile.objects.create(coalition=world.coalition, name="igf-2027-workshop", text=CALL_TOML)
    return build_author_post_target(world, "proposals:call_text", query="?name=igf-2027-workshop")


SCENE_BY_ROUTE: dict[str, Scene] = {
    "proposals:call_text": create_call_for_proposals,
    "cooperation:charter_answer": create_charter,
    "intake:suggestion_merge": create_suggestion,
    "meetings:finding_edit": create_finding_with_source,
    "meetings:idea_edit": create_open_idea,
}


def build_outdated_editor(route: Route, world: World) -> tuple[FormEditor, Any, FieldChange]:
    """Somebody who opened a form before another person saved it, the page as they have it, and what is said in it."""
    people = ClientsByPerson()
    places = (
        [SCENE_BY_ROUTE[route.name](world)] if route.name in SCENE_BY_ROUTE else iter_form_post_targets(route, world)
    )
    for place in places:
        second = FormEditor(people[place.person], place.url)
        page = second.open_form_page()
        if page.status_code != 200 or "form" not in page.context:
            continue
        first, change = (
            FormEditor(people[find_other_editor(place, world, people)], place.url),
            find_possible_change(route, page.context["form"]),
        )
        if (
            change
            and first.send_changed_form(
                page, **{**EXTRA_VALUES.get(route.name, {}), change.name: change.theirs}
            ).status_code
            == 302
        ):
            return second, page, change
    raise AssertionError(f"Nobody can save the form of {route.name}.")


def find_other_editor(posting_place: PostTarget, world: World, clients_by_person: ClientsByPerson) -> Any:
    """Another person who has the same page, or else the same person in another window."""
    for person in () if posting_place.url.endswith(OWN_PAGE_URL) else world.people.values():
        if person != posting_place.person and clients_by_person[person].get(posting_place.url).status_code == 200:
            return person
    return posting_place.person


def test_each_comparing_view_is_tested():
    walked = {get_view_name(route) for route in EDITING_ROUTES}

    assert {*find_comparing_views()} - CONFIRMATION_VIEWS == walked
    assert {*find_comparing_views()} >= CONFIRMATION_VIEWS


def test_form_with_version_field_is_compared():
    silent = {
        name.rpartition(".")[2]
        for name, view in find_view_functions().items()
        if not name.endswith("_new")
        and has_version_field(name, view)
        and "current_values" not in get_form_view_keywords(view)
    }

    assert silent == {*VIEWS_COMPARING_NOTHING}


def has_version_field(field_name: str, view_node: ast.FunctionDef) -> bool:
    """Whether the view makes a form with a hidden version."""
    module = import_module(field_name.rpartition(".")[0])
    made = [getattr(module, get_call_name(call), None) for call in list_call_nodes(view_node)]
    return any(
        name in VERSION_FIELDS and field.widget.is_hidden
        for form in made
        if inspect.isclass(form) and issubclass(form, Form)
        for name, field in form.base_fields.items()
    )
