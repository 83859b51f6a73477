"""What is different in a call from the one before it. Pure: messages are templates, as those of checks are."""

from collections.abc import Iterator

from jukwaa.core.rule_checks import RuleMessage, gettext_noop
from jukwaa.proposals.call import CallField, CallForProposals


def describe_call_changes(call: CallForProposals, previous_call: CallForProposals) -> list[RuleMessage]:
    """Return what was added, removed or changed: fields, rules and themes."""
    return [
        *_compare_call_fields(call, previous_call),
        *_compare_call_rules(call, previous_call),
        *_compare_call_themes(call, previous_call),
    ]


def _compare_call_fields(call: CallForProposals, previous_call: CallForProposals) -> Iterator[RuleMessage]:
    earlier = {field.name: field for field in previous_call.fields}
    for field in call.fields:
        old = earlier.pop(field.name, None)
        if old is None:
            yield RuleMessage(gettext_noop("New field: %(label)s"), {"label": field.label})
        else:
            yield from _compare_call_field(field, old)
    for field in earlier.values():
        yield RuleMessage(gettext_noop("Field removed: %(label)s"), {"label": field.label})


def _compare_call_field(call_field: CallField, previous_field: CallField) -> Iterator[RuleMessage]:
    if call_field.label != previous_field.label:
        values = {"old": previous_field.label, "new": call_field.label}
        yield RuleMessage(gettext_noop("Field renamed: “%(old)s” is now “%(new)s”"), values)
    if (call_field.min, call_field.max, call_field.unit) != (
        previous_field.min,
        previous_field.max,
        previous_field.unit,
    ):
        yield RuleMessage(gettext_noop("Limit changed: %(label)s"), {"label": call_field.label})
    if call_field.mark != previous_field.mark:
        yield RuleMessage(gettext_noop("Requirement changed: %(label)s"), {"label": call_field.label})
    if call_field.type != previous_field.type:
        yield RuleMessage(gettext_noop("Field type changed: %(label)s"), {"label": call_field.label})


def _compare_call_rules(call: CallForProposals, previous_call: CallForProposals) -> Iterator[RuleMessage]:
    earlier = {rule.name: rule for rule in previous_call.rules}
    for rule in call.rules:
        old = earlier.pop(rule.name, None)
        if old is None:
            yield RuleMessage(gettext_noop("New rule: %(text)s"), {"text": rule.text})
        elif (rule.text, rule.parameters) != (old.text, old.parameters):
            yield RuleMessage(gettext_noop("Rule changed: %(text)s"), {"text": rule.text})
    for rule in earlier.values():
        yield RuleMessage(gettext_noop("Rule removed: %(text)s"), {"text": rule.text})


def _compare_call_themes(call: CallForProposals, previous_call: CallForProposals) -> Iterator[RuleMessage]:
    if call.themes and previous_call.themes and call.themes != previous_call.themes:
        yield RuleMessage(gettext_noop("The themes have changed."))
