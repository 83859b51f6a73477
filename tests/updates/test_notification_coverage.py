"""Whoever adds an activity decides whether somebody is told of it; and emails know no feature."""

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

from jukwaa.library.schema import kinds
from jukwaa.records.kinds import list_record_kinds
from jukwaa.updates.registries import notifications

CODE_FOLDER = Path(apps.get_app_config("updates").path).parent
APPS_BELOW_UPDATES = (
    "accounts",
    "coalitions",
    "mail",
    "records",
    "search",
)  # what is told of these is registered in updates
NOTIFYING_APPS = "updates"
VERB_PARAMETERS = {"verb", "activity_verb"}
# Verbs of activities that nobody is told of by email, by app, with the reason.
ACTIVITIES_WITHOUT_NOTIFICATION = {
    "it is entered or set up by those who run the coalition, who see it where they do it": {
        "coalitions": "added added-scheme brought changed dated deleted enrolled founded imported kept-apart left-out "
        "listed mapped mended merged named reinstated removed renamed undid unlisted",
        "events": "added changed removed set-dates",
        "eligibility": "added answered asked-for-check changed imported logged removed submitted",
        "proposals": "changed-secretariat imported-sessions removed-call removed-sessions saved-call saved-settings",
        "updates": "approved-emails deleted invited-people let-mail-go released-mail reminded-people threw-mail-away "
        "wrote",
    },
    "it is work in progress, which those who work on it see on its page": {
        "cooperation": "began changed changed-contact gave removed said-whose",
        "drafting": "added changed cited clarified composed defined dropped invited-drafter kept merged moved put-back "
        "removed returned set-rules split wrote",
        "intake": "brought changed chose-meeting closed-list decided entered gave-up hid marked-part named opened "
        "opened-list opened-posts rejoined showed split took-up undone unmarked-part",
        "library": "added-link collected ordered removed-link submitted took-out",
        "meetings": "added-erratum added-part answered-poll assigned-person changed-agenda chose-item "
        "closed-poll imported marked-agenda placed-under-rule recorded-attendance related removed-attendance replied "
        "sent-agenda set-quorum sourced started-minutes stopped submitted took-line",
        "proposals": "added-participant answered approved-message became-meeting cancelled-review "
        "changed-draft changed-participant closed-deadline confirmed-deadline discarded-draft invited-participant "
        "joined moved-message recorded-outcome removed-participant sent-message set-deadline "
        "settled-problem shared-message stopped-sharing-message submitted wrote wrote-draft",
        "plans": "assessed carried-over changed changed-part closed opened set-baseline tied took-up untied",
        "records": "attached began linked-* removed",
        "regions": "added changed-event finished noted offered shaped took-off wrote",
    },
    "it stands on the page of its record, and in the digest of whoever follows that": {
        "cooperation": "closed confirmed consented dropped ended reported signed told",
        "drafting": "closed published took-position",
        "events": "told",
        "eligibility": "edited restored",
        "library": "accepted changed-readers confirmed-translation",
        "meetings": "carried-forward changed-due-date closed confirmed-owner edited progress-* recorded-dissent "
        "removed-dissent response-* sent-update supported took-over updated-decision",
        "records": "edited",
        "regions": "answered asked confirmed confirmed-translation delivered",
    },
    "the person who asked is told at once, whatever else they chose": {"privacy": "declined granted"},
    "it was taken back, hidden or erased: an email would spread it further": {
        "coalitions": "withdrew",
        "cooperation": "took-back-consent",
        "drafting": "hid took-back",
        "eligibility": "unpublished",
        "events": "took-back",
        "library": "took-back",
        "meetings": "purged removed-update took-back-support unpublished",
        "plans": "consented deleted left withdrew-consent",
        "privacy": "withdrew",
        "proposals": "removed-message",
        "records": "hid purged purged-versions redacted released unhid",
        "regions": "took-back",
    },
    "nothing that people are told has changed": {"privacy": "reworded"},
    "one email tells of all meetings of the series that changed": {
        "meetings": "cancelled-with-series changed-with-series"
    },
    "it is about somebody who is no member yet: only whoever introduces them sees it": {
        "regions": "closed erased erased-at-their-wish forgotten handed-over knows-somebody reminded said-not-now sent",
    },
}

