"""What a page on the web or on an intranet adds around minutes: links, notices, comments of readers, printed edges."""

import re
from collections.abc import Sequence

# The notice and the links at the foot of a page.
NOTICE_PATTERN = re.compile(
    r"[\s*_·|•-]{0,6}(?:©|\(c\)\s(?=\D{0,30}(?:19|20)\d\d)"
    r"|copyright (?:©|(?:19|20)\d\d)|(?:mentions légales|plan du site|haut de page|retour en haut"
    r"|politique de confidentialité|aviso legal"
    r"|mapa del sitio|volver arriba|política de (?:privacidad|cookies|privacidade)|legal notice|site ?map|back to top"
    r"|privacy (?:policy|notice)|terms of use|mapa do site|voltar ao topo|impressum|datenschutz(?:erklärung)?"
    r"|nach oben|all rights reserved|tous droits réservés|todos los derechos reservados|todos os direitos reservados)"
    r"\s*(?:[·|•↑.]|$))",
    re.IGNORECASE,
)
RELATED_PAGES_PATTERN = re.compile(
    r"\W*(?:articles? (?:similaires?|liés?|connexes?)|à lire aussi|lire aussi|sur le même (?:sujet|thème)"
    r"|artículos? (?:relacionados?|similares)|entradas relacionadas|(?:véase|ver|lea|leer) también|te puede interesar"
    r"|(?:related|similar) (?:articles?|posts?|pages?|news)|(?:see|read) also|you may also like|more on this topic"
    r"|artigos? relacionados?|leia também|veja também|ähnliche (?:artikel|beiträge)|siehe auch|lesen sie auch"
    r"|artikel terkait|baca juga|مقالات ذات صلة)\s*(?::|$)",
    re.IGNORECASE,
)
# What a site says of itself, and not what a meeting decided about cookies.
COOKIE_NOTICE_PATTERN = re.compile(
    r"\W{0,6}(?:(?:we|this (?:web)?site|our (?:web)?site) uses?|nous utilisons|(?:ce|notre) site utilise"
    r"|(?:usamos|utilizamos)|(?:este|nuestro|nosso) (?:sitio|site)(?: web)? (?:usa|utiliza)"
    r"|wir (?:verwenden|nutzen)|diese (?:web)?(?:seite|site) (?:verwendet|nutzt))\b"
    r"(?!.{0,20}\b(?:no|aucun|ningun[ao]?|nenhum|keine)\b).{0,60}\bcookies?\b.{0,120}"
    r"\b(?:accept|accepter|aceptar|aceitar|akzeptieren|refuse|refuser|rechazar|recusar|ablehnen)\b",
    re.IGNORECASE,
)
_MONTH_WORD = r"(?:de )?[^\W\d_]{3,12}\.?,?(?: de)?"
# "Ana Lopes · 12 juin 2026 à 17:30": who wrote the comment below, and when.
COMMENT_SIGNATURE_PATTERN = re.compile(
    r"[ \t]*[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,4}\s*(?:[·|•–—]| says:?| said:?| a écrit| escribió)\s*"
    rf"(?:le |el |on |em |am )?(?:\d{{1,2}}\.? {_MONTH_WORD} \d{{4}}|[^\W\d_]{{3,9}} \d{{1,2}},? \d{{4}}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
    r"(?:,| à| a las| às| at| um| kl\.?| saa| pukul)?\s*\d{1,2}(?:[:.h]\d\d)(?::\d\d)?(?: ?[ap]\.?m\.?| uhr)?\s*$",
    re.IGNORECASE,
)
PRINTED_ADDRESS_PATTERN = re.compile(r"[ \t]*https?://\S+\s+\d{1,3}\s?/\s?\d{1,3}[ \t]*$")
PRINTED_TITLE_PATTERN = re.compile(r"[ \t]*\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}:\d\d(?: ?[AP]M)? \S")
MAX_FURNITURE_LENGTH = 400


def find_page_furniture(text_lines: Sequence[str]) -> set[int]:
    """The places of the lines that belong to the page and not to the minutes on it."""
    found: set[int] = set()
    below: int | None = None  # the line with words below
    for place in range(len(text_lines) - 1, -1, -1):
        line = text_lines[place]
        if not line.strip():
            continue
        is_title = PRINTED_TITLE_PATTERN.match(line) is not None
        is_printed = is_title and below is not None and PRINTED_ADDRESS_PATTERN.match(text_lines[below])
        if is_printed or _is_page_furniture(line):
            found.add(place)
        below = place
    return found


def _is_page_furniture(text_line: str) -> bool:
    patterns = (
        NOTICE_PATTERN,
        RELATED_PAGES_PATTERN,
        COOKIE_NOTICE_PATTERN,
        COMMENT_SIGNATURE_PATTERN,
        PRINTED_ADDRESS_PATTERN,
    )
    return len(text_line) <= MAX_FURNITURE_LENGTH and any(pattern.match(text_line) for pattern in patterns)
