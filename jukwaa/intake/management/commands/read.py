"""`jukwaa read FILE`: what the reading desk would suggest, without touching any data."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jukwaa.core.documents.incoming import IMPORTABLE_KIND_KEYS, FileRefused, extract_text
from jukwaa.intake import reader


class Command(BaseCommand):
    help = "Read a report, and print the suggestions for the record. Nothing is saved."
    requires_system_checks: list[str] = []  # the database is not needed, and not asked

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a text, Markdown, HTML, Word or PDF file")
        parser.add_argument(
            "--json", action="store_true", help="print the text and the suggestions, with their positions in the text"
        )
        parser.add_argument("--language", help="the language code of the document (default: detected)")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        file: Path = options["file"]
        try:
            extracted = extract_text(file, file.name, allowed_kinds=IMPORTABLE_KIND_KEYS)
        except OSError as problem:
            raise CommandError(f"{file} cannot be opened: {problem.strerror}.") from problem
        except FileRefused as refusal:
            raise CommandError(refusal.message) from refusal
        read = reader.read_report(extracted.text, language=options["language"] or extracted.language)
        self.stdout.write(
            json.dumps(read.to_json(), ensure_ascii=False) if options["json"] else format_readable_report(read)
        )


def format_readable_report(parsed_report: reader.Reading) -> str:
    """Each suggestion on a line of its own, under its sentence."""
    if not parsed_report.understood:
        count = len(parsed_report.sentences)
        return f"No suggestions are possible in this language ({parsed_report.language}). Sentences read: {count}."
    numbers = {(sentence.start, sentence.end): sentence.number for sentence in parsed_report.sentences}
    lines: list[str] = []
    last = None
    for made in parsed_report.suggestions:
        if (made.start, made.end) != last:
            last = (made.start, made.end)
            lines.append(f"{numbers.get(last, '')} {' '.join(made.quote.split())}".strip())
        who = f" ({'; '.join(made.actors)})" if made.actors else ""
        lines.append(f"    {made.kind}{who}: {made.why}")
    return "\n".join(lines) or "No suggestions."
