"""A person, as the viewer may know them."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.accounts.models import Person
from jukwaa.coalitions import actions, departures, directory, policies
from jukwaa.coalitions.forms.people import KeepNameForm, PersonChangeForm, PersonForm
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition, ListEntry, Membership, Role
from jukwaa.coalitions.views.common import build_leave_context, handle_directory_form, require_permission
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page


@login_not_required
@require_GET
def person_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    people = directory.get_visible_people(request.standing).select_related("adult_contact")
    person = people.filter(pk=pk).first()
    if person is None:
        current = get_object_or_404(people, merged_accounts=pk)
        return redirect("coalitions:person_detail", coalition.slug, current.pk)
    own = request.user.pk == person.pk
    memberships = Membership.objects.filter(coalition=coalition, person=person)
    if not (own or request.standing.is_coordinator):
        memberships = Membership.objects.ever_belonged().filter(coalition=coalition, person=person)
    context = {
        "person": person,
        "own": own,
        "ties": directory.get_visible_affiliations(request.standing, include_ended=True)
        .filter(person=person)
        .select_related("organisation"),
        "roles": Role.objects.filter(coalition=coalition, person=person),
        "memberships": memberships,
        "on_list": _find_list_entry(request, person, is_own=own),
        **_build_minor_context(request, person),
    }
    return render_page(request, "coalitions/person_detail.html", context)


def _build_minor_context(request: Request, person: Person) -> dict[str, object]:
    """The mark "under 18" and its history, for those who may set it. It costs a query where somebody is marked."""
    membership = Membership(coalition=request.coalition, person=person)
    if not policies.can_mark_under_18(request.standing, membership):
        return {}
    history = person.minor_status_changes.select_related("actor", "adult_contact") if person.is_minor else ()
    return {
        "may_mark": not person.is_minor,
        "may_unmark": person.is_minor and policies.can_remove_under_18_mark(request.standing, membership),
        "status_changes": list(history),
    }


def _find_list_entry(request: Request, person: Person, *, is_own: bool) -> ListEntry | None:
    """Who is on the list is for themselves and coordinators to know."""
    if not (is_own or request.standing.is_coordinator):
        return None
    return ListEntry.objects.filter(coalition=request.coalition, person=person, ends_on__isnull=True).first()


@require_http_methods(["GET", "POST"])
def person_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_permission(policies.can_add_person(request.standing, coalition))
    form = PersonForm(
        get_form_data(request), coalition=coalition, candidates=directory.get_visible_people(request.standing)
    )
    return handle_directory_form(
        request,
        form,
        title=_("Add a person"),
        lead_text=_("Add a person with whom the coalition works. We ask only for details that we use."),
        button_label=_("Add person"),
        return_url=_get_people_url(coalition),
        action=lambda: _add_person_from_form(request, form),
        success_message=_(
            "The person has been added. If you entered an email address, our first email will tell them"
            " that they are in this directory."
        ),
    )


def _add_person_from_form(request: MemberRequest, form: PersonForm) -> None:
    sent = form.cleaned_data
    facts = actions.PersonFacts(
        name=sent["name"], email=sent["email"], is_minor=sent["is_minor"], adult_contact=sent["adult_contact"]
    )
    actions.add_person(
        actor=request.user,
        coalition=request.coalition,
        facts=facts,
        organisation=sent["organisation"],
        position=sent["position"],
        can_represent=sent["may_speak"],
        role=sent["role"],
        starts_on=sent["starts_on"],
    )


@require_http_methods(["GET", "POST"])
def person_change(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """For whom others entered; whoever has signed in has settings of their own."""
    require_permission(request.standing.is_coordinator)
    person = get_object_or_404(directory.get_visible_people(request.standing), pk=pk)
    if not policies.can_change_person(request.standing, Membership(coalition=coalition, person=person)):
        raise PermissionDenied(_("Only the person can change their name and address, in their own settings."))
    form = PersonChangeForm(get_form_data(request), person=person, coalition=coalition)
    back = redirect("coalitions:person_detail", coalition.slug, person.pk).url
    return handle_directory_form(
        request,
        form,
        title=_("Correct the details of %(name)s") % {"name": person},
        lead_text=_(
            "Use this page to correct a mistake. Once the person has signed in, only they can change their details."
        ),
        button_label=_("Save"),
        return_url=back,
        action=lambda: actions.change_person(
            actor=request.user, coalition=coalition, person=person, **form.cleaned_data
        ),
        success_message=_("The details have been corrected."),
    )


@require_http_methods(["GET", "POST"])
def person_remove(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """A page that lists what is removed and what stays, and a button that does it."""
    person = get_object_or_404(directory.get_visible_people(request.standing), pk=pk)
    require_permission(policies.can_remove_person(request.standing, Membership(coalition=coalition, person=person)))
    own = person == request.user
    form = KeepNameForm(get_form_data(request)) if own else None
    return form_view(
        request,
        form,
        template="coalitions/leave.html",
        context=lambda: build_leave_context(request, person, return_url=_get_person_url(coalition, person)),
        action=lambda: actions.remove_person(
            actor=request.user, coalition=coalition, person=person, **(form.cleaned_data if form else {})
        ),
        success_message=lambda person: departures.describe_departure(coalition, person, is_own=own),
        redirect_to=coalition.get_absolute_url() if own else _get_people_url(coalition),
    )


def _get_person_url(coalition: Coalition, person: Person) -> str:
    return reverse("coalitions:person_detail", args=[coalition.slug, person.pk])


def _get_people_url(coalition: Coalition) -> str:
    return redirect("coalitions:person_list", coalition.slug).url
