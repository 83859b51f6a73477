"""What the columns of a table mean, guessed from their headings in several languages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from jukwaa.coalitions.models import Import
from jukwaa.places.folding import plain

CLOSE = 86  # of 100: one slip in a short word
FIRST_ROWS = 10  # among which the heading is sought: titles and dates stand above it

FIELDS: dict[str, dict[str, str | Promise]] = {
    Import.Kind.MEMBERS: {
        "name": _("Name of the organisation"),
        "acronym": _("Acronym"),
        "country": _("Country"),
        "regional_group": _("Regional group"),
        "stakeholder_group": _("Stakeholder group"),
        "website": _("Website"),
        "areas": _("Areas of work"),
        "languages": _("Languages"),
        "since": _("Member since"),
        "until": _("Member until"),
        "standing": _("Standing: member, left, observer"),
    },
    Import.Kind.PEOPLE: {
        "person": _("Name of the person"),
        "email": _("Mail address"),
        "organisation": _("Organisation"),
        "since": _("On the list since"),
    },
}

UNSCREENED = frozenset({"email"})  # a list is made of addresses

HEADINGS: dict[str, str] = {
    "name": "name|organisation|organization|organisation name|name of organisation|member|member organisation|company"
    "|institution|entity|nom|nom de l'organisation|membre|nombre|organizacion"
    "|nombre de la organizacion|miembro|nome|organizacao|membro|organisationsname|mitglied|организация"
    "|название|名称|组织|المنظمة|الاسم",
    "acronym": "acronym|abbreviation|short name|short|sigle|acronyme|sigla|siglas|acronimo|abkurzung|kurzel"
    "|аббревиатура|اختصار",
    "country": "country|country of registration|nation|state|country territory|pays|pais|land|страна|国家|الدولة|البلد",
    "regional_group": "regional group|region|un regional group|un region|group|geographic region|groupe regional"
    "|region geographique|grupo regional|regionalgruppe|региональная группа|المجموعة الاقليمية",
    "stakeholder_group": "stakeholder group|stakeholder|stakeholders|type|sector|stakeholder type|category"
    "|type of organisation|groupe de parties prenantes|partie prenante|secteur|categorie|grupo de interes|sector|tipo"
    "|categoria|parte interesada|setor|sektor|группа|اصحاب المصلحة|القطاع",
    "website": "website|web site|web|url|homepage|web address|site|site web|site internet|sitio web|pagina web|webseite"
    "|сайт|网站|الموقع",
    "areas": "areas of work|area of work|areas|focus|focus areas|topics|themes|working areas|domaines|domaines d'action"
    "|domaine de travail|themes|areas de trabajo|temas|arbeitsbereiche|themen|направления|مجالات العمل",
    "languages": "languages|language|working languages|langues|langue|idiomas|idioma|linguas|sprachen|sprache|языки"
    "|языки работы|اللغات|语言",
    "since": "member since|since|joined|join date|date joined|joining date|date of joining|start|start date|sign up"
    "|signed up|membre depuis|depuis|date d'adhesion|adhesion|miembro desde|desde|fecha de ingreso|alta|membro desde"
    "|mitglied seit|seit|beitritt|дата вступления|عضو منذ|加入日期",
    "until": "member until|until|left|left on|end|end date|date left|membre jusqu'au|jusqu'au|date de depart"
    "|miembro hasta|hasta|fecha de salida|baja|ate|mitglied bis|bis|austritt|дата выхода|по|عضو حتى",
    "standing": "standing|status|membership status|member status|statut|etat|estado|situacion|stand|статус|الحالة|状态",
    "person": "name|full name|person|contact|contact person|participant|subscriber|real name|nom|nom et prenom|personne"
    "|nombre|nombre y apellidos|persona|nome|ansprechpartner|имя|фио|姓名|الاسم",
    "email": "email|e mail|mail|email address|mail address|address|e mail address|courriel|adresse mail|adresse e mail"
    "|correo|correo electronico|endereco de email|e mail adresse|электронная почта|почта|邮箱|البريد الالكتروني",
    "organisation": "organisation|organization|affiliation|company|institution|employer|organisme|affiliation"
    "|entreprise|organizacion|empresa|afiliacion|institucion|organizacao|einrichtung|организация|组织|المنظمة",
}


def guess_columns(headings: list[str], kind: str) -> list[str]:
    """The field of each column, or nothing. Each field is guessed once, for the column that it fits best."""
    known = {plain(word): field for field in reversed(FIELDS[kind]) for word in HEADINGS[field].split("|")}
    scored: list[tuple[float, int, str]] = []
    for column, heading in enumerate(headings):
        if found := process.extractOne(plain(heading), known.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE):
            scored.append((found[1], column, known[found[0]]))
    guessed = [""] * len(headings)
    for _score, column, field in sorted(scored, key=lambda found: (-found[0], found[1])):
        if field not in guessed:
            guessed[column] = field
    return guessed


def heading_of(rows: list[list[str]], kind: str) -> int:
    """Which row is the heading: the one of the first ten in which most columns can be told, else the first."""
    known = [sum(map(bool, guess_columns(row, kind))) for row in rows[:FIRST_ROWS]]
    return known.index(max(known))
