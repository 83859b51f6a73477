"""Names of people that are not public, in texts that everyone will read: see `coalitions/public_names.py`."""

from collections.abc import Iterable, Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.coalitions.public_names import NamingWords, PublicNames
from jukwaa.coalitions.standing import Standing
from jukwaa.drafting.models import Placement, Text
from jukwaa.records.models import Label, State


def will_everyone_read_text(text: Text) -> bool:
    """Whether everyone reads its revisions, and what is said about it."""
    return text.state == State.PUBLISHED and text.label == Label.CLEAR


def find_names_in_revisions(standing: Standing, text: Text) -> list[NamingWords]:
    """Return the words that name people, of the text and of all its revisions: readers can open earlier ones too."""
    placements: dict[int, Placement] = {}
    for revision in text.revisions.order_by("-number"):
        for placement in Placement.objects.at(text, revision.step):
            placements.setdefault(placement.wording_id, placement)
    return _find_names_in_text(standing, text, placements.values())


def find_names_opened_by_consultation(standing: Standing, text: Text) -> list[NamingWords]:
    """Return the words that name people and that everyone will read only after a consultation on it has been opened."""
    has_revisions = text.revisions.exists()
    if text.state == State.PUBLISHED:
        return [] if has_revisions else find_names_new_in_draft(standing, text)
    if text.label != Label.CLEAR:
        return []
    if has_revisions:
        return find_names_in_revisions(standing, text)
    return _find_names_in_text(standing, text, Placement.objects.now(text))


def find_names_in_version(standing: Standing, text: Text, placements: Sequence[Placement]) -> list[NamingWords]:
    """Return the words that name people, of the version that would have these clauses, if it is for everyone."""
    if not placements or text.label != Label.CLEAR:
        return []
    return _find_names_in_text(standing, text, placements)


def find_names_new_in_draft(standing: Standing, text: Text) -> list[NamingWords]:
    """Return the clauses that name people and that everyone will read only after the next revision."""
    public_names = PublicNames.of_writer(standing) if will_everyone_read_text(text) else None
    if public_names is None:
        return []
    placements = Placement.objects.now(text)
    if (latest := text.get_latest_revision()) is not None:
        placements = placements.exclude(wording__in=Placement.objects.at(text, latest.step).values("wording"))
    return list(_find_names_in_clauses(public_names, text, placements))


def _find_names_in_text(standing: Standing, text: Text, placements: Iterable[Placement]) -> list[NamingWords]:
    public_names = PublicNames.of_writer(standing)
    if public_names is None:
        return []
    found = []
    if names := public_names.find_names(f"{text.title}\n{text.summary}"):
        found.append(NamingWords(text.title, reverse("drafting:text_edit", args=[text.coalition.slug, text.pk]), names))
    return [*found, *_find_names_in_clauses(public_names, text, placements)]


def _find_names_in_clauses(
    public_names: PublicNames, text: Text, placements: Iterable[Placement]
) -> Iterator[NamingWords]:
    for placement in placements:
        if names := public_names.find_names(placement.wording.body):
            route = "drafting:clause_detail" if placement.until else "drafting:clause_edit"
            url = reverse(route, args=[text.coalition.slug, text.pk, placement.clause.number])
            yield NamingWords(_("Clause %(number)s") % {"number": placement.clause.label}, url, names)
