"""The product's own addresses, and one page that does what its query asks for."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path

from jukwaa.config.urls import handler403, handler404
from jukwaa.config.urls import urlpatterns as own
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.forms import Form
from jukwaa.core.http import render_page
from jukwaa.core.refusals import ActionRefused, EditConflict

__all__ = ["handler403", "handler404", "urlpatterns"]

QUESTION_CONTEXT = {"title": "A question", "button": "Save", "back": "/", "sentences": []}


class ExampleForm(Form):
    title = forms.CharField(max_length=20)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


def _act_in_mode(form_mode: str, form_title: str) -> str:
    if form_mode == "refuse":
        raise ActionRefused("This title is taken. Choose another one.", "title")
    if form_mode == "refuse-unknown-field":
        raise ActionRefused("This title is taken. Choose another one.", "no_field_of_this_form")
    if form_mode.startswith("conflict"):
        raise EditConflict({"title": "Theirs", "version": 7})
    return form_title.upper()


@login_not_required
def submit_title_form(request: Any, coalition: Any) -> HttpResponse:
    """`?mode=` says what becomes of it; `?button` leaves the form out."""
    mode, more = request.GET.get("mode", ""), {}
    if "button" in request.GET:
        return form_view(
            request, action=lambda: _act_in_mode(mode, "x"), success_message="Done.", redirect_to=f"/{coalition.slug}/"
        )
    form = ExampleForm(get_form_data(request))
    if mode == "conflict-with-values":
        more["current_values"] = lambda conflict: conflict.current
    if mode == "confirm":
        more["confirm"] = lambda: render_page(
            request, "records/ask.html", QUESTION_CONTEXT | {"title": "Are you sure?"}
        )
    return form_view(
        request,
        form,
        template="records/ask.html",
        context=QUESTION_CONTEXT,
        action=lambda: _act_in_mode(mode, form.cleaned_data["title"]),
        success_message=lambda saved: f"Saved as {saved}.",
        redirect_to=lambda saved: f"/{coalition.slug}/?saved={saved}",
        **more,
    )


urlpatterns = [path("<slug:coalition>/try/", submit_title_form, name="try"), *own]
