"""Owners of commitments who have not confirmed them: the public reads "a member" in place of their name.

The name is taken out where the entry is written, and the text with the name is kept beside it for members. So pages,
search, feeds, exports, reports, emails and the history can't show it, whatever they read of the entry.
"""

import re
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, F, Q, When
from django.utils.translation import override, pgettext

from jukwaa.coalitions.models import Organisation, OrganisationName
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.chatham_house_rule import MIN_NAME_LENGTH, find_names_in_text
from jukwaa.meetings.models import Commitment, Entry, EntryKind, EntryQuerySet
from jukwaa.places.countries import COUNTRIES_BY_CODE, get_country_name
from jukwaa.places.regions import StakeholderGroup
from jukwaa.records.models import Document, State

DEFINITE_ARTICLE_PATTERN = re.compile(r"\bthe\s+$", re.IGNORECASE)
# Before the name of a person at the start of a sentence: "O Tomás Bila envia".
PORTUGUESE_ARTICLE_PATTERN = re.compile(r"(?:^|(?<=[.!?…:]\s))[OA]s?\s+$")
# "A member" in languages of minutes that the interface does not have.
MEMBER_NOUNS = {
    "da": "et medlem",
    "de": "ein Mitglied",
    "id": "salah satu anggota",
    "it": "un membro",
    "nb": "et medlem",
    "nl": "een lid",
    "no": "et medlem",
    "pt": "um membro",
    "ro": "un membru",
    "sv": "en medlem",
    "sw": "mwanachama",
    "tr": "bir üye",
}
NAMED_ENTRY_FIELDS = (
    *("kind", "title", "language", "coalition__slug"),
    *("commitment__owner", "commitment__proposed_name", "commitment__withheld_title"),
)
SENTENCE_START_PATTERN = re.compile(r"(?:^|[.!?…:]\s)\s*$")


def withhold_owner_name(text: str, *, owner_name: str, organisation: Organisation | None, language: str) -> str:
    """Return a text in which this owner is "a member", in the language of the text."""
    return _replace_owner_names(text, _list_owner_names(owner_name, organisation, language), language)


def withhold_owner_names(text: str, owners: Iterable[tuple[str, Organisation | None]], language: str) -> str:
    """Return a text in which each of these owners is "a member"."""
    for name, organisation in sorted(owners, key=lambda owner: (-len(owner[0]), owner[0])):  # "Ana Lopes" before "Ana"
        text = withhold_owner_name(text, owner_name=name, organisation=organisation, language=language)
    return text


def find_withheld_spans(
    text: str, *, owner_name: str, organisation: Organisation | None, language: str
) -> list[tuple[int, int]]:
    """Return where `withhold_owner_name` puts "a member": start and end in the text as it is written."""
    owner_names = _list_owner_names(owner_name, organisation, language)
    return [match.span() for match in find_names_in_text(text, owner_names)]


def withhold_proposed_owner(commitment: Commitment, text: str, language: str) -> str:
    """Return a text about a commitment without the name of an owner who has not confirmed it."""
    if not commitment.awaits_confirmation:
        return text
    name, organisation = commitment.proposed_name, commitment.proposed
    return withhold_owner_name(text, owner_name=name, organisation=organisation, language=language)


def find_unconfirmed_commitments(viewer: Viewer, entries: EntryQuerySet) -> list[Entry]:
    """Return the commitments whose owner has not confirmed them, among these entries, that the viewer may read.

    Pages for those who keep the minutes say with it why a name is not shown.
    """
    rows = entries.visible_to(viewer).filter(
        kind=EntryKind.COMMITMENT, commitment__owner=None, commitment__proposed_name__gt=""
    )
    named = rows.exclude(state=State.WITHDRAWN).select_related("coalition", "commitment").only(*NAMED_ENTRY_FIELDS)
    return list(named.order_by("position", "pk"))


def build_commitment_title(viewer_standing: Standing) -> Case | F:
    """Return the title of a commitment for a query of commitments: for members, as written, with the owner's name."""
    public = F("entry__title")
    if not viewer_standing.is_inside:
        return public
    awaits_confirmation = Q(owner=None) & ~Q(proposed_name="") & ~Q(withheld_title="")
    return Case(When(awaits_confirmation, F("withheld_title")), default=public)


def has_any_public_source(documents: Iterable[Document]) -> bool:
    """Whether the public can read one of these documents already, and with it who promised."""
    found = Document.objects.visible_to(AnonymousUser()).filter(pk__in=[document.pk for document in documents])
    return found.exists()


def _list_owner_names(owner_name: str, organisation: Organisation | None, language: str) -> set[str]:
    return {each for each in _iter_owner_names(owner_name, organisation, language) if len(each) >= MIN_NAME_LENGTH}


def _iter_owner_names(owner_name: str, organisation: Organisation | None, language: str) -> Iterator[str]:
    yield owner_name
    if organisation is None:
        return
    yield from (organisation.name, organisation.acronym)
    yield from OrganisationName.objects.filter(organisation=organisation).values_list("name", flat=True)
    if organisation.stakeholder_group == StakeholderGroup.GOVERNMENT and organisation.country in COUNTRIES_BY_CODE:
        yield from (get_country_name(organisation.country, each) for each in {"en", _get_known_language(language)})


def _replace_owner_names(text: str, owner_names: set[str], language: str) -> str:
    member = _get_member_noun(language)
    parts: list[str] = []
    end = 0
    for match in find_names_in_text(text, owner_names):
        if match.start() < end:
            continue  # within a longer name
        before = text[end : match.start()]
        before = _strip_article(before, language)
        parts += [before, _match_capital_letter(member, "".join(parts) + before)]
        end = match.end()
    return "".join([*parts, text[end:]])


def _get_member_noun(language: str) -> str:
    if noun := MEMBER_NOUNS.get(language.partition("-")[0]):
        return noun
    with override(_get_known_language(language)):
        return pgettext("in place of the name of an owner who has not confirmed a commitment", "a member")


def _strip_article(before: str, language: str) -> str:
    """Return the words before a name without its article, which does not belong to "a member"."""
    if language.partition("-")[0] == "pt":
        return PORTUGUESE_ARTICLE_PATTERN.sub("", before)
    return DEFINITE_ARTICLE_PATTERN.sub("", before) if _get_known_language(language) == "en" else before


def _match_capital_letter(owner_noun: str, preceding_text: str) -> str:
    return owner_noun[:1].upper() + owner_noun[1:] if SENTENCE_START_PATTERN.search(preceding_text) else owner_noun


def _get_known_language(language: str) -> str:
    code = language.partition("-")[0]
    return code if code in dict(settings.LANGUAGES) else "en"
