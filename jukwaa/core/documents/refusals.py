"""Every refusal of a file, in one place: what was wrong, and what to do."""

from django.utils.translation import gettext_lazy as _

from jukwaa.core.refusals import ActionRefused

SENTENCE_BY_REFUSAL_CODE = {
    "empty": _("This file is empty. Choose the file again, or paste its text."),
    "too_big": _(
        "Choose a file of at most %(limit)s MB. This file is %(size)s MB. You can split it, or save it without images."
    ),
    "no_such_kind": _("Save the file as one of these types: %(taken)s. We do not accept %(extension)s files."),
    "outdated": _(
        "Open the file in the program it comes from, and save it as .docx or PDF. We do not accept %(extension)s files."
    ),
    "unknown": _("Save the file as one of these types: %(taken)s. We could not tell what type of file it is."),
    "not_what_it_says": _(
        "Save the file again with the right file extension. Type shown by the file name: %(says)s. Type of the"
        " content: %(is)s."
    ),
    "not_for_readings": _(
        "Save the file as one of these types: %(taken)s. Files of this type (%(kind)s) can be "
        "attached to a record, but we cannot read their text here."
    ),
    "no_text_kind": _("Enter or paste the text instead. We cannot read text from files of this type (%(kind)s)."),
    "encrypted_pdf": _("This PDF has a password. Save a copy without a password, and upload that copy."),
    "encrypted_office": _("This document has a password. Remove the password, save the document, and upload it again."),
    "old_office": _("Open this file in Office, and save it as .docx or PDF. It is in an old Office format."),
    "macros": _("This document contains macros. Save it as .docx, without macros, and upload that file."),
    "fetches": _(
        "Save this document as PDF, or detach its template, and upload the new file. The document loads content from"
        " another computer when it is opened."
    ),
    "no_pictures": _(
        "Describe the picture in words, or attach a file of one of these types: %(taken)s. We "
        "do not accept pictures here, because people can be recognised in them."
    ),
    "picture_broken": _("We could not read this picture. It may be damaged. Save it again as JPEG or PNG."),
    "picture_too_large": _("Make this picture smaller, and upload it again. It has more than 60 million pixels."),
    "bomb": _(
        "Save this file again, or save it as PDF. We did not open it, because it unpacks to "
        "far more data than a document needs."
    ),
    "many_entries": _(
        "We did not open this file, because it contains more than %(limit)s internal parts, such as pictures. Save it "
        "as a new copy, or split it."
    ),
    "nested": _("Upload the files one by one. We did not open this document, because it contains an archive."),
    "unsafe_name": _(
        "Create this archive again. We did not open it, because the name of one of its "
        "files points outside the archive."
    ),
    "locked_zip": _("This archive has a password. Create it again without a password."),
    "broken_zip": _("This archive is damaged or incomplete. Create it again and upload the new one."),
    "report_not_archive": _(
        "Choose a ZIP file. This file is not one (%(kind)s). Import a single report on the page “Import a report”, or"
        " put this file in a ZIP file with the other files."
    ),
    "table_not_archive": _(
        "Choose a ZIP file. This file is not one (%(kind)s). Import a list of members on the page “Import a"
        " spreadsheet”, or put this file in a ZIP file with the other files."
    ),
    "file_not_archive": _(
        "Choose a ZIP file. This file is not one (%(kind)s). Put it in a ZIP file with the other files."
    ),
    "broken_document": _(
        "This document is damaged or incomplete. Open it in the program it comes from, and save it again."
    ),
    "broken": _("We could not read this file. It may be damaged. Open it in its program, and save it again."),
    "not_a_calendar": _("Export the calendar as an iCalendar (.ics) file. This is not a calendar file."),
    "many_events": _("Export a shorter period. This calendar has more than %(limit)s meetings."),
    "one_column": _(
        "Save this file as CSV with commas or semicolons, or as .xlsx. We could not tell its columns apart."
    ),
    "broken_table": _(
        "Open this file in a spreadsheet program, save it as CSV again, and upload the new file. We could not read"
        " it. A quotation mark may be missing or in the wrong place."
    ),
    "many_rows": _("Split this table, and import the parts one by one. It has more than %(limit)s rows."),
    "long_table": _("Delete columns that you do not need, or split this table. It has more than %(limit)s characters."),
    "many_columns": _(
        "Delete columns that you do not need, and save this table again. It has more than %(limit)s columns."
    ),
    "scan": _("Run text recognition on this scan, or type the text and paste it. We found no text in it."),
    "no_text": _("Check that you chose the right file, or paste the text. We found no text in this file."),
    "many_parts": _("Split this document, and upload the parts one by one. It has more than %(limit)s paragraphs."),
    "busy": _("Try again in a minute. We are processing other documents."),
    "busy_person": _("We are still reading your other document. Try again when that is finished."),
    "too_heavy": _("Save this file as plain text, or split it. Reading it took more memory than we allow."),
    "too_slow": _("Save this file as plain text, or split it. Reading it took longer than we allow."),
}

SENTENCE_BY_UNREADABLE_CODE = {
    "scan": _(
        "The file has been saved, but the search cannot find its text, because its pages are images. Run text "
        "recognition on the file, and attach the new copy."
    ),
    "no_text": _("The file has been saved, but we found no text in it."),
    "too_heavy": _(
        "The file has been saved, but the search cannot find its text, because reading it took too much memory. If "
        "you can, split the file and attach the parts."
    ),
    "too_slow": _(
        "The file has been saved, but the search cannot find its text, because reading it took too long. If you can, "
        "split the file and attach the parts."
    ),
    "broken": _(
        "The file has been saved, but we could not read it. It may be damaged. Open it in its program, save it again, "
        "and attach the new copy."
    ),
}
"""What is said beside a file that hangs on a record and has no text for the search."""


def get_unreadable_reason_code(refusal_code: str) -> str:
    """Under which of the sentences above a refusal to read falls."""
    return refusal_code if refusal_code in SENTENCE_BY_UNREADABLE_CODE else "broken"


class FileRefused(ActionRefused):
    """Why a file is not taken: `message` for the person, `code` for callers that must tell refusals apart."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code, self.facts = code, facts
        self.message = str(SENTENCE_BY_REFUSAL_CODE[code] % facts) if facts else str(SENTENCE_BY_REFUSAL_CODE[code])
        super().__init__(self.message, "file")
