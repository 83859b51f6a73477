"""All checks, in the order in which they are made."""

from jukwaa.config.health import background, calls, coalitions, database, erasures, machine, record, retention
from jukwaa.config.health.checks import Check

CHECKS = (
    Check("settings", "Settings", machine.settings_fit),
    Check("operator", "Operator", machine.operator_is_named),
    Check("folder", "Data folder", machine.folder_takes_files),
    Check("documents", "Reading files", machine.child_reads),
    Check("pdf", "Creating PDF", machine.page_is_set),
    Check("fonts", "Fonts", machine.fonts_are_there),
    Check("helplines", "Helplines", machine.helplines_load),
    Check("calls", "Calls for proposals", calls.shipped_calls_load),
    Check("translations", "Translations", machine.translations_are_compiled),
    Check("database", "Database", database.is_there),
    Check("sqlite", "SQLite", database.sqlite_is_sound, of_database=True),
    Check("cache", "Cache table", database.cache_table_is_there, of_database=True),
    Check("append-only", "Append-only tables", database.triggers_are_there, of_database=True),
    Check("chain", "Chain of seals", record.chain_holds, of_database=True),
    Check("sealing", "Sealing", record.is_sealed, of_database=True),
    Check("versions", "Versions", record.digests_match, of_database=True),
    Check("columns", "Records", record.columns_match, of_database=True),
    Check("index", "Search index", record.index_is_in_step, of_database=True),
    Check("files", "Files", record.files_are_there, of_database=True),
    Check("erasures", "Ledger of erasures", erasures.ledger_is_whole, of_database=True),
    Check("mail", "Email", background.mail_flows, of_database=True),
    Check("worker", "Worker", background.worker_is_alive, of_database=True, of_running=True),
    Check("tasks", "Tasks", background.tasks_move, of_database=True),
    Check("retention", "Old personal data", retention.old_data_is_removed, of_database=True, of_running=True),
    Check("backups", "Backups", retention.backups_are_recent),
    Check("replaced", "Replaced data", retention.replaced_data_is_gone),
    Check("added-calls", "Calls added by coalitions", calls.added_calls_load, of_database=True),
    Check("roles", "Roles", coalitions.roles_are_held, of_database=True),
)


def names() -> list[str]:
    return [check.name for check in CHECKS]
