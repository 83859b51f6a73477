"""What the rest of a report says about its suggestions: full names, titles, the chair, apologies and later dates."""

from collections.abc import Callable

from jukwaa.coalitions.models import Coalition
from jukwaa.intake.handles import spell_out_handles
from jukwaa.intake.initials import spell_out_initials
from jukwaa.intake.meeting_chairs import mark_chair_among_attendees, name_chair_as_owner
from jukwaa.intake.owner_names import spell_out_owner_names
from jukwaa.intake.reader import Reading
from jukwaa.intake.reader.apologies import add_apologies
from jukwaa.intake.reader.courtesy_titles import strip_courtesy_titles
from jukwaa.intake.reader.email_senders import name_email_senders
from jukwaa.intake.reader.email_threads import remove_suggestions_of_old_emails
from jukwaa.intake.reader.thread_corrections import mark_dates_changed_later
from jukwaa.intake.repeated_attendees import merge_repeated_attendees
from jukwaa.intake.repeated_tasks import merge_repeated_tasks
from jukwaa.intake.role_holders import spell_out_role_holders
from jukwaa.intake.short_names import spell_out_short_names
from jukwaa.intake.summary_notes import keep_entries_of_summary

# In this order: later steps compare names that earlier ones wrote in full.
STEPS_WITH_NAMES_IN_REPORT: tuple[Callable[[Reading], Reading], ...] = (
    keep_entries_of_summary,
    strip_courtesy_titles,
    spell_out_initials,
    spell_out_handles,
    spell_out_short_names,
    name_email_senders,
)
STEPS_WITH_FULL_NAMES: tuple[Callable[[Reading], Reading], ...] = (
    merge_repeated_attendees,
    merge_repeated_tasks,
    mark_chair_among_attendees,
    name_chair_as_owner,
    mark_dates_changed_later,
    add_apologies,
    remove_suggestions_of_old_emails,
)


def complete_suggestions(parsed_report: Reading, coalition: Coalition) -> Reading:
    for complete in STEPS_WITH_NAMES_IN_REPORT:
        parsed_report = complete(parsed_report)
    parsed_report = spell_out_role_holders(parsed_report, coalition)
    parsed_report = spell_out_owner_names(parsed_report, coalition)
    for complete in STEPS_WITH_FULL_NAMES:
        parsed_report = complete(parsed_report)
    return parsed_report
