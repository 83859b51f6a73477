"""What charters ask: a readable file for each form in `data/charters/`, over questions that stand in one file beside.

An operator can change one, or add one, without touching code. Each is checked when it is loaded, and stands there in
the languages of the interface.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from django.utils.functional import Promise

from jukwaa.library.schema import (
    LabelMixin,
    LocalizedText,
    SchemaError,
    load_toml_file,
    localize_text_lazily,
    parse_text_in_all_languages,
)

CHARTER_QUESTION_TYPES = ("text", "parties", "deliverables", "outcomes")
CHARTER_QUESTIONS_FILE = "questions.toml"
SHORT_CHARTER_FORM_NAME = "short"


@dataclass(frozen=True)
class CharterQuestion(LabelMixin):
    name: str
    type: str
    said: LocalizedText
    about: LocalizedText

    @property
    def hint(self) -> Promise:
        return localize_text_lazily(self.about)

    def in_language(self, language: str) -> str:
        return self.said.get(language.partition("-")[0]) or self.said["en"]


@dataclass(frozen=True)
class CharterForm(LabelMixin):
    """Which questions a charter asks, in their order, and which of them must be answered before it is signed."""

    name: str
    said: LocalizedText
    about: LocalizedText
    questions: tuple[CharterQuestion, ...]
    needed: frozenset[str]
    source: str  # the public guidance that its questions follow, if there is one

    @property
    def purpose(self) -> Promise:
        return localize_text_lazily(self.about)

    @property
    def texts(self) -> list[CharterQuestion]:
        return [question for question in self.questions if question.type == "text"]

    def question(self, name: str) -> CharterQuestion:
        """Raises LookupError."""
        found = next((question for question in self.questions if question.name == name), None)
        if found is None:
            raise LookupError(f"{self.name} does not ask {name!r}")
        return found

    def after(self, name: str) -> CharterQuestion | None:
        """The question that follows."""
        names = [question.name for question in self.questions]
        place = names.index(name) + 1
        return self.questions[place] if place < len(names) else None


@cache
def load_charter_forms() -> Mapping[str, CharterForm]:
    """Load the forms of charters by name: the short one first, the others in alphabetical order. Raises SchemaError."""
    known = {question.name: question for question in _load_charter_questions()}
    names = sorted(
        path.name
        for path in _get_data_folder().iterdir()
        if path.name.endswith(".toml") and path.name != CHARTER_QUESTIONS_FILE
    )
    names.sort(key=lambda name: name != f"{SHORT_CHARTER_FORM_NAME}.toml")
    return {name.removesuffix(".toml"): _parse_charter_form(name, known) for name in names}


def get_charter_form(form_name: str) -> CharterForm:
    """Raises LookupError."""
    return load_charter_forms()[form_name]


def _get_data_folder() -> Traversable:
    return files("jukwaa.cooperation").joinpath("data", "charters")


def _load_charter_toml(form_name: str) -> dict[str, Any]:
    return load_toml_file(files("jukwaa.cooperation").joinpath("data"), f"charters/{form_name}")


def _load_charter_questions() -> list[CharterQuestion]:
    rows = _load_charter_toml(CHARTER_QUESTIONS_FILE).get("question")
    if not rows or not isinstance(rows, list):
        raise SchemaError(f"charters/{CHARTER_QUESTIONS_FILE}: there is no [[question]] in it")
    names = [row.get("name") for row in rows]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise SchemaError(f"charters/{CHARTER_QUESTIONS_FILE}: {twice} stands there twice")
    return [_parse_charter_question(row) for row in rows]


def _parse_charter_question(toml_row: dict[str, Any]) -> CharterQuestion:
    name, type_ = toml_row.get("name"), toml_row.get("type", "text")
    where = f"charters/{CHARTER_QUESTIONS_FILE}: {name}"
    if not isinstance(name, str) or not name:
        raise SchemaError(f"charters/{CHARTER_QUESTIONS_FILE}: a question has no name")
    if type_ not in CHARTER_QUESTION_TYPES:
        raise SchemaError(f"{where} is of type {type_!r}; there are {CHARTER_QUESTION_TYPES}")
    if type_ == "text" and name in CHARTER_QUESTION_TYPES:
        raise SchemaError(f"{where} is a name that is kept for rows")
    return CharterQuestion(
        name,
        type_,
        parse_text_in_all_languages(toml_row.get("label"), where),
        parse_text_in_all_languages(toml_row.get("hint"), f"{where}: hint"),
    )


def _parse_charter_form(form_name: str, questions_by_name: Mapping[str, CharterQuestion]) -> CharterForm:
    data, where = _load_charter_toml(form_name), f"charters/{form_name}"
    asked = data.get("questions")
    if not isinstance(asked, list) or (unknown := [each for each in asked if each not in questions_by_name]):
        raise SchemaError(f"{where}: questions that are not there: {asked and unknown}")
    needed = data.get("needed", [])
    if unasked := [each for each in needed if each not in asked]:
        raise SchemaError(f"{where}: {unasked} must be answered and is not asked")
    missing = {"parties", "deliverables", "outcomes"} - {questions_by_name[each].type for each in asked}
    if missing:
        raise SchemaError(f"{where}: {sorted(missing)} must be asked by every charter")
    return CharterForm(
        form_name.removesuffix(".toml"),
        parse_text_in_all_languages(data.get("label"), f"{where}: label"),
        parse_text_in_all_languages(data.get("about"), f"{where}: about"),
        tuple(questions_by_name[each] for each in asked),
        frozenset(needed),
        str(data.get("source", "")),
    )
