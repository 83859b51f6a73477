"""Which proposed wordings stand in a revision, so that those who proposed them are credited for them and for no others.

The answer to an input says what a drafter intended; the text says what became of it. A wording that was accepted and
overwritten later, or that no drafter ever wrote, is not in the text, and its author is not named for it.
"""

from collections import defaultdict

from django.db.models import F, Q

from jukwaa.core.diff import split_words
from jukwaa.drafting.models import Input, Lineage, Placement, Revision, Text

WORDS_PER_COMPARED_RUN = 3  # words: shorter runs stand in texts that have nothing to do with each other
# What has to stand of the runs that a proposal brings. Less is a coincidence; all of them would take the credit from
# somebody whose sentence stands, because of a comma that was corrected after it.
REQUIRED_WORD_SHARE_BY_ANSWER: dict[str, float] = {Input.Answer.ACCEPTED: 1 / 2, Input.Answer.IN_PART: 1 / 4}


def contains_proposed_wording(
    *, body_before: str, proposed_wording: str, clause_body: str, own_word_share: float
) -> bool:
    """Return whether a clause that reads `clause_body` holds what a proposal for `body_before` brings.

    That is the whole proposal, or `own_word_share` of the runs of three words that it has and the clause did not have.
    """
    wanted, had, there = (split_words(text.casefold()) for text in (proposed_wording, body_before, clause_body))
    if _contains_token_sequence(wanted, there):
        return not _contains_token_sequence(wanted, had) or proposed_wording.split() == clause_body.split()
    brought = _get_word_sequences(wanted) - _get_word_sequences(had)
    return bool(brought) and len(brought & _get_word_sequences(there)) >= own_word_share * len(brought)


def find_included_proposals(text: Text, revision: Revision) -> list[Input]:
    """Return the proposals that were accepted and whose wording stands in this revision, in the order of their arrival.

    An answer that is changed after the revision takes no credit away: what was published stays as it was.
    """
    accepted = Q(disposition__in=list(REQUIRED_WORD_SHARE_BY_ANSWER)) | Q(credited_in__number__lte=revision.number)
    proposals = Input.objects.filter(accepted, text=text.pk, kind=Input.Kind.PROPOSAL, hidden_at__isnull=True)
    earlier = proposals.filter(revision__number__lt=revision.number)
    return _filter_included_proposals(
        text, revision, list(earlier.select_related("wording", "capacity").order_by("pk"))
    )


def credit_accepted_inputs(text: Text, revision: Revision) -> None:
    """Credit those whose input was taken up since the revision before with this one. Part of a larger action.

    A proposal is taken up when its wording stands in the text; a comment, when it was accepted and its clause does not
    read as it did. A comment brings no wording, so that no edition names its author for one.
    """
    accepted = Input.objects.filter(
        text=text.pk, disposition__in=list(REQUIRED_WORD_SHARE_BY_ANSWER), hidden_at__isnull=True
    )
    waiting = accepted.filter(credited_in__isnull=True).select_related("wording").order_by("pk")
    proposals = _filter_included_proposals(text, revision, list(waiting.filter(kind=Input.Kind.PROPOSAL)))
    unchanged = Placement.objects.at(text, revision.step).order_by().values("clause", "wording")
    as_before = set(unchanged.values_list("clause", "wording"))
    others = waiting.exclude(kind=Input.Kind.PROPOSAL)
    taken_up = [given.pk for given in others if (given.clause_id, given.wording_id) not in as_before]
    numbers = [given.pk for given in proposals] + taken_up
    Input.objects.filter(pk__in=numbers).update(credited_in=revision)


def _filter_included_proposals(text: Text, revision: Revision, proposed_inputs: list[Input]) -> list[Input]:
    if not proposed_inputs:
        return []
    bodies = dict(Placement.objects.at(text, revision.step).values_list("clause", "wording__body").order_by())
    descendants = _load_descendant_clauses(text)
    return [given for given in proposed_inputs if _is_proposal_included(given, bodies, descendants)]


def _is_proposal_included(
    given_input: Input, bodies_by_clause: dict[int, str], descendant_clauses: dict[int, set[int]]
) -> bool:
    """In its clause, or in one that was split off it, or that it was joined to."""
    if given_input.clause_id is None or given_input.wording is None:
        return False
    found = (
        bodies_by_clause.get(clause, "")
        for clause in _collect_descendant_clauses(given_input.clause_id, descendant_clauses)
    )
    share = REQUIRED_WORD_SHARE_BY_ANSWER.get(
        given_input.disposition, REQUIRED_WORD_SHARE_BY_ANSWER[Input.Answer.ACCEPTED]
    )
    before, proposed = given_input.wording.body, given_input.proposed
    return any(
        contains_proposed_wording(body_before=before, proposed_wording=proposed, clause_body=body, own_word_share=share)
        for body in found
    )


def _load_descendant_clauses(text: Text) -> dict[int, set[int]]:
    within = Lineage.objects.filter(Q(clause__text=text.pk), origin__text=F("clause__text"))
    descendants: dict[int, set[int]] = defaultdict(set)
    for origin, clause in within.values_list("origin", "clause"):
        descendants[origin].add(clause)
    return descendants


def _collect_descendant_clauses(clause: int, descendant_clauses: dict[int, set[int]]) -> set[int]:
    found, waiting = {clause}, [clause]
    while waiting:
        new = descendant_clauses.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return found


def _get_word_sequences(word_tokens: list[str]) -> set[tuple[str, ...]]:
    return {
        tuple(word_tokens[at : at + WORDS_PER_COMPARED_RUN])
        for at in range(len(word_tokens) - WORDS_PER_COMPARED_RUN + 1)
    }


def _contains_token_sequence(token_run: list[str], all_tokens: list[str]) -> bool:
    size = len(token_run)
    return bool(token_run) and any(all_tokens[at : at + size] == token_run for at in range(len(all_tokens) - size + 1))
