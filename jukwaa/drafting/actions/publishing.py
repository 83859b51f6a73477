"""Publishing: a revision gets a number that people cite, and stands in the library."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.drafting import policies
from jukwaa.drafting.actions.evidence import save_revision_evidence
from jukwaa.drafting.draft_changes import count_draft_changes
from jukwaa.drafting.library_items import (
    build_issue_details,
    build_item_summary,
    get_first_form_field,
    load_library_kinds,
)
from jukwaa.drafting.models import Call, Consultation, Edition, Input, Revision, Text
from jukwaa.drafting.unreadable_sources import describe_unreadable_records, find_unreadable_citations_in_draft
from jukwaa.library.actions import ReviewRequiredError, publish_item, share_item
from jukwaa.library.actions.readers import RecordReaders, copy_record_audience, limit_readers_to_original
from jukwaa.library.models import Item
from jukwaa.library.screening import get_review_reasons
from jukwaa.records.actions import change_record, get_or_create_link, publish_record
from jukwaa.records.models import Link, State

AGREED_CALL_OUTCOMES = (Call.Outcome.CONSENSUS, Call.Outcome.WITH_DISSENT)


@dataclass(frozen=True)
class EditionDetails:
    """How it is published: as what is new of substance or as a mended edition, and what is said of that."""

    is_minor: bool = False
    errata: str = ""
    without_call: str = ""  # why without a call, where none agreed to this revision
    revision_number: int | None = None  # the revision that the publisher saw; refused if another is the latest now
    leaves_out_changes: bool = False  # whether the publisher knows that the draft has changes since the revision


@action
def publish_edition(
    *,
    actor: Person,
    text: Text,
    edition_details: EditionDetails | None = None,
    organisation: Organisation | None = None,
) -> Edition:
    """Publish the latest revision in the library, for those who may read the text. Publishing it twice finds the first.

    Raises PermissionDenied and ActionRefused.
    """
    edition_details = edition_details or EditionDetails()
    if not policies.can_publish_edition(ViewerContext(actor), text):
        raise PermissionDenied(
            _(
                "Only coordinators, rapporteurs, editors and representatives of the organisation that "
                "owns the text can publish it."
            )
        )
    current = lock_row(text)
    current.coalition = text.coalition
    revision = _get_publishable_revision(current)
    _refuse_newer_revision(revision, edition_details.revision_number)
    if there := Edition.objects.filter(revision=revision).first():
        there.text = current
        return there
    if not edition_details.leaves_out_changes:
        _refuse_unpublished_changes(current, revision)
    last = current.editions.first()
    call = _get_supporting_call(current, revision, edition_details, last)
    major, minor = _get_next_edition_number(edition_details, last)
    edition = Edition.objects.create(
        text=current,
        revision=revision,
        major=major,
        minor=minor,
        errata=edition_details.errata,
        without_call="" if call and call.revision_id == revision.pk else edition_details.without_call,
        call=call,
        by=actor,
    )
    save_revision_evidence(revision)
    edition.item = _save_library_item(actor, current, edition, last, organisation)
    edition.save(update_fields=["item"])
    record_activity(actor=actor, verb="published", subject=edition, coalition=current.coalition)
    return edition


def find_publishing_obstacles(text: Text) -> list[str]:
    """Why it can't be published now, whatever is said of it."""
    found = []
    if text.is_decision:
        found.append(_("Decisions are listed in the register of decisions. You cannot publish them in the library."))
    if text.state != State.PUBLISHED:
        found.append(_("Share the text with its readers first."))
    if text.get_latest_revision() is None:
        found.append(_("Create a revision first."))
    waiting = Input.objects.filter(text=text.pk).waiting().count()
    if waiting:
        found.append(
            ngettext(
                "Respond to all inputs first. %(n)s input has no response yet.",
                "Respond to all inputs first. %(n)s inputs have no response yet.",
                waiting,
            )
            % {"n": waiting}
        )
    now = timezone.now()
    if Consultation.objects.filter(text=text.pk, opens_at__lte=now, closes_at__gt=now).exists():
        found.append(_("Wait until the consultation has ended, or close it."))
    if Call.objects.filter(text=text.pk, outcome="").exists():
        found.append(_("Declare the outcome of the consensus call first."))
    if gone := describe_unreadable_records(find_unreadable_citations_in_draft(text, text.get_latest_revision())):
        found.append(gone)
    return found


def describe_unpublished_changes(text: Text, revision: Revision | None) -> str:
    """Say what a version made of this revision would lack, and the two ways on. Empty if it lacks nothing."""
    count = count_draft_changes(text, revision)
    if revision is None or not count:
        return ""
    sentence = ngettext(
        "The draft has %(n)s change since revision %(number)s. Create revision %(next)s to publish it, or publish"
        " revision %(number)s as it is.",
        "The draft has %(n)s changes since revision %(number)s. Create revision %(next)s to publish them, or publish"
        " revision %(number)s as it is.",
        count,
    )
    return sentence % {"n": count, "number": revision.number, "next": revision.number + 1}


