"""Choosing what a brief is made of, making it, shaping its lengths, and beginning it in another language."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_invalid_form, render_page
from jukwaa.core.keyset_pagination import PageCursor
from jukwaa.core.row_numbers import parse_row_number
from jukwaa.drafting.models import Placement, Text
from jukwaa.library.exported_records import get_strictest_label
from jukwaa.records.models import Record
from jukwaa.regions import actions
from jukwaa.regions.actions.briefs import describe_omitted_records, describe_too_many_records
from jukwaa.regions.brief_materials import load_chosen_records
from jukwaa.regions.briefs import get_shape_at_step
from jukwaa.regions.forms.briefs import BriefForm, BriefShapeForm, RecordFilterForm, TranslateBriefForm
from jukwaa.regions.models import BriefTranslation
from jukwaa.regions.record_choices import get_collection_record_ids, get_record_page, parse_record_ids
from jukwaa.regions.views.briefs import get_brief_or_404, get_drafted_brief_or_404

CHOOSE_TEMPLATE, NEW_TEMPLATE, SHAPE_TEMPLATE, FORM_TEMPLATE = (
    f"regions/brief_{page}.html" for page in ("choose", "new", "shape", "form")
)


def _require_coalition_member(request: MemberRequest) -> None:
    if not request.standing.is_inside:
        raise PermissionDenied(_("Only members can create briefs. You can apply to join."))


def build_brief_url(text: Text) -> str:
    return reverse("regions:brief_detail", args=[text.coalition.slug, text.pk])


@require_GET
def brief_records_choose(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """What is ticked goes along in the address from page to page, so that nothing is kept before a brief is made."""
    _require_coalition_member(request)
    areas = AreaOfWork.objects.filter(coalition=coalition, scheme=AreaOfWork.Scheme.COALITION)
    form = RecordFilterForm(request.GET, areas_of_work=areas)
    rows = get_record_page(request.user, coalition, form.build_record_filter(), PageCursor.of(request))
    numbers, chosen = _load_chosen_records(request, coalition, request.GET)
    here = {row.pk for row in rows.rows}
    context = {
        "form": form,
        "page": rows,
        "chosen": [record for record in chosen if record.pk not in here],
        "ticked": {record.pk for record in chosen},
        "left_out": describe_omitted_records(len(numbers), len(chosen)),
    }
    return render_page(request, CHOOSE_TEMPLATE, context)


def _load_chosen_records(
    request: MemberRequest, coalition: Coalition, query_data: QueryDict
) -> tuple[list[int], list[Record]]:
    """The numbers that were chosen, by ticks or with a collection, and the records that are there for their chooser."""
    numbers = parse_record_ids(query_data.getlist("record"))
    if collection := parse_row_number(query_data.get("collection", "")):
        numbers = parse_record_ids(
            map(str, [*numbers, *get_collection_record_ids(request.user, coalition, collection)])
        )
    return numbers, load_chosen_records(request.user, coalition, numbers)


@require_http_methods(["GET", "POST"])
def brief_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """With `?record=` for each record, or `?collection=` for all of one."""
    _require_coalition_member(request)
    numbers, chosen = _load_chosen_records(
        request, coalition, request.POST if request.method == "POST" else request.GET
    )
    form = BriefForm(get_form_data(request), standing=request.standing, initial={"label": get_strictest_label(chosen)})
    context = {
        "chosen": chosen,
        "left_out": describe_omitted_records(len(numbers), len(chosen)),
        "too_many": describe_too_many_records(numbers),
    }
    if request.method == "GET" and context["too_many"]:
        return render_invalid_form(request, NEW_TEMPLATE, context)
    return form_view(
        request,
        form,
        template=NEW_TEMPLATE,
        context=context,
        confirm=lambda: render_invalid_form(request, NEW_TEMPLATE, context) if context["too_many"] else None,
        action=lambda: _create_brief_from_form(request, coalition, form, chosen),
        success_message=_("Draft created. Only you can see it. Complete the text in brackets."),
        redirect_to=lambda text: reverse("drafting:text_write", args=[coalition.slug, text.pk]),
    )


def _create_brief_from_form(
    request: MemberRequest, coalition: Coalition, form: BriefForm, chosen_records: list[Record]
) -> Text:
    return actions.create_brief(
        actor=request.user,
        coalition=coalition,
        brief_request=form.build_brief_request([record.pk for record in chosen_records]),
        organisation=form.get_organisation(),
        token=form.cleaned_data["token"],
    )


@require_http_methods(["GET", "POST"])
def brief_shape(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text = get_drafted_brief_or_404(request, coalition, pk)
    placements = list(Placement.objects.now(text))
    form = BriefShapeForm(get_form_data(request), brief_shape=get_shape_at_step(text, text.step), placements=placements)
    return form_view(
        request,
        form,
        template=SHAPE_TEMPLATE,
        context={"text": text},
        action=lambda: actions.set_brief_shape(actor=request.user, text=text, **form.get_action_arguments()),
        current_values=lambda conflict: BriefShapeForm.get_initial(conflict.current),
        success_message=_("Changes saved. Readers will see them after you create a revision."),
        redirect_to=build_brief_url(text),
    )


@require_http_methods(["GET", "POST"])
def brief_translate(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    _require_coalition_member(request)
    text = get_brief_or_404(request, coalition, pk)
    form = TranslateBriefForm(get_form_data(request))
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
        template=FORM_TEMPLATE,
        context=context,
        action=lambda: _translate_brief_from_form(request, text, form),
        success_message=_("Draft created. Only you can see it. Translate each clause."),
        redirect_to=lambda made: reverse("drafting:text_write", args=[coalition.slug, made.pk]),
    )


def _translate_brief_from_form(request: MemberRequest, text: Text, form: TranslateBriefForm) -> Text:
    said = {name: form.cleaned_data[name] for name in ("language", "title", "token")}
    return actions.translate_brief(actor=request.user, original=text, **said)


@require_POST
def brief_translation_confirm(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    text = get_drafted_brief_or_404(request, coalition, pk)
    translation = get_object_or_404(BriefTranslation.objects.select_related("original"), text=text.pk)
    translation.text = text
    return form_view(
        request,
        action=lambda: actions.confirm_brief_translation(actor=request.user, brief_translation=translation),
        success_message=_("You have confirmed that the translation is up to date."),
        redirect_to=build_brief_url(text),
    )
