"""Sentences of a report. Each is a whole translatable sentence; none is glued together.

`written_names` are those of the whole report: they read the people of the coalition once.
"""

from collections.abc import Iterable

from babel.lists import format_list
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.written_names import WrittenNames
from jukwaa.core.dates import format_long_date
from jukwaa.core.list_formatting import drop_final_stop, join_with_separator
from jukwaa.meetings.attendance import describe_modes_of_present
from jukwaa.meetings.models import Attendance, Commitment, Dissent, Entry, Erratum, Meeting
from jukwaa.meetings.time_formatting import format_meeting_date
from jukwaa.places.countries import get_country_name

SENTENCE_ENDINGS = ".!?…。؟।"


def join_names_in_sentence(names: Iterable[str]) -> str:
    """Join names as the language does: “ECPAT International, Insafe and ITU”."""
    return format_list(list(names), locale=(get_language() or "en").replace("-", "_"))


def end_with_full_stop(plain_sentence: str) -> str:
    """Return the sentence with exactly one full stop."""
    plain_sentence = " ".join(plain_sentence.split())
    return plain_sentence if not plain_sentence or plain_sentence[-1] in SENTENCE_ENDINGS else f"{plain_sentence}."


def format_meeting_place(meeting: Meeting) -> str:
    parts = [meeting.place]
    if meeting.country:
        parts.append(get_country_name(meeting.country, get_language() or "en"))
    return join_with_separator(part for part in parts if part)


def describe_meeting_session(meeting: Meeting) -> str:
    """Return the sentence that says when and where the coalition met, as far as known."""
    facts = {
        "coalition": meeting.coalition.name,
        "place": format_meeting_place(meeting),
        "when": format_meeting_date(meeting),
        "forum": meeting.forum,
    }
    is_day = meeting.precision == Meeting.Precision.DAY
    if facts["when"] and _is_online_only(meeting):
        return _get_online_template(is_day_known=is_day, is_at_forum=bool(meeting.forum)) % facts
    if facts["place"] and facts["when"]:
        return _get_place_and_time_template(is_day_known=is_day, is_at_forum=bool(meeting.forum)) % facts
    if facts["when"] and is_day:
        return _("%(coalition)s met on %(when)s.") % facts
    if facts["when"]:
        return _("%(coalition)s met in %(when)s.") % facts
    return _("%(coalition)s met.") % facts


def _is_online_only(meeting: Meeting) -> bool:
    """Whether the place that people wrote is the word “Online”, as the form suggests, in English or their language."""
    return not meeting.country and meeting.place.strip().casefold() in {"online", _("Online").casefold()}


def _get_online_template(*, is_day_known: bool, is_at_forum: bool) -> str:
    if is_at_forum and is_day_known:
        return _("%(coalition)s met online on %(when)s, at the %(forum)s.")
    if is_at_forum:
        return _("%(coalition)s met online in %(when)s, at the %(forum)s.")
    if is_day_known:
        return _("%(coalition)s met online on %(when)s.")
    return _("%(coalition)s met online in %(when)s.")


def _get_place_and_time_template(*, is_day_known: bool, is_at_forum: bool) -> str:
    if is_at_forum and is_day_known:
        return _("%(coalition)s met in %(place)s on %(when)s, at the %(forum)s.")
    if is_at_forum:
        return _("%(coalition)s met in %(place)s in %(when)s, at the %(forum)s.")
    if is_day_known:
        return _("%(coalition)s met in %(place)s on %(when)s.")
    return _("%(coalition)s met in %(place)s in %(when)s.")


def describe_attendance_rows(attendance_rows: list[Attendance], written_names: WrittenNames) -> list[str]:
    """Return sentences on who chaired, took part, came for the first time and joined."""
    sentences = []
    if chairs := [get_display_name(row.capacity, None, written_names) for row in attendance_rows if row.is_chair]:
        sentences.append(_("%(who)s chaired the session.") % {"who": join_names_in_sentence(chairs)})
    for came_as, sentence in (
        (Attendance.As.MEMBER, _("Members present: %(who)s.")),
        (Attendance.As.NEW_MEMBER, _describe_new_members(attendance_rows)),
        (Attendance.As.NEW_ATTENDEE, _("Attending for the first time: %(who)s.")),
        (Attendance.As.OBSERVER, _("Also present: %(who)s.")),
        (Attendance.As.GUEST, _("Guests: %(who)s.")),
        (Attendance.As.SECRETARIAT, _("Secretariat: %(who)s.")),
    ):
        if names := [_format_attendee_name(row, written_names) for row in attendance_rows if row.came_as == came_as]:
            sentences.append(sentence % {"who": drop_final_stop(join_names_in_sentence(names))})
    counted = describe_modes_of_present(attendance_rows)
    return [*sentences, counted] if counted else sentences


