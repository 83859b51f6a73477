"""A question that is asked once, before the first thing that a person submits is stored.

It belongs to an app above, which registers it when it is ready; `form_view` asks it.
"""

from typing import Protocol

from django import forms
from django.http import HttpRequest, HttpResponse


class InitialQuestion(Protocol):
    def save_initial_answer(self, request: HttpRequest) -> HttpResponse | None:
        """Keep the answer that this POST carries, if it does; return a page if it can't be taken."""

    def ask(self, request: HttpRequest, form: forms.BaseForm | None) -> HttpResponse | None:
        """Return the page that asks, with all that was submitted; None for whoever has answered.

        Without a form it is a button that makes something public.
        """


_registered_questions: list[InitialQuestion] = []


def register_initial_question(question: InitialQuestion) -> None:
    """Make `question` the one that is asked. The last one registered counts."""
    _registered_questions[:] = [question]


def save_initial_answer(request: HttpRequest) -> HttpResponse | None:
    return _registered_questions[0].save_initial_answer(request) if _registered_questions else None


def ask_initial_question(request: HttpRequest, form: forms.BaseForm | None) -> HttpResponse | None:
    return _registered_questions[0].ask(request, form) if _registered_questions else None
