"""Entries that a meeting has already, so that a report about it does not add them a second time."""

from dataclasses import dataclass

from django.db.models import F, OuterRef, Subquery

from jukwaa.coalitions.models import Organisation
from jukwaa.intake.models import DeskKind, Suggestion
from jukwaa.meetings.models import Entry, Meeting
from jukwaa.places.text_folding import fold_text
from jukwaa.records.models import State

type EntryKey = tuple[str, str, bool]  # kind, text, whether it was said under the Chatham House Rule


@dataclass(frozen=True, slots=True)
class ExistingEntry:
    """An entry of the meeting, with those who own it or owned it when it was imported."""

    pk: int
    owners: frozenset[str]


class ExistingEntries:
    """The entries of a meeting by what they say. One query."""

    def __init__(self, meeting: Meeting) -> None:
        self._entries: dict[EntryKey, list[ExistingEntry]] = {}
        self._takers: dict[int, str] = {}  # who is taken for the owner of an entry that names none
        imported = Suggestion.objects.filter(record=OuterRef("pk")).exclude(owner="").order_by("pk")
        entries = Entry.objects.filter(meeting=meeting).exclude(state=State.WITHDRAWN).order_by("position", "pk")
        rows = entries.annotate(
            imported_owner=Subquery(imported.values("owner")[:1]),
            owner_name=F("commitment__owner__name"),
            owner_organisation=F("commitment__owner__organisation__name"),
            proposed_name=F("commitment__proposed_name"),
            withheld_text=F("commitment__withheld_text"),
            is_under_rule=F("part__chatham"),
        )
        for row in rows.values(
            *("pk", "kind", "text", "is_under_rule", "withheld_text"),
            *("imported_owner", "owner_name", "owner_organisation", "proposed_name"),
        ):
            names = (row["owner_name"] or row["owner_organisation"], row["proposed_name"], row["imported_owner"])
            entry = ExistingEntry(row["pk"], frozenset(fold_text(name) for name in names if name))
            for text in {row["text"], row["withheld_text"] or row["text"]}:
                key = (row["kind"], " ".join(text.split()), bool(row["is_under_rule"]))
                self._entries.setdefault(key, []).append(entry)

    def find(self, suggestion: Suggestion, owner_organisation: Organisation | None, *, is_nameless: bool) -> int | None:
        """The entry that says the same; of commitments, the one of the same owner."""
        entries = self._entries.get((suggestion.kind, " ".join(suggestion.text.split()), is_nameless), [])
        owner = suggestion.owner
        if not entries:
            return None
        if suggestion.kind != DeskKind.COMMITMENT or is_nameless or not owner:
            return entries[0].pk
        names = {fold_text(name) for name in (owner, *list_organisation_names(owner, owner_organisation))}
        for is_same in (_share_name, _share_words):
            if found := next((entry for entry in entries if is_same(names, entry.owners)), None):
                return found.pk
        for entry in entries:
            if not entry.owners and self._takers.setdefault(entry.pk, owner) == owner:
                return entry.pk
        return None


def list_organisation_names(owner: str, organisation: Organisation | None) -> tuple[str, ...]:
    """The names of the organisation, if the owner is the organisation itself and not a person in it."""
    if organisation is None:
        return ()
    names = (organisation.name, organisation.acronym)
    words = set(fold_text(owner).split())
    return names if any(words <= set(fold_text(name).split()) for name in names) else ()


def _share_name(names: set[str], owners: frozenset[str]) -> bool:
    return bool(names & owners)


def _share_words(names: set[str], owners: frozenset[str]) -> bool:
    """Whether one is a single name of the other: "Dina" and "Dina Said"."""
    pairs = (sorted((name.split(), owner.split()), key=len) for name in names for owner in owners)
    return any(len(short) == 1 and short[0] in long for short, long in pairs)