def describe_attendance_count(attendance_count: str) -> str:
    return _("People who attended: %(number)s. Names are not given under the Chatham House Rule.") % {
        "number": attendance_count
    }


def _describe_new_members(attendance_rows: list[Attendance]) -> str:
    came = [row for row in attendance_rows if row.came_as == Attendance.As.NEW_MEMBER]
    count = len(came) + sum(row.is_group for row in came)  # a group is several, whoever they were
    return ngettext("A new member joined: %(who)s.", "New members joined: %(who)s.", count)


def _format_attendee_name(attendance_row: Attendance, written_names: WrittenNames) -> str:
    """Return the organisation with its acronym."""
    capacity = attendance_row.capacity
    name = capacity.name if attendance_row.is_group else get_display_name(capacity, None, written_names)
    organisation = attendance_row.capacity.organisation
    if organisation is not None and organisation.acronym and organisation.acronym not in name:
        return f"{name} ({organisation.acronym})"
    return name


def format_name_with_organisation(voice: Capacity, written_names: WrittenNames) -> str:
    """Return the name that visitors may read, with the organisation if that is another name."""
    name, organisation = get_display_name(voice, None, written_names), voice.organisation
    return name if organisation is None or organisation.name == name else f"{name} ({organisation.name})"


def describe_statement_entry(entry: Entry, written_names: WrittenNames) -> str:
    """Return the statement, with its speaker unless the sentence names them."""
    unnamed = [
        get_display_name(speaker, None, written_names)
        for speaker in entry.speakers.all()
        if not _does_text_name_speaker(speaker, entry.text)
    ]
    if not unnamed:
        return end_with_full_stop(entry.text)
    return _("%(what)s (Contribution by %(who)s.)") % {
        "what": end_with_full_stop(entry.text),
        "who": join_names_in_sentence(unnamed),
    }


def _does_text_name_speaker(speaker_capacity: Capacity, text: str) -> bool:
    organisation = speaker_capacity.organisation
    known = [
        speaker_capacity.name,
        organisation.name if organisation else "",
        organisation.acronym if organisation else "",
    ]
    words = [name for name in known if name]
    # The country of a government, or the first word of a long name, is enough: "the representative of Mauritius".
    words += [name.split()[-1] for name in words if " " in name] + [name.split()[0] for name in words if " " in name]
    return any(word.casefold() in text.casefold() for word in words if len(word) > 2)  # noqa: PLR2004 - "of", "a"


def describe_dissent(dissent: Dissent, written_names: WrittenNames) -> str:
    """Return the sentence that says who disagreed with which decision, and why."""
    facts = {
        "who": get_display_name(dissent.capacity, None, written_names),
        "decision": dissent.entry.text.rstrip(SENTENCE_ENDINGS),
        "statement": dissent.statement.strip(),
    }
    sentence = _get_dissent_sentence(dissent.kind) % facts
    return f"{sentence} “{facts['statement']}”" if facts["statement"] else sentence


def describe_erratum(erratum: Erratum) -> str:
    """What is corrected in approved minutes, and when that was added."""
    facts = {"day": format_long_date(erratum.day), "text": end_with_full_stop(erratum.text)}
    if erratum.entry is None:
        return _("Added on %(day)s: %(text)s") % facts
    return _("Added on %(day)s to “%(entry)s”: %(text)s") % {
        **facts,
        "entry": erratum.entry.text.rstrip(SENTENCE_ENDINGS),
    }


def _get_dissent_sentence(dissent_kind: str) -> str:
    match dissent_kind:
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


def describe_commitment_entry(entry: Entry, written_names: WrittenNames) -> str:
    """Return the commitment with its owner, due date and status."""
    commitment: Commitment | None = getattr(entry, "commitment", None)
    sentences = [describe_statement_entry(entry, written_names)]
    if commitment is None:
        return sentences[0]
    if commitment.owner is not None and not _does_text_name_speaker(commitment.owner, entry.text):
        owner_name = get_display_name(commitment.owner, None, written_names)
        sentences.append(_("Responsible: %(who)s.") % {"who": drop_final_stop(owner_name)})
    if commitment.due_on is not None:
        sentences.append(_("Due on %(day)s.") % {"day": format_long_date(commitment.due_on)})
    if commitment.progress == Commitment.Progress.KEPT:
        sentences.append(_("The commitment has been kept."))
    return " ".join(sentences)


def describe_items_under_chatham_house_rule(item_titles: list[str]) -> str:
    """Return the sentence that names the parts held under the Chatham House Rule, without speakers."""
    return ngettext(
        "This agenda item was held under the Chatham House Rule, so speakers are not named: %(titles)s.",
        "These agenda items were held under the Chatham House Rule, so speakers are not named: %(titles)s.",
        len(item_titles),
    ) % {"titles": join_names_in_sentence(item_titles)}
