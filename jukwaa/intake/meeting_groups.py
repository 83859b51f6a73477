"""Which group met, where the title of its report says only what kind of document it is: "AYUDA MEMORIA"."""

import re
from collections.abc import Iterable, Sequence

from jukwaa.places.text_folding import fold_text

MAX_GROUP_WORDS = 14
MIN_DISTINCTIVE_LETTERS = 4  # beside the words for a document, a meeting and its number
# In text without case, accents and punctuation.
GROUP_WORD_PATTERN = re.compile(
    r"\b(?:(?:sub ?)?(?:group|committee)|board|council|wg|team|task ?force|panel|chapter|steering|secretariat|bureau"
    r"|(?:sous )?(?:groupe|comite|commission)|conseil|copil|codir|gt|cellule|chapitre|antenne"
    r"|(?:sub)?(?:grupo|comision)|consejo|conselho|mesa|directorio|capitulo|comissao|nucleo|junta|nodo"
    r"|baraza|kamati|kikundi|kelompok|komite|pokja|ausschuss|vorstand|bestuur|arbeitsgruppe|werkgroep"
    r"|\u0645\u062c\u0645\u0648\u0639\u0629|\u0644\u062c\u0646\u0629|\u0641\u0631\u064a\u0642|\u0645\u062c\u0644\u0633"
    r"|\u0627\u0644\u0644\u062c\u0646\u0629|\u0627\u0644\u0645\u062c\u0644\u0633)\b"
)
KIND_WORD_PATTERN = re.compile(
    r"\b(?:actions?|aide|ayuda|memoire|memoria|memo|minutes?|minuta|notes?|notas?|notulen|notulensi|risalah|rapport|report"
    r"|informe|relatorio|acta|ata|relato|resumen|resumo|summary|recap|record|compte|rendu|proces|verbal|pv|cr|releve"
    r"|decisions?|conclusions?|conclusiones|synthese|sintesis|protokoll|verslag|verbale|muhtasari|taarifa"
    r"|meetings?|sessions?|sittings?|calls?|reunions?|seances?|rencontre|appel|reuniao|sesion|sessao|llamada|chamada"
    r"|encuentro|encontro|asamblea|assembleia|assembly|mkutano|kikao|rapat|koordinasi|sidang|sitzung|treffen"
    r"|vergadering|riunione|ordinaria|ordinario|ordinaire|ordinary|extraordinari[ao]|extraordinaire|extraordinary"
    r"|regular|monthly|weekly|mensuelle?|mensual|semanal|draft|final|approved|quick|rapid[ao]s?|rapides?|rough"
    r"|yesterdays?|yesterday s|ayer|hier|today|todays|working|trabajo|travail|trabalho|our|nuestra"
    r"|number|numero|num|no|nr|n|o|a|s|de|del|du|des|d|da|do|la|le|les|el|l|of|the|from|on|for"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th|e|eme|a)?"
    r"|\u0645\u062d\u0636\u0631|\u0627\u062c\u062a\u0645\u0627\u0639|\u062c\u0644\u0633\u0629|\u0639\u062f\u062f"
    r"|\u0631\u0642\u0645)\b"
)
# "Grupo | GT Infancia", "Working group: schools"
GROUP_LABEL_PATTERN = re.compile(
    r"\W*(?:(?P<meeting>meeting|r\u00e9union|reuni\u00f3n|reuni\u00e3o)"
    r"|(?:working |name of (?:the )?)?group|body|committee|groupe(?: de travail)?|instance|grupo(?: de trabajo)?"
    r"|[\u00f3o]rgano|inst\u00e2ncia|comit\u00e9|comisi\u00f3n|comiss\u00e3o|kikundi|arbeitsgruppe"
    r"|\u0627\u0644\u0645\u062c\u0645\u0648\u0639\u0629|\u0627\u0644\u0644\u062c\u0646\u0629)\s?[:|]\s*(?P<group>[^|]{3,100})",
    re.IGNORECASE,
)
# "To: school-safety@lists.example.org": a mailing list, named with a hyphen and no dot
LIST_ADDRESS_PATTERN = re.compile(
    r"^\W*(?:to|\u00e0|para|an|kwa)\s?:\s*[^,;@]*?<?(?P<list>[a-z0-9]+(?:[-_][a-z0-9]+)+)@[\w.-]+[^,;]*$",
    re.IGNORECASE,
)


def names_only_kind(title: str) -> bool:
    """Whether a title says only what kind of document it is, of what kind of meeting, and its number or date."""
    folded = fold_text(title)
    rest = KIND_WORD_PATTERN.sub("", folded)
    return not names_group(folded) and sum(map(str.isalpha, rest)) < MIN_DISTINCTIVE_LETTERS


def names_group(words: str) -> bool:
    return GROUP_WORD_PATTERN.search(fold_text(words)) is not None


def find_group_name(first_lines: Sequence[str], titles: Iterable[str]) -> str:
    """The group by a label, among the titles of a report, or by the mailing list it was sent to; else empty."""
    for label in filter(None, map(GROUP_LABEL_PATTERN.match, first_lines)):
        if not label["meeting"] or names_group(label["group"]):
            return label["group"].strip(" *_,;.")
    if named := next((words for words in titles if names_group(words) and len(words.split()) <= MAX_GROUP_WORDS), ""):
        return named
    address = next(filter(None, map(LIST_ADDRESS_PATTERN.match, first_lines)), None)
    return address["list"] if address else ""
