"""What comes back in Word: kept until somebody has looked at it, then entered as a whole or not at all."""

import hashlib
import uuid
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.capacities import create_capacity_from_source
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.documents.incoming import DEFAULT_FILE_LIMITS, FileLimits, FileRefused, detect_file_kind
from jukwaa.core.documents.incoming.blocks import MAX_DOCUMENT_BLOCKS
from jukwaa.core.documents.sandbox import run_document_child
from jukwaa.core.documents.slots import acquire_reading_slot
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row, lock_rows
from jukwaa.core.uploads import clean_filename
from jukwaa.drafting import policies
from jukwaa.drafting.actions.inputs import InputContent, give_consultation_input, log_input
from jukwaa.drafting.models import Consultation, Input, Placement, Returned, Revision
from jukwaa.drafting.models.returned import its_end
from jukwaa.drafting.returned_word_file import MAX_FILE_FINDINGS, FileFindings, OriginalClause, analyze_returned_file
from jukwaa.drafting.word_export import BOOKMARK_PREFIX, get_revision_digest

RETURNED_FILE_FORMATS = frozenset({"docx"})


@dataclass(frozen=True)
class ReturnedFile:
    """A file that came back, read: from which revision it was made, and what it says."""

    name: str
    digest: str
    revision: Revision
    ours: bool
    said: FileFindings

    @property
    def joined_people_names(self) -> str:
        return "\n\n".join(f"{finding.body}\n{finding.proposed}" for finding in self.said.findings)


def read_returned_file(
    *,
    consultation: Consultation,
    file_name: str,
    file_data: bytes,
    with_names: bool,
    file_limits: FileLimits = DEFAULT_FILE_LIMITS,
) -> ReturnedFile:
    """Read a file, in a process of its own. Raises FileRefused and ActionRefused, each with a sentence."""
    with acquire_reading_slot():
        detect_file_kind(file_data, file_name, allowed_kinds=RETURNED_FILE_FORMATS, file_limits=file_limits)
        answer = run_document_child("returned", file_data, file_limits=file_limits, options={"mark": BOOKMARK_PREFIX})
    if len(answer["blocks"]) > MAX_DOCUMENT_BLOCKS:
        raise FileRefused("many_parts", limit=MAX_DOCUMENT_BLOCKS)
    revision, ours = _get_source_revision(consultation, answer["properties"])
    placements = Placement.objects.at(consultation.text, revision.step)
    clauses = [OriginalClause(p.clause.number, p.kind, p.wording.body, p.clause.own_number) for p in placements]
    said = analyze_returned_file(answer, clauses, is_our_file=ours, with_names=with_names)
    if not said.found:
        raise ActionRefused(
            _("Check that you chose the right file. It does not contain the text of this consultation.")
        )
    if not said.findings:
        raise ActionRefused(_("Check that you chose the file with your changes. This file has no changes or comments."))
    if len(said.findings) > MAX_FILE_FINDINGS:
        raise ActionRefused(
            _("Return your changes in several files. This file has more than %(most)s changes and comments.")
            % {"most": MAX_FILE_FINDINGS}
        )
    return ReturnedFile(clean_filename(file_name)[:200], hashlib.sha256(file_data).hexdigest(), revision, ours, said)


@action
def save_returned_file(
    *,
    actor: Person,
    consultation: Consultation,
    returned_file: ReturnedFile,
    organisation: Organisation | None = None,
    said_by: str = "",
) -> Returned:
    """Keep what was found in a file until it is entered, for two weeks. The same file again takes the place of itself.

    One that has been entered is returned as it is. `said_by` is whom a drafter logs it for. Raises PermissionDenied.
    """
    if not (said_by or policies.can_give_input(ViewerContext(actor), consultation)):
        raise PermissionDenied(
            _("Only people invited to this consultation can send inputs. Members can comment on the text.")
        )
    if said_by and not policies.can_draft_text(ViewerContext(actor), consultation.text):
        raise PermissionDenied(_("Only the drafters of the text can record inputs from other people."))
    lock_row(consultation)
    known = Returned.objects.filter(consultation=consultation, by=actor, digest=returned_file.digest)
    found = lock_rows(known).first()
    if found is not None and found.entered_at:
        return found
    returned = found or Returned(
        consultation=consultation, text=consultation.text, by=actor, digest=returned_file.digest
    )
    returned.revision, returned.file_name = returned_file.revision, returned_file.name
    returned.organisation, returned.said_by = organisation, said_by
    returned.findings = [asdict(finding) for finding in returned_file.said.findings]
    returned.facts = _build_returned_file_facts(returned_file)
    returned.expires_at = its_end()
    returned.save()
    record_activity(actor=actor, verb="kept", subject=returned, coalition=consultation.text.coalition)
    return returned


