"""What the library asks for: kinds, fields, choices and frameworks, one readable file each in `data/`.

An operator can add a kind, a field or a framework without touching code. Each file is checked when it is loaded; each
name stands there in the languages of the interface, so that it needs no translation anywhere else.
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

BOX_LABELS = {  # columns of an item, which the short form asks for
    "what_worked": _("What worked and why"),
    "what_changed": _("What changed as a result"),
    "how_it_links": _("How it relates to the work of the coalition"),
}
BOX_FIELDS = tuple(BOX_LABELS)
COUNTRIES_FIELD_NAME = "countries"
SCHEMA_LANGUAGES = ("en", "fr", "es", "ar")  # of texts whose translations all are read over
# A partial date is a day, a month or a year: "2017-05-02", "2017-05" or "2017".
TEMPLATE_FIELD_TYPES = ("text", "line", "day", "partial-date", "choice", "choices", "capabilities")
STATE_MEANINGS = ("done", "under-way", "needed", "unknown")  # from the farthest to what nobody has looked at

type LocalizedText = Mapping[str, str]  # a text by language: {"en": ..., "fr": ...}


class SchemaError(ValueError):
    """A data file is broken; the message names it and says what is wrong."""


class LabelMixin:
    """What has a name in each language of the interface."""

    said: LocalizedText

    @property
    def label(self) -> Promise:
        return localize_text_lazily(self.said)


@dataclass(frozen=True)
class ItemKind(LabelMixin):
    """A kind of item. `asks` maps what the short form asks for to how it asks; `owes` is what must be said at last."""

    name: str
    said: LocalizedText
    asks: Mapping[str, LocalizedText]
    needs_review: bool  # a second person reads it before it is published, whatever it says
    takes_pictures: bool
    owes: tuple[str, ...] = ()  # `countries`, or the name of a field of the type line
    by_mail: tuple[str, ...] = ()  # words beside its name with which the subject of a mail may begin

    @property
    def questions(self) -> list[str]:
        return [localize_schema_text(said) for said in self.asks.values()]

    def question(self, box: str) -> str:
        """How it asks for a box; what was written for another kind still has a heading."""
        return localize_schema_text(self.asks[box]) if box in self.asks else str(BOX_LABELS[box])


@dataclass(frozen=True)
class FieldChoice(LabelMixin):
    value: str
    said: LocalizedText
    about: LocalizedText  # the criteria of a grade; empty where the name is enough


@dataclass(frozen=True)
class TemplateField(LabelMixin):
    """One question of the long form. `kinds` is empty for a question to all kinds but those of `not_of`."""

    name: str
    type: str
    said: LocalizedText
    hint: LocalizedText
    kinds: tuple[str, ...]
    choices: tuple[FieldChoice, ...]
    not_of: tuple[str, ...] = ()

    def is_asked_of(self, kind: str) -> bool:
        return kind in self.kinds if self.kinds else kind not in self.not_of


@dataclass(frozen=True)
class Capability(LabelMixin):
    """A part of a framework; `value` is `framework/number`, and stays what it is when an edition follows."""

    value: str
    said: LocalizedText


@dataclass(frozen=True)
class CapabilityState(LabelMixin):
    """How a capability can stand, in the framework's own words; by its meaning frameworks are read side by side."""

    value: str
    said: LocalizedText
    meaning: str


@dataclass(frozen=True)
class Framework(LabelMixin):
    """An edition of a framework, with its parts as it groups them.

    `ended` is the year from which on nobody begins with it. `replaced_by` names the edition after it, and `goes_on`
    says which capabilities of that one each of its own becomes: none, one or several.
    """

    name: str
    said: LocalizedText
    edition: int
    source: str
    groups: tuple[tuple[LocalizedText, tuple[Capability, ...]], ...]
    states: tuple[CapabilityState, ...] = ()
    ended: int | None = None
    replaced_by: str = ""
    goes_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def with_edition(self) -> str:
        """Its label, which may name the edition already."""
        label, edition = str(self.label), str(self.edition)
        return label if edition in label or not self.edition else f"{label} ({edition})"

    @property
    def capabilities(self) -> tuple[Capability, ...]:
        return tuple(part for _named, parts in self.groups for part in parts)

    def state(self, value: str) -> CapabilityState:
        """What this value stands for; what it does not know was looked at by nobody."""
        return next((state for state in self.states if state.value == value), self.get_state_by_meaning("unknown"))

    def get_state_by_meaning(self, meaning: str) -> CapabilityState:
        return next(state for state in self.states if state.meaning == meaning)