# Where several kinds of an app share a verb: those of which somebody is told.
SHARED_VERBS = {
    ("cooperation", "asked"): {"enquiry", "match"},
    ("drafting", "opened"): {"call", "consultation"},
    ("library", "changed"): {kind.name for kind in kinds()},
    ("library", "restored"): {kind.name for kind in kinds()},
    ("meetings", "declined"): {"idea", "mergerequest"},
    ("meetings", "published"): {"commitment", "idea", "meeting", "report"},
}


def list_activities_without_notification(app_label):
    return {verb for by_app in ACTIVITIES_WITHOUT_NOTIFICATION.values() for verb in by_app.get(app_label, "").split()}


def list_notified_activities(app_label):
    """The verbs that the modules of an app have registered."""
    return {verb for (_kind, verb), tell in notifications.items() if tell.__module__.split(".")[1] == app_label}


def list_notified_kinds():
    """By app and verb: the kinds that are told."""
    found = defaultdict(set)
    for (kind, verb), tell in notifications.items():
        found[tell.__module__.split(".")[1], verb].add(kind)
    return found


def list_verbs_notified_anywhere():
    return {verb for _kind, verb in notifications}


def list_string_literals(ast_node):
    """The words that an expression can be; of a word with a variable, what it begins with."""
    match ast_node:
        case ast.Constant(value=str(word)):
            yield word
        case ast.IfExp():
            yield from list_string_literals(ast_node.body)
            yield from list_string_literals(ast_node.orelse)
        case ast.JoinedStr(values=[ast.Constant(value=word), *_]):
            yield f"{word}*"


def find_verb_parameter_positions(syntax_trees):
    """Of each function with a parameter for the verb, at which place it stands."""
    functions = (node for tree in syntax_trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return {
        function.name: place
        for function in functions
        for place, arg in enumerate(function.args.args)
        if arg.arg in VERB_PARAMETERS
    }


def list_recorded_verbs(syntax_trees):
    places = find_verb_parameter_positions(syntax_trees)
    for node in (node for tree in syntax_trees for node in ast.walk(tree)):
        match node:
            case ast.Assign(targets=[ast.Name(id="verb" | "activity_verb")]):
                yield from list_string_literals(node.value)
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name not in {"Q", "filter"}:
                given = [keyword.value for keyword in node.keywords if keyword.arg in VERB_PARAMETERS]
                place = places.get(name, len(node.args))
                for value in (*given, *node.args[place : place + 1]):
                    yield from list_string_literals(value)
            case ast.arguments():
                pairs = zip(node.kwonlyargs, node.kw_defaults, strict=True)
                for value in (default for arg, default in pairs if arg.arg in VERB_PARAMETERS and default):
                    yield from list_string_literals(value)


def list_app_names():
    return sorted(path.name for path in CODE_FOLDER.iterdir() if (path / "apps.py").exists())


@cache
def list_recorded_verbs_by_app():
    """By app: the verbs of all activities that its actions note."""
    verbs = {}
    for app in list_app_names():
        files = [path for path in (CODE_FOLDER / app).rglob("*.py") if "migrations" not in path.parts]
        verbs[app] = set(list_recorded_verbs([ast.parse(path.read_text()) for path in files]))
    return verbs


def list_notified_verbs(app_label):
    """What records note, such as `published`, is told by whichever app has the kind."""
    return (
        list_verbs_notified_anywhere()
        if app_label == "records"
        else list_notified_activities(NOTIFYING_APPS if app_label in APPS_BELOW_UPDATES else app_label)
    )


@pytest.mark.parametrize("app_label", list_app_names())
def test_every_activity_has_notification_or_is_exempt(app_label):
    assert list_recorded_verbs_by_app()[app_label] - list_notified_verbs(
        app_label
    ) == list_activities_without_notification(app_label)


def test_each_kind_sharing_verb_has_notification():
    assert {
        key: found for key, found in list_notified_kinds().items() if len(found) > 1 or key in SHARED_VERBS
    } == SHARED_VERBS


def test_each_registered_notification_matches_a_recorded_activity():
    known = {model._meta.model_name for model in apps.get_models()} | {kind.name for kind in list_record_kinds()}
    verbs = set().union(*list_recorded_verbs_by_app().values())

    assert [key for key in notifications if key[0] not in known or key[1] not in verbs] == []
