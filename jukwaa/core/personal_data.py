"""What is kept about people: each table says why, for how long, and what becomes of it when somebody is erased.

Features register their tables in their `personal_data.py`. From here come the download of one's own data, the erasure
of a person, the daily removal of what is kept no longer, the privacy notice and the record of processing activities, so
that none of them can say something else than the others. The terms are those of the GDPR, Articles 4 to 6, 13 and 30.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.db.models import Model, Q, QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jukwaa.core.registry import Registry

type Words = str | Promise


class LegalBasis(TextChoices):
    """GDPR, Article 6 (1)."""

    CONSENT = "consent", _("consent")
    CONTRACT = "contract", _("contract")
    LEGAL_OBLIGATION = "legal-obligation", _("legal obligation")
    VITAL_INTERESTS = "vital-interests", _("vital interests")
    LEGITIMATE_INTERESTS = "legitimate-interests", _("legitimate interests")


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """One processing activity: what a group of tables is for."""

    title: Words
    why: Words
    legal_basis: LegalBasis
    whose: Words  # the groups of people whom it is about
    recipients: Words


@dataclass(frozen=True)
class RetentionCondition:
    """Kept as long as something else is; `what` is a whole phrase, such as "as long as the account exists"."""

    what: Words


@dataclass(frozen=True, kw_only=True)
class RetentionPeriod:
    """Rows whose time in `since` is longer ago are deleted, or only emptied in `clears`; of some rows with `where`.

    `remind` says that nothing is removed by itself: somebody is asked to decide. Where not all rows are removed, `what`
    names what is, and `otherwise` says how long all else is kept.
    """

    days: int
    since: str  # a lookup to a date or a time; 0 days since a time of expiry: removed once that has come
    clears: tuple[str, ...] = ()
    where: Q = field(default_factory=Q)
    remind: bool = False
    what: Words = ""
    otherwise: RetentionCondition | None = None

    @property
    def span(self) -> timedelta:
        return timedelta(days=self.days)


RETAINED_WITH_ACCOUNT: Final = RetentionCondition(_("as long as the account exists"))
RETAINED_WITH_RECORD: Final = RetentionCondition(_("as long as the record exists"))
RETAINED_WITH_COALITION: Final = RetentionCondition(_("as long as the coalition keeps its record"))

type Retention = RetentionCondition | RetentionPeriod


@dataclass(frozen=True)
class DeleteRows:
    """When the person is erased, or their account is merged into another, the rows go."""


@dataclass(frozen=True)
class ClearColumns:
    """When the person is erased, these columns of the rows are emptied; the rows stay, because of `why`.

    `people` are the lookups that say whose columns these are, where not all who have a part in the row share them.
    """

    columns: tuple[str, ...]
    why: Words
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeepRows:
    """The rows stay as they are, because of `why`. They lead to a person without a name: see `Person.erased_at`."""

    why: Words


@dataclass(frozen=True, kw_only=True)
class MoveRows:
    """When two accounts become one, the rows move to the account that stays.

    Where the database allows only one of two rows, `join` adds what the row that goes holds to the one that stays, or
    `close` makes one of them history, so that both stay. Both take (stays, goes) and save nothing. `prepare` takes
    (kept, other), the two people, before anything moves.
    """

    join: Callable[[Any, Any], None] | None = None
    close: Callable[[Any, Any], None] | None = None
    prepare: Callable[[Any, Any], None] | None = None


type Erasure = DeleteRows | ClearColumns | KeepRows
type Merging = MoveRows | DeleteRows | KeepRows

MOVE_ALL_ROWS: Final = MoveRows()
KEEP_EXISTING_ROW: Final = MoveRows(join=lambda _stays, _goes: None)  # both rows say the same

# What most tables say.
KEEP_CONTRIBUTION: Final = KeepRows(
    _("The contribution is part of the coalition's record. The name of the author is removed.")
)
KEEP_DECISION: Final = KeepRows(_("The record has to show what was done and when. The name of the person is removed."))
KEEP_TEXT: Final = KeepRows(
    _("The text is part of the coalition's record. People can ask for a name in the text to be removed.")
)


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """What one table keeps about people.

    `fields` are all columns that can hold personal data (a test finds them). `people` are lookups from a row to the
    person whom it is about or who wrote it, by number (`{lookup: person.pk}`); `addresses` are columns with that
    person's email address. All rows that either finds are theirs, to download and to erase: who only handled a row for
    others is not among them. A table without either keeps words in which anybody can be named: the search before an
    erasure looks through them.
    """

    fields: tuple[str, ...]
    purpose: str
    retention: Retention
    erasure: Erasure
    people: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    title: Words = ""  # of its part of the download; without a title it has none
    download: tuple[str, ...] = ()  # columns in the download; lookups over relations are allowed
    merging: Merging = MOVE_ALL_ROWS  # what is done with the rows when an account is merged into another one


personal_data_registry: Registry[type[Model], PersonalData] = Registry("models with personal data")
purpose_registry: Registry[str, Purpose] = Registry("purposes of personal data")


@dataclass(frozen=True, kw_only=True)
class DownloadPart:
    """A part of the download that needs more than columns. `rows` takes the person."""

    title: Words
    rows: Callable[[Any], list[dict[str, Any]]]


download_part_registry: Registry[str, DownloadPart] = Registry("parts of the download")

# Rows that the person may not download. The function takes a model and the person.
withheld_from_download: Registry[str, Callable[[type[Model], Any], Q]] = Registry("what is left out of the download")


@dataclass(frozen=True, kw_only=True)
class ErasurePart:
    """What an erasure needs more for than rows and columns: words inside JSON, or what others hold under the same name.

    Both functions take the person, before name and address are gone. `find` returns the rows that `erase` will change
    in `columns`, for the preview; `erase` returns how many it changed.
    """

    title: Words
    model: type[Model]
    find: Callable[[Any], QuerySet[Any]]
    erase: Callable[[Any], int]
    columns: tuple[str, ...] = ()


erasure_part_registry: Registry[str, ErasurePart] = Registry("parts of an erasure")


@dataclass(frozen=True, kw_only=True)
class ErasureObstacle:
    """Why a person can't be erased yet, as a sentence with the page on which that can be changed.

    `others` are told if it keeps an account from being deleted on its day.
    """

    sentence: str
    url: str
    others: tuple[Any, ...] = ()


# The functions take the person.
erasure_obstacle_registry: Registry[str, Callable[[Any], list[ErasureObstacle]]] = Registry(
    "reasons to postpone an erasure"
)
