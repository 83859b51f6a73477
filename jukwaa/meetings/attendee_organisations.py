"""Organisations that people write beside their names in a call, without a sign between: "Celeste Machavane FBD"."""

from jukwaa.coalitions.organisation_matching import OrganisationDirectory
from jukwaa.places.text_folding import fold_text

LEGAL_FORMS = frozenset(
    {"ltd", "limited", "inc", "plc", "llc", "corp", "gmbh", "sa", "sarl", "sas", "asbl", "lda", "ltda", "bv"}
)


def find_organisation_without_legal_form(text: str, organisation_directory: OrganisationDirectory) -> int | None:
    """Return the number of the one organisation that is meant, also where "Ltd" is left out."""
    matches = organisation_directory.find(text)
    numbers = {match.organisation_id for match in matches if match.is_exact or _lacks_legal_form(text, match.name)}
    return numbers.pop() if len(numbers) == 1 else None


def _lacks_legal_form(text: str, organisation_name: str) -> bool:
    words, name_words = fold_text(text).split(), fold_text(organisation_name).split()
    return [word for word in name_words if word not in LEGAL_FORMS] == words


def split_organisation_from_name(attendee_name: str, organisation_directory: OrganisationDirectory) -> list[str]:
    """Return the name of the person and that of the organisation; nothing if no organisation is there.

    One word is an organisation only in capital letters, and not if the whole name is in capital letters.
    """
    words = attendee_name.split()
    for size in range(len(words) - 1, 0, -1):
        for person, organisation in ((words[:-size], words[-size:]), (words[size:], words[:size])):
            if _is_organisation(organisation, person, organisation_directory):
                return [" ".join(person), " ".join(organisation)]
    return []


def _is_organisation(words: list[str], other_words: list[str], organisation_directory: OrganisationDirectory) -> bool:
    if len(words) == 1 and (not words[0].isupper() or all(map(str.isupper, other_words))):
        return False
    numbers = {name.entry.pk for name in organisation_directory.folded.get(fold_text(" ".join(words)), [])}
    return len(numbers) == 1
