"""Phrases of minutes that say nothing by themselves, that say when, or that tell somebody what to do."""

import re

from jukwaa.core.due_phrases import MONTH_PATTERN, WEEKDAY_PATTERN
from jukwaa.intake.reader.lexicon import TASK_VERBS

METADATA_PATTERN = re.compile(
    r"^\W*(?:date(?: (?:and|&) time)?|time|"
    r"location|venue|place|recording|video|link|url|calendar|github issue|zoom|dial-?in|"
    r"version|status of this document|last (?:edited|modified|updated)|"
    r"immutable page|refreshcache|edit|attachments?|print|page|copyright|source|minutes (?:by|taken by)|"
    r"adjourned|meeting (?:adjourned|closed|ended|opened|started|began|called to order)|called to order|"
    r"tags?|retrieved|this page (?:was|has)|back to top)\b\s?(?::|at\b|\d|\(|for this|$)|"
    r"^\W*https?://\S+\W*$|^\W*(?:this page (?:was last|has been)|last (?:edited|modified|updated))\b|"
    r"\bmeeting (?:was )?(?:adjourned|called to order|closed|ended|opened) at\b"
    r"|\b(?:opened|closed|adjourned|concluded|called) the (?:meeting|session|call)(?: to (?:order|a close)|"
    r"\b(?! with| by)(?= at|\W*$| and| for))|\bwelcomed (?:all|everyone|everybody|those|participants|"
    r"attendees|members)(?: (?:present|attendees|participants|members|to the (?:meeting|session|"
    r"call)))*\W*$"
    # Where people sign: "Signed: ........ (Chair)   Date: ........"
    r"|^\W*(?:signed|signature|sign|confirmed|approved|(?:chair(?:person|man)?|secretary|name|date)(?= ?:? ?[.…_]))"
    r"(?: by)?\s?(?:\([^()]{1,30}\)\s?)?:?\s*(?:…|\.{3}|_{3}|(?<=signed:) |(?<=signature:) )"
    # At the foot of wiki pages in other languages
    r"|^\W*(?:diese seite wurde zuletzt|(?:la )?dernière modification de cette page|cette page a été (?:modifiée|créée)"
    r"|esta página (?:se editó|fue (?:editada|modificada)|foi (?:editada|modificada)))\b"
    # Heads of emails, and who wrote the minutes
    r"|^\W*(?:subject|betreff|objet|asunto|assunto)\s?:\s*(?:(?:fwd?|re|aw|wg|tr|rv|enc)\s?:)"
    r"|^\W*(?:levant(?:ó|o|ada) (?:el |por )?acta|acta (?:levantada|elaborada|redactada) por|redact(?:ó|ado por)"
    r"|elabor(?:ó|ado por)|rédigé(?:e)? par|compte[- ]rendu (?:rédigé|établi) par|(?:prise|preneur) de notes?"
    r"|redigid[ao] por|lavrou a ata|protokoll(?:führ\w+)?|minutes (?:prepared|compiled|recorded|written) by)\b"
    r"|^\W*(?:the )?meeting (?:was )?(?:adjourned|closed|ended|opened|started) by\b"
    r"|\b(?:minutes|previous minutes) (?:were )?signed\b|\bno members of the public\b|\bthanked (?:all|"
    r"everyone|everybody|those|participants|attendees|members) (?:\w+ )?for (?:attending|coming|joining|"
    r"their (?:time|attendance|participation))",
    re.IGNORECASE,
)
_SIGNER = r"(?:(?:m|mm|mme|mr|mrs|ms|dr|sra?)\.? )?(?-i:[^\W\d_a-z])[\w.’'-]{0,30}(?: [\w.’'-]{1,30}){0,3}?"
_OFFICE = (
    r"(?:(?:the|l[ae]|el|o|a) |l[’'])(?:présidente?|vice-présidente?|secrétaire(?: de séance| général)?"
    r"|rapporteu(?:r|se)"
    r"|president[ae]|secretari[oa](?: de actas)?|secretári[oa]|relator[a]?|chair(?:person|man|woman)?|secretary|clerk)"
)
_SIGNED = (
    r"(?:signed|signé(?:e)?|signatures?|firmad[oa]|firmas?|assinad[oa]|assinaturas?|gezeichnet|gez\.|التوقيع|توقيع)"
)
# At the end of minutes: "La présidente : S. Lopes   Le secrétaire de séance : M. Okoro", "Signed: Ana Lopes".
SIGNATURE_PATTERN = re.compile(
    rf"\W*(?:{_SIGNED}(?: (?:by|par|por))?\s?:\s*{_SIGNER}|{_OFFICE}\s?:\s*{_SIGNER})"
    rf"(?:[\s,;.]+(?:{_SIGNED}(?: (?:by|par|por))?|{_OFFICE})\s?:\s*{_SIGNER}){{0,3}}\s*(?:\([^()]{{1,40}}\))?\W*",
    re.IGNORECASE,
)
PROCEDURE_PATTERN = re.compile(
    r"^\W*(?:welcome|introductions?|adjourn(?:ment|ed)?|call(?:ed)? to order|break|lunch|coffee|"
    r"any other business|aob|a\.o\.b\.?|roll call|close|closing|opening|end of meeting|none|n/a|tbd|nil|no|"
    r"yes|ok|okay|thanks|thank you|other|agenda)\b[\w ]{0,24}$",
    re.IGNORECASE,
)
DATE_OR_TIME_PATTERN = re.compile(
    rf"\d|\b(?:{WEEKDAY_PATTERN}|{MONTH_PATTERN}|tb[acd]|tomorrow|week|month|quarter|year)\b"
    r"|to be (?:confirmed|announced|decided|fixed)",
    re.IGNORECASE,
)
NO_CONTENT_PATTERN = re.compile(
    r"\W*(?:actions?|action (?:items?|points?)|a\.?i|decisions?|apologies|to-?dos?)\W+"
    r"(?:none|n/?a|nil|nothing|no (?:new )?actions?)\b"
    r"|\W*(?:none|n/?a|nil)\W*$"
    r"|\[[\w-]{1,40}\]:?$"  # the name of a link, whose address is written below
    r"|[^:\n]{0,40}:\s?<?https?://\S+\W*$"
    r"|\W*(?:see|details|link|more information)\b.{0,20}(?:https?:|:|\[|at\b)",
    re.IGNORECASE,
)
# "Se levanta la sesión a las 13:20", "La séance est levée à 16 h", "The meeting closed at 5 pm".
CLOSING_PATTERN = re.compile(
    r"\W*(?:(?:siendo|sin más|no habiendo|n[’']ayant|l[’']ordre du jour|plus rien|nada mais|não havendo)\b"
    r"[^.]{0,120}?,? )?"
    r"(?:se (?:levanta|levantó|cierra|cerró|da por (?:concluida|terminada|finalizada)|dio por (?:concluida|terminada))"
    r" (?:la|el) (?:sesión|reunión|asamblea|acto|junta)"
    r"|(?:la|el) (?:sesión|reunión|asamblea) (?:termina|terminó|concluye|concluyó|finaliza|finalizó|se levant\w+"
    r"|se cierra|se cerró)"
    r"|la (?:séance|réunion) (?:est|a été) (?:levée|close|clôturée|terminée)|la (?:séance|réunion) (?:se termine"
    r"|s[’']achève|prend fin|s[’']est (?:terminée|achevée))|fin de (?:la )?(?:séance|réunion)\b"
    r"|(?:a|deu-se por) (?:sessão|reunião|encerrada a \w+)? ?(?:foi encerrada|encerrou|terminou|é encerrada)"
    r"|(?:fim|encerramento) da (?:sessão|reunião)|encerrou-se a (?:sessão|reunião)"
    r"|the (?:meeting|session|call|chair|assembly) (?:was )?(?:closed|ended|adjourned|rose|finished|concluded)"
    r"(?: the (?:meeting|session|call))?(?= at\b|\W*$)"
    r"|(?:ende der|schluss der) (?:sitzung|versammlung)|die (?:sitzung|versammlung) (?:endet|wird geschlossen|schließt)"
    r"|(?:kikao|mkutano) (?:kilifungwa|ulifungwa|ulimalizika|kilimalizika)|rapat (?:ditutup|selesai|berakhir)"
    r"|(?:رفعت الجلسة|انتهى الاجتماع|اختتم الاجتماع))"
    r"(?![^.]*\b(?:sans|sin|sem|without) (?:décision|decisión|decisão|a decision)\b)[^.;]{0,80}\W*$",
    re.IGNORECASE,
)
# "The chair opened at 10.04 with a song", "We began at 9.40 because the key was lost".
OPENING_PATTERN = re.compile(
    r"(?:[^.;:]{1,40};\s)?(?:the )?(?P<who>[^\W\d_][\w’'-]*)(?: [^\W\d_][\w’'-]*){0,3}? (?:opened|began|started)"
    r"(?: the (?:meeting|session|call))? at (?:noon|\d{1,2}(?:[.:h]\d\d| ?(?:[ap]\.?m|h|o’clock)\b))"
    r"(?!.*\b(?:agreed|decided|approved|adopted|elected|resolved|announced|offered|asked|will)\b)[^;]{0,120}",
    re.IGNORECASE,
)
OPENING_SUBJECTS = frozenset(
    {"we", "chair", "chairperson", "chairman", "chairwoman", "president", "meeting", "session"}
)
BRACKETED_REMARK_PATTERN = re.compile(r"(?:\([^()]{0,80}\)\s*)+")  # after a sentence: "(LH) (done 10/1)"
FULL_DATE_PATTERN = re.compile(rf"\d.*{MONTH_PATTERN}|{MONTH_PATTERN}.*\d|\d{{4}}-\d\d|\d[./]\d", re.IGNORECASE)
# "Se acordó que", "Il est décidé de", "Foi decidido", "Es wurde beschlossen", without a "not" before it.
FOREIGN_DECISION_PATTERN = re.compile(
    r"(?<!\bno )(?<!\bnão )(?<!\bnunca )(?<!\bjamás )(?<!\bjamais )(?<!\btampoco )"
    r"\b(?:se (?:acord|decid|aprob|resolv)(?:ó|ieron|aron|ió)|se acuerda|se aprueba|se decide"
    r"|(?:est|sont|a été|ont été) (?:adopté|approuvé|validé)e?s?|(?:les|la|le) \w+ (?:conviennent|décident) de?"
    r"|il (?:est|a été) (?:décidé|convenu)|(?:la|le|les) \w+ (?:a|ont) (?:décidé|convenu|adopté)"
    r"|(?:foi|ficou) (?:decidido|acordado|aprovado)|decidiu-se|acordou-se|aprovou-se"
    r"|(?:es )?wurde (?:beschlossen|vereinbart)|wir (?:haben )?beschlossen)\b",
    re.IGNORECASE,
)
IMPERATIVE_VERB_PATTERN = re.compile(
    r"(?:ask|contact|send|circulate|prepare|"
    r"draft(?! (?:agenda|minutes|report|version|text)\b| v?\d[\d.]{0,5} (?:is|was|has|will)\b)"
    r"|email|e-mail|follow[ -]?up|invite|schedule|arrange|book|"
    r"write|create|set up|investigate|look into|find out|"
    r"check with|liaise|organi[sz]e|publish|post|finali[sz]e|distribute|inform|collect|ping|get in touch|"
    r"reach out|chase|compile|talk to|remind|submit)\b(?! (?:by|was|is|were)\b)"
    r"(?!(?: [\w’'-]+){1,4} (?:is|are|was|were)\b)",
    re.IGNORECASE,
)
_TASK_VERB = "|".join(sorted(TASK_VERBS))
TASK_START_PATTERN = re.compile(
    rf"\W*(?:{_TASK_VERB})\b(?!(?: v?\d[\d.]{{0,5}})? (?:was|were|is|are|will)\b)", re.IGNORECASE
)
# "Everyone review the draft: https://example.org"
LINKED_TASK_PATTERN = re.compile(
    rf"\W*(?:[A-Z@][\w-]+ (?:to )?)?(?:{_TASK_VERB}) (?:the|an?|our|your|this|all|[A-Z])", re.IGNORECASE
)
NO_TASK_PATTERN = re.compile(r"#\d+[\])]*\W*$|\byour?\b", re.IGNORECASE)
URL_PATTERN = re.compile(r"https?:\S+|#\d+")  # "#79" is an issue, no date
EMPTY_LABEL_PATTERN = re.compile(r"\W*@?\w[\w.’' -]{0,40}:\W*$")  # "Ana:" and nothing that she would do
LINK_PATTERN = re.compile(r"[^:\n]{0,60}?\s[-–—]\s?<?https?://\S+\W*$")
# "Jordan: I think it is good to wait", which somebody said below "Next steps".
SPEECH_PATTERN = re.compile(
    r"\W*@?[^\W\d_][\w.’' -]{0,30}:\s(?:(?:I|we|you|they) (?!will\b|[’']ll\b|can\b|shall\b|to\b)"
    r"|(?:I|we|you|they)[’'](?:m|re|ve)\b|(?:it|that|this|there|these|those)(?:[’']s)? "
    r"|to be (?:blunt|fair|clear|honest)|(?:what|how|why|where|who)\b"
    r"|(?:should|could|do|does|is|are|can|would) (?:we|you|i|it|that|this|there|the)\b"
    r"|(?:maybe|agreed|yes|no|yeah|thanks)\b)",
    re.IGNORECASE,
)


def is_opening_line(phrase: str, people: frozenset[str]) -> bool:
    """Whether this says only when the meeting began, which is no report of what was done since the last one."""
    match = OPENING_PATTERN.fullmatch(phrase)
    return match is not None and match["who"].lower() in people | OPENING_SUBJECTS


def is_closing_line(phrase: str) -> bool:
    """Whether this says that the meeting was closed, or who signed its minutes."""
    return CLOSING_PATTERN.match(phrase) is not None or SIGNATURE_PATTERN.fullmatch(phrase) is not None
