"""A text of two clauses, what is said about it, and how that is answered."""

from collections.abc import Callable

from django.urls import reverse

from jukwaa.drafting import actions
from jukwaa.drafting.actions import ClauseDraft, InputAnswer, InputContent
from jukwaa.drafting.models import Clause, Input, Placement, Text

ONE, TWO = "Each provider names a contact.", "A report is answered within three working days."
FASTER_WORDING = "A report is answered within one working day."


def create_two_clause_text(coalition, member) -> Text:
    """Open, with a revision that was named."""
    beginning = actions.TextStart([ClauseDraft(ONE), ClauseDraft(TWO)])
    text = actions.begin_text(actor=member, coalition=coalition, title="A text", form="guideline", beginning=beginning)
    actions.open_text_to_readers(actor=member, text=text)
    actions.create_named_revision(actor=member, text=text)
    return Text.objects.get(pk=text.pk)


def make_input_giver(consultation, person) -> Callable[..., Input]:
    """Gives an input as this person, at the second clause unless told otherwise."""

    def give_text_input(body="Why so slow?", number=2, actor=person, **said) -> Input:
        clause = Clause.objects.get(text=consultation.text, number=number) if number else None
        return actions.give_consultation_input(
            actor=actor, consultation=consultation, said=InputContent(body=body, clause=clause, **said)
        )

    return give_text_input


def answer_text_input(text_input, actor, disposition="noted", reason="We know.", **more):
    return actions.answer_input(
        actor=actor, given_input=text_input, input_answer=InputAnswer(answer=disposition, reason=reason, **more)
    )


def get_clause_body(text, clause_number=2):
    return Placement.objects.now(text).get(clause__number=clause_number).wording.body


def rewrite_clause_body(text, actor, clause_body, clause_number=2):
    here = Placement.objects.now(text).get(clause__number=clause_number)
    return actions.write_clause_body(
        actor=actor, clause=here.clause, clause_body=clause_body, from_digest=here.wording.digest
    )


def list_input_dispositions(text_input):
    return list(text_input.dispositions.values_list("answer", "reason"))


def get_text_url(route_name, text, **more):
    return reverse(f"drafting:{route_name}", kwargs={"coalition": text.coalition.slug, "pk": text.pk} | more)


def get_input_url(route_name, text_input):
    return reverse(f"drafting:{route_name}", args=[text_input.text.coalition.slug, text_input.pk])
