"""What a person would confirm, correct and add, written down as data and applied by the ordinary actions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.coalitions.models import Organisation
from jukwaa.intake.actions.decisions import (
    accept_suggestion,
    merge_suggestion,
    refuse_suggestion,
)
from jukwaa.intake.actions.missed_entries import add_suggestion, edit_suggestion
from jukwaa.intake.actions.reading_settings import (
    create_reading_part,
    leave_actor_unmatched,
    match_actor_to_organisation,
    set_actor_as_new_organisation,
)
from jukwaa.intake.models import Actor, Decision, DeskKind, Reading, Sentence, Suggestion
from jukwaa.intake.reading_store import store_actor_names
from jukwaa.intake.suggestion_wording import SuggestionWording, get_suggestion_wording

type Instruction = Mapping[str, Any]
WORDING_INSTRUCTION_KEYS = frozenset(
    {"text", "actors", "owner", "due_on", "due_text", "progress", "came_as", "mode", "is_chair"}
)
INSTRUCTION_VERBS = frozenset({"accept", "refuse", "edit", "add", "keep", "merge"})
SENTENCE_INSTRUCTION_KEYS = frozenset({"sentence", "kind", *INSTRUCTION_VERBS})


class InvalidInstructionError(ValueError):
    """An instruction that does not fit the reading. The message says which, and what the reading has instead."""


@action
def apply_suggestion_instructions(reading: Reading, instructions: Sequence[Instruction], *, actor: Person) -> Reading:
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
    Keys of a wording: text, actors, owner, due_on (2009-11-27), due_text, progress (open, in-hand, kept, dropped),
    came_as (member, new-member, new-attendee, observer), mode (room, online), is_chair; and `quote` in `add` and
    `keep`: the words of the sentence that are meant, if not all of it.

    Raises InvalidInstructionError for an instruction that does not fit, and whatever the actions raise.
    """
    for instruction in instructions:
        if "actor" in instruction:
            _apply_actor_instruction(reading, instruction, actor)
        elif "part" in instruction:
            _apply_part_instruction(reading, instruction, actor)
        else:
            _apply_sentence_instruction(reading, instruction, actor)
    return reading


def _apply_actor_instruction(reading: Reading, instruction: Instruction, actor: Person) -> None:
    written = instruction["actor"]
    store_actor_names(reading, [written])
    name = Actor.objects.get(reading=reading, written=written)
    if new_name := instruction.get("new"):
        set_actor_as_new_organisation(actor=actor, named_actor=name, new_name=new_name)
    elif known := instruction.get("organisation"):
        organisation = Organisation.objects.of(reading.coalition).filter(name__iexact=known).first()
        if organisation is None:
            raise InvalidInstructionError(f"The directory has no organisation “{known}” for {instruction!r}.")
        match_actor_to_organisation(actor=actor, named_actor=name, organisation=organisation)
    else:
        leave_actor_unmatched(actor=actor, named_actor=name)


def _apply_part_instruction(reading: Reading, instruction: Instruction, actor: Person) -> None:
    first, last = (
        _get_sentence_by_reference(reading, instruction["from"]),
        _get_sentence_by_reference(reading, instruction["to"]),
    )
    create_reading_part(
        actor=actor,
        reading=reading,
        title=instruction["part"],
        first=first.number,
        last=last.number,
        chatham=bool(instruction.get("chatham", False)),
    )


def _apply_sentence_instruction(reading: Reading, instruction: Instruction, actor: Person) -> None:
    if unknown := set(instruction) - SENTENCE_INSTRUCTION_KEYS:
        raise InvalidInstructionError(f"{', '.join(sorted(unknown))} is not understood in {instruction!r}.")
    sentence = _get_sentence_by_reference(reading, instruction.get("sentence"))
    for kind in _list_suggestion_kinds(instruction.get("accept", ())):
        for found in _list_suggestions_of_kind(sentence, kind, instruction):
            accept_suggestion(actor=actor, suggestion=found, from_version=found.version)
    if "edit" in instruction:
        found = _get_suggestion_of_kind(sentence, instruction.get("kind", ""), instruction)
        edit_suggestion(
            actor=actor,
            suggestion=found,
            wording=_build_instructed_wording(found, instruction["edit"]),
            from_version=found.version,
        )
    if "merge" in instruction:
        found = _get_suggestion_of_kind(sentence, instruction.get("kind", ""), instruction)
        into = _get_suggestion_of_kind(
            _get_sentence_by_reference(reading, instruction["merge"]["sentence"]),
            instruction["merge"]["kind"],
            instruction,
        )
        merge_suggestion(actor=actor, suggestion=found, target_suggestion=into, from_version=found.version)
    if "add" in instruction:
        _add_instructed_suggestion(reading, sentence, instruction["add"], actor)
    if "keep" in instruction:
        _apply_instructed_suggestions(reading, sentence, instruction["keep"], actor)
    _refuse_other_suggestions(sentence, instruction, actor)