@action
def add_returned_inputs(*, actor: Person, returned_file: Returned, chosen_numbers: Collection[int]) -> list[Input]:
    """Make inputs of the findings that were chosen, by their places: all of them or none. Entered twice, it is once.

    Raises PermissionDenied, ConsultationClosed and ActionRefused.
    """
    lock_row(returned_file.consultation)
    current = lock_row(returned_file)
    if current.by_id != actor.pk:
        raise PermissionDenied
    tokens = [uuid.uuid5(current.token, str(place)) for place in sorted(set(chosen_numbers))]
    if current.entered_at:
        return list(Input.objects.filter(token__in=tokens))
    current.consultation, current.organisation = returned_file.consultation, returned_file.organisation
    inputs = _create_chosen_inputs(actor, current, sorted(set(chosen_numbers)))
    current.findings, current.entered_at = [], timezone.now()
    current.facts |= {"entered": len(inputs)}
    current.save(update_fields=["findings", "entered_at", "facts"])
    record_activity(actor=actor, verb="returned", subject=current, coalition=current.text.coalition)
    return inputs


@action
def delete_returned_file(*, actor: Person, returned_file: Returned) -> None:
    """Forget a file that was not entered. Raises PermissionDenied."""
    if returned_file.by_id != actor.pk or returned_file.entered_at:
        raise PermissionDenied
    record_activity(actor=actor, verb="dropped", subject=returned_file, coalition=returned_file.text.coalition)
    Returned.objects.filter(pk=returned_file.pk, entered_at__isnull=True).delete()


def _create_chosen_inputs(actor: Person, returned_file: Returned, chosen_places: list[int]) -> list[Input]:
    consultation, text = returned_file.consultation, returned_file.text
    clauses = {clause.number: clause for clause in text.clauses.all()}
    capacity = None
    if returned_file.said_by:
        capacity = create_capacity_from_source(
            coalition=text.coalition, person_name=returned_file.said_by, organisation=returned_file.organisation
        )
    inputs = []
    for place in chosen_places:
        if place not in range(len(returned_file.findings)):
            continue
        said = _build_input_content(returned_file, returned_file.findings[place], clauses)
        token = uuid.uuid5(returned_file.token, str(place))
        if capacity is not None:
            given = log_input(
                actor=actor, consultation=consultation, input_content=said, capacity=capacity, token=token
            )
        else:
            organisation = returned_file.organisation
            given = give_consultation_input(
                actor=actor, consultation=consultation, said=said, organisation=organisation, token=token
            )
        inputs.append(given)
    return inputs


def _build_input_content(
    returned_file: Returned, file_finding: dict[str, Any], clauses_by_number: dict[int, Any]
) -> InputContent:
    return InputContent(
        kind=file_finding["kind"],
        body=file_finding["body"],
        proposed=file_finding["proposed"],
        clause=clauses_by_number.get(file_finding["clause"]),
        exact=file_finding["exact"],
        came=Input.Came.WORD,
        revision=returned_file.revision,
    )


def _build_returned_file_facts(returned_file: ReturnedFile) -> dict[str, Any]:
    said = returned_file.said
    return {"ours": returned_file.ours, "marked": said.marked, "missing": said.missing, "untracked": said.untracked}


def _get_source_revision(consultation: Consultation, document_properties: dict[str, str]) -> tuple[Revision, bool]:
    """The revision that the file says it was made from, if it was made here; else the one that is asked about."""
    number = document_properties.get("jukwaa-revision", "")
    if number.isascii() and number.isdecimal() and len(number) < 8:  # noqa: PLR2004 - of a number of ours
        revision = consultation.text.revisions.filter(number=int(number)).first()
        if revision is not None:
            revision.text = consultation.text
            if get_revision_digest(revision) == document_properties.get("jukwaa-digest"):
                return revision, True
    return consultation.revision, False
