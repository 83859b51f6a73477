"""Who can read the source of a report: what its text speaks for, until a person decides."""

import re
from collections.abc import Iterator, Sequence

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.activities import action, increment_coalition_revisions
from jukwaa.coalitions.known_people import KnownPeople
from jukwaa.coalitions.models import Role
from jukwaa.core.circulation import excludes_members, find_circulation_limit, find_off_record_remark
from jukwaa.core.documents.incoming import ExtractedText, contains_hidden_text, find_comments_and_deletions
from jukwaa.core.documents.incoming.file_kinds import EMAIL_MEDIA_TYPE
from jukwaa.core.list_formatting import drop_final_stop, format_list_in_sentence
from jukwaa.core.safeguards.screen import SIGN_BY_NAME, screen_text_for_signs
from jukwaa.core.transactions import lock_row
from jukwaa.intake.models import DriveEntry, Reading
from jukwaa.intake.models.drives import READER_NAMES_BY_DRIVE_LABEL
from jukwaa.intake.phone_lists import has_phone_list
from jukwaa.records.models import Audience, Document, Label, Source, Version
from jukwaa.records.models.record import READERS_BY_LABEL

# Everyone, members, or the coordinators alone. Whoever imported it can always read it, as its author.
SOURCE_READER_CHOICES = [(label, READER_NAMES_BY_DRIVE_LABEL[label]) for label in (Label.RED, Label.GREEN, Label.CLEAR)]
DEFAULT_SOURCE_LABEL = Label.GREEN
MAX_FILES_SEARCHED_FOR_NAMES = 100
# Of people and children, not of offices: minutes have addresses of offices and names of schools on every page.
PERSONAL_SIGN_NAMES = frozenset({"telephone", "birth", "age", "case-number", "account", "kin", "initials"})
# That some of those who took part are under 18; not what is said about children in general, on every page of a report.
_MINORS_TOOK_PART_PATTERN = re.compile(
    r"\b(?:some|one|two|three|four|five|many|most|several|all|half|\d{1,2}) of (?:us|them|you|those (?:here|present)"
    r"|(?:the|our) (?:\w+ )?(?:people|participants|panell?ists?|panel|members|attendees|speakers|delegates|group))"
    r" (?:are|is|were|was) (?:still )?(?:under(?: the age of)?[ -]?(?:18|eighteen)|minors?|under[ -]?age)\b"
    r"|\b(?:certaine?s|plusieurs|une?|deux) (?:d['\u2019]entre nous|participante?s)"
    r" (?:sont|étaient|sommes|ont|avaient) (?:mineure?s?|moins de 18)"
    r"|\b(?:algun[oa]s|vari[oa]s|much[oa]s) (?:de nosotr[oa]s|participantes)"
    r" (?:somos|son|eran|tenemos|tienen) (?:menores|menos de 18)"
    r"|\b(?:alguns|algumas|vári[oa]s) (?:de nós|participantes) (?:somos|são|eram|têm|temos) (?:menores|menos de 18)"
    r"|\b(?:einige|manche|mehrere) (?:von uns|teilnehmende) (?:sind|waren) (?:minderjährig|unter 18)\b",
    re.IGNORECASE,
)

