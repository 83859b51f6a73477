"""Inputs in W3C's Web Annotation model (Recommendations of 23 February 2017: data model, and vocabulary)."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from jukwaa.coalitions.display_names import get_display_name, get_public_name
from jukwaa.coalitions.standing import Standing
from jukwaa.drafting.models import Consultation, Input

JSON_LD_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
ANNOTATION_MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
ANNOTATIONS_PER_PAGE = 50
MOTIVATION_BY_INPUT_KIND = {
    Input.Kind.COMMENT: "commenting",
    Input.Kind.QUESTION: "questioning",
    Input.Kind.SUPPORT: "assessing",
    Input.Kind.PROPOSAL: "editing",
}


def build_input_annotation(given_input: Input, viewer_standing: Standing) -> dict[str, Any]:
    """One input: what it says, who says it as far as this reader may know, and the words that it is about."""
    slug = viewer_standing.coalition.slug
    return {
        "@context": JSON_LD_CONTEXT,
        "id": build_absolute_url("drafting:input_detail", slug, given_input.pk),
        "type": "Annotation",
        "motivation": MOTIVATION_BY_INPUT_KIND[Input.Kind(given_input.kind)],
        "created": given_input.at.isoformat(),
        "creator": _build_annotation_creator(given_input, viewer_standing),
        "body": _build_annotation_bodies(given_input),
        "target": _build_annotation_target(given_input, slug),
    }


def build_annotation_collection(consultation: Consultation, slug: str, total_count: int) -> dict[str, Any]:
    """All inputs of a consultation, by the addresses of the pages that hold them."""
    address = build_absolute_url("drafting:annotations", slug, consultation.pk)
    last = max(0, (total_count - 1) // ANNOTATIONS_PER_PAGE)
    return {
        "@context": JSON_LD_CONTEXT,
        "id": address,
        "type": "AnnotationCollection",
        "label": consultation.text.title,
        "total": total_count,
        "first": f"{address}?page=0",
        "last": f"{address}?page={last}",
    }


def build_annotation_page(
    collection: dict[str, Any],
    clause_number: int,
    inputs: list[Input],
    viewer_standing: Standing,
    *,
    has_predecessor: bool,
) -> dict[str, Any]:
    address = collection["id"]
    page = {
        "@context": JSON_LD_CONTEXT,
        "id": f"{address}?page={clause_number}",
        "type": "AnnotationPage",
        "partOf": {name: collection[name] for name in ("id", "label", "total")},
        "startIndex": clause_number * ANNOTATIONS_PER_PAGE,
        "items": [_remove_json_ld_context(build_input_annotation(given, viewer_standing)) for given in inputs],
    }
    if clause_number:
        page["prev"] = f"{address}?page={clause_number - 1}"
    if has_predecessor:
        page["next"] = f"{address}?page={clause_number + 1}"
    return page


def build_absolute_url(url_name: str, *args: Any) -> str:
    return f"{settings.SITE_URL}{reverse(url_name, args=args)}"


def _remove_json_ld_context(annotation: dict[str, Any]) -> dict[str, Any]:
    """Within a page its own context stands for all."""
    return {name: value for name, value in annotation.items() if name != "@context"}


def _build_annotation_creator(given_input: Input, viewer_standing: Standing) -> dict[str, Any]:
    if given_input.capacity.organisation_id:
        return {"type": "Organization", "name": given_input.capacity.name}
    name = get_public_name(given_input.author, viewer_standing) if given_input.author else ""
    return {"type": "Person", "name": name or get_display_name(given_input.capacity, viewer_standing)}


def _build_annotation_bodies(given_input: Input) -> list[dict[str, Any]]:
    if given_input.hidden_at or given_input.disposition == Input.Answer.WITHDRAWN:
        return []
    why = "commenting" if given_input.proposed else MOTIVATION_BY_INPUT_KIND[Input.Kind(given_input.kind)]
    said = ((given_input.body, why), (given_input.proposed, "editing"))
    return [
        {
            "type": "TextualBody",
            "value": text,
            "format": "text/plain",
            "language": given_input.language,
            "purpose": purpose,
        }
        for text, purpose in said
        if text
    ]


def _build_annotation_target(given_input: Input, slug: str) -> dict[str, Any] | str:
    """The clause by its anchor, and in it the words: of the revision that was asked about."""
    source = build_absolute_url("drafting:text_detail", slug, given_input.text_id)
    if given_input.clause is None:
        return source
    selector: dict[str, Any] = {
        "type": "FragmentSelector",
        "conformsTo": "http://tools.ietf.org/rfc/rfc3236",
        "value": given_input.clause.anchor,
    }
    if given_input.exact:
        selector["refinedBy"] = given_input.build_web_annotation()
    return {"type": "SpecificResource", "source": source, "selector": selector}
