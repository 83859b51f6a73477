"""Who came, in a sentence: "On the line: Ana (chairing), me and Ben from Oak Farm", "Asistieron: Ana y Ben"."""

import re
from collections.abc import Iterable, Iterator

from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.cue import STRONG
from jukwaa.intake.reader.lexicon import FINITE_VERB_PATTERN, NON_NAME_WORDS, ROLE_NOUNS
from jukwaa.intake.reader.passage import Passage
from jukwaa.intake.reader.people_lists import find_names_with_tasks
from jukwaa.intake.reader.tasks import collect_known_names
from jukwaa.intake.reader.translation_marker import gettext_noop as _

_CALL = r"(?:call|line|phone|meeting|room|zoom|teams)"
# With a colon behind it.
_LABEL = (
    rf"(?:on|in) (?:the |our )?{_CALL}(?: (?:today|yesterday))?(?: (?:were|was|we had))?"
    rf"|(?:so )?we (?:were|had)(?: on (?:the )?{_CALL})?"
    rf"|th(?:ose|e people) (?:who (?:were|joined|came|called in)|on|there"
    rf"|present)(?: (?:on )?(?:the )?{_CALL})?(?: were)?"
    r"|(?:dialled|dialed|called|logged) in|joined(?: us)?|who (?:was|were)(?: (?:there|on|in|here))?"
    r"|around the (?:virtual )?table"
    r"|(?:nous |on )?(?:étions|était|étaient)(?: (?:en ligne|présente?s|là|connectée?s|au téléphone|en visio))*"
    r"|en ligne|autour de la table"
    r"|(?:en la (?:llamada|reunión|sesión|línea) |ayer |hoy )?(?:estuvimos|estuvieron|participamos|participaron"
    r"|estábamos|nos conectamos|se conectaron)(?: (?:en la (?:llamada|línea|reunión)|conectad[oa]s))?"
    r"|en (?:la )?(?:llamada|línea)"
    r"|(?:na (?:chamada|reunião|linha) )?(?:estivemos|estiveram|participámos|participamos|participaram|estávamos)"
    r"(?: (?:na (?:chamada|reunião|linha)|em linha))?|na (?:chamada|reunião|linha)|em linha"
    r"|كنا(?: على الخط| في (?:المكالمة|الاجتماع))?|على الخط|حضر(?:نا)?(?: (?:المكالمة|الاجتماع))?"
    r"|شارك(?:نا)?(?: في (?:المكالمة|الاجتماع))?"
)
# Right before the first name: "On the call were Ana and Ben".
_VERB = (
    rf"(?:on|in) (?:the |our )?{_CALL} (?:were|was)|th(?:ose|e people) (?:on|there|who (?:joined|came))"
    rf"(?: (?:on )?(?:the )?{_CALL})? were|(?:attending|joining|present (?:at|on|in)) (?:the |our "
    rf"|[a-z]+[’']s )?{_CALL} were|(?:étaient|étions) (?:en ligne|connectée?s|au téléphone)"
    r"|(?:en la (?:llamada|reunión|sesión) )?(?:estuvimos|estuvieron|participaron)"
    r"|(?:na (?:chamada|reunião) )?(?:estivemos|estiveram)"
)
# These begin lists of minutes too, in which commas stand between a name and an office.
_LIST_LABEL = (
    r"(?:present|attending|attendees|participants|présente?s|participante?s|presentes|asistentes|asistieron|الحاضرون"
    r"|الحضور)(?: (?:today|yesterday|hier(?: soir)?|aujourd[’']hui|ce (?:matin|soir)|hoy|ayer|hoje|ontem))?"
)
OPENING_PATTERN = re.compile(
    rf"\W*(?:(?:{_LABEL}|(?P<list>{_LIST_LABEL}))\s?:\s+|(?:{_VERB}) (?=[^\W\d_]))", re.IGNORECASE
)
# Before a list that may be of topics or services as well, unless it has a full name, an organisation, the writer, or a
# name to which the text gives a task.
UNCLEAR_LABEL_PATTERN = re.compile(
    r"\W*(?:in (?:the |our )?\w+|joined|en ligne|en (?:la )?(?:llamada|línea)|na \w+|em linha)\s?:", re.IGNORECASE
)
WRITER_PATTERN = re.compile(r"(?:I|me|myself|moi(?:-même)?|yo|eu|ich|و?أنا)\b", re.IGNORECASE)
_OUTSIDE_BRACKETS = r"(?![^()]*\))"
ENTRY_SEPARATOR_PATTERN = re.compile(
    rf"\s*[,;،]\s*(?:(?:and|et|y|e|und)\s+|و)?{_OUTSIDE_BRACKETS}"
    rf"|\s+(?:and|et|y|e|und|&|\+)\s+{_OUTSIDE_BRACKETS}"
    r"(?=(?:[oa] |el |la )?(?:[^\W\d_a-z]|I\b|me\b|myself\b|moi\b|yo\b|eu\b))",
)
_WORD = r"(?:[A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u024f\u1e00-\u1eff][\w’'.-]*)"
_NAME = rf"(?:{_WORD}(?: (?:(?:van|von|der|bin|al) )*{_WORD}){{0,3}}|[\u0621-\u064a]{{2,}}(?: [\u0621-\u064a]{{2,}})??)"
_OF = r"from|of|for|at|representing|with|des?|del|du|d[aeo]s?|pour|por|para|pel[ao]|من"
ENTRY_PATTERN = re.compile(
    rf"(?:(?:o|a|el|la) )?(?P<name>{_NAME})(?: \((?P<note>[^()]*)\))?"
    rf"(?:,? (?:(?P<of>{_OF})(?: (?:the|la|el|l[ao]s|le|les|o|a))? |(?P<of_vowel>d[’']|de l[’']|pour l[’'])|من )"
    rf"(?P<body>[^()]+?))?"
    r"(?=\s*(?:\(|$)|\s+(?:who|until|till|before|after|during|joined|left|via|by"
    r"|for (?:the|half|an?)|with (?:his|her|their)"
    r"|(?:and|et|y|e) (?=[a-z])|qui|pendant|jusqu|hasta|durante|até|que|se|a rejoint|entrou|llegó)\b).*$"
)
# Of "Ana de Souza" and "João da Silva" nothing is an organisation.
ORGANISATION_PATTERN = re.compile(
    r"(?i:minist|funda|asocia|associa|instit|univers|réseau|red\b|rede\b|comit|secretar|organi|agenc|centr|oficina|escola"
    r"|école|escuela|ong\b|consej|conselh|conseil|bureau|direction|direc|autorit|autorid|polic|union|unión|união)"
    r"|\w+[A-Z]|\S+ .*[^\W\d_a-z]"
)
AS_WHAT_PATTERN = re.compile(r"\s(?:as|como|comme|en tant que)\s(?=[a-zà-ÿ])")  # "from Elm Farm as observer"
COMPANION_PATTERN = re.compile(r"(?:his|her|their|a|an|two|three)\b")
LATIN_OF_WORDS = frozenset({"de", "des", "del", "du", "da", "do", "das", "dos"})
OWN_NAME_END_PATTERN = re.compile(r"(?<=and I)\. ")  # where "I." looks like an initial
REMARK_PATTERN = re.compile(r"\s[-–—]\s[a-zà-ÿ].*$")  # "Ana - whose line dropped before the end -"
# "Ana L. (Elm Farm) from 13:20", "Ben came 15 minutes later", in a sentence after a list of those present
LATER_PERSON_PATTERN = re.compile(
    rf"\W*(?:(?:and|et|y|e) )?(?P<name>{_NAME})(?: \([^()]{{1,60}}\))?,? "
    r"(?:(?:from|until|till|joined|left|arrived|dès"
    r"|à partir|jusqu|depuis|arrivée?|desde|hasta|a partir|até|ab|bis)\b"
    r"[^:.]{0,20}(?:\d|item|point|punto|ponto)[\w:. -]{0,12}\W*$"
    r"|(?:came|joined|arrived|connected|dialled in|called in)(?: us)? (?:[\w-]+ ){0,3}(?:late|later)\b)"
)
# "From Elm Farm was Ana Lopes and not Ben"
PERSON_OF_BODY_PATTERN = re.compile(
    rf"\W*(?:From|For) (?:the )?(?P<body>{_WORD}(?: (?:of |for |the |de )?{_WORD}){{0,4}})"
    rf" (?:(?:there )?was|came|joined|we had)"
    rf" (?P<name>{_NAME})(?=\W*$|,| \(| and not\b| instead\b)"
)
# "con la asistencia de los siguientes miembros: don Ben Okoro (Elm) y doña Dina Said, de la Alcaldía"
FORMAL_ATTENDANCE_PATTERN = re.compile(
    r"\b(?:con la (?:asistencia|presencia|participación)|com a (?:presença|participação)|asist(?:en|ieron))"
    r" (?P<people>.+)",
    re.IGNORECASE | re.DOTALL,
)
TITLED_PERSON_PATTERN = re.compile(
    r"\b(?:[Dd]on|[Dd]oña|[Dd]ona|[Ss]eñora?|[Ss]enhora?) "
    rf"(?P<name>{_WORD}(?: (?:(?:de|del|la|los|da|do|dos) )*{_WORD}){{1,3}})"
)
MAX_FORMAL_LENGTH = 2000
MAX_LENGTH = 800
MIN_PEOPLE = 2
_NAMES = r"(?P<names>(?-i:[^\W\d_a-z])[\w’'.-]+(?: [^\W\d_][\w’'.-]*)*(?:\s+\([^()]*\))?(?:,| y | e | et )[^:]+)$"
_FOREIGN_VERB = (
    r"(?:estuvimos|asistimos|participamos|estivemos|étions(?: là)?"
    r"|estuvieron|asistieron|participaron|concurrieron|compareceram|participaram|assistaient|ont participé)"
)
# Names after a colon, or right after a verb that begins the sentence.
ATTENDED_PATTERN = re.compile(
    rf"(?:\b{_FOREIGN_VERB}|\b(?:estaban|estiveram|étaient|sont) (?:présente?s|presentes))\b[^.;:]{{0,80}}:\s*{_NAMES}",
    re.IGNORECASE,
)
FOREIGN_OPENING_PATTERN = re.compile(
    rf"\W*(?:(?:también|además|também|aussi) )?(?:{_FOREIGN_VERB}"
    r"|(?:estaban|estiveram|étaient|sont) (?:présente?s|presentes))"
    rf"(?: présente?s| presentes)? {_NAMES}",
    re.IGNORECASE,
)
# "Estuvimos: yo moderando (Elm), Ana ...": the writer has no name there.
WRITER_IN_LIST_PATTERN = re.compile(r"(?P<label>:\s*)(?:yo|je|moi|eu|moi-même)\b[^,;:]{0,40}[,;]\s*", re.IGNORECASE)
ABSENT_WORDS_PATTERN = re.compile(r"\b(?:no|não|ne|pas|ausentes?|absents?|excusés?)\b", re.IGNORECASE)
JOINT_PATTERN = re.compile(r",?\s(?:y|e|et)\s+(?=[^\W\d_a-z])")