def localize_schema_text(said: LocalizedText) -> str:
    """In the language of the page, else in English."""
    language = get_language() or "en"
    return said.get(language) or said.get(language.partition("-")[0]) or said.get("en", "")


def localize_text_lazily(localized_text: LocalizedText) -> Promise:
    return _localize_lazily(localized_text)  # type: ignore[no-any-return]  # what `lazy` makes


_localize_lazily: Any = lazy(localize_schema_text, str)


@cache
def kinds() -> tuple[ItemKind, ...]:
    return tuple(_parse_item_kind(row) for row in load_toml_rows(_get_data_folder(), "kinds.toml", "kind"))


def get_item_kind(kind_name: str) -> ItemKind:
    """Raises LookupError."""
    found = next((kind for kind in kinds() if kind.name == kind_name), None)
    if found is None:
        raise LookupError(f"no kind of item is called {kind_name!r}")
    return found


@cache
def get_detail_fields() -> tuple[TemplateField, ...]:
    found = tuple(_parse_detail_field(row) for row in load_toml_rows(_get_data_folder(), "fields.toml", "field"))
    for kind in kinds():
        lines = {
            COUNTRIES_FIELD_NAME,
            *(field.name for field in found if field.type == "line" and field.is_asked_of(kind.name)),
        }
        if unknown := set(kind.owes) - lines:
            raise SchemaError(f"kinds.toml: {kind.name} owes {sorted(unknown)}, which is no line that it is asked for")
    return found


def get_fields_for_kind(kind_name: str) -> list[TemplateField]:
    return [field for field in get_detail_fields() if field.is_asked_of(kind_name)]


def get_required_fields(item_kind: ItemKind) -> list[TemplateField]:
    """What must be said of the long form, for the short form to ask."""
    return [field for field in get_fields_for_kind(item_kind.name) if field.name in item_kind.owes]


@cache
def load_choices(name: str) -> tuple[FieldChoice, ...]:
    """The choices in `data/choices/NAME.toml`. Raises SchemaError where there is no such file."""
    rows = load_toml_rows(_get_data_folder(), f"choices/{name}.toml", "choice")
    return tuple(_parse_field_choice(row, name) for row in rows)


@cache
def get_frameworks() -> tuple[Framework, ...]:
    folder = _get_data_folder().joinpath("frameworks")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    found = tuple(_parse_framework_file(name) for name in names)
    _check_framework_successors(found)
    return found


def get_framework(framework_name: str) -> Framework:
    """Raises LookupError."""
    known = next((framework for framework in get_frameworks() if framework.name == framework_name), None)
    if known is None:
        raise LookupError(f"no framework is called {framework_name!r}")
    return known


def get_framework_or_placeholder(name: str) -> Framework:
    """For what was said of one whose file an operator took away: by its name, and without a capability."""
    try:
        return get_framework(name)
    except LookupError:
        return Framework(name, {"en": name}, 0, "", (), _parse_capability_states({"path": name}))


def _check_framework_successors(frameworks: tuple[Framework, ...]) -> None:
    """What an edition becomes is there. Raises SchemaError."""
    parts = {framework.name: {part.value for part in framework.capabilities} for framework in frameworks}
    for framework in frameworks:
        if framework.replaced_by and framework.replaced_by not in parts:
            raise SchemaError(f"frameworks/{framework.name}.toml: {framework.replaced_by} is not there")
        later = parts.get(framework.replaced_by, set())
        if lost := {value for values in framework.goes_on.values() for value in values} - later:
            raise SchemaError(f"frameworks/{framework.name}.toml: it goes on in what is not there: {sorted(lost)}")


