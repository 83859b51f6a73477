"""Mail that waits for a coordinator to see it."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.paging import Total, key_page
from jukwaa.core.http import page
from jukwaa.updates import actions, policies
from jukwaa.updates.forms import LettersForm
from jukwaa.updates.models import Letter

# A link in a mail is its reader's key: a coordinator sees that there is one, and can't use it. Wherever it leads, what
# is signed has three parts.
KEYS = re.compile(r"/[\w.-]+:[\w-]+:[\w-]{20,}/?")


def _may(request: MemberRequest, coalition: Coalition) -> None:
    if not policies.can_release_mail(request.user, coalition):
        raise PermissionDenied(_("Coordinators look at mail before it leaves."))


@require_GET
def held_mail(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    _may(request, coalition)
    held = Letter.objects.held(coalition)
    rows = key_page(held.select_related("message", "person__adult_contact"), by="pk", request=request)
    letters = [(letter, KEYS.sub("/…", letter.message.body)) for letter in rows.rows]
    context = {"letters": letters, "page": rows, "total": Total.of(held), "here": "held mail"}
    return page(request, "updates/held_mail.html", context)


@require_POST
def held_release(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    _may(request, coalition)
    pks = _ticked(request, coalition)
    return _told(request, coalition, actions.release_letters(actor=request.user, coalition=coalition, pks=pks))


@require_POST
def held_release_all(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    _may(request, coalition)
    return _told(request, coalition, actions.release_letters(actor=request.user, coalition=coalition))


@require_POST
def held_discard(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    _may(request, coalition)
    if pks := _ticked(request, coalition):
        gone = actions.discard_letters(actor=request.user, coalition=coalition, pks=pks)
        sentence = ngettext("One mail is thrown away.", "%(n)d mails are thrown away.", gone)
        messages.success(request, sentence % {"n": gone})
    return redirect("updates:held_mail", coalition.slug)


@require_POST
def held_open(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    _may(request, coalition)
    actions.release_mail(actor=request.user, coalition=coalition)
    messages.success(request, _("From now on mail leaves by itself."))
    return redirect("updates:held_mail", coalition.slug)


def _ticked(request: MemberRequest, coalition: Coalition) -> list[int]:
    offered = list(Letter.objects.held(coalition).values_list("pk", flat=True))
    form = LettersForm(request.POST, offered=offered)
    if form.is_valid():
        return list(form.cleaned_data["letters"])
    messages.warning(request, _("Tick at least one mail that is still here."), extra_tags="wrong")
    return []


def _told(request: MemberRequest, coalition: Coalition, left: int) -> HttpResponse:
    if left:
        messages.success(request, ngettext("One mail leaves now.", "%(n)d mails leave now.", left) % {"n": left})
    return redirect("updates:held_mail", coalition.slug)
