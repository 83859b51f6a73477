"""What a heading or a lead-in promises about the sentences below it: a table in `data/roles.toml`."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

# Not kinds of suggestions, but promises too: whoever is named here was away; what stands here is no business.
ABSENT = "absent"
ASIDE = "aside"
AGENDA = "agenda"
DISCUSSION = "discussion"


@dataclass(frozen=True, slots=True)
class Role:
    """A family of headings. `example` is one, `counter` only looks like one; a test reads both."""

    name: str
    pattern: str
    example: str
    counter: str
    regex: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "regex", re.compile(self.pattern, re.IGNORECASE))


def _load() -> Iterator[Role]:
    data = tomllib.loads(files("jukwaa.intake.reader").joinpath("data/roles.toml").read_text(encoding="utf-8"))
    for row in data["role"]:
        yield Role(**{**row, "pattern": "".join(row["pattern"])})


ROLES = tuple(_load())
PREFIX = re.compile(
    r"^[\W_]*(?:(?:agenda )?item )?(?:\d{1,3}(?:\.\d{1,2}){0,3}|[ivx]{1,5}|[a-z])?[.):]*\s+|^[\W_]+", re.IGNORECASE
)
COUNT = re.compile(r"\s*[\[(][^\[\]()]{0,40}[\])]\s*$|[\s:.–—-]+$")
STRICT = frozenset(
    {"decision", "commitment", "attendee", ABSENT, "next_meeting", "new_member", "recommendation", "announcement"}
)


@lru_cache(maxsize=4096)
def role_of(heading: str) -> str:
    """The promise of this heading, or nothing."""
    words = COUNT.sub("", PREFIX.sub("", heading.strip()[:160], count=1))
    words = COUNT.sub("", words)
    for role in ROLES:
        if role.regex.match(words):
            return role.name
    return ""


def is_section_title(line: str) -> bool:
    """Whether a bare line of plain text is the usual name of a section, and nothing more."""
    words = line.strip().rstrip(":").strip()
    if not words or len(words.split()) > 5 or len(words) > 50:
        return False
    for role in ROLES:
        match = role.regex.match(words)
        if match and COUNT.sub("", words[match.end() :]) == "" and words[0].isupper():
            return role.name in STRICT or role.name in {AGENDA, DISCUSSION, "report", "proposal"}
    return False