_EMAIL_ADDRESS_PATTERN = re.compile(r"(?<![\w.+-])([\w.+-]{1,64})@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
SHARED_MAILBOXES = frozenset(
    {"admin", "contact", "contacto", "enquiries", "hello", "help", "helpdesk", "info", "mail", "media", "membership"}
    | {"news", "office", "post", "presidency", "press", "privacy", "secretariado", "secretariat", "support", "team"}
)

# Heads of columns in budgets and lists of travellers.
_PAY_OR_IDENTITY_PATTERN = re.compile(
    r"\b(?:passports?|passeports?|pasaportes?|passaportes?|iban|swift|nib|nif|nuit|national id|id card|salar(?:y|ies)"
    r"|sal[aá]rios?|salaires?|sueldos?|payroll|bank account|compte bancaire|cuenta bancaria|conta banc[aá]ria)\b"
    r"|جواز السفر|الحساب البنكي|الراتب",
    re.IGNORECASE,
)


def describe_personal_details(text: str) -> str:
    """Name the personal details that a report seems to contain, as in "a telephone number and 2 email addresses"."""
    found = _list_personal_details(text)
    if count := count_personal_addresses(text):
        found.append(ngettext("%(n)s personal email address", "%(n)s personal email addresses", count) % {"n": count})
    return format_list_in_sentence(found)


def count_personal_addresses(text: str) -> int:
    """Count the different email addresses in a text, without the shared mailboxes of organisations."""
    found = {match[0].lower(): match[1].lower() for match in _EMAIL_ADDRESS_PATTERN.finditer(text)}
    return sum(mailbox not in SHARED_MAILBOXES for mailbox in found.values())


def describe_drive_file_details(text: str) -> str:
    """Name the kinds of personal details, and bank details, pay and identity numbers of budgets and travellers.

    Email addresses are not named: spreadsheets with many of them are kept for coordinators.
    """
    found = _list_personal_details(text)
    if _PAY_OR_IDENTITY_PATTERN.search(text):
        found.append(_("bank details, pay or identity numbers"))
    return format_list_in_sentence(found)


def _list_personal_details(text: str) -> list[str]:
    found = [hit.what for hit in screen_text_for_signs(text) if hit.sign.name in PERSONAL_SIGN_NAMES]
    if has_phone_list(text):
        found.append(str(SIGN_BY_NAME["telephone"].what))
    if _MINORS_TOOK_PART_PATTERN.search(text):
        found.append(_("participants under 18"))
    return list(dict.fromkeys(found))


def describe_content_beside_text(file_data: bytes, extracted: ExtractedText) -> str:
    """Say what readers of the file can see, although it is not in the text, such as comments. Empty if nothing.

    The files of emails are not kept, so what they contain is not named.
    """
    if extracted.media_type == EMAIL_MEDIA_TYPE:
        return ""
    parts = [str(name) for name in find_comments_and_deletions(file_data)]
    if "comments" in extracted.note_codes and not parts:
        parts.append(_("comments"))
    if "hidden_slides" in extracted.note_codes:
        parts.insert(0, _("hidden slides"))
    if "speaker_notes" in extracted.note_codes:
        parts.insert(0, _("speaker notes"))
    sentence = _(
        "The file also contains %(parts)s. They cannot be found by searching, but everyone who can open the file can"
        " read them."
    )
    sentences = [sentence % {"parts": format_list_in_sentence(parts)}] if parts else []
    if contains_hidden_text(file_data):
        sentences.append(_("Some text is hidden in the file, but everyone who can read the document can read it."))
    return " ".join(sentences)


def suggest_source_label(text: str, margins: str = "") -> Label:
    """Coordinators alone for personal details, remarks off the record or a marking that excludes members."""
    limit = find_circulation_limit(text, margins)
    if excludes_members(limit) or find_off_record_remark(text) or describe_personal_details(text):
        return Label.RED
    return Label.GREEN if limit else Label.CLEAR


def get_meeting_label(source_label: str, document: Document) -> str:
    """Return who can read a meeting that begins with a report: as its source, but all members at least.

    A document that names its readers itself, and was found by its text, keeps the meeting to few as well.
    """
    return Label.GREEN if source_label == Label.RED and is_imported_document(document) else source_label


def describe_document_readers(document: Document) -> str:
    """Return who can read a document that is imported, in words."""
    if document.label == Label.RED:
        return _("Only the coordinators and the person who imported it")
    return str(READERS_BY_LABEL[Label(document.label)])


def describe_closure(reading: Reading) -> str:
    """Say that only coordinators can read the document of a report, and why. Empty if members can read it, too."""
    if reading.document is None or reading.document.label != Label.RED:
        return ""
    reasons = [reason for note in reading.notes if isinstance(note, dict) for reason in _list_closing_reasons(note)]
    if not reasons:
        return _("This document is for coordinators only.")
    sentence = _("This document is for coordinators only, because %(reasons)s.")
    return sentence % {"reasons": format_list_in_sentence(reasons)}


def _list_closing_reasons(note: dict[str, str]) -> Iterator[str]:
    if words := note.get("circulation"):
        yield _("its text says “%(words)s”") % {"words": drop_final_stop(words)}
    if details := note.get("personal_details"):
        yield _("it seems to contain %(details)s") % {"details": details}
    if note.get("beside_text"):
        yield _("its file contains things that are not in this text, such as comments or notes")


def list_check_sentences(document: Document) -> list[str]:
    """Return why a person looks at a file of a shared drive or of a report before more people can read it."""
    entries = DriveEntry.objects.filter(document=document).exclude(outcome=DriveEntry.Outcome.DUPLICATE)
    entry = entries.first()
    beside_text = [reading.beside_text for reading in document.readings.all() if reading.beside_text]
    return list(dict.fromkeys([*(entry.check_sentences if entry else []), *beside_text]))


def describe_hidden_names(document: Document) -> str:
    """Say how many people a document names whose names are not public. Empty if there are none."""
    count = KnownPeople(document.coalition).count_hidden_names_in(document.text)
    if not count:
        return ""
    return ngettext(
        "This document names %(n)s person of the directory whose name is not public. If everyone can read the"
        " document, everyone can read that name.",
        "This document names %(n)s people of the directory whose names are not public. If everyone can read the"
        " document, everyone can read these names.",
        count,
    ) % {"n": count}


def describe_hidden_names_in_files(drive_entries: Sequence[DriveEntry]) -> str:
    """Say which of the files name people whose names are not public. Empty if none does, and all were searched.

    Only the first files are searched, since each name is searched for in each text.
    """
    documents = [entry.document for entry in drive_entries[:MAX_FILES_SEARCHED_FOR_NAMES] if entry.document]
    if not documents:
        return ""
    known = KnownPeople(documents[0].coalition)
    paths = [document.file_name for document in documents if known.count_hidden_names_in(document.text)]
    sentences = []
    if paths:
        named = _("These files name people of the directory whose names are not public: %(names)s.")
        sentences.append(named % {"names": format_list_in_sentence(paths)})
    if len(drive_entries) > MAX_FILES_SEARCHED_FOR_NAMES:
        searched = _("Only the first %(n)s files have been searched for names that are not public.")
        sentences.append(searched % {"n": MAX_FILES_SEARCHED_FOR_NAMES})
    return " ".join(sentences)


def set_coordinators_as_readers(document: Document) -> None:
    """Name the coordinators of today as the readers of a TLP:RED document. Part of the action that labels it."""
    coordinators = Role.objects.in_force().filter(coalition=document.coalition_id, kind=Role.Kind.COORDINATOR)
    Audience.objects.filter(record=document.pk).delete()
    Audience.objects.bulk_create(
        Audience(record_id=document.pk, person_id=pk)
        for pk in sorted(set(coordinators.values_list("person", flat=True)))
    )


def build_chatham_house_rule_source_filter() -> Q:
    """Return a condition for documents that tell who spoke in a part under the Chatham House Rule."""
    in_part = Source.objects.filter(document=OuterRef("pk"), record__entry__part__chatham=True)
    entered = Reading.objects.filter(document=OuterRef("pk"), parts__chatham=True, entered_at__isnull=False)
    return Q(Exists(in_part)) | Q(Exists(entered))


def build_imported_document_filter() -> Q:
    """Return a condition for documents of imports. Of these, TLP:RED means the coordinators, whoever they are.

    One that a report or a drive was found to repeat keeps the people whom it has named from its beginning.
    """
    report = Reading.objects.filter(document=OuterRef("pk"))
    made_by_report = report.filter(started_at__lte=OuterRef("created_at"))
    made_by_drive = DriveEntry.objects.filter(document=OuterRef("pk")).exclude(outcome=DriveEntry.Outcome.DUPLICATE)
    wider = Version.objects.filter(record=OuterRef("pk"), content__label__in=set(Label.values) - {Label.RED})
    closed_here = Q(Exists(report)) & Q(Exists(wider))
    return Q(Exists(made_by_report)) | Q(Exists(made_by_drive)) | closed_here


def is_imported_document(document: Document) -> bool:
    return Document.objects.filter(build_imported_document_filter(), pk=document.pk).exists()


def is_restricted_by_chatham_house_rule(document: Document) -> bool:
    return Document.objects.filter(build_chatham_house_rule_source_filter(), pk=document.pk).exists()


def refresh_coordinator_readers() -> int:
    """For the clock: name the coordinators of today where a term began or ended. Return how many documents changed."""
    coordinators = Role.objects.in_force().filter(kind=Role.Kind.COORDINATOR)
    named = Audience.objects.filter(record=OuterRef("pk"))
    same_person = {"coalition": OuterRef("record__coalition"), "person": OuterRef("person")}
    former = named.exclude(Exists(coordinators.filter(**same_person)))
    unnamed = coordinators.filter(coalition=OuterRef("coalition")).exclude(
        Exists(Audience.objects.filter(record=OuterRef(OuterRef("pk")), person=OuterRef("person")))
    )
    documents = Document.objects.filter(build_imported_document_filter(), label=Label.RED)
    outdated = documents.filter(Q(Exists(former)) | Q(Exists(unnamed))).exclude(
        build_chatham_house_rule_source_filter()
    )
    return sum(_refresh_document_readers(document) for document in outdated.order_by("pk"))


@action
def _refresh_document_readers(document: Document) -> bool:
    current = lock_row(document)
    if current.label != Label.RED or is_restricted_by_chatham_house_rule(current):  # opened or closed a moment ago
        return False
    set_coordinators_as_readers(current)
    increment_coalition_revisions([current.coalition_id])
    return True
