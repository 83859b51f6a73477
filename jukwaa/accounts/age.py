"""Ask each account once for a name and whether its owner is 18 or older, before anything they write can be read.

Of the age, only the time of the answer is kept. Whatever was submitted is carried along by the page that asks.
"""

from collections.abc import Iterable, Iterator

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict

from jukwaa.accounts import rate_limits
from jukwaa.accounts.actions import update_settings
from jukwaa.accounts.forms import AgeForm
from jukwaa.accounts.minors import answer_age_question, needs_age_answer
from jukwaa.accounts.models import Person
from jukwaa.core.http import render_page
from jukwaa.core.kept_files import KEPT_FILE_SUFFIX, get_file_fields, keep_submitted_files
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.submissions import has_submitted_words
from jukwaa.core.transactions import atomic_with_retry

AGE_ASKED_FIELD, NAME_FIELD = f"{AgeForm.prefix}-asked", f"{AgeForm.prefix}-own_name"
AGE_ANSWER_FIELDS = ("name", "is_minor", "name_is_public", "adult_contact", "adult_confirmed_at", "guardian_agreed_at")


class AgeQuestion:
    """Asks each account once; see `core/first_question.py`."""

    def save_initial_answer(self, request: HttpRequest) -> HttpResponse | None:
        person = _get_current_person(request)
        if person is None or AGE_ASKED_FIELD not in request.POST or not is_introduction_missing(person):
            return None
        form = build_age_form(person, request.POST, asks_name=NAME_FIELD in request.POST)
        if not form.is_valid():
            return _render_age_question(request, form, http_status=422)
        try:
            if form.cleaned_data.get("is_adult") == "no":
                rate_limits.count_attempt(rate_limits.ADULT_CONTACTS_LIMIT, str(person.pk))
            _save_age_answer(person, form)
        except ActionRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return _render_age_question(request, form, http_status=422)
        person.refresh_from_db(fields=AGE_ANSWER_FIELDS)
        return None

    def ask(self, request: HttpRequest, form: forms.BaseForm | None) -> HttpResponse | None:
        person = _get_current_person(request)
        if person is None or not _is_age_or_name_missing(request, person, form):
            return None
        if form is not None:
            keep_submitted_files(request, form)
        kept = [] if form is None else list(_iter_stored_file_fields(form))
        asks_name = not _form_gives_person_name(request, form)
        return _render_age_question(request, build_age_form(person, asks_name=asks_name), kept)


def is_missing_name(person: Person) -> bool:
    """Whether to ask this person for a name: nothing is written, claimed or sent by "a person"."""
    return not person.name.strip()


def is_introduction_missing(person: Person) -> bool:
    """Whether this person still has to give a name or answer the question on age."""
    return is_missing_name(person) or needs_age_answer(person)


def _is_age_or_name_missing(request: HttpRequest, person: Person, form: forms.BaseForm | None) -> bool:
    is_public = form is None or (getattr(form, "asks_age", True) and has_submitted_words(request, form))
    is_named = is_public or getattr(form, "requires_name", False) or _has_capacity_field(form)
    lacks_name = is_named and is_missing_name(person) and not _form_gives_person_name(request, form)
    return (is_public and needs_age_answer(person)) or lacks_name


def _has_capacity_field(form: forms.BaseForm | None) -> bool:
    """Whether people say in it for whom they act: others see their name beside it, even where there are no words."""
    return "capacity" in getattr(form, "base_fields", {})


def _form_gives_person_name(request: HttpRequest, form: forms.BaseForm | None) -> bool:
    """Whether the form itself asks people for their own name, and got it."""
    field = getattr(form, "own_name_field", "")
    return bool(form is not None and field and request.POST.get(form.add_prefix(field), "").strip())


def build_age_form(person: Person, post_data: QueryDict | None = None, *, asks_name: bool = True) -> AgeForm:
    """Return the form with the questions that this person has not answered."""
    return AgeForm(post_data, asks_name=asks_name and is_missing_name(person), asks_age=needs_age_answer(person))


@atomic_with_retry
def _save_age_answer(person: Person, form: AgeForm) -> None:
    if "own_name" in form.fields:
        update_settings(person=person, changes={"name": form.cleaned_data["own_name"]})
    if "is_adult" in form.fields:
        answer_age_question(person=person, **form.answer())


def _iter_stored_file_fields(form: forms.BaseForm) -> Iterator[tuple[str, str]]:
    """The fields by which the form gets its files back."""
    for _name, key, field in get_file_fields(form):
        for row in getattr(field, "kept_files", ()):
            yield f"{key}-{KEPT_FILE_SUFFIX}", str(row.key)


def _get_current_person(request: HttpRequest) -> Person | None:
    person = getattr(request, "user", None)
    return person if isinstance(person, Person) else None


def _render_age_question(
    request: HttpRequest, form: AgeForm, carried_fields: Iterable[tuple[str, str]] = (), http_status: int = 200
) -> HttpResponse:
    """`carried_fields` are fields that name the files of the form; those that were named before are carried along."""
    own = {AgeForm.prefix + "-" + name for name in AgeForm.base_fields}
    carried = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in own and name != "csrfmiddlewaretoken"
        for value in values
    ]
    carried += [pair for pair in carried_fields if pair not in carried]
    context = {
        "form": form,
        "carried": carried,
        "has_lost_files": bool(request.FILES) and not carried_fields,
        "target": request.get_full_path(),
    }
    response = render_page(request, "accounts/age.html", context, status=http_status)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = (
        "body",
        "innerHTML",
    )  # a page, whatever was asked for
    return response