def collect_people(listed_names: Iterable[str], passages: Iterable[Passage]) -> frozenset[str]:
    """The names in lists, and those that sentences tell, in small letters, with their first words."""
    sentences = [passage.text[slice(*span)] for passage in passages for span in passage.spans]
    known = find_names_with_tasks("\n".join(sentences))
    told = (name for sentence in sentences for name, _organisation in find_told_attendees(sentence, known))
    return collect_known_names([*listed_names, *told])


def build_told_attendance_claims(sentence: str, people: frozenset[str]) -> list[Claim]:
    """Those whom a sentence of this kind says came: one claim for each organisation, and one for those without."""
    why = _("the sentence is in a list of participants")
    if (formal := FORMAL_ATTENDANCE_PATTERN.search(sentence[:MAX_FORMAL_LENGTH])) is not None:
        names = tuple(match["name"] for match in TITLED_PERSON_PATTERN.finditer(" ".join(formal["people"].split())))
        if len(names) >= MIN_PEOPLE:
            return [Claim("attendee", STRONG, why, names)]
    alone: list[str] = []
    claims: list[Claim] = []
    for name, organisation in find_told_attendees(sentence, people):
        if organisation:
            claims.append(Claim("attendee", STRONG, why, (name,), group=organisation))
        else:
            alone.append(name)
    return [*([Claim("attendee", STRONG, why, tuple(alone))] if alone else []), *claims]


