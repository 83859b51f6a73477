"""What a long text costs: `python -m bench.drafting`.

A text of 1,000 clauses with 100 revisions, each of which changed one clause, and 10,000 inputs of one consultation,
a fifth of them answered. Queries, CPU and bytes of its pages; bytes that a revision adds to the database; CPU of naming
a revision. Rows are made in bulk, revisions by the product's own actions.
"""

import argparse
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from bench.setup import use_temporary_installation

CLAUSES, REVISIONS, INPUTS = 1_000, 100, 10_000
DISPOSITION_INTERVAL = 5  # one of so many
WORDS_PER_SAMPLE_CLAUSE = 40  # in a clause
BYTES_PER_KB = 1000


class LongText:
    """The text, and whoever drafts it. Import of models waits for the settings."""

    def __init__(self, clause_count: int, revisions: int, inputs: int) -> None:
        from bench.search import TextGenerator
        from jukwaa.drafting import actions
        from tests.factories import AffiliationFactory, CoalitionFactory, MembershipFactory, RoleFactory

        self.texts, self.numbers = TextGenerator(), (clause_count, revisions, inputs)
        self.coalition = CoalitionFactory(slug="bench", name="Bench")
        own = MembershipFactory(coalition=self.coalition, organisation__country="KE").organisation
        self.drafter = AffiliationFactory(organisation=own, may_speak=True).person
        RoleFactory(coalition=self.coalition, person=self.drafter, kind="rapporteur")
        bodies = [f"{number}. {self.words()}" for number in range(1, clause_count + 1)]
        self.text = actions.begin_text(
            actor=self.drafter,
            coalition=self.coalition,
            title="Guidelines of a thousand clauses",
            form="guideline",
            beginning=actions.TextStart([actions.ClauseDraft(body) for body in bodies]),
        )
        actions.open_text_to_readers(actor=self.drafter, text=self.text)
        self.first = actions.create_named_revision(actor=self.drafter, text=self.text)
        self.consultation = self.open_consultation()

    def words(self) -> str:
        return " ".join((self.texts.passage("en") + " ").split()[:WORDS_PER_SAMPLE_CLAUSE])

    def open_consultation(self) -> Any:
        from django.utils import timezone

        from jukwaa.drafting.models import Consultation

        asks, closes = Consultation.Asks.PUBLIC, timezone.now() + timedelta(days=30)
        return Consultation.objects.create(text=self.text, revision=self.first, asks=asks, closes_at=closes)

    def revise(self, revision_number: int) -> int:
        """Change one clause, name a revision; how many bytes of the database it took."""
        from jukwaa.drafting import actions
        from jukwaa.drafting.models import Placement

        before = measure_stored_bytes()
        clause_number = revision_number * 7 % self.numbers[0] + 1
        here = Placement.objects.now(self.text).get(clause__number=clause_number)
        body, digest = f"{here.wording.body} Change {revision_number}.", here.wording.digest
        actions.write_clause_body(actor=self.drafter, clause=here.clause, clause_body=body, from_digest=digest)
        actions.create_named_revision(actor=self.drafter, text=self.text, revision_name=f"Draft {revision_number}")
        return measure_stored_bytes() - before

    def add_inputs(self) -> None:
        """Inputs at all clauses, at words of them; some propose a wording, a tenth says what another one says."""
        from jukwaa.drafting.models import Disposition, Input, Placement
        from tests.factories import CapacityFactory

        capacities = [CapacityFactory(coalition=self.coalition) for _number in range(200)]
        places = list(Placement.objects.at(self.text, self.first.step))
        rows = [self.input(number, places, capacities) for number in range(self.numbers[2])]
        made = Input.objects.bulk_create(rows, batch_size=500)
        answered = [given for given in made if given.disposition]
        Disposition.objects.bulk_create(
            (
                Disposition(input=given, answer="noted", reason=self.words()[:120], by=self.drafter)
                for given in answered
            ),
            batch_size=500,
        )

    def input(self, input_number: int, clause_places: list[Any], capacities: list[Any]) -> Any:
        from jukwaa.drafting.anchors import ClauseQuote
        from jukwaa.drafting.models import Input

        here = clause_places[input_number % len(clause_places)]
        body = here.wording.body
        quote = ClauseQuote.of(body, 10, 40) if input_number % 3 else ClauseQuote()
        proposes = input_number % 4 == 0
        return Input(
            text=self.text,
            consultation=self.consultation,
            revision=self.first,
            clause=here.clause,
            now_at=here.clause,
            wording=here.wording,
            exact=quote.exact,
            prefix=quote.prefix,
            suffix=quote.suffix,
            start=quote.start,
            kind=Input.Kind.PROPOSAL if proposes else Input.Kind.COMMENT,
            body=self.words()[:200],
            proposed=f"{body} And more." if proposes else "",
            author=self.drafter,
            capacity=capacities[input_number % len(capacities)],
            disposition="noted" if input_number % DISPOSITION_INTERVAL == 0 else "",
            token=uuid.uuid4(),
        )


def measure_stored_bytes() -> int:
    """Bytes of the rows and indices of all tables, without the room that pages keep free (dbstat of SQLite)."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT SUM(payload) FROM dbstat")
        return int(cursor.fetchone()[0])


def measure_file_bytes() -> int:
    """Bytes of the database's file."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT * FROM pragma_page_count()) * (SELECT * FROM pragma_page_size())")
        return int(cursor.fetchone()[0])


def measure_cpu_seconds(measured_function: Callable[[], Any]) -> float:
    begun = time.process_time()
    measured_function()
    return (time.process_time() - begun) * 1000


