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

from jukwaa.library.schema import Labelled, Said, SchemaError, lazily, load_toml, said_in_each

TYPES = ("text", "parties", "deliverables", "outcomes")
QUESTIONS = "questions.toml"
SHORT = "short"


@dataclass(frozen=True)
class Question(Labelled):
    name: str
    type: str
    said: Said
    about: Said

    @property
    def hint(self) -> Promise:
        return lazily(self.about)

    def in_language(self, language: str) -> str:
        return self.said.get(language.partition("-")[0]) or self.said["en"]


@dataclass(frozen=True)
class Form(Labelled):
    """Which questions a charter asks, in their order, and which of them must be answered before it is signed."""

    name: str
    said: Said
    about: Said
    questions: tuple[Question, ...]
    needed: frozenset[str]
    source: str  # the public guidance that its questions follow, if there is one

    @property
    def purpose(self) -> Promise:
        return lazily(self.about)

    @property
    def texts(self) -> list[Question]:
        return [question for question in self.questions if question.type == "text"]

    def question(self, name: str) -> Question:
        """Raises LookupError."""
        found = next((question for question in self.questions if question.name == name), None)
        if found is None:
            raise LookupError(f"{self.name} does not ask {name!r}")
        return found

    def after(self, name: str) -> Question | None:
        """The question that follows."""
        names = [question.name for question in self.questions]
        place = names.index(name) + 1
        return self.questions[place] if place < len(names) else None


@cache
def forms() -> Mapping[str, Form]:
    """By name: the one page first, the others by the alphabet. Raises SchemaError."""
    known = {question.name: question for question in _questions()}
    names = sorted(path.name for path in _data().iterdir() if path.name.endswith(".toml") and path.name != QUESTIONS)
    names.sort(key=lambda name: name != f"{SHORT}.toml")
    return {name.removesuffix(".toml"): _form(name, known) for name in names}


def form_called(name: str) -> Form:
    """Raises LookupError."""
    return forms()[name]


def _data() -> Traversable:
    return files("jukwaa.cooperation").joinpath("data", "charters")


def _load(name: str) -> dict[str, Any]:
    return load_toml(files("jukwaa.cooperation").joinpath("data"), f"charters/{name}")


def _questions() -> list[Question]:
    rows = _load(QUESTIONS).get("question")
    if not rows or not isinstance(rows, list):
        raise SchemaError(f"charters/{QUESTIONS}: there is no [[question]] in it")
    names = [row.get("name") for row in rows]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise SchemaError(f"charters/{QUESTIONS}: {twice} stands there twice")
    return [_question(row) for row in rows]


def _question(row: dict[str, Any]) -> Question:
    name, type_ = row.get("name"), row.get("type", "text")
    where = f"charters/{QUESTIONS}: {name}"
    if not isinstance(name, str) or not name:
        raise SchemaError(f"charters/{QUESTIONS}: a question has no name")
    if type_ not in TYPES:
        raise SchemaError(f"{where} is of type {type_!r}; there are {TYPES}")
    if type_ == "text" and name in TYPES:
        raise SchemaError(f"{where} is a name that is kept for rows")
    return Question(name, type_, said_in_each(row.get("label"), where), said_in_each(row.get("hint"), f"{where}: hint"))


def _form(name: str, known: Mapping[str, Question]) -> Form:
    data, where = _load(name), f"charters/{name}"
    asked = data.get("questions")
    if not isinstance(asked, list) or (unknown := [each for each in asked if each not in known]):
        raise SchemaError(f"{where}: questions that are not there: {asked and unknown}")
    needed = data.get("needed", [])
    if unasked := [each for each in needed if each not in asked]:
        raise SchemaError(f"{where}: {unasked} must be answered and is not asked")
    missing = {"parties", "deliverables", "outcomes"} - {known[each].type for each in asked}
    if missing:
        raise SchemaError(f"{where}: {sorted(missing)} must be asked by every charter")
    return Form(
        name.removesuffix(".toml"),
        said_in_each(data.get("label"), f"{where}: label"),
        said_in_each(data.get("about"), f"{where}: about"),
        tuple(known[each] for each in asked),
        frozenset(needed),
        str(data.get("source", "")),
    )