def build_later_attendance_claims(sentence: str) -> list[Claim]:
    """Whom a sentence after a list of those present adds to it."""
    words = " ".join(sentence[:MAX_LENGTH].split())
    found = LATER_PERSON_PATTERN.match(words) or PERSON_OF_BODY_PATTERN.match(words)
    if found is None or found["name"].split()[0].lower() in NON_NAME_WORDS | ROLE_NOUNS:
        return []
    why = _("the sentence is in a list of participants")
    return [Claim("attendee", STRONG, why, (found["name"],), group=found.groupdict().get("body") or "")]


def find_told_attendees(sentence: str, people: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """The names in such a sentence, each with its organisation, as written; nothing where other things are listed.

    `people`: names in small letters that the text shows elsewhere to be of people.
    """
    words = OWN_NAME_END_PATTERN.split(" ".join(sentence[:MAX_LENGTH].split()))[0]
    opening = OPENING_PATTERN.match(words)
    if opening is None:
        return []
    entries = ENTRY_SEPARATOR_PATTERN.split(words[opening.end() :].strip(" .*_"))
    entries = [REMARK_PATTERN.sub("", entry) for entry in entries]
    others = [entry for entry in entries if entry and not WRITER_PATTERN.match(entry)]
    unclear = [entry for entry in others if not ENTRY_PATTERN.match(entry.strip())]
    # "In the call: fees, rooms and dates were discussed", "Present: Ana; online: Ben"; not "someone from the ministry"
    if any(entry[:1].isupper() or ":" in entry or FINITE_VERB_PATTERN.search(entry) for entry in unclear):
        return []
    found = list(_iter_people(others))
    is_list = len(found) + len(entries) - len(others) >= MIN_PEOPLE and len(found) * 3 >= len(others) * 2
    is_office_list = any(name.split()[0].lower() in ROLE_NOUNS for name, _organisation in found)
    says_for_whom = not opening["list"] or any(organisation for _name, organisation in found)
    is_clear = len(others) < len(entries) or any(organisation or " " in name for name, organisation in found)
    is_clear = is_clear or any(name.lower() in people for name, _organisation in found)
    if UNCLEAR_LABEL_PATTERN.match(words) and not is_clear:
        return []
    return found if is_list and says_for_whom and not is_office_list else []


def _iter_people(entries: list[str]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        match = ENTRY_PATTERN.match(entry.strip())
        if match is None:
            continue
        name, organisation = match["name"], AS_WHAT_PATTERN.split(match["body"] or "")[0]
        if match["of"] in LATIN_OF_WORDS and organisation and not ORGANISATION_PATTERN.match(organisation):
            name, organisation = entry[entry.index(name) : match.end("body")], ""
        is_remark = organisation.isascii() and not any(map(str.isupper, organisation))  # "for the first half hour"
        if is_remark or COMPANION_PATTERN.match(organisation):
            organisation = ""
        yield name, organisation.removeprefix("l'").removeprefix("l’").strip(" ,")


def find_non_english_attendee_text(phrase: str) -> str:
    """The names in such a sentence, with commas between them; else nothing."""
    stripped = WRITER_IN_LIST_PATTERN.sub(r"\g<label>", phrase.strip(" .*_"), count=1)
    match = ATTENDED_PATTERN.search(stripped) or FOREIGN_OPENING_PATTERN.match(stripped)
    if match is None or ABSENT_WORDS_PATTERN.search(stripped, 0, match.start("names")):
        return ""
    return JOINT_PATTERN.sub(", ", re.sub(r"\s+\(", " (", match["names"]))
