"""Mentions in comments: an @ before the name of a person, or before the name or acronym of an organisation.

Nothing is stored: who is meant follows from the words and from the directory of the day.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from jukwaa.accounts.models import Person
from jukwaa.coalitions.directory import get_visible_organisations, get_visible_people
from jukwaa.coalitions.models import Affiliation, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.places.text_folding import fold_text
from jukwaa.records.models import Comment

MENTION_MARK = re.compile(r"(?<![\w.@])@(?=\w)")  # not within an email address
MAX_NAME_LENGTH = 250
MAX_MENTIONS = 20


@dataclass
class Mentions:
    """Whom a comment names, each once.

    `starts` says where each @ stands that names somebody; `unknown` are the first words after one that names nobody.
    """

    people: dict[int, Person] = field(default_factory=dict)
    organisations: dict[int, Organisation] = field(default_factory=dict)
    starts: set[int] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)


def find_mentions(body: str, standing: Standing) -> Mentions:
    """Return whom these words mention, of those whom their author may see. Two queries; none without an @."""
    found = Mentions()
    marks = list(MENTION_MARK.finditer(body))[:MAX_MENTIONS]
    names = dict(_list_names(standing)) if marks else {}
    for mark in marks:
        tail = body[mark.end() : mark.end() + MAX_NAME_LENGTH]
        words = fold_text(tail.partition("\n")[0]).split()
        prefixes = (" ".join(words[:count]) for count in range(len(words), 0, -1))
        named = next((names[prefix] for prefix in prefixes if prefix in names), None)
        if named is not None:
            found.starts.add(mark.start())
        if isinstance(named, Person):
            found.people[named.pk] = named
        elif named is not None:
            found.organisations[named.pk] = named
        else:
            found.unknown.append(tail.split()[0].rstrip(".,;:!?)"))
    return found


def find_mentioned_people(comment: Comment) -> dict[int, Person]:
    """Return the people whom a comment mentions, and the representatives of the organisations that it mentions."""
    mentions = find_mentions(comment.body, Standing(comment.author, comment.record.coalition))
    rows = Affiliation.objects.confirmed().filter(organisation__in=mentions.organisations, may_speak=True)
    speakers = rows.select_related("person") if mentions.organisations else ()
    return mentions.people | {row.person_id: row.person for row in speakers}


def _list_names(standing: Standing) -> Iterator[tuple[str, Person | Organisation]]:
    """Folded names; where a person and an organisation have the same one, the person is meant."""
    organisations = get_visible_organisations(standing).filter(merged_into=None)
    for organisation in organisations.only("name", "acronym"):
        for name in (organisation.name, organisation.acronym):
            if name:
                yield fold_text(name), organisation
    for person in get_visible_people(standing).exclude(name=""):
        yield fold_text(person.name), person
