"""Sentences of a report. Each is a whole translatable sentence; none is glued together."""

from collections.abc import Iterable

from babel.lists import format_list
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.names import shown
from jukwaa.core.dates import month_written, written
from jukwaa.core.lists import in_a_row
from jukwaa.meetings.models import Attendance, Commitment, Dissent, Entry, Erratum, Meeting
from jukwaa.places.countries import country_name

CLOSERS = ".!?…。؟।"


def listed(names: Iterable[str]) -> str:
    """“ECPAT International, Insafe and ITU”, as the language lists things."""
    return format_list(list(names), locale=(get_language() or "en").replace("-", "_"))


def closed(sentence: str) -> str:
    """A sentence ends with its stop, once."""
    sentence = " ".join(sentence.split())
    return sentence if not sentence or sentence[-1] in CLOSERS else f"{sentence}."


def when(meeting: Meeting) -> str:
    """The day, the month or the year, as far as it is known; empty where nothing is."""
    day = meeting.starts_on
    if day is None:
        return ""
    if meeting.precision == Meeting.Precision.DAY:
        return written(day)
    if meeting.precision == Meeting.Precision.MONTH:
        return month_written(day)
    return str(day.year)


def where(meeting: Meeting) -> str:
    parts = [meeting.place]
    if meeting.country:
        parts.append(country_name(meeting.country, get_language() or "en"))
    return in_a_row(part for part in parts if part)


def opening(meeting: Meeting) -> str:
    """When and where the coalition met: what is not known is not said."""
    facts = {
        "coalition": meeting.coalition.name,
        "place": where(meeting),
        "when": when(meeting),
        "forum": meeting.forum,
    }
    is_day = meeting.precision == Meeting.Precision.DAY
    if facts["place"] and facts["when"]:
        return _place_and_time(is_day=is_day, at_forum=bool(meeting.forum)) % facts
    if facts["when"] and is_day:
        return _("The coalition %(coalition)s met on %(when)s.") % facts
    if facts["when"]:
        return _("The coalition %(coalition)s met in %(when)s.") % facts
    return _("The coalition %(coalition)s met.") % facts


def _place_and_time(*, is_day: bool, at_forum: bool) -> str:
    if at_forum and is_day:
        return _("The coalition %(coalition)s met in %(place)s on %(when)s, at the %(forum)s.")
    if at_forum:
        return _("The coalition %(coalition)s met in %(place)s in %(when)s, at the %(forum)s.")
    if is_day:
        return _("The coalition %(coalition)s met in %(place)s on %(when)s.")
    return _("The coalition %(coalition)s met in %(place)s in %(when)s.")


def attendance(rows: list[Attendance]) -> list[str]:
    """Who chaired, who took part, who came for the first time, who joined."""
    sentences = []
    if chairs := [shown(row.capacity, None) for row in rows if row.is_chair]:
        sentences.append(_("%(who)s chaired the session.") % {"who": listed(chairs)})
    for came_as, sentence in (
        (Attendance.As.MEMBER, _("Members present: %(who)s.")),
        (Attendance.As.NEW_MEMBER, _joined(rows)),
        (Attendance.As.NEW_ATTENDEE, _("Attending for the first time: %(who)s.")),
        (Attendance.As.OBSERVER, _("Also present: %(who)s.")),
    ):
        if names := [_attendee(row) for row in rows if row.came_as == came_as]:
            sentences.append(sentence % {"who": listed(names)})
    return sentences


def attendance_under_the_rule(number: str) -> str:
    return _("People who attended: %(number)s. Names are not given under the Chatham House Rule.") % {"number": number}


def _joined(rows: list[Attendance]) -> str:
    came = [row for row in rows if row.came_as == Attendance.As.NEW_MEMBER]
    count = len(came) + sum(row.is_group for row in came)  # a group is several, whoever they were
    return ngettext("A new member joined: %(who)s.", "New members joined: %(who)s.", count)


