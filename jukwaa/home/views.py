"""Front pages, the desk, and the two pages that belong to the whole place."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from jukwaa import __version__
from jukwaa.accounts.actions import build_sign_in_link
from jukwaa.accounts.age import is_introduction_missing
from jukwaa.accounts.models import Person
from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.home_parts import build_home_parts
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Affiliation, Coalition, Membership, Organisation
from jukwaa.coalitions.representation import build_representation_tables
from jukwaa.core.http import render_page
from jukwaa.core.prepared import execute_prepared
from jukwaa.home.demo import DEMO_COALITION_SLUG, list_demo_people
from jukwaa.home.getting_started import get_setup_steps
from jukwaa.home.home_page import find_founding_day, get_new_records, sort_regions_by_size
from jukwaa.home.tasks_page import format_task_count, get_tasks
from jukwaa.mail.backends import is_email_saved_to_files
from jukwaa.places.countries import get_country_choices
from jukwaa.places.helplines import get_country_helplines
from jukwaa.records.demo_parts import demo_task_registry


@login_not_required
@require_GET
def coalition_list(request: Request) -> HttpResponse:
    coalitions = list(Coalition.objects.open())
    if len(coalitions) == 1:
        return redirect(coalitions[0])
    return render_page(request, "home/coalition_list.html", {"coalitions": coalitions})


@login_not_required
@require_GET
@cache_for_visitors
def coalition_home(request: Request, coalition: Coalition) -> HttpResponse:
    items = get_tasks(request.standing)
    members = build_representation_tables(coalition)
    parts = build_home_parts(request.user, coalition)
    context = {
        "parts": parts,
        "founded_on": find_founding_day(coalition.founded),
        "new": execute_prepared(get_new_records, coalition, request.user, get_language() or "en"),
        "members": members,
        "by_region": sort_regions_by_size(members),
        "items": items[:4],
        "in_words": format_task_count(items),
    }
    response = render_page(request, "home/front.html", context)
    if changes := [part.changes_at for part in parts if part.changes_at is not None]:
        seconds = max(int((min(changes) - timezone.now()).total_seconds()), 1)
        patch_cache_control(response, private=True, no_cache=True, max_age=seconds)
    return response


@require_GET
def task_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    items = get_tasks(request.standing)
    newcomer = not items and not request.standing.is_inside
    context = {
        "items": items,
        "in_words": format_task_count(items),
        "newcomer": newcomer,
        "first_steps": _get_first_step_organisations(request, coalition),
        **(_group_newcomer_organisations(request.user, coalition) if newcomer else {}),
        "applied": newcomer and Membership.objects.applications_of(request.user).filter(coalition=coalition).exists(),
    }
    return render_page(request, "home/desk.html", context)


def _group_newcomer_organisations(person: Person, coalition: Coalition) -> dict[str, list[Organisation]]:
    """The organisations of a person who has no seat: their affiliation must be confirmed, or they are no members."""
    rows = Affiliation.objects.in_force().filter(person=person, organisation__coalition=coalition)
    confirmed = set(rows.confirmed().values_list("pk", flat=True))
    affiliations = list(rows.select_related("organisation"))
    return {
        "to_confirm": [row.organisation for row in affiliations if row.pk not in confirmed],
        "without_seat": [row.organisation for row in affiliations if row.pk in confirmed],
    }


def _get_first_step_organisations(request: MemberRequest, coalition: Coalition) -> list[Organisation] | None:
    """After an invitation, which leads here: the organisations whose details the person should check."""
    if "welcome" not in request.GET:
        return None
    rows = Affiliation.objects.in_force().filter(person=request.user, organisation__coalition=coalition)
    return [row.organisation for row in rows.select_related("organisation")]


@require_GET
def getting_started_page(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """For coordinators: what is still missing. Their name and age come first, so that no form is interrupted."""
    if not request.standing.is_coordinator:
        raise PermissionDenied
    if is_introduction_missing(request.user):
        return redirect(f"{reverse('accounts:age')}?{urlencode({'next': request.path})}")
    steps = get_setup_steps(coalition)
    missing = sum(not step.is_done for step in steps)
    context = {"steps": steps, "missing": missing, "mail_goes_to_files": is_email_saved_to_files()}
    return render_page(request, "home/begin.html", context)


@login_not_required
@require_GET
def about_page(request: Request) -> HttpResponse:
    return render_page(request, "home/about.html", {"version": __version__, "backup_days": settings.BACKUP_DAYS})


@login_not_required
@require_GET
def demo_page(request: Request) -> HttpResponse:
    """In a demo alone: people to sign in as, and what to try. Its emails can be read by everyone, too."""
    coalition = Coalition.objects.filter(slug=DEMO_COALITION_SLUG).first() if settings.DEMO else None
    if coalition is None:
        raise Http404
    people = dict(list_demo_people())
    built = [build(coalition) for _place, build in sorted(demo_task_registry.items())]
    tasks = [task for task in built if not task.person or task.person in people]
    context = {
        "coalition": coalition,
        "tasks": [(task, _build_demo_link(people.get(task.person), task.path)) for task in tasks],
        "people": [
            (person, _build_demo_link(person, reverse("home:desk", args=[DEMO_COALITION_SLUG])))
            for person in people.values()
        ],
    }
    return render_page(request, "home/demo.html", context)


def _build_demo_link(person: Person | None, path: str) -> str:
    return build_sign_in_link(person, path) if person else path


@login_not_required
@require_GET
def helpline_list(request: Request) -> HttpResponse:
    """Where to turn when a child is at risk: not here."""
    code = request.GET.get("country", "").upper()
    context = {
        "country": code,
        "countries": get_country_choices(get_language() or "en"),
        "helplines": get_country_helplines(code),
    }
    return render_page(request, "home/help.html", context)
