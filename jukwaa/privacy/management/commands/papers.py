"""`jukwaa papers --folder FOLDER`: papers about data protection, for the operator and for each coalition."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import get_supported_language_variant

from jukwaa.coalitions.models import Coalition
from jukwaa.core.documents.outgoing import TypesettingError
from jukwaa.privacy.papers import PAPERS_BY_NAME
from jukwaa.privacy.papers.building_blocks import (
    PAPER_FILE_FORMATS,
    ResponsibleParty,
    build_controller_party,
    build_operator_party,
)


class Command(BaseCommand):
    help = "Write drafts of the data protection papers as Word and PDF files, for a lawyer to check."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, required=True, help="where to write them; it is made if missing")
        parser.add_argument("--language", default="en", help="their language, as a code (default: en)")

    def handle(self, *_args: Any, folder: Path, language: str, **_options: Any) -> None:
        try:
            language = get_supported_language_variant(language)
        except LookupError as error:
            raise CommandError(f"The pages are not translated into {language}. Choose another language.") from error
        with translation.override(language):
            parties = {"operator": build_operator_party()}
            parties |= {each.slug: build_controller_party(each) for each in Coalition.objects.open()}
            for name, party in parties.items():
                self._write_papers(folder / name, party)
        self.stdout.write(f"{len(parties) * len(PAPERS_BY_NAME)} papers written to {folder}. Have a lawyer check them.")

    def _write_papers(self, output_folder: Path, party: ResponsibleParty) -> None:
        try:
            output_folder.mkdir(parents=True, exist_ok=True)
            for paper in PAPERS_BY_NAME.values():
                document = paper.document(party)
                for ending, (make, _media_type) in PAPER_FILE_FORMATS.items():
                    (output_folder / f"{paper.name}.{ending}").write_bytes(make(document))
        except OSError as error:
            raise CommandError(
                f"{output_folder} cannot be written: {error.strerror}. Choose another folder."
            ) from error
        except TypesettingError as error:
            raise CommandError("A PDF could not be made. Run jukwaa doctor to see why.") from error
