"""Every refusal of a file, in one place: what was wrong, and what to do."""

from django.utils.translation import gettext_lazy as _

from jukwaa.core.refusals import ActionRefused

SENTENCES = {
    "empty": _("This file is empty. Choose the file again, or paste its text."),
    "too_big": _(
        "This file has %(size)s MB; at most %(limit)s MB are taken. Split it, or save it without its pictures."
    ),
    "no_such_kind": _("Files of this kind (%(extension)s) are not taken. Save it as one of these: %(taken)s."),
    "outdated": _(
        "%(extension)s files are not taken. Open it in the program it comes from, and save it as .docx or as PDF."
    ),
    "unknown": _("We can not tell what kind of file this is. Save it as one of these: %(taken)s."),
    "not_what_it_says": _(
        "By its name this file is: %(says)s. By its content it is: %(is)s. Give it the right ending, or save it anew."
    ),
    "not_for_readings": _(
        "Files of this kind (%(kind)s) can be attached, but not read here. Save it as one of these: %(taken)s."
    ),
    "no_text_kind": _("Files of this kind (%(kind)s) have no text that can be read. Write or paste the text instead."),
    "encrypted_pdf": _("This PDF is locked with a password. Save a copy without one, and upload that."),
    "encrypted_office": _(
        "This document is locked with a password. Remove the password, save it, and upload it again."
    ),
    "old_office": _("This is a file of an old Office version. Open it in Office, and save it as .docx or as PDF."),
    "macros": _("This document contains macros. Save it as .docx, without them, and upload that."),
    "fetches": _(
        "When it is opened, this document fetches a part of itself, such as its template, from another computer. Save "
        "it as PDF, or detach the template, and upload that."
    ),
    "no_pictures": _(
        "Pictures by themselves are not taken here, since people can be known by them. Put what the picture says into "
        "words, or attach a document: %(taken)s."
    ),
    "picture_broken": _("This picture can not be read; it seems to be damaged. Save it anew as JPEG or PNG."),
    "picture_too_large": _("This picture has more than 60 million pixels. Make it smaller, and upload that."),
    "bomb": _("This file unpacks to far more than a document holds, so it was not opened. Save it anew, or as PDF."),
    "many_entries": _("This file holds more than %(limit)s parts, so it was not opened. Save it anew, or split it."),
    "nested": _("There is an archive inside this document, so it was not opened. Send the files one by one."),
    "unsafe_name": _("A file in this archive has a name that leads outside of it, so it was not opened. Pack it anew."),
    "locked_zip": _("This archive is locked with a password. Pack the files anew without one."),
    "broken_zip": _("This archive is damaged or cut short. Pack the files anew, and upload it again."),
    "broken": _("This file can not be read; it seems to be damaged. Open it in its program, and save it anew."),
    "not_a_calendar": _("This is not a calendar file. Export the calendar as an iCalendar (.ics) file."),
    "many_events": _("This calendar has more than %(limit)s meetings. Export a shorter period."),
    "one_column": _(
        "The columns of this file could not be told apart. Save it as CSV with commas or semicolons, or as .xlsx."
    ),
    "broken_table": _("The quotation marks in this file do not match, so its cells can't be told apart. Save it anew."),
    "many_rows": _("This table has more than %(limit)s rows. Split it, and bring the parts one after the other."),
    "long_table": _("This table has more than %(limit)s characters. Delete columns that are not needed, or split it."),
    "many_columns": _(
        "This table has more than %(limit)s columns. Delete those that are not needed, and save it anew."
    ),
    "scan": _(
        "This is a scan; there is no text in it. Run text recognition over it first, or type the text and paste it."
    ),
    "no_text": _("There is no text in this file. Check that it is the right one, or paste the text."),
    "many_parts": _("This document has more than %(limit)s paragraphs. Split it, and upload the parts one by one."),
    "busy": _("We are processing other documents. Try again in a minute."),
    "busy_person": _("Another document of yours is still being read. Wait until it is finished, then try again."),
    "too_heavy": _("Reading this file took more memory than we allow. Save it as plain text, or split it."),
    "too_slow": _("Reading this file took longer than we allow. Save it as plain text, or split it."),
}

UNREAD = {
    "scan": _(
        "It is kept, but not read: its pages are pictures without text, so the search does not find what stands in it. "
        "Run text recognition over it, and attach that copy."
    ),
    "no_text": _("It is kept, but there is no text in it that could be read."),
    "too_heavy": _(
        "It is kept, but not read: reading it took more memory than we allow. If it can be split, attach its parts."
    ),
    "too_slow": _(
        "It is kept, but not read: reading it took longer than we allow. If it can be split, attach its parts."
    ),
    "broken": _(
        "It is kept, but could not be read; it seems to be damaged. Open it in its program, save it anew, and attach "
        "that."
    ),
}
"""What is said beside a file that hangs on a record and has no text for the search."""


def unread_code(code: str) -> str:
    """Under which of the sentences above a refusal to read falls."""
    return code if code in UNREAD else "broken"


class FileRefused(ActionRefused):
    """Why a file is not taken: `message` for the person, `code` for callers that must tell refusals apart."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code, self.facts = code, facts
        self.message = str(SENTENCES[code] % facts) if facts else str(SENTENCES[code])
        super().__init__(self.message, "file")