def _attendee(row: Attendance) -> str:
    """The organisation with its acronym, so that a reader who knows only that finds it."""
    organisation = row.capacity.organisation
    if organisation is not None and organisation.acronym and organisation.acronym not in row.capacity.name:
        return f"{row.capacity.name} ({organisation.acronym})"
    return shown(row.capacity, None)


def with_organisation(voice: Capacity) -> str:
    """How they are written, and the name of their organisation where that is another."""
    organisation = voice.organisation
    if organisation is None or organisation.name == voice.name:
        return voice.name
    return f"{voice.name} ({organisation.name})"


def said(entry: Entry) -> str:
    """What was said; and by whom, where the sentence itself doesn't name them."""
    unnamed = [str(speaker) for speaker in entry.speakers.all() if not _is_named(speaker, entry.text)]
    if not unnamed:
        return closed(entry.text)
    return _("%(what)s (Contribution by %(who)s.)") % {"what": closed(entry.text), "who": listed(unnamed)}


def _is_named(speaker: Capacity, text: str) -> bool:
    organisation = speaker.organisation
    known = [speaker.name, organisation.name if organisation else "", organisation.acronym if organisation else ""]
    words = [name for name in known if name]
    # The country of a government, or the first word of a long name, is enough: "the representative of Mauritius".
    words += [name.split()[-1] for name in words if " " in name] + [name.split()[0] for name in words if " " in name]
    return any(word.casefold() in text.casefold() for word in words if len(word) > 2)  # noqa: PLR2004 - "of", "a"


def position(dissent: Dissent) -> str:
    """Who did not fully agree, with which decision, and why."""
    facts = {
        "who": shown(dissent.capacity, None),
        "decision": dissent.entry.text.rstrip(CLOSERS),
        "statement": dissent.statement.strip(),
    }
    sentence = _name_position(dissent.kind) % facts
    return f"{sentence} “{facts['statement']}”" if facts["statement"] else sentence


def erratum(erratum: Erratum) -> str:
    """What is corrected in approved minutes, and when that was added."""
    facts = {"day": written(erratum.day), "text": closed(erratum.text)}
    if erratum.entry is None:
        return _("Added on %(day)s: %(text)s") % facts
    return _("Added on %(day)s to “%(entry)s”: %(text)s") % {**facts, "entry": erratum.entry.text.rstrip(CLOSERS)}


def _name_position(kind: str) -> str:
    match kind:
        case Dissent.Kind.OBJECTED:
            return _("%(who)s objected to the decision “%(decision)s”.")
        case Dissent.Kind.RESERVATION:
            return _("%(who)s supported the decision “%(decision)s” with a reservation.")
        case Dissent.Kind.AMENDMENT:
            return _("%(who)s proposed an amendment to the decision “%(decision)s”.")
        case Dissent.Kind.PROCEDURE:
            return _("%(who)s objected to deciding “%(decision)s” in writing.")
        case _other:
            return _("%(who)s stood aside from the decision “%(decision)s”.")


def promised(entry: Entry) -> str:
    """A promise with its owner and its day, if the sentence doesn't say them; and how it stands."""
    commitment: Commitment | None = getattr(entry, "commitment", None)
    sentences = [said(entry)]
    if commitment is None:
        return sentences[0]
    if commitment.owner is not None and not _is_named(commitment.owner, entry.text):
        sentences.append(_("Responsible: %(who)s.") % {"who": commitment.owner})
    if commitment.due_on is not None:
        sentences.append(_("Due on %(day)s.") % {"day": written(commitment.due_on)})
    if commitment.progress == Commitment.Progress.KEPT:
        sentences.append(_("This has been done."))
    return " ".join(sentences)


def under_the_rule(titles: list[str]) -> str:
    """That a part was held so is said; who spoke in it is not."""
    return ngettext(
        "This agenda item was held under the Chatham House Rule, so speakers are not named: %(titles)s.",
        "These agenda items were held under the Chatham House Rule, so speakers are not named: %(titles)s.",
        len(titles),
    ) % {"titles": listed(titles)}
