"""What is different in a call from the one before it. Pure: messages are templates, as those of checks are."""

from collections.abc import Iterator

from jukwaa.core.rule_checks import Message, gettext_noop
from jukwaa.proposals.call import CallField, CallForProposals


def describe_call_changes(call: CallForProposals, before: CallForProposals) -> list[Message]:
    """Return what was added, removed or changed: fields, rules and themes."""
    return [
        *_compare_call_fields(call, before),
        *_compare_call_rules(call, before),
        *_compare_call_themes(call, before),
    ]


def _compare_call_fields(call: CallForProposals, before: CallForProposals) -> Iterator[Message]:
    earlier = {field.name: field for field in before.fields}
    for field in call.fields:
        old = earlier.pop(field.name, None)
        if old is None:
            yield Message(gettext_noop("New field: %(label)s"), {"label": field.label})
        else:
            yield from _compare_call_field(field, old)
    for field in earlier.values():
        yield Message(gettext_noop("Field removed: %(label)s"), {"label": field.label})


def _compare_call_field(field: CallField, old: CallField) -> Iterator[Message]:
    if field.label != old.label:
        values = {"old": old.label, "new": field.label}
        yield Message(gettext_noop("Field renamed: “%(old)s” is now “%(new)s”"), values)
    if (field.min, field.max, field.unit) != (old.min, old.max, old.unit):
        yield Message(gettext_noop("Limit changed: %(label)s"), {"label": field.label})
    if field.mark != old.mark:
        yield Message(gettext_noop("Requirement changed: %(label)s"), {"label": field.label})
    if field.type != old.type:
        yield Message(gettext_noop("Type of field changed: %(label)s"), {"label": field.label})


def _compare_call_rules(call: CallForProposals, before: CallForProposals) -> Iterator[Message]:
    earlier = {rule.name: rule for rule in before.rules}
    for rule in call.rules:
        old = earlier.pop(rule.name, None)
        if old is None:
            yield Message(gettext_noop("New rule: %(text)s"), {"text": rule.text})
        elif (rule.text, rule.parameters) != (old.text, old.parameters):
            yield Message(gettext_noop("Rule changed: %(text)s"), {"text": rule.text})
    for rule in earlier.values():
        yield Message(gettext_noop("Rule removed: %(text)s"), {"text": rule.text})


def _compare_call_themes(call: CallForProposals, before: CallForProposals) -> Iterator[Message]:
    if call.themes and before.themes and call.themes != before.themes:
        yield Message(gettext_noop("The themes have changed."))
