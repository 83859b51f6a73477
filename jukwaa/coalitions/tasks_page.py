"""Tasks from the directory: applications, affiliations to confirm, representatives and adult contacts to name."""

from collections.abc import Iterator

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.directory import build_belonging_condition, build_list_entry_subquery
from jukwaa.coalitions.models import Activity, Affiliation, Membership, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Task, TaskQuery, TaskRow, task_source_registry
from jukwaa.core.dates import get_utc_date
from jukwaa.core.row_urls import reverse_row_url


@task_source_registry.register(20)
def find_application_tasks(standing: Standing) -> Iterator[TaskQuery]:
    if not standing.is_coordinator:
        return
    waiting = Membership.objects.filter(coalition=standing.coalition, standing=Membership.Standing.APPLIED)
    name = NullIf("person__name", Value(""))
    who = Coalesce("organisation__name", name, "person__email", output_field=CharField())
    yield TaskQuery(waiting.order_by("applied_on"), _build_application_task, title=who, due="applied_on")


def _build_application_task(standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        due=task_row.due,
        title=_("Answer the application from %(who)s") % {"who": task_row.isolated_title or _("a person")},
        explanation=_("Applicants expect an answer within a week."),
        url=reverse("coalitions:applications", args=[standing.coalition.slug]),
    )


@task_source_registry.register(30)
def find_unconfirmed_affiliation_tasks(standing: Standing) -> Iterator[TaskQuery]:
    """Affiliations that open nothing until somebody vouches for them."""
    if not standing.is_coordinator and not standing.speaks_for:
        return
    pending = Affiliation.objects.in_force().filter(
        organisation__coalition=standing.coalition,
        organisation__merged_into__isnull=True,
        confirmed_on__isnull=True,
        person__email__isnull=False,
    )
    if not standing.is_coordinator:
        pending = pending.filter(organisation__in=standing.speaks_for).exclude(person=standing.viewer.pk)
        pending = pending.exclude(person__name="")  # whose address a representative may not read
    name = NullIf("person__name", Value(""))
    who = Coalesce(name, "person__email", output_field=CharField()) if standing.is_coordinator else F("person__name")
    yield TaskQuery(pending, _build_affiliation_task, parent="organisation", title=who, detail="organisation__name")


def _build_affiliation_task(standing: Standing, task_row: TaskRow) -> Task:
    names = {"person": task_row.isolated_title or _("a person"), "organisation": task_row.isolated_detail}
    return Task(
        title=_("Confirm that %(person)s belongs to %(organisation)s") % names,
        explanation=_("Until you confirm the affiliation, this person can read and write only as an individual."),
        url=reverse("coalitions:organisation_detail", args=[standing.coalition.slug, task_row.parent]),
    )


@task_source_registry.register(35)
def find_unrepresented_member_tasks(standing: Standing) -> Iterator[TaskQuery]:
    """Member organisations that had a representative and have none now. Those that never had one are invited."""
    if not standing.is_coordinator:
        return
    people = Affiliation.objects.filter(confirmed_on__isnull=False, organisation__coalition=standing.coalition)
    today = get_utc_date()
    lost_right = Activity.objects.filter(kind="affiliation", verb="stopped-representing", object_id=OuterRef("pk"))
    lost = people.filter(Q(may_speak=True, ends_on__lt=today) | Q(Exists(lost_right), may_speak=False))
    # One that was not confirmed again for a year is in force: a reminder asks about it.
    appointed = people.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), may_speak=True)
    unrepresented = Organisation.objects.of(standing.coalition).filter(
        ~Exists(appointed.filter(organisation=OuterRef("pk"))),
        Exists(Membership.objects.active().filter(coalition=standing.coalition, organisation=OuterRef("pk"))),
        pk__in=lost.values("organisation"),
    )
    yield TaskQuery(unrepresented.order_by("name"), _build_representative_task, title="name")


def _build_representative_task(standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        title=_("Appoint a representative of %(organisation)s") % {"organisation": task_row.isolated_title},
        explanation=_("No one represents this organisation now, so it cannot take part in consultations or decisions."),
        url=reverse_row_url("coalitions:organisation_detail", standing.coalition.slug, task_row.pk),
    )


@task_source_registry.register(25)
def find_missing_adult_contact_tasks(standing: Standing) -> Iterator[TaskQuery]:
    """People under 18 whose adult contact was erased, or lost when an older backup was restored."""
    if not (standing.is_coordinator or standing.is_safeguarding_lead):
        return
    missing = Person.objects.filter(is_minor=True, adult_contact__email__isnull=True)
    here = build_belonging_condition(standing.coalition) | Q(Exists(build_list_entry_subquery(standing.coalition)))
    yield TaskQuery(missing.filter(here), _build_adult_contact_task)


def _build_adult_contact_task(standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        title=_("Name an adult contact for a person under 18"),
        explanation=_("Remove the “under 18” mark, then add it again with the name and email address of an adult."),
        url=reverse_row_url("coalitions:person_detail", standing.coalition.slug, task_row.pk),
    )
