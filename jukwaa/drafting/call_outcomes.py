"""What features do once the outcome of a call is declared, by the form of its text: see `call_outcomes.py` there."""

from collections.abc import Callable

from jukwaa.accounts.models import Person
from jukwaa.core.registry import Registry
from jukwaa.drafting.models import Call

type OutcomeHandler = Callable[[Person, Call], None]  # in the transaction of the declaration

call_outcome_registry: Registry[str, OutcomeHandler] = Registry("outcomes of calls")


def apply_call_outcome(actor: Person, call: Call) -> None:
    if (after := call_outcome_registry.get(call.text.form)) is not None:
        after(actor, call)