def _refuse_newer_revision(latest_revision: Revision, seen_number: int | None) -> None:
    """A published version can't be changed: nobody publishes a revision that they did not see."""
    if seen_number is None or seen_number == latest_revision.number:
        return
    sentence = _(
        "The latest revision is now revision %(latest)s, not revision %(seen)s, so nothing has been published. Read"
        " revision %(latest)s before you publish it."
    )
    raise ActionRefused(sentence % {"latest": latest_revision.number, "seen": seen_number})


def _refuse_unpublished_changes(text: Text, revision: Revision) -> None:
    """Contributors have been told that their wording is accepted: a version without it must be a choice."""
    if sentence := describe_unpublished_changes(text, revision):
        raise ActionRefused(sentence)


def get_agreed_call(text: Text) -> Call | None:
    """The latest call to which the answer was yes, whichever revision it was about."""
    last = text.calls.exclude(outcome=Call.Outcome.RESTARTED).select_related("revision").first()
    return last if last is not None and last.outcome in AGREED_CALL_OUTCOMES else None


def _get_publishable_revision(text: Text) -> Revision:
    if found := find_publishing_obstacles(text):
        raise ActionRefused(" ".join(found))
    revision = text.get_latest_revision()
    assert revision is not None  # noqa: S101 - for the type: `refusals` says so
    return revision


def _get_supporting_call(
    text: Text, revision: Revision, edition_details: EditionDetails, last_edition: Edition | None
) -> Call | None:
    """The call that stands behind this edition. A mended one stands on that of the edition before."""
    if edition_details.is_minor:
        _refuse_invalid_correction(edition_details, last_edition)
        return last_edition.call if last_edition else None
    call = get_agreed_call(text)
    if call is not None and call.revision_id == revision.pk:
        return call
    if not edition_details.without_call.strip():
        why = (
            _(
                "Open a consensus call on the current text, or explain below why you are publishing without one. The"
                " text has changed since it was agreed."
            )
            if call
            else _("Open a consensus call first, or explain below why you are publishing without one.")
        )
        raise ActionRefused(why, "without_call")
    return None


def _refuse_invalid_correction(edition_details: EditionDetails, last_edition: Edition | None) -> None:
    if last_edition is None:
        raise ActionRefused(_("Publish version 1.0 first. There is no published version to correct yet."), "is_minor")
    if not edition_details.errata.strip():
        raise ActionRefused(_("Describe what was corrected, for people who use the previous version."), "errata")


def _get_next_edition_number(edition_details: EditionDetails, last_edition: Edition | None) -> tuple[int, int]:
    if last_edition is None:
        return 1, 0
    return (last_edition.major, last_edition.minor + 1) if edition_details.is_minor else (last_edition.major + 1, 0)


def _save_library_item(
    actor: Person, text: Text, edition: Edition, last_edition: Edition | None, organisation: Organisation | None
) -> Item:
    """One item for the text, whatever the number of its editions. Those who follow the item hear of a later one."""
    with override(text.language):
        said = build_item_summary(text, edition.revision)
    item = Item.objects.filter(pk=last_edition.item_id).first() if last_edition and last_edition.item_id else None
    try:
        if item is None or not item.is_open_to_change:
            return _create_library_item(actor, text, edition, said, organisation)
        return _update_library_item(actor, text, edition, item, said)
    except ReviewRequiredError as needed:
        raise ActionRefused(" ".join([_("The version has not been published."), str(needed)])) from needed


def _create_library_item(
    actor: Person, text: Text, edition: Edition, content_text: str, organisation: Organisation | None
) -> Item:
    kind = load_library_kinds()[text.form]
    words: dict[str, Any] = {
        "language": text.language,
        "countries": text.countries,
        get_first_form_field(kind): content_text,
    }
    item = share_item(
        actor=actor,
        coalition=text.coalition,
        kind=kind,
        title=text.title,
        summary=text.summary,
        organisation=organisation,
        areas=list(text.areas.all()),
        readers=RecordReaders(label=text.label),
        details=build_issue_details(text, edition, kind),
        **words,
    )
    copy_record_audience(text, item)
    get_or_create_link(item, text, Link.Relation.BEGAN_AS)
    return publish_item(actor=actor, item=item)


def _update_library_item(actor: Person, text: Text, edition: Edition, item: Item, content_text: str) -> Item:
    """Whoever publishes the text may not have written the item: the policy of the text stands for both."""
    item.coalition = text.coalition
    changes: dict[str, Any] = {
        "summary": text.summary,
        get_first_form_field(item.kind): content_text,
        "title": text.title,
    }
    changes["label"] = text.label
    changes["details"] = {**item.details, **build_issue_details(text, edition, item.kind)}
    if edition.errata:
        new_in = f"{edition.number}: {edition.errata}"
        changes["what_changed"] = "\n\n".join(part for part in (item.what_changed, new_in) if part)
    changed = change_record(actor=actor, record=item, changes=changes, from_version=item.version, is_trusted=True)
    copy_record_audience(text, changed)
    limit_readers_to_original(actor=actor, record=changed, original_record=text)
    if reasons := get_review_reasons(changed):
        raise ReviewRequiredError(" ".join(reasons))
    return publish_record(actor=actor, record=changed, is_trusted=True)
