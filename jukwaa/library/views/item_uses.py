"""How an item travels: saying that one used it, the tree of adaptations, and what others do elsewhere."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.library import actions, policies
from jukwaa.library.forms import ChangeUseForm, UseForm
from jukwaa.library.models import Use
from jukwaa.library.related_items import (
    build_adaptation_tree,
    find_possible_adaptations,
    load_item_uses,
    load_items_of_shared_areas,
)
from jukwaa.library.views.common import get_item_or_404
from jukwaa.records.models import State
from jukwaa.records.views.common import CONFIRMATION_TEMPLATE

USE_NEW_TEMPLATE = "library/use_new.html"


@login_not_required
@require_GET
@cache_for_visitors
def item_use_history(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    item = get_item_or_404(request, coalition, pk)
    context = {
        "item": item,
        "uses": load_item_uses(item, request.user),
        "tree": build_adaptation_tree(item, request.user),
        "may_say": item.state == State.PUBLISHED and request.standing.is_inside,
    }
    return render_page(request, "library/item_travels.html", context)


@require_http_methods(["GET", "POST"])
def item_use_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    item = get_item_or_404(request, coalition, pk)
    if item.state != State.PUBLISHED or not policies.can_report_use(request.standing, item):
        raise PermissionDenied(_("Only members can report how they used a published item."))
    form = UseForm(
        get_form_data(request),
        standing=request.standing,
        own_organisations=find_possible_adaptations(item, request.user),
    )
    return form_view(
        request,
        form,
        template=USE_NEW_TEMPLATE,
        context={"item": item},
        action=lambda: actions.add_item_use(actor=request.user, item=item, **form.get_action_arguments()),
        success_message=_("Report posted. Readers of the item can now see how you used it."),
        redirect_to=reverse("library:item_travels", args=[coalition.slug, item.pk]),
    )


@require_http_methods(["GET", "POST"])
def item_use_change(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Whoever said it says it otherwise, for whom they said it."""
    use = _get_use_or_404(request, coalition, pk)
    if use.item.state != State.PUBLISHED or not policies.can_change_use(request.standing, use):
        raise PermissionDenied(
            _("Only the person who reported this use can change the report, and only while they are a member.")
        )
    own = find_possible_adaptations(use.item, request.user)
    initial = ChangeUseForm.get_initial(use)
    form = ChangeUseForm(get_form_data(request), standing=request.standing, own_organisations=own, initial=initial)
    return form_view(
        request,
        form,
        template=USE_NEW_TEMPLATE,
        context={"item": use.item, "use": use},
        action=lambda: actions.change_item_use(actor=request.user, use=use, **form.get_changed_fields()),
        success_message=_("The changes have been saved."),
        redirect_to=reverse("library:item_travels", args=[coalition.slug, use.item_id]),
    )


def _get_use_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Use:
    """404 for what one may not see."""
    uses = Use.objects.visible_to(request.user).filter(item__coalition=coalition).select_related("item")
    use = get_object_or_404(uses, pk=pk)
    use.item.coalition = coalition
    return use


@require_http_methods(["GET", "POST"])
def item_use_withdraw(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    use = _get_use_or_404(request, coalition, pk)
    if not policies.can_withdraw_use(request.standing, use):
        raise PermissionDenied
    question = {
        "title": _("Withdraw your report"),
        "object": use.item.title,
        "quote": use.how,
        "sentences": [_("The report will be deleted permanently. Adaptations will stay in the library.")],
        "button": _("Withdraw report"),
        "stop": True,
        "back": use.item.get_absolute_url(),
    }
    return form_view(
        request,
        template=CONFIRMATION_TEMPLATE,
        context=question,
        action=lambda: actions.withdraw_item_use(actor=request.user, use=use),
        success_message=_("Report withdrawn."),
        redirect_to=reverse("library:item_travels", args=[coalition.slug, use.item_id]),
    )


@require_GET
def items_of_other_coalitions(request: MemberRequest, coalition: Coalition) -> HttpResponse:  # noqa: ARG001 - the standing knows it
    """What others do on what one's organisation works on, from other regions first."""
    found = load_items_of_shared_areas(request.standing, get_language() or "en")
    has_organisation = bool(request.standing.organisations)
    context = {"found": found, "has_organisation": has_organisation}
    return render_page(request, "library/elsewhere.html", context)
