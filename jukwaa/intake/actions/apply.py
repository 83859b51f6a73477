"""What a person would confirm, correct and add, written down as data and applied by the ordinary actions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.coalitions.models import Organisation
from jukwaa.intake.actions.decide import Wording, accept, add, edit, merge, refuse, wording_of
from jukwaa.intake.actions.setting import leave_as_written, mark_part, match_actor, name_new_organisation
from jukwaa.intake.models import Actor, Decision, DeskKind, Reading, Sentence, Suggestion
from jukwaa.intake.storing import store_names

type Instruction = Mapping[str, Any]
WORDS = frozenset({"text", "actors", "owner", "due_on", "due_text", "came_as", "is_chair"})
VERBS = frozenset({"accept", "refuse", "edit", "add", "keep", "merge"})
KEYS = frozenset({"sentence", "kind", *VERBS})


class CannotApply(ValueError):  # noqa: N818 - it names what happened
    """An instruction that does not fit the reading. The message says which, and what the reading has instead."""


@action
def apply_decisions(reading: Reading, decisions: Sequence[Instruction], *, actor: Person) -> Reading:
    """Apply instructions, in order, all or none. Each is a mapping; the machine's own suggestions may change with its
    rules, so `keep` says what is to stand whatever the machine suggested.

    About a name, once for the whole reading::

        {"actor": "ITU representatives", "organisation": "International Telecommunication Union"}   # in the directory
        {"actor": "INSAFE network", "new": "Insafe"}                         # added when the reading is entered
        {"actor": "members", "as_written": true}

    About a part of the meeting: ``{"part": "Closed discussion", "from": 12, "to": 15, "chatham": true}``

    About a sentence, which is its number, or the words that it begins with::

        {"sentence": 8, "accept": ["offer"]}
        {"sentence": 10, "refuse": ["observation"]}                          # or "all": whatever still waits
        {"sentence": 3, "kind": "attendee", "edit": {"actors": ["NSPCC"], "came_as": "new-attendee"}}
        {"sentence": 6, "kind": "topic", "merge": {"sentence": 5, "kind": "topic"}}
        {"sentence": 7, "add": {"kind": "request", "text": "ITU asks for inputs.", "actors": ["ITU"]}}
        {"sentence": "The ITU also offered", "keep": [{"kind": "offer", "actors": ["ITU"]}]}

    `keep` accepts or edits the suggestion of each kind that it lists, adds what the machine did not suggest, and
    refuses the rest of the sentence; an empty list keeps nothing. A text that is left out is the sentence as it stands.
    Keys of a wording: text, actors, owner, due_on (2009-11-27), due_text, came_as (member, new-member, new-attendee,
    observer), is_chair; and `quote` in `add` and `keep`: the words of the sentence that are meant, if not all of it.

    Raises CannotApply for an instruction that does not fit, and whatever the actions raise.
    """
    for instruction in decisions:
        if "actor" in instruction:
            _name(reading, instruction, actor)
        elif "part" in instruction:
            _part(reading, instruction, actor)
        else:
            _judge(reading, instruction, actor)
    return reading


def _name(reading: Reading, said: Instruction, actor: Person) -> None:
    written = said["actor"]
    store_names(reading, [written])
    name = Actor.objects.get(reading=reading, written=written)
    if new_name := said.get("new"):
        name_new_organisation(actor=actor, name=name, new_name=new_name)
    elif known := said.get("organisation"):
        organisation = Organisation.objects.of(reading.coalition).filter(name__iexact=known).first()
        if organisation is None:
            raise CannotApply(f"The directory has no organisation “{known}” for {said!r}.")
        match_actor(actor=actor, name=name, organisation=organisation)
    else:
        leave_as_written(actor=actor, name=name)


def _part(reading: Reading, said: Instruction, actor: Person) -> None:
    first, last = _sentence(reading, said["from"]), _sentence(reading, said["to"])
    mark_part(
        actor=actor,
        reading=reading,
        title=said["part"],
        first=first.number,
        last=last.number,
        chatham=bool(said.get("chatham", False)),
    )


def _judge(reading: Reading, said: Instruction, actor: Person) -> None:
    if unknown := set(said) - KEYS:
        raise CannotApply(f"{', '.join(sorted(unknown))} is not understood in {said!r}.")
    sentence = _sentence(reading, said.get("sentence"))
    for kind in _listed(said.get("accept", ())):
        found = _suggestion(sentence, kind, said)
        accept(actor=actor, suggestion=found, from_version=found.version)
    if "edit" in said:
        found = _suggestion(sentence, said.get("kind", ""), said)
        edit(actor=actor, suggestion=found, wording=_wording(found, said["edit"]), from_version=found.version)
    if "merge" in said:
        found = _suggestion(sentence, said.get("kind", ""), said)
        into = _suggestion(_sentence(reading, said["merge"]["sentence"]), said["merge"]["kind"], said)
        merge(actor=actor, suggestion=found, into=into, from_version=found.version)
    if "add" in said:
        _add(reading, sentence, said["add"], actor)
    if "keep" in said:
        _keep(reading, sentence, said["keep"], actor)
    _refuse(sentence, said, actor)


def _refuse(sentence: Sentence, said: Instruction, actor: Person) -> None:
    refused = said.get("refuse", "all" if "keep" in said else ())
    waiting = [s for s in sentence.suggestions.order_by("pk") if s.decision == Decision.WAITING]
    chosen = waiting if refused == "all" else [_suggestion(sentence, kind, said) for kind in _listed(refused)]
    for found in chosen:
        refuse(actor=actor, suggestion=found, from_version=found.version)


def _keep(reading: Reading, sentence: Sentence, kept: Iterable[Instruction], actor: Person) -> None:
    taken: set[int] = set()
    for wanted in kept:
        same = sentence.suggestions.filter(kind=wanted["kind"]).exclude(pk__in=taken).order_by("pk")
        found = None if "quote" in wanted else same.first()
        if found is None:
            found = _add(reading, sentence, wanted, actor)
        else:
            edit(actor=actor, suggestion=found, wording=_wording(found, wanted), from_version=found.version)
        taken.add(found.pk)


def _add(reading: Reading, sentence: Sentence, said: Instruction, actor: Person) -> Suggestion:
    text = reading.document.text if reading.document else ""
    start, end = sentence.start, sentence.end
    if quote := said.get("quote"):
        start = text.find(quote, sentence.start, sentence.end)
        end = start + len(quote)
        if start < 0:
            raise CannotApply(f"Sentence {sentence.number} does not say “{quote}”.")
    blank = Wording(kind=DeskKind(said["kind"]), text=text[start:end])
    return add(actor=actor, reading=reading, start=start, end=end, wording=_reworded(blank, said))


def _wording(suggestion: Suggestion, said: Instruction) -> Wording:
    return _reworded(wording_of(suggestion), said)


def _reworded(wording: Wording, said: Instruction) -> Wording:
    if unknown := set(said) - WORDS - {"kind", "quote"}:
        raise CannotApply(f"{', '.join(sorted(unknown))} is no part of a wording in {said!r}.")
    changes = {name: said[name] for name in (*WORDS, "kind") if name in said}
    if isinstance(day := changes.get("due_on"), str):
        changes["due_on"] = date.fromisoformat(day)
    return Wording(**{**wording.__dict__, **changes})


def _sentence(reading: Reading, which: object) -> Sentence:
    if isinstance(which, int):
        sentence = reading.sentences.filter(number=which).first()
    else:
        text = reading.document.text if reading.document else ""
        start = text.find(str(which))
        sentence = reading.sentences.filter(start__lte=start, end__gt=start).first()
    if sentence is None:
        raise CannotApply(f"There is no sentence {which!r} in this reading.")
    return sentence


def _suggestion(sentence: Sentence, kind: str, said: Instruction) -> Suggestion:
    of_sentence = list(sentence.suggestions.order_by("pk"))
    found = next((s for s in of_sentence if s.kind == kind), None)
    if found is None:
        there = ", ".join(s.kind for s in of_sentence) or "nothing"
        raise CannotApply(f"Sentence {sentence.number} suggests {there}, not {kind or 'what is named'}: {said!r}.")
    return found


def _listed(kinds: object) -> list[str]:
    return [kinds] if isinstance(kinds, str) else list(kinds)  # type: ignore[call-overload]  # a list of the data file
