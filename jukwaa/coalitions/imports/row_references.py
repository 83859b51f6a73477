"""Which earlier row a row is combined with, as the coordinator answered."""

from collections.abc import Sequence

from jukwaa.coalitions.models import ImportRow


def get_combined_row_number(import_row: ImportRow) -> int | None:
    """The number of the earlier row that is about the same organisation, as the coordinator answered."""
    answer = str(import_row.answers.get("same", ""))
    return int(answer.removeprefix("row-")) if answer.startswith("row-") else None


class RowsBehindSkippedRows:
    """Rows that are combined with one that is skipped: the first of them takes its place."""

    def __init__(self, import_rows: Sequence[ImportRow]) -> None:
        self._rows = {row.number: row for row in import_rows}
        self._first_rows: dict[int, int] = {}

    def redirect(self, import_row: ImportRow) -> None:
        number = get_combined_row_number(import_row) or 0
        target = self._rows.get(number)
        if target is None or target.state != ImportRow.State.LEFT_OUT:
            return
        first = self._first_rows.setdefault(number, import_row.number)
        same = f"row-{first}" if first != import_row.number else ""
        import_row.answers = {**import_row.answers, "same": same}
