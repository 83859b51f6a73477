"""What `jukwaa doctor` looks at: each check is good, or says in a sentence what is wrong and what to do."""

from jukwaa.config.health.checks import Check, Finding, Outcome, examine, remark, wrong
from jukwaa.config.health.examination import CHECKS, names
