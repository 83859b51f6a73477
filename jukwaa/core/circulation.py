"""What a document says of who may read it: "Not for circulation outside the steering group", "Vertraulich"."""

import re

MAX_LINE_LENGTH = 200
MAX_LABEL_WORDS = 7
MAX_PIECE_WORDS = 14
MAX_QUOTE_LENGTH = 120
MAX_SEARCHED_CHARACTERS = 4000  # at the beginning, and as many at the end
_SPREADING = r"(?:circulat|distribut|publicat|publish|releas|quot|cit|shar|forward|disseminat|disclos)\w*"
LIMIT_PATTERN = re.compile(
    rf"\bnot (?:intended )?(?:for|to be) (?:(?:further|wider|public|general|external|onward|any) )*{_SPREADING}"
    r"|\bdo not (?:circulate|distribute|share|forward|publish|cite|quote|copy|disseminate)\b(?! (?:your|the) screen)"
    r"|\bfor (?:internal|official|members|committee)(?: use| circulation| distribution| purposes)? only\b"
    r"|\b(?:internal use|members|committee members|eyes) only\b"
    r"|\b(?:internal|restricted) (?:distribution|circulation)\b"
    r"|\bfor (?:consultation|comments?|review|discussion|use) (?:of|by|among|with) (?:the |our )?members\b"
    r"|\bdraft for (?:the |our )?members\b"
    r"|\btlp ?: ?(?:amber|red|green)\b"
    r"|\bnur für\b|\bnur zum? (?:internen|dienstlichen)\b|\bnicht weiter(?:geben|leiten)\b"
    r"|\bnicht (?:zur|für die) (?:weitergabe|veröffentlichung|weiterleitung)\b"
    r"|\bno (?:difundir|distribuir|divulgar|circular|publicar|compartir|reenviar)\b|\bprohibida su \w+"
    r"|\b(?:para|de) (?:uso|circulación) (?:intern[oa]|exclusiv[oa])\b|\buso interno\b"
    r"|\bne pas (?:diffuser|distribuer|publier|transmettre|partager)\b"
    r"|\bdiffusion (?:restreinte|interdite|limitée)\b|\busage (?:strictement )?interne\b"
    r"|\bnão (?:divulgar|distribuir|publicar|partilhar|compartilhar)\b"
    r"|للاستخدام الداخلي|غير مخصص للنشر",
    re.IGNORECASE,
)
# One word is such a marking where it stands as a label, not inside of a sentence.
LABEL_PATTERN = re.compile(
    r"(?:^|[-\u2013\u2014|:/(\[·•] ?)(?:strictly |private and |streng |estrictamente |strictement )?"
    r"(?:(?:confidential|confidentiel|confidencial|vertraulich|embargoed|سري)\b(?! \w+ing\b)"
    r"|internal\b(?= *(?:$|[-\u2013\u2014|:;,.)\]]|draft\b|document\b|paper\b|note\b|version\b)))",
    re.IGNORECASE,
)
# Of a remark inside of raw notes, wherever it is: "Do not put this in the minutes", "(off the record)".
_THIS = r"(?:this|that|it|these)"
_MINUTES_FR = r"(?:dans|au|sur) (?:l[ae] )?(?:CR|compte[- ]rendu|PV|procès[- ]verbal|relevé)\b"
_RECORDED_ES = r"(?:poner|pong\w+|incluir|incluy\w+|anotar|anot[ae]\w*|escrib\w+|mencion[ae]\w*)"
_BEGINNING = r"(?:^|[(\[.:;\u2013\u2014] ?|- )\W{0,3}(?:\d{1,2}[.)] )?"
_END = r"(?: ?[:)\],;\u2013\u2014]| - |$)"
OFF_RECORD_PATTERN = re.compile(
    rf"\b(?:do not|don['\u2019]t|not to|please not) (?:minute {_THIS}\b"
    r"|(?:be )?(?:put|write|written|included?|record(?:ed)?|mention(?:ed)?|noted?)"
    rf"(?: {_THIS})?(?: down)? (?:in|into|on) the (?:minutes|record)\b)"
    r"|\bnot for (?:the )?(?:minutes|record)\b|\b(?:please )?not on (?:the )?(?:file|record)\b"
    rf"|\b(?:strike|delete|remove|leave|keep) {_THIS} (?:from|out of|off) the (?:minutes|record)\b"
    r"|\b(?:said|told|mentioned|added|shared|admitted|explained|confirmed|this is|that is),? (?:\w+,? ){0,2}"
    r"off[- ]the[- ]record\b"
    rf"|\bne (?:pas (?:mettre|noter|écrire|inscrire|mentionner|reprendre|faire figurer|diffuser)(?: (?:ça|cela|ceci))?"
    rf"|(?:mett|not|inscri|écri)\w+ pas(?: (?:ça|cela|ceci))?|doi(?:t|vent) pas (?:figurer|apparaître)) {_MINUTES_FR}"
    r"|\bhors (?:CR|compte[- ]rendu|PV|procès[- ]verbal)\b"
    rf"|\bno (?:l[oa] )?{_RECORDED_ES}(?: (?:esto|eso))? en (?:el acta|la minuta|las actas)\b"
    r"|\bno (?:deben? )?const(?:en?|ar) en (?:el )?acta\b|\bfuera de (?:acta|registro)\b"
    r"|\bnão (?:pôr|colocar|incluir|escrever|registar|registrar|mencionar)(?: isto| isso)? na ac?ta\b"
    r"|\bnão (?:deve )?const(?:em?|ar) (?:em|na) ac?ta\b"
    r"|\bnicht ins protokoll\b|لا (?:ي|ت)?(?:كتب|درج|سجل|ذكر)\w*(?: \w+){0,2} في المحضر|ليس للمحضر|خارج المحضر"
    rf"|{_BEGINNING}(?:off[- ]the[- ]record|entre nous|(?:just )?between ourselves|just between us|entre nosotros"
    rf"|entre nós){_END}|{_BEGINNING}between us(?!,){_END}|(?:^|[(\[])\W{{0,3}}off ?:",
    re.IGNORECASE | re.MULTILINE,
)
# Of an editor's note that must be gone before a text is public.
REMOVAL_NOTE_PATTERN = re.compile(
    r"\b(?:to be )?(?:deleted?|removed?|cut)(?: (?:this|the|note|comment|line|paragraph)){0,2} before"
    r" (?:publi|circulat|distribut|sharing|sending|release|consultation|issu|going public)\w*"
    r"|\b(?:supprimer|retirer|effacer|enlever|ôter) avant (?:toute |la |l['\u2019])?"
    r"(?:diffus|publi|envoi|consult|transm|mise en ligne|partag)\w*"
    r"|\b(?:eliminar|borrar|suprimir|quitar|apagar|remover|retirar) antes d[ea] (?:la |el |a |o )?"
    r"(?:publi|difu|envi|consult|divulg|circul|compart)\w*"
    r"|\bvor (?:der )?(?:veröffentlichung|versand|weitergabe) (?:löschen|entfernen|streichen)\b"
    r"|(?:يحذف|تحذف|للحذف|احذف) قبل (?:ال)?(?:نشر|إرسال|توزيع)",
    re.IGNORECASE,
)
# Labels of such notes: "Nota de redacción: revisar con los ministerios". Notes "to editors" are for the press.
EDITOR_NOTE_PATTERN = re.compile(
    r"\W{0,4}(?:\d{1,3}[.)] )?(?:(?:editor(?:['\u2019]?s|s['\u2019])?|editorial|drafting|drafter['\u2019]?s|internal)"
    r" notes?"
    r"|notes? (?:de (?:la )?rédaction|du rédacteur|de l[ae] rédactrice|interne)|NDLR"
    r"|notas? (?:de (?:la )?(?:redacci[óo]n|edici[óo]n)|del? (?:editor|redactor)|de la editora|interna)"
    r"|notas? (?:d[ea] (?:redação|edição)|do (?:editor|redator))|ملاحظة (?:تحريرية|المحرر|داخلية))\s?[:\uff1a]\s*\S",
    re.IGNORECASE,
)
_FORBIDDING_PATTERN = re.compile(f"{LIMIT_PATTERN.pattern}|{EDITOR_NOTE_PATTERN.pattern}", re.IGNORECASE)
_BRACKETED_PATTERN = re.compile(r"\[([^\[\]]{3,400})\]|\(([^()]{3,400})\)")
# A marking by which not even all members may read it.
FEWER_THAN_MEMBERS_PATTERN = re.compile(
    r"confiden[tcz]|vertraulich|embargo|سري|\btlp ?: ?(?:amber|red)\b|\beyes only\b|\brestricted\b|\brestreinte\b"
    r"|\b(?:committee|board|steering|secretariat|coordinators?|chairs?)\b|\bofficial\b",
    re.IGNORECASE,
)
ANSWER_SEPARATOR_PATTERN = re.compile(r"\s+[-\u2013\u2014|·•]\s+|\s*\|\s*|(?<=[.!])\s+|[()\[\]]")
TRIMMED_NAME_CHARACTERS = " .,:;!-\u2013\u2014"
MARKUP_PATTERN = re.compile(r"[*_#`>~]+")


