"""Who may do what about personal data. Everyone may ask for a correction, and read the notices."""

from collections.abc import Iterable

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.places.text_folding import fold_text
from jukwaa.privacy.models import DataRequest
from jukwaa.records.policies import can_read_with_dependents, can_redact_record
from jukwaa.records.redaction import NameRedactor

MIN_REMOVABLE_NAME_LENGTH = 2  # letters of a part of the name
MIN_REMOVABLE_WORD_LENGTH = 3  # of a word of the name by which another form of it is recognised
MAX_ADDED_NAME_LENGTH = 40  # characters that another form has more at most, so that it is a name and no sentence


def can_answer_request(viewer: ViewerContext, request: DataRequest) -> bool:
    """Nobody decides on a request of their own."""
    standing = viewer.standing(request)
    decides = standing.is_coordinator or standing.is_safeguarding_lead
    return decides and not viewer.is_person(request.requester_id)


def can_remove_name(viewer: ViewerContext, request: DataRequest) -> bool:
    return can_answer_request(viewer, request) and (request.record is None or can_redact_record(viewer, request.record))


def can_locate_name(viewer: ViewerContext, request: DataRequest) -> bool:
    """Whether they may be told in which places of the record the name stands, or if it stands there at all."""
    return request.record is not None and can_read_with_dependents(viewer, request.record)


def find_removable_names(viewer: ViewerContext, request: DataRequest, person_names: Iterable[str]) -> list[str]:
    """Return those of the names that are forms of the name in the request.

    In a record that they can't read, that name alone: whether its parts or other words stand there is not theirs to
    know.
    """
    asked = fold_text(request.name)
    forms = [(name, fold_text(name)) for name in person_names]
    if not can_locate_name(viewer, request):
        return [name for name, form in forms if form == asked]
    words = NameRedactor(word for word in asked.split() if len(word) >= MIN_REMOVABLE_WORD_LENGTH)
    return [name for name, form in forms if _is_part_of_name(form, asked) or _is_variant_of_name(form, asked, words)]


def _is_part_of_name(form: str, requested_name: str) -> bool:
    return len(form) >= MIN_REMOVABLE_NAME_LENGTH and NameRedactor([form]).matches(requested_name)


def _is_variant_of_name(form: str, requested_name: str, words: NameRedactor) -> bool:
    return len(form) <= len(requested_name) + MAX_ADDED_NAME_LENGTH and words.matches(form)


def can_see_requests(viewer: ViewerContext, coalition: Coalition) -> bool:
    standing = viewer.standing(coalition)
    return standing.is_coordinator or standing.is_safeguarding_lead


def can_withdraw_request(viewer: ViewerContext, request: DataRequest) -> bool:
    return viewer.is_person(request.requester_id)


def can_edit_notices(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator


def can_read_papers(viewer: ViewerContext, coalition: Coalition) -> bool:
    return viewer.standing(coalition).is_coordinator