def _get_data_folder() -> Traversable:
    return files("jukwaa.library").joinpath("data")


def load_toml_file(data_folder: Traversable, path: str) -> dict[str, Any]:
    """Raises SchemaError."""
    try:
        return tomllib.loads(data_folder.joinpath(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:  # no file, no UTF-8 or no TOML
        raise SchemaError(f"{path}: {error}") from error


def load_toml_rows(data_folder: Traversable, path: str, table_name: str) -> list[dict[str, Any]]:
    """The rows of a file, each with its path. Raises SchemaError."""
    rows = load_toml_file(data_folder, path).get(table_name)
    if not rows or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SchemaError(f"{path}: there is no [[{table_name}]] in it")
    _check_unique_names(path, [row.get("name", row.get("value")) for row in rows])
    return [{**row, "path": path} for row in rows]


def load_toml_words(data_folder: Traversable, path: str, list_name: str) -> list[str]:
    """A list of words of a file; none where there is no list."""
    return [str(word) for word in load_toml_file(data_folder, path).get(list_name, [])]


def _check_unique_names(path: str, unique_names: list[Any]) -> None:
    """Answers are kept by these names: of two that are the same, one would be lost."""
    if twice := next((name for name in unique_names if name and unique_names.count(name) > 1), None):
        raise SchemaError(f"{path}: {twice} stands there twice")


def _parse_item_kind(toml_row: dict[str, Any]) -> ItemKind:
    asks = toml_row.get("asks") or {}
    if unknown := set(asks) - set(BOX_FIELDS):
        asked = f"{_get_row_name(toml_row)} asks for {sorted(unknown)}"
        raise SchemaError(f"{toml_row['path']}: {asked}, and only {BOX_FIELDS} can be asked for")
    return ItemKind(
        name=_get_row_name(toml_row),
        said=parse_localized_text(toml_row, "label"),
        asks={box: parse_localized_text(asks, box, file_path=toml_row["path"]) for box in BOX_FIELDS if box in asks},
        needs_review=bool(toml_row.get("needs_review", False)),
        takes_pictures=bool(toml_row.get("takes_pictures", False)),
        owes=tuple(toml_row.get("owes", ())),
        by_mail=tuple(toml_row.get("by_mail", ())),
    )


def _parse_detail_field(toml_row: dict[str, Any]) -> TemplateField:
    return parse_field_row(toml_row, {kind.name for kind in kinds()})


def parse_field_row(toml_row: dict[str, Any], known_names: Collection[str]) -> TemplateField:
    """A field that may be asked of these kinds. Its choices stand in a file of theirs, or in the row itself."""
    name, type_ = _get_row_name(toml_row), toml_row.get("type", "text")
    if type_ not in TEMPLATE_FIELD_TYPES:
        raise SchemaError(f"{toml_row['path']}: {name} is of type {type_!r}; there are {TEMPLATE_FIELD_TYPES}")
    asked_of, not_of = tuple(toml_row.get("kinds", ())), tuple(toml_row.get("not_of", ()))
    if unknown := {*asked_of, *not_of} - set(known_names):
        raise SchemaError(f"{toml_row['path']}: {name} is asked of kinds that are not there: {sorted(unknown)}")
    return TemplateField(
        name=name,
        type=type_,
        said=parse_localized_text(toml_row, "label"),
        hint=parse_localized_text(toml_row, "hint") if "hint" in toml_row else {},
        kinds=asked_of,
        choices=_parse_field_choices(toml_row) if type_ in {"choice", "choices"} else (),
        not_of=not_of,
    )


def _parse_field_choices(row: dict[str, Any]) -> tuple[FieldChoice, ...]:
    given, name = row.get("choices", row["name"]), row["name"]
    return load_choices(given) if isinstance(given, str) else tuple(_parse_field_choice(each, name) for each in given)


def _parse_field_choice(toml_row: dict[str, Any], field_name: str) -> FieldChoice:
    value = toml_row.get("value")
    if not isinstance(value, str) or not value:
        raise SchemaError(f"choices/{field_name}.toml: a choice has no value")
    about = parse_localized_text(toml_row, "about") if "about" in toml_row else {}
    return FieldChoice(value, parse_localized_text(toml_row, "label"), about)


def _parse_framework_file(file: str) -> Framework:
    path = f"frameworks/{file}"
    data = {**load_toml_file(_get_data_folder(), path), "path": path}
    name = file.removesuffix(".toml")
    try:
        groups = tuple(
            (parse_localized_text(group, "label", file_path=path), _parse_framework_capabilities(group, name, path))
            for group in data["group"]
        )
        framework = Framework(
            name,
            parse_localized_text(data, "label"),
            int(data["edition"]),
            str(data["source"]),
            groups,
            **_parse_framework_lifecycle(data, name),
        )
    except SchemaError:
        raise
    except KeyError as error:
        raise SchemaError(f"{path}: {error.args[0]} is missing") from error
    except (AttributeError, TypeError, ValueError) as error:
        raise SchemaError(f"{path}: {error}") from error
    _check_unique_names(path, [part.value for _label, parts in framework.groups for part in parts])
    return framework


def _parse_framework_capabilities(toml_group: dict[str, Any], framework: str, path: str) -> tuple[Capability, ...]:
    labels = ((part["number"], parse_localized_text(part, "label", file_path=path)) for part in toml_group["part"])
    return tuple(Capability(f"{framework}/{number}", label) for number, label in labels)


def _parse_framework_lifecycle(toml_data: dict[str, Any], framework_name: str) -> dict[str, Any]:
    """How its capabilities can stand, when it ended, and what it became."""
    later = str(toml_data.get("replaced_by", ""))
    led = {
        f"{framework_name}/{number}": tuple(f"{later}/{each}" for each in becomes)
        for number, becomes in toml_data.get("goes_on", {}).items()
    }
    ended = int(toml_data["ended"]) if "ended" in toml_data else None
    return {"states": _parse_capability_states(toml_data), "ended": ended, "replaced_by": later, "goes_on": led}


def _parse_capability_states(data: dict[str, Any]) -> tuple[CapabilityState, ...]:
    """Its own, else those that all share."""
    shared = files("jukwaa.library").joinpath("data")
    rows = data.get("state") or load_toml_rows(shared, "states.toml", "state")
    states = tuple(
        CapabilityState(str(row["value"]), parse_localized_text(row, "label", file_path=data["path"]), row["meaning"])
        for row in rows
    )
    if {state.meaning for state in states} != set(STATE_MEANINGS):
        raise SchemaError(f"{data['path']}: its states mean each of {STATE_MEANINGS} once at least, and nothing else")
    _check_unique_names(data["path"], [state.value for state in states])
    return states


def _get_row_name(toml_row: dict[str, Any]) -> str:
    name = toml_row.get("name")
    if not isinstance(name, str) or not name:
        raise SchemaError(f"{toml_row['path']}: a row has no name")
    return name


def parse_localized_text(toml_row: dict[str, Any], text_key: str, *, file_path: str = "") -> LocalizedText:
    """A text by language. Raises SchemaError where it is not in English."""
    said = toml_row.get(text_key)
    if not isinstance(said, dict) or not said.get("en"):
        whose = next((f"{toml_row[name]}: " for name in ("name", "value", "number") if toml_row.get(name)), "")
        raise SchemaError(f"{file_path or toml_row.get('path')}: {whose}{text_key} is not in English")
    return {str(language): str(text) for language, text in said.items()}


def parse_text_in_all_languages(words: Any, file_path: str) -> LocalizedText:
    """A text in each of the languages. Raises SchemaError where one is missing."""
    if not isinstance(words, dict):
        raise SchemaError(f"{file_path} has no words")
    if missing := [language for language in SCHEMA_LANGUAGES if not words.get(language)]:
        raise SchemaError(f"{file_path} is not said in {missing}")
    return {str(language): str(text) for language, text in words.items()}
