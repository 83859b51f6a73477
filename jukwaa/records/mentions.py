"""Mentions in comments: an @ before the name of a person, or before the name or acronym of an organisation.

Nothing is stored: who is meant follows from the words and from the directory of the day.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from jukwaa.accounts.models import Person
from jukwaa.coalitions.directory import build_belonging_condition, get_visible_organisations, get_visible_people
from jukwaa.coalitions.display_names import get_public_name
from jukwaa.coalitions.models import Affiliation, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.places.text_folding import fold_text
from jukwaa.records.models import Comment

MENTION_START_PATTERN = re.compile(r"(?<![\w.@])@(?=\w)")  # not within an email address
MAX_MENTIONED_NAME_LENGTH = 250
MAX_MENTIONS_PER_COMMENT = 20


@dataclass
class Mentions:
    """Whom a comment names, each once.

    `named_at` says whom the @ at each place in the text names; `unknown` are the first words after one that names
    nobody.
    """

    people: dict[int, Person] = field(default_factory=dict)
    organisations: dict[int, Organisation] = field(default_factory=dict)
    named_at: dict[int, Person | Organisation] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def find_mention_starts(self, *, public_only: bool = False) -> set[int]:
        """Return where each @ stands that names somebody: of people, only those whose name everyone may read."""
        return {
            start
            for start, named in self.named_at.items()
            if not public_only or isinstance(named, Organisation) or get_public_name(named, None)
        }


def find_mentions(body: str, viewer_standing: Standing) -> Mentions:
    """Return whom these words mention, of the adults and organisations of today whom their author may see.

    Two queries; none without an @.
    """
    found = Mentions()
    marks = list(MENTION_START_PATTERN.finditer(body))[:MAX_MENTIONS_PER_COMMENT]
    names = dict(_list_mentionable_names(viewer_standing)) if marks else {}
    for mark in marks:
        tail = body[mark.end() : mark.end() + MAX_MENTIONED_NAME_LENGTH]
        words = fold_text(tail.partition("\n")[0]).split()
        prefixes = (" ".join(words[:count]) for count in range(len(words), 0, -1))
        named = next((names[prefix] for prefix in prefixes if prefix in names), None)
        if named is not None:
            found.named_at[mark.start()] = named
        if isinstance(named, Person):
            found.people[named.pk] = named
        elif named is not None:
            found.organisations[named.pk] = named
        else:
            found.unknown.append(tail.split()[0].rstrip(".,;:!?)"))
    return found


def find_mentioned_people(comment: Comment) -> dict[int, Person]:
    """Return whom to notify: the people whom a comment mentions, and representatives of organisations it mentions."""
    mentions = find_mentions(comment.body, Standing(comment.author, comment.record.coalition))
    rows = Affiliation.objects.confirmed().filter(organisation__in=mentions.organisations, may_speak=True)
    speakers = rows.select_related("person") if mentions.organisations else ()
    people = mentions.people | {row.person_id: row.person for row in speakers}
    # A mention must not be the first email that somebody gets from the coalition.
    return {pk: person for pk, person in people.items() if person.has_been_informed}


def _list_mentionable_names(viewer_standing: Standing) -> Iterator[tuple[str, Person | Organisation]]:
    """Folded names; where a person and an organisation have the same one, the person is meant."""
    organisations = get_visible_organisations(viewer_standing).filter(merged_into=None)
    for organisation in organisations.only("name", "acronym"):
        for name in (organisation.name, organisation.acronym):
            if name:
                yield fold_text(name), organisation
    # Some authors also see people under 18, applicants and former members: a comment would name them to its readers.
    adults = get_visible_people(viewer_standing).filter(
        build_belonging_condition(viewer_standing.coalition), is_minor=False
    )
    for person in adults.exclude(name=""):
        yield fold_text(person.name), person
