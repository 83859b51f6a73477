"""An item for machines: schema.org's words for it. Public items alone, and of their ties those to public records."""

from typing import Any

from jukwaa.coalitions.standing import Standing
from jukwaa.library.models import Item
from jukwaa.library.told import address_of, organisations_of
from jukwaa.places.countries import COUNTRIES, country_name
from jukwaa.records.models import Label, Link, State
from jukwaa.records.trace import ties_of

TYPES = {
    "training-material": "LearningResource",
    "toolkit": "LearningResource",
    "research": "ScholarlyArticle",
    "case-study": "Article",
    "law-or-policy": "Legislation",
    "guideline": "DigitalDocument",
}
# Creative Commons, by the code of the choice: https://creativecommons.org/licenses/
LICENCES = {
    "cc0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "public-domain": "https://creativecommons.org/publicdomain/mark/1.0/",
    **{
        f"cc-{code}": f"https://creativecommons.org/licenses/{code}/4.0/"
        for code in ("by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd")
    },
}
RELATIONS = {Link.Relation.ADAPTED_FROM: "isBasedOn", Link.Relation.TRANSLATES: "translationOfWork"}


def linked_data(item: Item, standing: Standing) -> dict[str, Any] | None:
    """None for what the world may not read."""
    if item.label != Label.CLEAR or item.state != State.PUBLISHED or item.published_at is None:
        return None
    organisations = organisations_of(item) or [item.coalition.name]
    said = {
        "@context": "https://schema.org",
        "@type": TYPES.get(item.kind, "CreativeWork"),
        "@id": address_of(item),
        "url": address_of(item),
        "name": item.title,
        "description": item.summary or next((text for _name, text in item.boxes), ""),
        "inLanguage": item.language,
        "datePublished": item.published_at.date().isoformat(),
        "author": [{"@type": "Organization", "name": name} for name in organisations],
        "publisher": {"@type": "Organization", "name": item.coalition.name},
        "license": LICENCES.get(item.details.get("licence", ""), ""),
        "spatialCoverage": [_country(code) for code in item.countries if code in COUNTRIES],
        **_ties(item, standing),
    }
    return {name: value for name, value in said.items() if value}


def _country(code: str) -> dict[str, str]:
    return {"@type": "Country", "name": country_name(code, "en"), "identifier": code}


def _ties(item: Item, standing: Standing) -> dict[str, list[dict[str, str]]]:
    """What it was adapted or translated from, as far as the world may read that."""
    ties: dict[str, list[dict[str, str]]] = {}
    for tie in ties_of(item, standing):
        is_public = tie.record.label == Label.CLEAR and tie.record.state == State.PUBLISHED
        if tie.points and tie.relation in RELATIONS and is_public:
            work = {"@type": "CreativeWork", "name": tie.record.title, "url": address_of(tie.record)}
            ties.setdefault(RELATIONS[Link.Relation(tie.relation)], []).append(work)
    return ties