def find_circulation_limit(text: str, margins: str = "") -> str:
    """The words that say so, of the margins of the pages, the beginning or the end; nothing if there are none.

    Prose that only speaks of confidential matters says nothing about the document.
    """
    shown = (
        [text]
        if len(text) <= 2 * MAX_SEARCHED_CHARACTERS
        else [text[:MAX_SEARCHED_CHARACTERS], text[-MAX_SEARCHED_CHARACTERS:]]
    )
    for line in "\n".join([margins, *shown]).splitlines():
        words = " ".join(MARKUP_PATTERN.sub("", line).split())
        if len(words) <= MAX_LINE_LENGTH and (found := _find_limit_in_line(words)):
            return found[:MAX_QUOTE_LENGTH]
    return ""


def find_off_record_remark(text: str) -> str:
    """The first line that says that something is not for the minutes; an empty string if there is none."""
    lines = (" ".join(MARKUP_PATTERN.sub("", line).split()) for line in text.splitlines())
    return next((line[:MAX_QUOTE_LENGTH] for line in lines if OFF_RECORD_PATTERN.search(line)), "")


def find_editorial_note(text: str) -> str:
    """The words of an editor's note: by its label, to remove before a text is public, or in brackets not to spread it.

    They may be anywhere in the text. An empty string if there are none.
    """
    for line in text.splitlines():
        pieces = [first or second for first, second in _BRACKETED_PATTERN.findall(line)]
        found = [piece for piece in pieces if REMOVAL_NOTE_PATTERN.search(piece) or _FORBIDDING_PATTERN.match(piece)]
        is_short_note = len(line) <= MAX_LINE_LENGTH and REMOVAL_NOTE_PATTERN.search(line)
        if not found and (is_short_note or EDITOR_NOTE_PATTERN.match(line)):
            found = [MARKUP_PATTERN.sub("", line)]
        if found:
            return " ".join(found[0].split())[:MAX_QUOTE_LENGTH]
    return ""


def excludes_members(circulation_limit: str) -> bool:
    """Whether a marking, as `find_circulation_limit` returns it, keeps a document from some of the members."""
    return FEWER_THAN_MEMBERS_PATTERN.search(circulation_limit) is not None


def _find_limit_in_line(words: str) -> str:
    for piece in ANSWER_SEPARATOR_PATTERN.split(words):
        if len(piece.split()) > MAX_PIECE_WORDS:
            continue
        if LIMIT_PATTERN.search(piece) and not re.match(
            r"\W*(?:we|they|it|he|she|there|please note that)\b", piece, re.IGNORECASE
        ):
            return piece.strip(TRIMMED_NAME_CHARACTERS)
    if LABEL_PATTERN.search(words) and len(words.split()) <= MAX_LABEL_WORDS:
        return words.strip(TRIMMED_NAME_CHARACTERS)
    return ""
