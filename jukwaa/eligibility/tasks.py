"""What happens after an answer: the links of a coalition are checked. Harmless to repeat."""

from django.tasks import task

from jukwaa.coalitions.models import Coalition
from jukwaa.eligibility.link_checker import check_coalition_links


@task()
def check_links_of(pk: int) -> None:
    """Ask for each address that the self-check of this coalition names, unless that was done a moment ago."""
    coalition = Coalition.objects.filter(pk=pk).first()
    if coalition is not None:
        check_coalition_links(coalition)
