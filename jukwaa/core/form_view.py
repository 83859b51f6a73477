"""The one way to handle a form: show it, check safeguarding, validate, call one action, answer refusals, redirect."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from jukwaa.core import age_check_hook
from jukwaa.core.edit_conflicts import (
    EDIT_CONFLICT_TEMPLATE,
    HTTP_CONFLICT_STATUS,
    compare_form_fields,
    get_extra_post_values,
    update_hidden_fields,
)
from jukwaa.core.forms import Form
from jukwaa.core.http import get_previous_page_url, render_page
from jukwaa.core.kept_files import forget_kept_files, keep_submitted_files, restore_kept_files
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.submissions import check_file_texts, check_submission

HTTP_OK_STATUS = 200
HTTP_INVALID_FORM_STATUS = 422


class HasAbsoluteUrl(Protocol):
    def get_absolute_url(self) -> str: ...


type Target = str | HasAbsoluteUrl | HttpResponse
type Context = Mapping[str, Any] | Callable[[], Mapping[str, Any]]
type Values = dict[str, Any]


def get_form_data(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, for a form to be bound to; None if the page was only asked for."""
    return request.POST if request.method == "POST" else None


def form_view[R](
    request: HttpRequest,
    form: Form | None = None,
    *,
    action: Callable[[], R],
    redirect_to: Target | Callable[[R], Target],
    success_message: str | Callable[[R], str] = "",
    template: str = "",
    context: Context | None = None,
    makes_public: bool = False,
    confirm: Callable[[], HttpResponse | None] | None = None,
    current_values: Callable[[EditConflict], Values] | None = None,
    on_refusal: Callable[[ActionRefused], HttpResponse] | None = None,
) -> HttpResponse:
    """Handle a form, or a button with no form, from showing its page to the redirect after its action.

    A GET shows `template` with `context` and the form. A POST passes everything submitted through the safeguarding
    check, validates the form, and calls `action`, which may raise ActionRefused or EditConflict. Afterwards the viewer
    reads `success_message` on the page that `redirect_to` names; both may depend on what the action returned.

    Before the first action of an account whose words can become public, the first question is asked
    (`core/first_question.py`); `makes_public` says that of a button, which holds no words.

    `confirm` may answer with a page of its own before the action, such as a warning that is shown once.
    Files that were chosen stay chosen when the form comes back (`core/kept_files.py`).

    After an edit conflict, the page of `core/edit_conflicts.py` shows both versions of each field that differs from
    `current_values` (field to value, as the thing reads now). With nothing to compare, the conflict is a refusal.
    A refusal is shown in the form, or by `on_refusal` on a page of its own. A button without one tells of it on the
    page that `redirect_to` names, or on its own if that depends on the action.
    """
    after_refusal = get_previous_page_url(request) if callable(redirect_to) else redirect_to
    answers = _FormResponses(request, form, template, context or {}, after_refusal)
    answers.makes_public = makes_public
    if request.method != "POST":
        return answers.show()
    restore_kept_files(request, form)
    if response := answers.check_and_validate() or (confirm and confirm()):
        return response
    try:
        result = action()
    except EditConflict as conflict:
        refusal = ActionRefused(str(conflict))
        return answers.compare(conflict, current_values) or answers.refuse(refusal, on_refusal, HTTP_CONFLICT_STATUS)
    except ActionRefused as refusal:
        return answers.refuse(refusal, on_refusal)
    forget_kept_files(request, form)
    if sentence := success_message(result) if callable(success_message) else success_message:
        messages.success(request, sentence)
    return _build_target_redirect(redirect_to(result) if callable(redirect_to) else redirect_to)


def _build_target_redirect(redirect_target: Target) -> HttpResponse:
    return redirect_target if isinstance(redirect_target, HttpResponse) else redirect(redirect_target)


def _get_target_url(redirect_target: Target) -> str:
    return _build_target_redirect(redirect_target).headers["Location"]


class _FormResponses:
    """The responses that a form may get before its action has been done."""

    makes_public = False

    def __init__(
        self, request: HttpRequest, form: Form | None, template: str, context: Context, after_refusal: Target
    ) -> None:
        self.request, self.form, self.template, self._context = request, form, template, context
        self.after_refusal = after_refusal

    @property
    def context(self) -> dict[str, Any]:
        given = self._context() if callable(self._context) else self._context
        return dict(given) if self.form is None else {**given, "form": self.form}

    def show(self, http_status: int = HTTP_OK_STATUS) -> HttpResponse:
        """Show the page of the form; where it has none, tell what is wrong on the page that its button leads to."""
        if self.template:
            if http_status != HTTP_OK_STATUS:
                keep_submitted_files(self.request, self.form)
            return render_page(self.request, self.template, self.context, status=http_status)
        errors = self.form.errors.values() if self.form is not None else ()
        for sentence in (str(error) for field in errors for error in field):
            messages.warning(self.request, sentence, extra_tags="wrong")
        return _build_target_redirect(self.after_refusal)

    def check_and_validate(self) -> HttpResponse | None:
        """Return what stops the form: quarantine, an error, the first question. None if its action can be called."""
        if response := check_submission(self.request, self.form):
            return self._forget_quarantined_files(response)
        if response := age_check_hook.save_initial_answer(self.request):
            return response
        if self.form is None:
            return age_check_hook.ask_initial_question(self.request, None) if self.makes_public else None
        is_valid = self.form.is_valid()
        if response := check_file_texts(self.request, self.form):
            return self._forget_quarantined_files(response)
        if not is_valid:
            return self.show(HTTP_INVALID_FORM_STATUS)
        return age_check_hook.ask_initial_question(self.request, self.form)

    def _forget_quarantined_files(self, response: HttpResponse) -> HttpResponse:
        """Files that were kept for the form are for the safeguarding lead alone from now on."""
        forget_kept_files(self.request, self.form)
        return response

    def compare(
        self, edit_conflict: EditConflict, current_values: Callable[[EditConflict], Values] | None
    ) -> HttpResponse | None:
        """Show both versions in a form that saves on top of the current one; None if there is nothing to compare."""
        if self.form is None or current_values is None or edit_conflict.current is None:
            return None
        current = current_values(edit_conflict)
        update_hidden_fields(self.form, current)
        differences = compare_form_fields(self.form, current)
        if differences is None:
            return None
        context = {
            "sentence": str(edit_conflict),
            "differences": differences,
            "other_values": get_extra_post_values(self.request, self.form),
            "cancel": _get_target_url(self.after_refusal),
        }
        fragment = "#conflict" if "#" in self.template else ""
        return render_page(
            self.request,
            f"{EDIT_CONFLICT_TEMPLATE}{fragment}",
            {**self.context, **context},
            status=HTTP_CONFLICT_STATUS,
        )

    def refuse(
        self,
        refusal: ActionRefused,
        on_refusal: Callable[[ActionRefused], HttpResponse] | None,
        http_status: int = HTTP_INVALID_FORM_STATUS,
    ) -> HttpResponse:
        """Show the sentence in the form, or on the page that the button leads to if there is no form."""
        if on_refusal:
            return on_refusal(refusal)
        if self.form is None:
            messages.warning(self.request, str(refusal), extra_tags="wrong")
            return _build_target_redirect(self.after_refusal)
        self.form.add_error(refusal.field if refusal.field in self.form.fields else None, str(refusal))
        return self.show(http_status)
