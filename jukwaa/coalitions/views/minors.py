"""Marking somebody as under 18, and removing the mark."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jukwaa.accounts import limits
from jukwaa.accounts.minors import get_adult_contact
from jukwaa.accounts.models import Person
from jukwaa.coalitions import actions, directory, policies
from jukwaa.coalitions.forms.people import MarkForm, RemoveMarkForm
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition, Membership
from jukwaa.coalitions.names import shown
from jukwaa.coalitions.views.common import directory_form, require
from jukwaa.core.form_view import form_data
from jukwaa.core.transactions import atomic_with_retry


@require_http_methods(["GET", "POST"])
def minor_mark(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    person = get_object_or_404(directory.people(request.standing), pk=pk)
    require(policies.can_mark_under_18(request.standing, Membership(coalition=coalition, person=person)))
    form = MarkForm(form_data(request))
    return directory_form(
        request,
        form,
        title=_("Mark %(name)s as under 18") % {"name": shown(person, request.standing)},
        lead=_(
            "The name will be hidden immediately from the public and from members, in attendance,"
            " downloads and search. The person's roles will end. Only members will be able to read"
            " what this person has written until the parent or guardian agrees."
        ),
        button=_("Mark as under 18"),
        stop=True,
        back=_person(coalition, person),
        action=lambda: _mark(request, person, form),
        success=_("Marked as under 18. We have written to the parent or guardian."),
    )


def _mark(request: MemberRequest, person: Person, form: MarkForm) -> Person:
    limits.count(limits.ADULT_CONTACTS, str(request.user.pk))
    return _name_contact_and_mark(request, person, form)


@atomic_with_retry
def _name_contact_and_mark(request: MemberRequest, person: Person, form: MarkForm) -> Person:
    sent = form.cleaned_data
    return actions.mark_under_18(
        actor=request.user,
        coalition=request.coalition,
        person=person,
        adult_contact=get_adult_contact(name=sent["guardian_name"], email=sent["guardian_email"]),
        reason=sent["reason"],
        means=sent["means"],
    )


@require_http_methods(["GET", "POST"])
def minor_unmark(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    person = get_object_or_404(directory.people(request.standing), pk=pk)
    require(policies.can_remove_under_18_mark(request.standing, Membership(coalition=coalition, person=person)))
    form = RemoveMarkForm(form_data(request))
    return directory_form(
        request,
        form,
        title=_("Remove the mark “under 18” from %(name)s") % {"name": shown(person, request.standing)},
        lead=_("Members will see the name again. The public will not, unless the person shows it in the settings."),
        button=_("Remove the mark"),
        back=_person(coalition, person),
        action=lambda: actions.remove_under_18_mark(
            actor=request.user, coalition=coalition, person=person, **form.cleaned_data
        ),
        success=_("The mark has been removed."),
    )


def _person(coalition: Coalition, person: Person) -> str:
    return redirect("coalitions:person_detail", coalition.slug, person.pk).url
