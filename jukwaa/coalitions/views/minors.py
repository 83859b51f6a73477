"""Marking somebody as under 18, and removing the mark."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.accounts import rate_limits
from jukwaa.accounts.minors import get_or_create_adult_contact
from jukwaa.accounts.models import Person
from jukwaa.coalitions import actions, directory, policies
from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.forms.people import MarkMinorForm, UnmarkMinorForm
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition, Membership
from jukwaa.coalitions.views.common import handle_directory_form, require_permission
from jukwaa.core.form_view import get_form_data
from jukwaa.core.transactions import atomic_with_retry


@require_http_methods(["GET", "POST"])
def person_mark_as_minor(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    person = get_object_or_404(directory.get_visible_people(request.standing), pk=pk)
    require_permission(policies.can_mark_under_18(request.standing, Membership(coalition=coalition, person=person)))
    form = MarkMinorForm(get_form_data(request))
    return handle_directory_form(
        request,
        form,
        title=_("Mark %(name)s as under 18") % {"name": get_display_name(person, request.standing)},
        lead_text=_(
            "The name will be hidden immediately from the public and from members, including in attendance lists,"
            " downloads and search results. The person's roles will end. Only members will be able to read what"
            " this person has written until the parent or guardian agrees."
        ),
        button_label=_("Mark as under 18"),
        is_destructive=True,
        return_url=_get_person_url(coalition, person),
        action=lambda: _mark_person_as_minor(request, person, form),
        success_message=_("The “under 18” mark has been added. We have emailed the parent or guardian."),
    )


def _mark_person_as_minor(request: MemberRequest, person: Person, form: MarkMinorForm) -> Person:
    rate_limits.count_attempt(rate_limits.ADULT_CONTACTS_LIMIT, str(request.user.pk))
    return _create_contact_and_mark_minor(request, person, form)


@atomic_with_retry
def _create_contact_and_mark_minor(request: MemberRequest, person: Person, form: MarkMinorForm) -> Person:
    sent = form.cleaned_data
    return actions.mark_under_18(
        actor=request.user,
        coalition=request.coalition,
        person=person,
        adult_contact=get_or_create_adult_contact(
            name=sent["guardian_name"], email=sent["guardian_email"], language=request.coalition.language
        ),
        reason=sent["reason"],
        means=sent["means"],
    )


@require_http_methods(["GET", "POST"])
def person_unmark_as_minor(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    person = get_object_or_404(directory.get_visible_people(request.standing), pk=pk)
    require_permission(
        policies.can_remove_under_18_mark(request.standing, Membership(coalition=coalition, person=person))
    )
    form = UnmarkMinorForm(get_form_data(request))
    return handle_directory_form(
        request,
        form,
        title=_("Remove the “under 18” mark from %(name)s") % {"name": get_display_name(person, request.standing)},
        lead_text=_(
            "Members will see the person's name again. The public will see it only if the person allows this in"
            " their settings."
        ),
        button_label=_("Remove the “under 18” mark"),
        return_url=_get_person_url(coalition, person),
        action=lambda: actions.remove_under_18_mark(
            actor=request.user, coalition=coalition, person=person, **form.cleaned_data
        ),
        success_message=_("The “under 18” mark has been removed."),
    )


def _get_person_url(coalition: Coalition, person: Person) -> str:
    return redirect("coalitions:person_detail", coalition.slug, person.pk).url
