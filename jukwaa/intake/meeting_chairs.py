"""Who of those present chaired, by the first lines of the report: "In the chair | Ana Lopes", "Vorsitz: A. Lopes"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext_noop as _

from jukwaa.coalitions.nicknames import is_beginning_of_first_name, is_certain_short_name
from jukwaa.intake import reader
from jukwaa.intake.guesses import NAME_PATTERN
from jukwaa.intake.meeting_facts import find_meeting_facts
from jukwaa.intake.other_chairs import chairs_something_else
from jukwaa.intake.reader.apologies import APOLOGIES_STATUS
from jukwaa.places.text_folding import fold_text

TITLE_PATTERN = re.compile(
    r"^(?:(?:mr|mrs|ms|mx|dr|prof|mme|mlle|m|sr|sra|dra?|herr|frau|sister|father|rev|السيدة?|الأستاذة?|الدكتورة?|د)\.?\s+)+",
    re.IGNORECASE,
)

# Behind a name: "(Elm) - Chair", "(Elm, chairing)", "(Elm, animation)"; "chair of the audit group" is something else.
CHAIR_NOTE_PATTERN = re.compile(
    r"(?:[\u2013\u2014(,،;]|\s-)\s*(?:(?:s?he|they|who) (?:was|were|is) )?"
    r"(?:(?:acting |meeting )?chair(?:person|man|woman|ed)?|chairing|leading|in the chair|presiding"
    r"|moderating|facil(?:itat(?:ing|or|ion|eur|rice)|itadora?|it)?\.?|moderator"
    r"|présidence|présidente? de (?:la )?séance|préside(?: la séance)?|animation"
    r"|animat(?:eur|rice)|modération"
    r"|presidió|presidiu|moder(?:ó|ou)|coordenou|coordinó|qui (?:animait|présidait)|(?:qui )?anime"
    r"|coordinan?(?:do)?|coordenação|a coordenar|ترأست? (?:الجلسة"
    r"|الاجتماع)|رئيسة? (?:الجلسة|الاجتماع)"
    r"|preside(?: la (?:reunión|sesión))?|presidiendo|moderando|a presidir|preside a reunião|presidiu|a moderar"
    r"|vorsitz|sitzungsleitung|moderation|mwenyekiti wa kikao)\s*(?=[),;.]|$)",
    re.IGNORECASE,
)
# "Mme Lopes (Elm), présidente ;": who presides the group, and so the meeting, where only one of those present does.
PRESIDENT_NOTE_PATTERN = re.compile(
    r"\)\s?(?:,|[-\u2013\u2014])\s?(?:la |el |o |a )?(?:présidente?|president[ae]|presidenta|رئيسة?)\s*(?=[;.]|$)",
    re.IGNORECASE,
)
CHAIR_CELL_PATTERN = re.compile(  # of a table of those present
    r"\W*(?:(?:acting |meeting )?chair(?:person|man|woman)?|présidente?(?: de séance)?|mwenyekiti|vorsitz)\W*",
    re.IGNORECASE,
)
# "Apologies: Maria Silva (Chair)", "Maria Silva, Chair of the coalition"; not "Maria Silva, Chair of the Oak Trust"
NAMED_CHAIR_PATTERN = re.compile(
    r"(?P<name>[^\W\d_a-z][\w.'\u2019-]{0,40}(?: [^\W\d_a-z][\w.'\u2019-]{0,40}){1,4}),? \(?"
    r"(?:[Cc]hair(?:person|man|woman)?|[Pp]résidente?|[Pp]resident[ae])\b"
    r"(?! (?:of|de|du|d[ao])\b(?! (?:the |our |la |l['\u2019])?(?:coalition|network|alliance|board|meeting"
    r"|session|group|s\u00e9ance|r\u00e9union|r\u00e9seau|groupe|coalici\u00f3n|red|reuni\u00f3n|sesi\u00f3n|coliga\u00e7\u00e3o|rede|reuni\u00e3o)\b))"
)
# "In the chair Ana Lopes (for Ben Okoro, who was late)"
IN_THE_CHAIR_PATTERN = re.compile(rf"\b(?:[Ii]n the [Cc]hair|[Cc]haired by):? (?:the )?{NAME_PATTERN}")
MAX_NOTE_LENGTH = 80
# The owner of a task, where the report names the chair of its meeting.
CHAIR_WORDS = (
    *("Chair", "The Chair", "Chairperson", "Chairman", "Chairwoman", "Présidente", "Président", "La présidente"),
    *("Le président", "Presidente", "Presidenta", "La presidenta", "El presidente", "A presidente", "O presidente"),
    *("présidente", "président", "presidente", "presidenta"),
)


def mark_chair_among_attendees(parsed_report: reader.Reading) -> reader.Reading:
    """The same suggestions, where the one person present whom the first lines name as chair is marked as such."""
    if any(made.is_chair for made in parsed_report.suggestions):
        return parsed_report
    chair = (
        find_meeting_facts(parsed_report.text).chair
        or _find_chair_by_note(parsed_report.suggestions)
        or _find_chair_in_sentences(parsed_report.sentences)
    )
    places = [
        (place, name)
        for place, made in enumerate(parsed_report.suggestions)
        if made.kind == "attendee"
        for name in made.actors
        if chair and is_same_person(name, chair)
    ]
    exact = [found for found in places if fold_text(found[1]) == fold_text(chair)]
    places = exact if len(exact) == 1 else places
    if not places and chair and parsed_report.language.partition("-")[0] != "en":
        return _add_chair(parsed_report, chair)
    if len(places) != 1:
        return parsed_report
    place, name = places[0]
    made = parsed_report.suggestions[place]
    others = tuple(actor for actor in made.actors if actor != name)
    is_shorter = " " not in name and name != chair
    marked = [replace(made, actors=(chair if is_shorter else name,), is_chair=True)]
    marked += [replace(made, actors=others)] if others else []
    suggestions = (*parsed_report.suggestions[:place], *marked, *parsed_report.suggestions[place + 1 :])
    return replace(parsed_report, suggestions=suggestions)


def name_chair_as_owner(parsed_report: reader.Reading) -> reader.Reading:
    """The same suggestions, where "Chair" does something under the name of the one who chaired.

    Not where the report names another person as chair: the one who chaired only stood in.
    """
    chairs = {name for made in parsed_report.suggestions if made.is_chair for name in made.actors}
    if len(chairs) != 1:
        return parsed_report
    chair = chairs.pop()
    if not all(is_same_person(found["name"], chair) for found in NAMED_CHAIR_PATTERN.finditer(parsed_report.text)):
        return parsed_report
    return parsed_report.with_names(dict.fromkeys(CHAIR_WORDS, chair))


def _find_chair_by_note(suggestions: Sequence[reader.Suggestion]) -> str:
    """The one name among those present beside which a note says that this person chaired."""
    for note_pattern in (CHAIR_NOTE_PATTERN, PRESIDENT_NOTE_PATTERN):
        chairs = {
            name
            for made in suggestions
            if made.kind == "attendee" and made.status != APOLOGIES_STATUS
            for name in made.actors
            if _has_chair_note(name, made, note_pattern)
        }
        if chairs:
            return chairs.pop() if len(chairs) == 1 else ""
    return ""


def _find_chair_in_sentences(sentences: Sequence[reader.Sentence]) -> str:
    named = (match for sentence in sentences for match in IN_THE_CHAIR_PATTERN.finditer(sentence.quote))
    return next((match["name"] for match in named if not chairs_something_else(match.string, match.start())), "")


def _has_chair_note(name: str, made: reader.Suggestion, note_pattern: re.Pattern[str]) -> bool:
    phrase = " ".join(made.quote.split())
    start = phrase.find(name)
    if start < 0:
        return False
    if any(map(CHAIR_CELL_PATTERN.fullmatch, phrase[start + len(name) :].split("|"))):
        return True
    note = re.split(r"[;|\n](?![^()]*\))", phrase[start + len(name) :][:MAX_NOTE_LENGTH], maxsplit=1)[0]
    ends = [place for other in made.actors if other != name and (place := note.find(other)) >= 0]
    return note_pattern.search(note[: min(ends, default=len(note))]) is not None


def _add_chair(parsed_report: reader.Reading, chair: str) -> reader.Reading:
    """The chair whom only a sentence names: "sous la présidence de Mme Lopes". English sentences have cues for it."""
    sentence = next((each for each in parsed_report.sentences if chair in " ".join(each.quote.split())), None)
    if sentence is None or " " not in chair:
        return parsed_report
    made = reader.Suggestion(
        kind="attendee",
        actors=(chair,),
        start=sentence.start,
        end=sentence.end,
        quote=sentence.quote,
        why=_("the sentence names the chair of the meeting"),
        is_chair=True,
    )
    suggestions = sorted((made, *parsed_report.suggestions), key=lambda suggestion: suggestion.start)
    return replace(parsed_report, suggestions=tuple(suggestions))


def is_same_person(listed_name: str, chair_name: str) -> bool:
    """Whether they have the same words, in any order, or one can only be a short form of the other."""
    listed, chair = (sorted(fold_text(TITLE_PATTERN.sub("", name)).split()) for name in (listed_name, chair_name))
    return (
        listed == chair
        or is_certain_short_name(chair_name, listed_name)
        or is_certain_short_name(listed_name, chair_name)
        or is_beginning_of_first_name(chair_name, listed_name)
    )
