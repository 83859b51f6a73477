"""`jukwaa doctor`: look at everything that can be wrong, and say what to do."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from jukwaa.config.health import ALL_HEALTH_CHECKS, CheckOutcome, get_check_names, run_health_checks


class Command(BaseCommand):
    help = "Check the whole installation, and explain how to fix any problems."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--only", action="append", choices=get_check_names(), help="run only this check (can be repeated)"
        )
        parser.add_argument("--stopped", action="store_true", help="skip the checks that need a running server")

    def handle(self, *_args: Any, only: list[str] | None, stopped: bool, **_options: Any) -> None:
        checks = [check for check in ALL_HEALTH_CHECKS if only is None or check.name in only]
        if stopped:
            checks = [check for check in checks if not check.of_running]
        outcomes = []
        for outcome in run_health_checks(checks):
            self._print_check_outcome(outcome)
            outcomes.append(outcome)
        if any(outcome.is_wrong for outcome in outcomes):
            raise SystemExit(1)

    def _print_check_outcome(self, check_outcome: CheckOutcome) -> None:
        sentences = [finding.sentence for finding in check_outcome.findings]
        if not check_outcome.is_wrong:
            sentences.insert(0, "OK")
        for sentence in sentences:
            self.stdout.write(f"{check_outcome.check.title}: {sentence}")
        self.stdout.flush()
