"""A block of a document with its words and its place."""

from dataclasses import dataclass

from jukwaa.intake.reader.blocks import Block
from jukwaa.intake.reader.markup import TextWithoutMarkup


@dataclass(slots=True)
class Passage:
    """A block with its words and its place in the document."""

    block: Block
    words: TextWithoutMarkup
    spans: list[tuple[int, int]]
    unit: str
    section: str = ""
    role: str = ""
    under: str = ""  # the role of a heading above, one that does not last
    lead: str = ""  # the role of the lead-in above
    section_due: str = ""  # by when, as the heading or the lead-in above says
    lead_kinds: tuple[str, ...] = ()
    leads: bool = False
    is_lead_item: bool = False  # stands right below a bullet that is a lead-in
    top: bool = True  # outermost bullet of its list
    holds: bool = False  # something deeper follows
    first: bool = False
    columns: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    column: str = ""  # of the one cell of a row that this is
    doubtful: bool = False  # in a list below a sentence: it names people only if it looks so
    assignees: tuple[str, ...] = ()  # named by the title above this task
    titled_people: tuple[str, ...] = ()  # named by a title further up, above the task that this belongs to
    is_assignee: bool = False  # is such a title, or one that only groups tasks
    signed_people: tuple[str, ...] = ()  # whom a sign marks as present, where a legend explains it
    is_grouped_task: bool = False  # is below a title that only groups tasks
    struck: bool = False  # crossed out
    is_repeated: bool = False  # word by word what a summary above says
    is_footnote: bool = False
    is_form: bool = False  # of a template to be copied
    uses_conclusions: bool = False  # the document marks what was decided with "Conclusion:"
    absent: bool = False  # stands in a list of people, but as somebody who was not there

    @property
    def text(self) -> str:
        return self.words.text

    @property
    def says_nothing(self) -> bool:
        """Whether nothing is suggested for it, whatever its words are."""
        return self.absent or self.is_repeated or self.is_footnote or self.is_form or self.is_assignee


@dataclass(frozen=True, slots=True)
class SentenceUnit:
    """A sentence on its bench: its words without the speaker, and its surroundings."""

    passage: Passage
    quote: str  # plain words, speaker included
    body: str
    speaker: str
    first: bool  # of its block
    carried: bool = False  # the speaker was named earlier
    people: frozenset[str] = frozenset()  # names of those present, in small letters
