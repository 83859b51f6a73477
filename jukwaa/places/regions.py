"""The groups by which the forum counts who takes part."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RegionalGroup(TextChoices):
    """The five groups of the United Nations, the forum's pseudo-region, and what nobody has said."""

    AFRICAN = "african", _("African Group")
    ASIA_PACIFIC = "asia-pacific", _("Asia-Pacific Group")
    EASTERN_EUROPEAN = "eastern-european", _("Eastern European Group")
    GRULAC = "grulac", _("Latin American and Caribbean Group (GRULAC)")
    WEOG = "weog", _("Western European and Others Group (WEOG)")
    IGO = "igo", _("Intergovernmental Organization")
    UNKNOWN = "unknown", _("Unknown")


class StakeholderGroup(TextChoices):
    """The forum's stakeholder groups, as its survey of 2021 names them."""

    CIVIL_SOCIETY = "civil-society", _("Civil society")
    GOVERNMENT = "government", _("Government")
    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organizations")
    PRIVATE_SECTOR = "private-sector", _("Private sector")
    TECHNICAL_COMMUNITY = "technical-community", _("Technical community")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Unknown")


def has_region_distinct_from_group(regional_group: str, stakeholder_group: str) -> bool:
    """Return whether the region adds to the stakeholder group: not where both say "intergovernmental"."""
    if regional_group == RegionalGroup.IGO:
        return stakeholder_group != StakeholderGroup.INTERGOVERNMENTAL
    return regional_group != RegionalGroup.UNKNOWN


UN_REGIONAL_GROUPS = (
    RegionalGroup.AFRICAN,
    RegionalGroup.ASIA_PACIFIC,
    RegionalGroup.EASTERN_EUROPEAN,
    RegionalGroup.GRULAC,
    RegionalGroup.WEOG,
)
