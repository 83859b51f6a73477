"""Organisations and people that look like one: merged, or kept apart."""

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions import actions, directory, policies
from jukwaa.coalitions.duplicate_people import (
    describe_person_to_merge,
    find_duplicate_people,
    find_obstacles_to_merging_people,
    is_unconfirmed_account,
)
from jukwaa.coalitions.duplicates import find_likely_duplicates
from jukwaa.coalitions.forms.people import MergeOrganisationForm
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.merge_preview import count_moved_rows, count_moved_rows_of_person, find_discarded_values
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.views.common import handle_directory_form, require_permission
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page


@require_GET
def duplicate_organisation_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_permission(policies.can_merge_organisations(request.standing, coalition))
    people = directory.get_visible_people(request.standing)
    context = {"pairs": find_likely_duplicates(coalition), "people_pairs": find_duplicate_people(coalition, people)}
    return render_page(request, "coalitions/duplicates.html", context)


@require_http_methods(["GET", "POST"])
def organisation_merge_choose(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Which other row is the same organisation; then the page that says what moves."""
    require_permission(policies.can_merge_organisations(request.standing, coalition))
    organisation = get_object_or_404(Organisation.objects.of(coalition), pk=pk)
    form = MergeOrganisationForm(get_form_data(request), organisation=organisation)
    return handle_directory_form(
        request,
        form,
        title=_("Merge another organisation into %(name)s") % {"name": organisation.name},
        lead_text=_("The next page shows what will be moved. Nothing will be merged before you confirm."),
        button_label=_("Review the merge"),
        return_url=organisation.get_absolute_url(),
        action=lambda: form.cleaned_data["other"],
        redirect_to=lambda other: redirect("coalitions:merge_preview", coalition.slug, pk, other.pk),
    )


@require_GET
def organisation_merge_preview(request: MemberRequest, coalition: Coalition, pk: int, other: int) -> HttpResponse:
    require_permission(policies.can_merge_organisations(request.standing, coalition))
    rows = Organisation.objects.of(coalition).with_standing().annotate(people=Count("affiliations"))
    survivor, merged = get_object_or_404(rows, pk=pk), get_object_or_404(rows.exclude(pk=pk), pk=other)
    context = {
        "survivor": survivor,
        "merged": merged,
        "moves": count_moved_rows(merged),
        "giving_way": find_discarded_values(survivor, merged),
    }
    return render_page(request, "coalitions/merge.html", context)


@require_POST
def organisation_merge(request: MemberRequest, coalition: Coalition, pk: int, other: int) -> HttpResponse:
    rows = Organisation.objects.filter(coalition=coalition)
    survivor, merged = get_object_or_404(rows, pk=pk), get_object_or_404(rows, pk=other)
    return form_view(
        request,
        action=lambda: actions.merge_organisations(
            actor=request.user, surviving_organisation=survivor, merged_organisation=merged
        ),
        success_message=_(
            "The organisations have been merged into %(name)s. The other organisation's page now redirects to this "
            "page."
        )
        % {"name": survivor.name},
        redirect_to=survivor.get_absolute_url(),
    )


@require_POST
def organisations_keep_apart(request: MemberRequest, coalition: Coalition, pk: int, other: int) -> HttpResponse:
    rows = Organisation.objects.of(coalition)
    first, second = get_object_or_404(rows, pk=pk), get_object_or_404(rows.exclude(pk=pk), pk=other)
    return form_view(
        request,
        action=lambda: actions.mark_organisations_as_distinct(
            actor=request.user, first_organisation=first, second_organisation=second
        ),
        success_message=_("The organisations stay separate. We will not suggest this pair again."),
        redirect_to=redirect("coalitions:duplicates", coalition.slug).url,
    )


@require_GET
def person_merge_preview(request: MemberRequest, coalition: Coalition, pk: int, other: int) -> HttpResponse:
    """What will be moved, or why the two can't be merged."""
    require_permission(policies.can_merge_people(request.standing, coalition))
    people = directory.get_visible_people(request.standing)
    survivor, merged = get_object_or_404(people, pk=pk), get_object_or_404(people.exclude(pk=pk), pk=other)
    context = {
        "survivor": describe_person_to_merge(coalition, survivor),
        "merged": describe_person_to_merge(coalition, merged),
        "moves": count_moved_rows_of_person(coalition, merged),
        "obstacles": find_obstacles_to_merging_people(coalition, survivor, merged),
        "is_unconfirmed": is_unconfirmed_account(coalition, survivor),
    }
    return render_page(request, "coalitions/person_merge.html", context)


@require_POST
def person_merge(request: MemberRequest, coalition: Coalition, pk: int, other: int) -> HttpResponse:
    require_permission(policies.can_merge_people(request.standing, coalition))
    people = directory.get_visible_people(request.standing)
    survivor = get_object_or_404(people, pk=pk)
    merged = people.filter(pk=other).first() or get_object_or_404(survivor.merged_accounts, pk=other)
    return form_view(
        request,
        action=lambda: actions.merge_people(
            actor=request.user, coalition=coalition, surviving_person=survivor, merged_person=merged
        ),
        success_message=_("The people have been merged into %(name)s.") % {"name": survivor},
        redirect_to=redirect("coalitions:person_detail", coalition.slug, survivor.pk).url,
    )
