"""Whom in the directory a name means. Only a sure match is made; for a likely one a person is asked."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from jukwaa.coalitions.known_people import KnownPeople
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.organisation_matching import OrganisationDirectory
from jukwaa.intake.models import Actor
from jukwaa.meetings.attendance_files import FileParticipant
from jukwaa.meetings.attendance_matching import AttendeeMatcher
from jukwaa.places.text_folding import fold_text

# What a report calls its own organs and officers by: "the Secretariat", "la trésorière", "Vorstand".
DUTY_WORDS = frozenset(
    fold_text(
        "secretariat chair chairs chairman chairwoman chairperson cochair cochairs president presidents treasurer"
        " secretary board committee bureau host hosts coordinator coordinators coordination staff auditor auditors"
        " rapporteur rapporteurs moderator facilitator members member delegates observers council convener convenor"
        " présidente présidence trésorier trésorière trésorerie secrétaire comité conseil hôte hôtesse coordinateur"
        " coordinatrice animateur animatrice équipe membres secretaría secretario secretaria presidencia presidenta"
        " presidente tesorería tesorero tesorera junta consejo anfitrión anfitriona coordinador coordinadora"
        " coordinación equipo relator relatora miembros secretariado secretário presidência tesoureiro tesoureira"
        " tesouraria direção diretoria conselho anfitrião anfitriã coordenador coordenadora coordenação equipa"
        " equipe sekretariat vorsitz vorsitzende vorsitzender schatzmeister schatzmeisterin vorstand geschäftsstelle"
        " ausschuss gastgeber gastgeberin leitung sekretarieti mwenyekiti katibu mhazini bodi kamati mwenyeji"
        " segreteria tesoriere ketua bendahara الأمانة الرئيس الرئيسة المجلس اللجنة المضيف الأمين"
    ).split()
)
WORDS_BESIDE_DUTY = frozenset(
    fold_text(
        "the a our of and co vice acting interim deputy general executive steering team group working la le les l el"
        " los o a as os notre nuestra nuestro nossa nosso da do de du del der die das et y e und adjoint adjointe"
        " administration pilotage directiva directivo dirección ejecutivo ejecutiva executiva executivo العامة الصندوق"
    ).split()
)
NAME_WITH_BRACKET_PATTERN = re.compile(r"(?P<name>[^()]{2,}?)\s*\((?P<beside>[^()]{2,})\)\s*")
BESIDE_SEPARATOR_PATTERN = re.compile(r"\s*[|,;،]\s*|\s+[/\u2013\u2014-]\s+")
MAX_WORDS_LENGTH = 250


@dataclass(frozen=True, slots=True)
class OrganisationNameMatch:
    """`sure`: matched until a person says otherwise. `likely`: a question to a person."""

    sure: Organisation | None = None
    likely: Organisation | None = None


def build_organisation_matcher(coalition: Coalition) -> Callable[[str], OrganisationNameMatch]:
    """A look-up over the whole directory: a few queries, however many names follow."""
    known = OrganisationDirectory.of(coalition)
    organisations = {row.pk: row for row in Organisation.objects.of(coalition)}

    def find_organisation_match(organisation_name: str) -> OrganisationNameMatch:
        matches = [match for match in known.find(organisation_name) if match.organisation_id in organisations]
        if not matches:
            return OrganisationNameMatch()
        best = organisations[matches[0].organisation_id]
        sure = matches[0].is_exact and (len(matches) == 1 or not matches[1].is_exact)
        if sure:
            return OrganisationNameMatch(sure=best)
        return OrganisationNameMatch() if is_duty_name(organisation_name) else OrganisationNameMatch(likely=best)

    return find_organisation_match


def split_name_from_bracket(written_name: str) -> tuple[str, str]:
    """Ana Lopes and IWF, for "Ana Lopes (IWF)"; a name without a bracket as it is."""
    found = NAME_WITH_BRACKET_PATTERN.fullmatch(written_name)
    return (found["name"], found["beside"]) if found else (written_name, "")


def find_match_beside_name(
    find: Callable[[str], OrganisationNameMatch], words_beside_name: str
) -> OrganisationNameMatch:
    """The organisation in the bracket or the cell beside a name: "IWF", or "IWF | Secretariat"."""
    words = words_beside_name.partition("(")[0].strip()[:MAX_WORDS_LENGTH]
    match = find(words)
    parts = (find(part) for part in BESIDE_SEPARATOR_PATTERN.split(words)) if match.sure is None else ()
    return next((part for part in parts if part.sure is not None), match)


def is_duty_name(name: str) -> bool:
    """Whether a name is only that of a duty, which organisations may have in their names too."""
    words = set(fold_text(name).split())
    return bool(words & DUTY_WORDS) and words <= DUTY_WORDS | WORDS_BESIDE_DUTY


def build_attendee_finder(
    coalition: Coalition, day: date | None
) -> Callable[[str, str, OrganisationNameMatch], OrganisationNameMatch]:
    """A look-up of the people of the directory, as for attendance files, for names that no organisation has.

    The third argument is what the name and the organisation beside it were matched to so far.
    """
    matcher = AttendeeMatcher(coalition, day)
    organisations = {row.pk: row for row in Organisation.objects.of(coalition)}

    def find_attendee_match(name: str, group: str, found: OrganisationNameMatch) -> OrganisationNameMatch:
        if found.sure is not None or is_duty_name(name):
            return found
        match = matcher.match_participant(FileParticipant(name, organisation=group))
        if match is None or match.is_device:
            return found
        if match.person_id is not None:
            represented = organisations.get(match.organisation_id or 0)
            if represented is None:  # nobody has confirmed for whom this person speaks
                listed = [one for person, one in matcher.find_by_short_name(name) if person.pk == match.person_id]
                represented = listed[0] if len(listed) == 1 else None
            return OrganisationNameMatch(sure=represented) if represented is not None else found
        if found.likely is not None:
            is_of_likely = matcher.find_in_organisation(name, found.likely) is not None
            return OrganisationNameMatch(sure=found.likely) if is_of_likely else found
        people = matcher.find_by_short_name(name)
        return OrganisationNameMatch(likely=people[0][1]) if len(people) == 1 else found

    return find_attendee_match


def set_suggested_people(coalition: Coalition, actors: Iterable[Actor]) -> None:
    """Say of which person each offered match is, where the name may mean one. One query, and none without offers."""
    offered = [(actor, actor.suggested_organisation) for actor in actors if actor.likely_id is not None]
    known = KnownPeople(coalition)
    for actor, organisation in offered:
        if organisation is not None:
            actor.offered_person = known.find_in_organisation(actor.written, organisation.pk)
