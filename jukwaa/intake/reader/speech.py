"""Who is speaking: a label before the words, or "X said that ..."."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from jukwaa.intake.reader.lexicon import NON_NAME_WORDS, SAYING_VERBS, split_words
from jukwaa.intake.reader.subjects import ACTING_SUBJECT_SORTS, IT_SORT, GrammaticalSubject, find_grammatical_subject

PROPOSING_VERBS = frozenset(
    split_words(
        "said says stated states argued argues added maintained stressed emphasized emphasised insisted "
        "underlined indicated mentioned"
    )
)
SPEAKER_LABEL_PATTERN = re.compile(
    r"^\W{0,3}(?:<(?P<nick>[\w.|-]{1,30})>|"
    r"(?P<name>[^\W\d_][\w.’'-]*(?:[ ][A-Z(@&][\w.’'()&@-]*){0,3})\s?:(?!//)|(?P<dash>[A-Z]{2,4}|"
    r"[A-Z][\w’' ]{1,25}\([A-Z][\w .]{1,25}\)) [-–—])\s+(?=\S)"
)
NON_SPEAKER_LABELS = frozenset(
    split_words(
        "action actions ai todo ordered directed instructed noted decided adopted approved confirmed carried moved "
        "seconded signed signature sign done completed closed ongoing pending decision decisions "
        "resolved resolution agreed agreement consensus outcome "
        "conclusion proposal proposed suggestion motion "
        "idea topic subtopic agenda item subject discussion presentation status update updates progress report "
        "done announcement announcements info "
        "information fyi reminder news note notes request question questions ask call observation comment "
        "comments concern remark nb attendees present "
        "participants regrets apologies absent date time location place venue chair scribe recording link "
        "links summary background next recommendation "
        "recommendations lesson deadline due owner purpose goal goals reference references example examples "
        "result results task tasks vote votes yes no "
        "minutes duration members meeting issue problem solution pros cons pro con option warning todo "
        "followup ps btw why what who when where how re subject from to cc"
    )
)
# The header of an email that was forwarded or quoted, as email programs write it in five languages. "DE" and "VON" can
# also be the initials of two speakers, so such lines count only together with a date or a subject.
EMAIL_HEADER_PATTERN = re.compile(
    r"^\W{0,3}(?:(?P<message>sent|date|subject|envoyé|objet|enviado(?: el| em)?|fecha|asunto|data|assunto|gesendet|"
    r"datum|betreff|تم الإرسال|التاريخ|الموضوع)|from|to|cc|bcc|de|à|a|cci|para|cco|von|an|من|إلى|نسخة)\W?\s?:",
    re.IGNORECASE,
)
SAYING_VERB_PATTERN = re.compile(rf"\b(?:{'|'.join(sorted(SAYING_VERBS))}|pointed out|reported)\b", re.IGNORECASE)
PAST_PERFECT_PATTERN = re.compile(
    r"(?<!that )(?<!which )(?<!who )(?<!as )\bhad (?:[a-z]+ly |also |already |not |yet )*[a-z]{2,}(?:ed|en|"
    r"un|ne|de|nt|ut|et|ld|wn)\b|\b(?:remained|were still|was still)\b"
)


@dataclass(frozen=True, slots=True)
class ReportedSpeech:
    """A verb of saying: who says, and from where on the words are theirs."""

    verb: str
    subject: GrammaticalSubject
    start: int


# "Ana Lopes to Everyone: ...": a line of the chat of a video call.
CHAT_SPEAKER_PATTERN = re.compile(
    r"(?P<name>[^\W\d_][^:\n]{1,58}?)(?: \([^()]{1,40}\))? (?:to|para|à|a|an|naar|kepada) "
    r"(?:Everyone|Everybody|All|Todos|Todas|Tod@s|Tous|Tout le monde|Alle|Iedereen|Semua(?: Orang)?)\s?:\s+"
)


def parse_speaker_label(phrase: str, speakers: frozenset[str]) -> tuple[str, int]:
    """The speaker named before the words, and where the words begin."""
    if (chat := CHAT_SPEAKER_PATTERN.match(phrase)) is not None:
        return chat["name"], chat.end()
    match = SPEAKER_LABEL_PATTERN.match(phrase)
    if match is not None:
        name = (match["nick"] or match["name"] or match["dash"]).strip()
        is_abbreviation = match["dash"] is not None and name.lower() in NON_SPEAKER_LABELS  # "FYI - the list"
        if match["nick"] or (match["dash"] and not is_abbreviation) or name.lower() in speakers:
            return name, match.end()
    if (match := re.match(r"^([A-Z][\w’'-]+)(?:,| [-–—]) (?=[a-z])", phrase)) and match[1].lower() in speakers:
        return match[1], match.end()
    return "", 0


def find_speaker_names(sentence_openings: Iterable[str], attendee_names: Iterable[str]) -> frozenset[str]:
    """The labels of this document that are speakers: initials, those present, or whoever comes back."""
    known = {part for name in attendee_names for part in (name, name.split()[0])}
    counts: Counter[str] = Counter()
    shapes: Counter[str] = Counter()
    for opening in _drop_email_headers(sentence_openings):
        match = SPEAKER_LABEL_PATTERN.match(opening)
        name = match["name"].strip() if match and match["name"] else ""
        if name and name.lower() not in NON_SPEAKER_LABELS and name.split()[0].lower() not in NON_SPEAKER_LABELS:
            counts[name] += 1
            shapes[name.lower()] += 1
    found = {
        name
        for name, count in counts.items()
        if shapes[name.lower()] >= 3 or name in known or _are_initials(name) or (count >= 2 and name.istitle())
    }
    return frozenset(name.lower() for name in found | known if name.lower() not in NON_NAME_WORDS)


def _drop_email_headers(sentence_openings: Iterable[str]) -> Iterator[str]:
    """Yield the openings without the headers of emails, such as "Sent: Monday" between "From" and "To"."""
    matches = ((opening, EMAIL_HEADER_PATTERN.match(opening)) for opening in sentence_openings)
    for is_labelled, group in groupby(matches, key=lambda pair: pair[1] is not None):
        lines = list(group)
        is_header = is_labelled and len(lines) > 1 and any(match and match["message"] for _opening, match in lines)
        if not is_header:
            yield from (opening for opening, _match in lines)


def _are_initials(person_name: str) -> bool:
    return (
        person_name.isupper()
        and person_name.isalpha()
        and 2 <= len(person_name) <= 3
        and person_name not in {"FAQ", "TBD", "NB", "PS", "AOB", "FYI"}
    )


def find_reported_speech(sentence_text: str) -> ReportedSpeech | None:
    """The first "X said ..." or "it was noted ..." of the sentence."""
    for match in SAYING_VERB_PATTERN.finditer(sentence_text):
        subject = find_grammatical_subject(sentence_text, match.start())
        impersonal = subject.sort == IT_SORT and subject.words.lower() == "it"
        if (subject.sort in ACTING_SUBJECT_SORTS or impersonal) and match.group().lower() not in {
            "agreed",
            "felt strongly",
        }:
            return ReportedSpeech(match.group().lower(), subject, match.end())
    return None


def is_report_of_past_action(sentence_text: str, speech: ReportedSpeech) -> bool:
    """Whether the words reported are about what had been done until then."""
    return bool(PAST_PERFECT_PATTERN.search(sentence_text, speech.start))
