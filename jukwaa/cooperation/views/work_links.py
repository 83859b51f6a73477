"""The page that a link in a mail opens, without signing in. Opening it does nothing; its button signs."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from jukwaa.accounts.models import Person
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.cooperation import policies
from jukwaa.cooperation.actions.work import find_open_charter
from jukwaa.cooperation.actions.work_charters import describe_missing_mandate, sign_charter
from jukwaa.cooperation.forms.work_charters import SignCharterForm
from jukwaa.cooperation.models import Party
from jukwaa.cooperation.views.work_charters import compare_read_and_current_charter
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.refusals import ActionRefused
from jukwaa.mail.signed_links import read_signed_token

SIGN_LINK_PURPOSE = "sign-charter"
SIGN_LINK_VALIDITY = timedelta(days=60)
SIGN_BY_LINK_TEMPLATE = "cooperation/sign_by_link.html"


@login_not_required
@require_http_methods(["GET", "POST"])
def charter_sign_by_link(request: Request, coalition: Coalition, token: str) -> HttpResponse:
    """Whoever holds the mail signs as the person whom it was sent to, if they may speak for the party that day."""
    meant = read_signed_token(SIGN_LINK_PURPOSE, token, SIGN_LINK_VALIDITY)
    if meant is None:
        raise Http404
    person = get_object_or_404(Person, pk=meant["person"], is_active=True)
    rows = Party.objects.select_related("work__coalition", "capacity", "organisation")
    party = get_object_or_404(rows, pk=meant["party"], work__coalition=coalition)
    if not policies.can_act_for_party(ViewerContext(person), party):
        return render_page(request, SIGN_BY_LINK_TEMPLATE, {"why": describe_missing_mandate(party)}, status=403)
    context: dict[str, object] = {"party": party, "work": party.work, "person": person}
    form = SignCharterForm(get_form_data(request))
    return form_view(
        request,
        form,
        template=SIGN_BY_LINK_TEMPLATE,
        context=lambda: context | _build_sign_context(party, form),
        action=lambda: _sign_charter_by_link(person, party, form.cleaned_data["digest"]),
        redirect_to=lambda why: _show_signing_result(request, why, context),
    )


def _sign_charter_by_link(person: Person, party: Party, digest: str) -> str:
    """Return why it could not be signed, or nothing.

    Without an account there is no page to go back to: a refusal has a page of its own, without the button.
    """
    try:
        sign_charter(actor=person, party=party, digest=digest)
    except (ActionRefused, PermissionDenied) as refused:
        return str(refused)
    return ""


def _show_signing_result(request: Request, refusal_message: str, context: dict[str, object]) -> HttpResponse:
    if refusal_message:
        return render_page(request, SIGN_BY_LINK_TEMPLATE, context | {"why": refusal_message}, status=422)
    return render_page(request, SIGN_BY_LINK_TEMPLATE, context | {"is_done": True})


def _build_sign_context(party: Party, form: SignCharterForm) -> dict[str, object]:
    charter = find_open_charter(party.work)
    if charter is None or not charter.is_being_signed:
        charter = party.work.charter_in_force()  # which a party that was only named can still confirm
    has_signed = charter is not None and party.signatures.filter(charter=charter).exists()
    return {"charter": charter, "has_signed": has_signed, **compare_read_and_current_charter(form, party.work, charter)}
