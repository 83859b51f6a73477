"""Has every coalition the people without whom it stands still."""

from collections.abc import Iterator

from jukwaa.coalitions.models import Coalition, Role
from jukwaa.config.health.checks import HealthFinding, build_problem_finding, build_remark_finding
from jukwaa.records.quarantine_store import has_held_items_without_lead

PROBLEM_BY_MISSING_ROLE = {
    Role.Kind.COORDINATOR: "nobody can answer applications. Run: jukwaa appoint {slug} EMAIL-ADDRESS",
    Role.Kind.SAFEGUARDING_LEAD: "nobody can look at items in quarantine. Ask a coordinator to appoint one.",
}


def check_required_roles() -> Iterator[HealthFinding]:
    coalitions = Coalition.objects.order_by("slug")
    if not coalitions.exists():
        yield build_remark_finding("There are no coalitions yet. Run: jukwaa init")
    for coalition in coalitions:
        held = set(Role.objects.in_force().filter(coalition=coalition).values_list("kind", flat=True))
        for kind, what in PROBLEM_BY_MISSING_ROLE.items():
            if kind not in held:
                yield build_problem_finding(f"{coalition.name} has no {kind.label}: {what.format(slug=coalition.slug)}")
        if has_held_items_without_lead(coalition):
            yield build_problem_finding(
                f"{coalition.name} has items in quarantine, but no safeguarding lead to look at them."
            )
