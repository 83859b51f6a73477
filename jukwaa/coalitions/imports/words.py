"""What the words in a cell mean, in the ways in which people write them."""

import re
from enum import StrEnum
from functools import cache

from jukwaa.places.folding import plain
from jukwaa.places.languages import canonical_tag, language_name, language_tags
from jukwaa.places.regions import RegionalGroup, StakeholderGroup

LOCALES = ("en", "fr", "es", "pt", "ar", "ru", "zh", "de")


class Stands(StrEnum):
    """What a row's standing says."""

    MEMBER = "member"
    LEFT = "left"
    KNOWN = "known"


REGIONS: dict[str, str] = {
    RegionalGroup.AFRICAN: "african group|african|africa|afrique|groupe africain|africa group|grupo africano",
    RegionalGroup.ASIA_PACIFIC: "asia pacific group|asia pacific|asia|asia and the pacific|asian group|apac"
    "|asie pacifique|asia pacifico|asia and pacific",
    RegionalGroup.EASTERN_EUROPEAN: "eastern european group|eastern europe|eeg|eastern european|europe de l est"
    "|europa oriental|europa del este",
    RegionalGroup.GRULAC: "grulac|latin america and the caribbean|latin america|lac|latin american and caribbean group"
    "|latin america and caribbean|latin american and caribbean group grulac|amerique latine et caraibes"
    "|america latina y el caribe|america latina",
    RegionalGroup.WEOG: "weog|western european and others group|western europe and others|western european and others"
    "|western european and others group weog|europe occidentale et autres|europa occidental y otros",
    RegionalGroup.IGO: "intergovernmental organization|intergovernmental organisation|igo|international organisation"
    "|international organization|organisation intergouvernementale|organizacion intergubernamental",
    RegionalGroup.UNKNOWN: "unknown|n a|none|inconnu|desconocido",
}
EVERYWHERE = (
    "global|globally|international|worldwide|world wide|world|the world|everywhere|all countries|all regions|many"
    "|multiple|various|mondial|monde|monde entier|internationale|mundial|mundo|todo el mundo|internacional|عالمي|العالم"
    "|دولي|всемирный|международный|全球|国际"
)
STAKEHOLDERS: dict[str, str] = {
    StakeholderGroup.CIVIL_SOCIETY: "civil society|ngo|ngos|non governmental organisation|non governmental organization"
    "|non profit|nonprofit|charity|civil society organisation|cso|ong|societe civile|sociedad civil|sociedade civil"
    "|zivilgesellschaft|гражданское общество|المجتمع المدني|academia|academic|university",
    StakeholderGroup.GOVERNMENT: "government|governments|gov|public sector|governmental|gouvernement|gobierno|governo"
    "|regierung|правительство|حكومة",
    StakeholderGroup.INTERGOVERNMENTAL: "intergovernmental organizations|intergovernmental organisations"
    "|intergovernmental organisation|intergovernmental organization|intergovernmental|igo|igos"
    "|international organisation|international organization|un|united nations"
    "|organisation intergouvernementale|organizacion intergubernamental",
    StakeholderGroup.PRIVATE_SECTOR: "private sector|private|industry|business|company|corporate|secteur prive"
    "|sector privado|setor privado|privatwirtschaft|частный сектор|القطاع الخاص",
    StakeholderGroup.TECHNICAL_COMMUNITY: "technical community|technical|tech community|communaute technique"
    "|comunidad tecnica|comunidade tecnica",
    StakeholderGroup.OTHER: "other|others|autre|otro|outro",
    StakeholderGroup.UNKNOWN: "unknown|n a|none|inconnu|desconocido",
}
STANDINGS: dict[str, str] = {
    Stands.MEMBER: "member|active|active member|yes|current|full member|membre|actif|miembro|activo|membro|ativo"
    "|mitglied|член|عضو",
    Stands.LEFT: "left|former|former member|inactive|withdrawn|resigned|ended|ancien membre|parti|antiguo miembro|baja"
    "|inactivo|ausgetreten",
    Stands.KNOWN: "observer|known|guest|observateur|observador|beobachter",
}


def meaning(text: str, table: dict[str, str]) -> str | None:
    """The key whose words hold this text, or whose label it is in the language of the page; None where none does."""
    asked = plain(text)
    return next((key for key, words in table.items() if asked in (*words.split("|"), _label(key))), None)


def is_everywhere(text: str) -> bool:
    """Whether a cell for a country or a region says that there is no one such."""
    return plain(text) in map(plain, EVERYWHERE.split("|"))


def _label(key: str) -> str:
    return plain(str(getattr(key, "label", key)))


def parts(text: str) -> list[str]:
    """The items of a cell that holds several. Where semicolons part them, a comma belongs to an item."""
    raws = re.split(r"[;\n|]" if re.search(r"[;\n|]", text) else ",", text)
    return list(dict.fromkeys(part for raw in raws if (part := " ".join(raw.split()))))


def language_of(word: str) -> str | None:
    """The tag of a language that is written as a tag, or by its name in one of several languages."""
    return _languages().get(plain(word)) or canonical_tag(word)


@cache
def _languages() -> dict[str, str]:
    found: dict[str, str] = {}
    for locale in LOCALES:
        for tag in sorted(language_tags(), key=len):
            found.setdefault(plain(language_name(tag, locale)), tag)
    for tag in language_tags():
        found.setdefault(plain(language_name(tag, tag)), tag)
    return found
