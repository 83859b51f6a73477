"""All checks, in the order in which they are made."""

from jukwaa.config.health import background, calls, coalitions, database, erasures, record, retention, system
from jukwaa.config.health.checks import HealthCheck

ALL_HEALTH_CHECKS = (
    HealthCheck("settings", "Settings", system.check_settings),
    HealthCheck("operator", "Operator", system.check_operator_details),
    HealthCheck("folder", "Data folder", system.check_data_folder),
    HealthCheck("documents", "Reading files", system.check_file_extraction),
    HealthCheck("pdf", "Creating PDF", system.check_pdf_output),
    HealthCheck("fonts", "Fonts", system.check_pdf_fonts),
    HealthCheck("helplines", "Helplines", system.check_helplines),
    HealthCheck("calls", "Calls for proposals", calls.check_shipped_call_files),
    HealthCheck("translations", "Translations", system.check_translations),
    HealthCheck("database", "Database", database.check_database),
    HealthCheck("sqlite", "SQLite", database.check_sqlite, of_database=True),
    HealthCheck("cache", "Cache table", database.check_cache_table, of_database=True),
    HealthCheck("append-only", "Append-only tables", database.check_append_only_triggers, of_database=True),
    HealthCheck("chain", "Chain of seals", record.check_seal_chain, of_database=True),
    HealthCheck("sealing", "Sealing", record.check_unsealed_activities, of_database=True),
    HealthCheck("versions", "Versions", record.check_version_digests, of_database=True),
    HealthCheck("columns", "Records", record.check_current_versions, of_database=True),
    HealthCheck("index", "Search index", record.check_search_index, of_database=True),
    HealthCheck("files", "Files", record.check_stored_files, of_database=True),
    HealthCheck("erasures", "Ledger of erasures", erasures.check_erasure_ledger, of_database=True),
    HealthCheck("mail", "Email", background.check_email_delivery, of_database=True),
    HealthCheck("worker", "Worker", background.check_worker_running, of_database=True, of_running=True),
    HealthCheck("tasks", "Tasks", background.check_failed_tasks, of_database=True),
    HealthCheck("retention", "Old personal data", retention.check_overdue_data, of_database=True, of_running=True),
    HealthCheck("backups", "Backups", retention.check_backups),
    HealthCheck("replaced", "Replaced data", retention.check_replaced_data),
    HealthCheck("added-calls", "Calls added by coalitions", calls.check_added_call_files, of_database=True),
    HealthCheck("roles", "Roles", coalitions.check_required_roles, of_database=True),
)


def get_check_names() -> list[str]:
    return [check.name for check in ALL_HEALTH_CHECKS]
