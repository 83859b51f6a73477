"""An item for machines: schema.org's words for it. Public items alone, and of their ties those to public records."""

from typing import Any

from django.utils import timezone

from jukwaa.coalitions.standing import Standing
from jukwaa.library.exported_records import build_record_url, get_sharing_organisation_names
from jukwaa.library.models import Item
from jukwaa.places.countries import COUNTRIES_BY_CODE, get_country_name
from jukwaa.records.models import Label, Link, State
from jukwaa.records.provenance import get_cached_linked_records

SCHEMA_TYPE_BY_ITEM_KIND = {
    "training-material": "LearningResource",
    "toolkit": "LearningResource",
    "research": "ScholarlyArticle",
    "case-study": "Article",
    "law-or-policy": "Legislation",
    "guideline": "DigitalDocument",
}
# Creative Commons, by the code of the choice: https://creativecommons.org/licenses/
URL_BY_LICENCE = {
    "cc0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "public-domain": "https://creativecommons.org/publicdomain/mark/1.0/",
    **{
        f"cc-{code}": f"https://creativecommons.org/licenses/{code}/4.0/"
        for code in ("by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd")
    },
}
SCHEMA_PROPERTY_BY_RELATION = {Link.Relation.ADAPTED_FROM: "isBasedOn", Link.Relation.TRANSLATES: "translationOfWork"}


def build_linked_data(item: Item, viewer_standing: Standing) -> dict[str, Any] | None:
    """None for what the world may not read."""
    if item.label != Label.CLEAR or item.state != State.PUBLISHED or item.published_at is None:
        return None
    said = {
        "@context": "https://schema.org",
        "@type": SCHEMA_TYPE_BY_ITEM_KIND.get(item.kind, "CreativeWork"),
        "@id": build_record_url(item),
        "url": build_record_url(item),
        "name": item.title,
        "description": item.summary or next((text for _name, text in item.answer_boxes), ""),
        "inLanguage": item.language,
        **_build_linked_origin(item),
        "license": URL_BY_LICENCE.get(item.details.get("licence", ""), ""),
        "spatialCoverage": [_build_linked_country(code) for code in item.countries if code in COUNTRIES_BY_CODE],
        **_build_linked_relations(item, viewer_standing),
    }
    return {name: value for name, value in said.items() if value}


def _build_linked_origin(item: Item) -> dict[str, Any]:
    """Who made it and when. What was issued elsewhere was made by its issuer, not by whoever shared it."""
    shared_on = timezone.localdate(item.published_at).isoformat() if item.published_at else ""
    coalition = {"@type": "Organization", "name": item.coalition.name}
    if item.is_issued:
        issuer = {"@type": "Organization", "name": item.issuer} if item.issuer else None
        return {
            "datePublished": item.issue_iso_date,
            "author": [issuer] if issuer else [],
            "publisher": issuer,
            "sdDatePublished": shared_on,
            "sdPublisher": coalition,
        }
    organisations = get_sharing_organisation_names(item) or [item.coalition.name]
    authors = [{"@type": "Organization", "name": name} for name in organisations]
    return {"datePublished": shared_on, "author": authors, "publisher": coalition}


def _build_linked_country(code: str) -> dict[str, str]:
    return {"@type": "Country", "name": get_country_name(code, "en"), "identifier": code}


def _build_linked_relations(item: Item, viewer_standing: Standing) -> dict[str, list[dict[str, str]]]:
    """What it was adapted or translated from, as far as the world may read that."""
    ties: dict[str, list[dict[str, str]]] = {}
    for tie in get_cached_linked_records(item, viewer_standing):
        is_public = tie.record.label == Label.CLEAR and tie.record.state == State.PUBLISHED
        if tie.points and tie.relation in SCHEMA_PROPERTY_BY_RELATION and is_public:
            work = {"@type": "CreativeWork", "name": tie.record.title, "url": build_record_url(tie.record)}
            ties.setdefault(SCHEMA_PROPERTY_BY_RELATION[Link.Relation(tie.relation)], []).append(work)
    return ties
