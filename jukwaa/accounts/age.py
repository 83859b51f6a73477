"""Ask each account once whether its owner is 18 or older, before anything they write can become public.

Only the time of the answer is kept. Whatever was submitted is carried along by the page that asks, except for files,
which no browser sends a second time: they have to be chosen again.
"""

from django import forms
from django.http import HttpRequest, HttpResponse

from jukwaa.accounts import rate_limits
from jukwaa.accounts.forms import AgeForm
from jukwaa.accounts.minors import answer_age, needs_age_answer
from jukwaa.accounts.models import Person
from jukwaa.core.http import render_page
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.submissions import has_words

ASKED_FIELD = f"{AgeForm.prefix}-asked"
CHANGED_FIELDS = ("is_minor", "name_is_public", "adult_contact", "adult_confirmed_at", "guardian_agreed_at")


class AgeQuestion:
    """Asks each account once; see `core/first_question.py`."""

    def save_answer(self, request: HttpRequest) -> HttpResponse | None:
        person = _get_person_without_answer(request)
        if person is None or ASKED_FIELD not in request.POST:
            return None
        form = AgeForm(request.POST)
        if not form.is_valid():
            return _render_question(request, form, status=422)
        answer = form.answer()
        try:
            if not answer["is_adult"]:
                rate_limits.count_attempt(rate_limits.ADULT_CONTACTS_LIMIT, str(person.pk))
            answer_age(person=person, **answer)
        except ActionRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return _render_question(request, form, status=422)
        person.refresh_from_db(fields=CHANGED_FIELDS)
        return None

    def ask(self, request: HttpRequest, form: forms.BaseForm | None) -> HttpResponse | None:
        is_asked = form is None or (getattr(form, "asks_age", True) and has_words(request, form))
        if _get_person_without_answer(request) is None or not is_asked:
            return None
        return _render_question(request, AgeForm())


def _get_person_without_answer(request: HttpRequest) -> Person | None:
    person = getattr(request, "user", None)
    return person if isinstance(person, Person) and needs_age_answer(person) else None


def _render_question(request: HttpRequest, form: AgeForm, status: int = 200) -> HttpResponse:
    own = tuple(form.add_prefix(name) for name in form.fields)
    carried = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in own and name != "csrfmiddlewaretoken"
        for value in values
    ]
    context = {"form": form, "carried": carried, "has_files": bool(request.FILES), "target": request.get_full_path()}
    response = render_page(request, "accounts/age.html", context, status=status)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = (
        "body",
        "innerHTML",
    )  # a page, whatever was asked for
    return response
