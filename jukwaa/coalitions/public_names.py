"""Names in words that everyone will read: of people of the directory who have not made their names public.

People who write such words see them before they become public, and decide: a form marks them (`find_hits`), and a
button that makes many words public asks once (`coalitions/views/public_names.py`).
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.forms import Form
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jukwaa.coalitions.known_people import KnownPeople
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.core.list_formatting import format_list_in_sentence
from jukwaa.core.safeguards import SafeguardHit
from jukwaa.core.safeguards.signs import SafeguardSign

PUBLIC_NAME_SIGN = SafeguardSign(
    "name-not-public",
    re.compile("(?!)"),  # the directory says which names these are
    "",
    _("Everyone will be able to read this."),
    _("Ask the people first, or write their organisation instead."),
    "",
    "",
)

type Span = tuple[int, int]


@dataclass(frozen=True)
class NamingWords:
    """Words that will be public and that name people: a link to where they can be changed, and the names in them."""

    title: str
    url: str
    names: list[str]


class PublicNames:
    """Finds these names in texts. Reads the people of the coalition once.

    `for_members` leaves out the names of people who left and of those under 18: members may not learn them.
    """

    def __init__(self, coalition: Coalition, *, for_members: bool = False) -> None:
        self._known_people = KnownPeople(coalition, for_members=for_members)

    @classmethod
    def of_writer(cls, standing: Standing) -> "PublicNames | None":
        """Return the finder for a person who makes words public; None if they may not learn names at all."""
        return cls(standing.coalition, for_members=not standing.is_rapporteur) if standing.is_inside else None

    def find_spans(self, text: str, involved_names: Iterable[str] = (), withheld: Collection[Span] = ()) -> list[Span]:
        """Return where the names are. What is withheld from the public, such as the name of an owner, is left out."""
        return [
            (start, end)
            for start, end in self._known_people.find_hidden_names_in(text, involved_names)
            if not any(first <= start and end <= last for first, last in withheld)
        ]

    def find_names(self, text: str, involved_names: Iterable[str] = (), withheld: Collection[Span] = ()) -> list[str]:
        spans = self.find_spans(text, involved_names, withheld)
        return list(dict.fromkeys(text[start:end] for start, end in spans))

    def find_hits(
        self, text: str, involved_names: Iterable[str] = (), withheld: Collection[Span] = ()
    ) -> list[SafeguardHit]:
        """Return the names for a `ScreenedForm`, which marks them and says what they are."""
        spans = self.find_spans(text, involved_names, withheld)
        sign = replace(PUBLIC_NAME_SIGN, what=_describe_names([text[start:end] for start, end in spans]))
        return [SafeguardHit(start, end, sign) for start, end in spans]


def _describe_names(found_names: list[str]) -> str:
    names = list(dict.fromkeys(found_names))
    # Translators: after "This looks like".
    what = ngettext("a name that is not public: %(names)s", "names that are not public: %(names)s", len(names))
    return what % {"names": format_list_in_sentence(names)}


def screen_fields_for_names(form: Form, standing: Standing, *field_names: str) -> None:
    """Let a `ScreenedForm` show its writer names that are not public in these fields, which everyone will read."""
    public_names = PublicNames.of_writer(standing)
    if public_names is None:
        return
    for name in field_names:
        if name in form.fields:
            form.fields[name].find_hits = public_names.find_hits  # type: ignore[attr-defined]  # read by the form
