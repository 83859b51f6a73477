"""Reasons are gathered for translators and shown in the language of the page; the reader knows nothing of Django."""


def gettext_noop(sentence: str) -> str:
    """The sentence itself: the name is what `bin/messages` looks for."""
    return sentence
