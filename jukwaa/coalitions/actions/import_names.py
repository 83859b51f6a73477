"""Names under which an import recognised organisations: later imports and reports recognise them, too."""

from collections.abc import Iterable, Sequence

from jukwaa.coalitions.imports.row_names import remove_bracketed_text
from jukwaa.coalitions.models import Organisation, OrganisationName
from jukwaa.places.text_folding import fold_text


def add_organisation_names(written_names: Iterable[tuple[Organisation, str]]) -> Sequence[OrganisationName]:
    """Keep each name that its organisation does not have yet. Return the new ones. The caller checks permissions."""
    other = [
        (organisation, name)
        for organisation, name in written_names
        if not {fold_text(name), fold_text(remove_bracketed_text(name))}
        & {fold_text(organisation.name), fold_text(organisation.acronym) or None}
    ]
    if not other:
        return []
    known = OrganisationName.objects.filter(organisation__in={organisation.pk for organisation, _name in other})
    seen = {(pk, fold_text(name)) for pk, name in known.values_list("organisation_id", "name")}
    new: dict[tuple[int, str], OrganisationName] = {}
    for organisation, name in other:
        key = (organisation.pk, fold_text(name))
        if key not in seen:
            new.setdefault(key, OrganisationName(organisation=organisation, name=name))
    return OrganisationName.objects.bulk_create(new.values())