def get_page_urls(long_text: LongText) -> dict[str, str]:
    """Those that exist."""
    from django.urls import NoReverseMatch, reverse

    wanted = {
        "the text": ("text_detail", [long_text.text.pk], ""),
        "the draft": ("text_write", [long_text.text.pk], ""),
        "its revisions": ("revision_list", [long_text.text.pk], ""),
        "comparison of two revisions": ("text_compare", [long_text.text.pk], f"?from=1&to={long_text.numbers[1]}"),
        "a consultation": ("consultation_detail", [long_text.consultation.pk], ""),
        "its inputs": ("input_list", [long_text.consultation.pk], ""),
        "the inputs at a clause": ("clause_inputs", [long_text.text.pk, 500], ""),
        "who has responded": ("voices", [long_text.consultation.pk], ""),
        "responses to inputs": ("answers", [long_text.text.pk], ""),
        "responses to inputs, clause 500": ("answers", [long_text.text.pk], "?clause=500"),
        "an input": ("input_detail", [long_text.consultation.inputs.all()[5_000 % long_text.numbers[2]].pk], ""),
        "the matrix": ("matrix", [long_text.text.pk], ""),
        "the matrix, far down": (
            "matrix",
            [long_text.text.pk],
            f"?after={long_text.consultation.inputs.all()[500].pk}",
        ),
        "a page of annotations": ("annotations", [long_text.consultation.pk], f"?page={long_text.numbers[2] // 100}"),
    }
    found = {}
    for name, (route, arguments, query) in wanted.items():
        try:
            found[name] = reverse(f"drafting:{route}", args=[long_text.coalition.slug, *arguments]) + query
        except NoReverseMatch:
            continue
    return found


def render_pages_table(long_text: LongText, repetition_count: int) -> Iterator[str]:
    from bench.pages import PageBrowser, create_session_cookie, measure_page_cost

    browser = PageBrowser(create_session_cookie(long_text.drafter))
    yield "| A drafter's page | queries | ms | bare pages | kB |"
    yield "|---|---|---|---|---|"
    for name, url in get_page_urls(long_text).items():
        cost = measure_page_cost(browser, url, repetition_count)
        yield f"| {name} | {cost.queries} | {cost.median:.1f} | {cost.ratio:.1f} | {cost.size / BYTES_PER_KB:.1f} |"


def render_files_table(long_text: LongText) -> Iterator[str]:
    from django.urls import reverse

    from bench.pages import PageBrowser, create_session_cookie

    browser = PageBrowser(create_session_cookie(long_text.drafter))
    yield "| A file | s of CPU | kB |"
    yield "|---|---|---|"
    for ending, what in (("xlsx", "the matrix, a spreadsheet"), ("docx", "the matrix, a Word file")):
        answer = browser.get(
            reverse("drafting:matrix_file", args=[long_text.coalition.slug, long_text.text.pk, ending])
        )
        yield f"| {what} | {answer.cpu / 1000:.1f} | {len(answer.body) / BYTES_PER_KB:.0f} |"


def render_revisions_table(long_text: LongText) -> Iterator[str]:
    before, sizes, times = measure_file_bytes(), list[int](), list[float]()
    sizes += [long_text.revise(number) for number in range(1, long_text.numbers[1])]
    grown = (measure_file_bytes() - before) / len(sizes)
    long_text.add_inputs()
    last = long_text.numbers[1]
    times += [measure_cpu_seconds(partial(long_text.revise, number)) for number in range(last, last + 10)]
    yield "| A revision that changes one clause of the text | |"
    yield "|---|---|"
    yield f"| bytes of rows and indices, median of {len(sizes)} | {statistics.median(sizes):.0f} |"
    yield f"| bytes by which the database's file grew, mean | {grown:.0f} |"
    named = f"CPU of changing a clause and naming the revision, with {long_text.numbers[2]:,} inputs, median"
    yield f"| {named} | {statistics.median(times):.0f} ms |"


def rewrite_clauses_and_describe_cost(long_text: LongText) -> str:
    """Every input is followed, and every second one finds its words no more."""
    from jukwaa.drafting import actions
    from jukwaa.drafting.models import Placement

    for here in Placement.objects.now(long_text.text):
        body = f"Anew: {here.wording.body}" if here.clause.number % 2 else "Something else altogether."
        digest = here.wording.digest
        actions.write_clause_body(
            actor=long_text.drafter, clause=here.clause, clause_body=f"{body} {here.clause.number}", from_digest=digest
        )
    spent = measure_cpu_seconds(lambda: actions.create_named_revision(actor=long_text.drafter, text=long_text.text))
    return f"Naming a revision in which every clause has changed takes {spent:.0f} ms."


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20, help="requests of each page")
    parser.add_argument("--clauses", type=int, default=CLAUSES)
    parser.add_argument("--revisions", type=int, default=REVISIONS)
    parser.add_argument("--inputs", type=int, default=INPUTS)
    options = parser.parse_args()
    with use_temporary_installation():
        from django.conf import settings

        settings.ROOT_URLCONF = "bench.bare"
        long = LongText(options.clauses, options.revisions, options.inputs)
        tables = [list(render_revisions_table(long))]
        tables.append(list(render_pages_table(long, options.times)))
        tables.append(list(render_files_table(long)))
        tables.append([rewrite_clauses_and_describe_cost(long)])
        print("\n\n".join("\n".join(table) for table in tables))


if __name__ == "__main__":
    main()
