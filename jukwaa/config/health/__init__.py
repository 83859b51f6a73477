"""What `jukwaa doctor` looks at: each check is good, or says in a sentence what is wrong and what to do."""

from jukwaa.config.health.all_checks import ALL_HEALTH_CHECKS, get_check_names
from jukwaa.config.health.checks import (
    CheckOutcome,
    HealthCheck,
    HealthFinding,
    build_problem_finding,
    build_remark_finding,
    run_health_checks,
)
