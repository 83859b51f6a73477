"""Django's command line with our name, and a help that lists our commands."""

from collections.abc import Iterator

from django.core.management import ManagementUtility, get_commands, load_command_class

COMMAND_NAME_COLUMN_WIDTH = 13  # of the longest name


class CommandLine(ManagementUtility):
    """`jukwaa help` lists our commands with a line each; Django's own still work."""

    def __init__(self, command_arguments: list[str] | None = None) -> None:
        super().__init__(command_arguments)
        self.prog_name = "jukwaa"

    def main_help_text(self, commands_only: bool = False) -> str:  # noqa: FBT001, FBT002 - the signature is Django's
        if commands_only:
            return super().main_help_text(commands_only)
        return "\n".join(
            [
                "Usage: jukwaa COMMAND [options]",
                "",
                *_list_management_commands(),
                "",
                "`jukwaa help COMMAND` lists its options. The settings are environment variables: see docs/operate.md.",
            ]
        )


def _list_management_commands() -> Iterator[str]:
    for name, app in sorted(get_commands().items()):
        if app.startswith("jukwaa."):
            yield f"  {name:<{COMMAND_NAME_COLUMN_WIDTH}} {load_command_class(app, name).help}"
