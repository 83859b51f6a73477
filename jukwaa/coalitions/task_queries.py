"""The tasks of a person: what each feature looks for, and how all of it is found with few queries.

A source (a function in the `tasks_page.py` of a feature) says which rows it looks for (`TaskQuery`) and does not query
the database itself. One query finds the rows of all sources, so that the number of queries is the same for a person
with every role and for one with none. It is prepared once for all who have the same roles and as many organisations,
since compiling it takes longer than running it.

SQLite keeps a compiled statement, unless a parameter stands beside a column that the condition of an index compares
with a value, as `outcome=""`: the plan depends on the value then, and each run compiles the whole query anew. With one
such source, the tasks of a coordinator took 19 ms; without, 2 ms. So sources ask for what says the same.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, DateField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.module_loading import import_string

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Coalition, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.bidi import isolate_text_if_rtl
from jukwaa.core.prepared import QueryParameter, execute_prepared
from jukwaa.core.registry import Registry

MAX_ROWS_PER_SOURCE = 20  # of one source: the soonest of them
EMPTY_TEXT_VALUE = Value("")
NO_DATE_VALUE = Value(None, output_field=DateField())

type Column = str | Combinable


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing to do. `due` is None if there is no deadline. Urgent tasks come first."""

    due: date | None = None
    title: str
    explanation: str
    url: str
    is_urgent: bool = False

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < timezone.localdate()

    @property
    def is_soon(self) -> bool:
        return self.due is not None and (self.due - timezone.localdate()).days <= 1


class TaskRow(NamedTuple):
    """One row that a source found: see `TaskQuery`."""

    builder: str  # the path of the function that makes a task of it
    pk: int
    parent: int  # the number of the page that it is on, if it has no page of its own
    title: str
    detail: str
    due: date | None
    day: date | None
    number: int  # of rows that are one task

    @property
    def isolated_title(self) -> str:
        """The title as it stands inside a sentence of the page's language."""
        return str(isolate_text_if_rtl(self.title))

    @property
    def isolated_detail(self) -> str:
        return str(isolate_text_if_rtl(self.detail))


type TaskBuilder = Callable[[Standing, TaskRow], Task | None]
type TaskSource = Callable[[Standing], Iterator[TaskQuery]]

# By their order on the page, for tasks that are due on the same day.
task_source_registry: Registry[int, TaskSource] = Registry("sources of tasks")


@dataclass(frozen=True)
class TaskQuery:
    """Rows to look for, soonest first, and the function that builds a task from each of them.

    `title`, `detail`, `due` and `day` are what this function needs of a row. Rows with the same number in `counted_by`
    are one task.
    """

    rows: QuerySet[Any]
    build: TaskBuilder
    parent: Column = "pk"
    title: Column = EMPTY_TEXT_VALUE
    detail: Column = EMPTY_TEXT_VALUE
    due: Column = NO_DATE_VALUE
    day: Column = NO_DATE_VALUE
    counted_by: str = ""

    def build_union_part(self) -> QuerySet[Any, Any]:
        keys = (self.counted_by, self.counted_by) if self.counted_by else ("pk", self.parent)
        columns = [F(each) if isinstance(each, str) else each for each in (*keys, self.title, self.detail)]
        days = [Cast(each, DateField()) for each in (self.due, self.day)]
        number = Count("pk") if self.counted_by else Value(1)
        builder = Value(f"{self.build.__module__}.{self.build.__name__}")
        rows = self.rows.order_by() if self.counted_by else self._get_soonest_rows()
        part: QuerySet[Any, Any] = rows.values_list(builder, *columns, *days).annotate(n=number)
        return part

    def _get_soonest_rows(self) -> QuerySet[Any]:
        """SQLite allows a limit in a part of a union only inside a condition."""
        every: QuerySet[Any] = self.rows.model._default_manager.order_by()  # noqa: SLF001 - public by Django's word
        return every.filter(pk__in=self.rows.values("pk")[:MAX_ROWS_PER_SOURCE])


def find_tasks(viewer_standing: Standing, task_sources: tuple[TaskSource, ...]) -> Iterator[Task]:
    """Return the tasks of the viewer from these sources."""
    affiliations = viewer_standing.affiliations
    may_speak = tuple(affiliation.may_speak for affiliation in affiliations)
    given = (
        viewer_standing.viewer,
        viewer_standing.coalition,
        QueryParameter(viewer_standing.moment),
        viewer_standing.roles,
        viewer_standing.has_seat,
        may_speak,
    )
    organisations = [affiliation.organisation for affiliation in affiliations]
    for values in execute_prepared(_build_task_source_union, task_sources, *given, *organisations):
        row = TaskRow(*values)
        build: TaskBuilder = import_string(row.builder)
        if task := build(viewer_standing, row):
            yield task


def _build_task_source_union(
    sources: tuple[TaskSource, ...],
    viewer: Person,
    coalition: Coalition,
    moment: datetime,
    roles: frozenset[str],
    has_seat: bool,  # noqa: FBT001 - `prepared` passes positional arguments
    can_represent_flags: tuple[bool, ...],
    *organisations: Organisation,
) -> QuerySet[Any, Any]:
    """Build the query, with placeholders in place of the viewer: see `core/prepared.py`."""
    standing = Standing.known(coalition, viewer, roles, has_seat=has_seat)
    standing.moment = moment
    standing.affiliations = [
        Affiliation(organisation=organisation, may_speak=may)
        for organisation, may in zip(organisations, can_represent_flags, strict=True)
    ]
    parts = [query.build_union_part() for source in sources for query in source(standing)]
    return Coalition.objects.none().values_list("pk").union(*parts, all=True).order_by()
