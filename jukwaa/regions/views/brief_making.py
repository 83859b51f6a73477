"""Choosing what a brief is made of, making it, shaping its lengths, and beginning it in another language."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.http import invalid, page
from jukwaa.core.keyset import Place
from jukwaa.core.numbers import row_number
from jukwaa.drafting.models import Placement, Text
from jukwaa.library.told import strictest
from jukwaa.records.models import Record
from jukwaa.regions import actions
from jukwaa.regions.actions.briefs import describe_excess, left_out
from jukwaa.regions.briefs import shape_at
from jukwaa.regions.choosing import in_collection, numbers_in, offered
from jukwaa.regions.forms.briefs import BriefForm, ChooseForm, ShapeForm, TranslateForm
from jukwaa.regions.gathering import chosen_records
from jukwaa.regions.models import BriefTranslation
from jukwaa.regions.views.briefs import drafted_brief, visible_brief

CHOOSE, NEW, SHAPE, FORM = (f"regions/brief_{page}.html" for page in ("choose", "new", "shape", "form"))


def _refuse_others(request: MemberRequest) -> None:
    if not request.standing.is_inside:
        raise PermissionDenied(_("Only members can create briefs. You can apply to join."))


def address_of(text: Text) -> str:
    return reverse("regions:brief_detail", args=[text.coalition.slug, text.pk])


@require_GET
def brief_choose(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """What is ticked goes along in the address from page to page, so that nothing is kept before a brief is made."""
    _refuse_others(request)
    areas = AreaOfWork.objects.filter(coalition=coalition, scheme=AreaOfWork.Scheme.COALITION)
    form = ChooseForm(request.GET, areas=areas)
    rows = offered(request.user, coalition, form.sought(), Place.of(request))
    numbers, chosen = _chosen(request, coalition, request.GET)
    here = {row.pk for row in rows.rows}
    context = {
        "form": form,
        "page": rows,
        "chosen": [record for record in chosen if record.pk not in here],
        "ticked": {record.pk for record in chosen},
        "left_out": left_out(len(numbers), len(chosen)),
    }
    return page(request, CHOOSE, context)


def _chosen(request: MemberRequest, coalition: Coalition, given: QueryDict) -> tuple[list[int], list[Record]]:
    """The numbers that were chosen, by ticks or with a collection, and the records that are there for their chooser."""
    numbers = numbers_in(given.getlist("record"))
    if collection := row_number(given.get("collection", "")):
        numbers = numbers_in(map(str, [*numbers, *in_collection(request.user, coalition, collection)]))
    return numbers, chosen_records(request.user, coalition, numbers)


@require_http_methods(["GET", "POST"])
def brief_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """With `?record=` for each record, or `?collection=` for all of one."""
    _refuse_others(request)
    numbers, chosen = _chosen(request, coalition, request.POST if request.method == "POST" else request.GET)
    form = BriefForm(form_data(request), standing=request.standing, initial={"label": strictest(chosen)})
    context = {
        "chosen": chosen,
        "left_out": left_out(len(numbers), len(chosen)),
        "too_many": describe_excess(numbers),
    }
    if request.method == "GET" and context["too_many"]:
        return invalid(request, NEW, context)
    return form_view(
        request,
        form,
        template=NEW,
        context=context,
        confirm=lambda: invalid(request, NEW, context) if context["too_many"] else None,
        action=lambda: _make_brief(request, coalition, form, chosen),
        success=_("Draft created. Only you can see it. Complete the text in brackets."),
        redirect_to=lambda text: reverse("drafting:text_write", args=[coalition.slug, text.pk]),
    )


def _make_brief(request: MemberRequest, coalition: Coalition, form: BriefForm, chosen: list[Record]) -> Text:
    return actions.make_brief(
        actor=request.user,
        coalition=coalition,
        asked=form.asked([record.pk for record in chosen]),
        organisation=form.organisation(),
        token=form.cleaned_data["token"],
    )


@require_http_methods(["GET", "POST"])
def brief_shape(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text = drafted_brief(request, coalition, pk)
    placements = list(Placement.objects.now(text))
    form = ShapeForm(form_data(request), shape=shape_at(text, text.step), placements=placements)
    return form_view(
        request,
        form,
        template=SHAPE,
        context={"text": text},
        action=lambda: actions.shape_brief(actor=request.user, text=text, **form.told()),
        current_values=lambda conflict: ShapeForm.initial_of(conflict.current),
        success=_("Saved. Readers will see the change once you name a revision."),
        redirect_to=address_of(text),
    )


@require_http_methods(["GET", "POST"])
def brief_translate(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    _refuse_others(request)
    text = visible_brief(request, coalition, pk)
    form = TranslateForm(form_data(request))
    context = {
        "text": text,
        "title": _("Translate into another language"),
        "lead": _(
            "The translation starts with the clauses and sources of the original. You then translate the "
            "clauses one by one."
        ),
        "button": _("Start translation"),
    }
    return form_view(
        request,
        form,
        template=FORM,
        context=context,
        action=lambda: _translate_brief(request, text, form),
        success=_("Draft created. Only you can see it. Translate each clause."),
        redirect_to=lambda made: reverse("drafting:text_write", args=[coalition.slug, made.pk]),
    )


def _translate_brief(request: MemberRequest, text: Text, form: TranslateForm) -> Text:
    said = {name: form.cleaned_data[name] for name in ("language", "title", "token")}
    return actions.translate_brief(actor=request.user, original=text, **said)


@require_POST
def translation_confirm(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text = drafted_brief(request, coalition, pk)
    translation = get_object_or_404(BriefTranslation.objects.select_related("original"), text=text.pk)
    translation.text = text
    return form_view(
        request,
        action=lambda: actions.confirm_translation(actor=request.user, translation=translation),
        success=_("Confirmed. The translation is up to date."),
        redirect_to=address_of(text),
    )