def _refuse_other_suggestions(sentence: Sentence, instruction: Instruction, actor: Person) -> None:
    refused = instruction.get("refuse", "all" if "keep" in instruction else ())
    waiting = [s for s in sentence.suggestions.order_by("pk") if s.decision == Decision.WAITING]
    chosen = (
        waiting
        if refused == "all"
        else [
            found
            for kind in _list_suggestion_kinds(refused)
            for found in _list_suggestions_of_kind(sentence, kind, instruction)
        ]
    )
    for found in chosen:
        refuse_suggestion(actor=actor, suggestion=found, from_version=found.version)


def _apply_instructed_suggestions(
    reading: Reading, sentence: Sentence, kept_instructions: Iterable[Instruction], actor: Person
) -> None:
    taken: set[int] = set()
    for wanted in kept_instructions:
        same = sentence.suggestions.filter(kind=wanted["kind"]).exclude(pk__in=taken).order_by("pk")
        found = None if "quote" in wanted else same.first()
        if found is None:
            found = _add_instructed_suggestion(reading, sentence, wanted, actor)
        else:
            edit_suggestion(
                actor=actor,
                suggestion=found,
                wording=_build_instructed_wording(found, wanted),
                from_version=found.version,
            )
        taken.add(found.pk)


def _add_instructed_suggestion(
    reading: Reading, sentence: Sentence, instruction: Instruction, actor: Person
) -> Suggestion:
    text = reading.document.text if reading.document else ""
    start, end = sentence.start, sentence.end
    if quote := instruction.get("quote"):
        start = text.find(quote, sentence.start, sentence.end)
        end = start + len(quote)
        if start < 0:
            raise InvalidInstructionError(f"Sentence {sentence.number} does not say “{quote}”.")
    blank = SuggestionWording(kind=DeskKind(instruction["kind"]), text=text[start:end])
    return add_suggestion(
        actor=actor,
        reading=reading,
        start_offset=start,
        end_offset=end,
        wording=_update_wording_fields(blank, instruction),
    )


def _build_instructed_wording(suggestion: Suggestion, instruction: Instruction) -> SuggestionWording:
    return _update_wording_fields(get_suggestion_wording(suggestion), instruction)


def _update_wording_fields(wording: SuggestionWording, instruction: Instruction) -> SuggestionWording:
    if unknown := set(instruction) - WORDING_INSTRUCTION_KEYS - {"kind", "quote"}:
        raise InvalidInstructionError(f"{', '.join(sorted(unknown))} is no part of a wording in {instruction!r}.")
    changes = {name: instruction[name] for name in (*WORDING_INSTRUCTION_KEYS, "kind") if name in instruction}
    if isinstance(day := changes.get("due_on"), str):
        changes["due_on"] = date.fromisoformat(day)
    return SuggestionWording(**{**wording.__dict__, **changes})


def _get_sentence_by_reference(reading: Reading, sentence_reference: object) -> Sentence:
    if isinstance(sentence_reference, int):
        sentence = reading.sentences.filter(number=sentence_reference).first()
    else:
        text = reading.document.text if reading.document else ""
        start = text.find(str(sentence_reference))
        sentence = reading.sentences.filter(start__lte=start, end__gt=start).first()
    if sentence is None:
        raise InvalidInstructionError(f"There is no sentence {sentence_reference!r} in this reading.")
    return sentence


def _get_suggestion_of_kind(sentence: Sentence, suggestion_kind: str, instruction: Instruction) -> Suggestion:
    return _list_suggestions_of_kind(sentence, suggestion_kind, instruction)[0]


def _list_suggestions_of_kind(sentence: Sentence, suggestion_kind: str, instruction: Instruction) -> list[Suggestion]:
    """One, or of a commitment one for each owner."""
    of_sentence = list(sentence.suggestions.order_by("pk"))
    if found := [s for s in of_sentence if s.kind == suggestion_kind]:
        return found if suggestion_kind == DeskKind.COMMITMENT else found[:1]
    there = ", ".join(s.kind for s in of_sentence) or "nothing"
    raise InvalidInstructionError(
        f"Sentence {sentence.number} suggests {there}, not {suggestion_kind or 'what is named'}: {instruction!r}."
    )


def _list_suggestion_kinds(kind_names: object) -> list[str]:
    return [kind_names] if isinstance(kind_names, str) else list(kind_names)  # type: ignore[call-overload]  # a list of the data file
