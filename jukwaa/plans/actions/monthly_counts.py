"""Counting over countries, once for each month that is over, by the clock.

Counted are plans whose lead agreed before the month ended, as they stood then, if they are led and open while it is
done: whoever took it back, fell asleep or closed until then is in nothing that is made from now on.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.library.schema import get_framework_or_placeholder
from jukwaa.places.countries import COUNTRIES_BY_CODE
from jukwaa.plans.disclosure_control import CountryAnswers, are_counts_publishable
from jukwaa.plans.figures import list_answer_states
from jukwaa.plans.models import Assessment, CarriedOver, CountedMonth, Plan
from jukwaa.plans.progress import get_month_end


def count_answers_of_last_month(now: datetime) -> None:
    """The last month that is over, where it was not counted yet."""
    day = timezone.localdate(now).replace(day=1) - timedelta(days=1)
    done = CountedMonth.objects.filter(coalition=OuterRef("pk"), day=day)
    plans = Plan.objects.filter(coalition=OuterRef("pk"))
    for coalition in Coalition.objects.filter(Exists(plans), ~Exists(done)):
        CountedMonth.objects.get_or_create(
            coalition=coalition, day=day, defaults={"answers": _select_publishable_answers(coalition, day)}
        )


def _select_publishable_answers(coalition: Coalition, counted_day: date) -> dict[str, CountryAnswers]:
    """Of what was counted, what can stand beside all that was told before."""
    before = list(CountedMonth.objects.filter(coalition=coalition).values_list("answers", flat=True))
    return {
        capability: said
        for capability, said in _load_answers_by_country(coalition, counted_day).items()
        if are_counts_publishable(said, [answers[capability] for answers in before if capability in answers])
    }


def _load_answers_by_country(coalition: Coalition, counted_day: date) -> dict[str, CountryAnswers]:
    """What each country said of each capability of the edition that its plan was over then."""
    moment = get_month_end(counted_day)
    crossed = CarriedOver.objects.filter(plan=OuterRef("plan"), at__gt=moment).order_by("at").values("framework")[:1]
    awake = Plan.objects.not_closed().exclude(pk__in=Plan.objects.without_lead().values("pk"))
    agreed = awake.filter(
        pk=OuterRef("plan"), coalition=coalition, consented_at__lte=moment, country__in=COUNTRIES_BY_CODE
    )
    rows = Assessment.objects.assessments_at(moment).filter(Exists(agreed)).order_by("at", "pk")
    over = rows.annotate(over=Coalesce(Subquery(crossed), F("plan__framework")))
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for country, framework, capability, state in over.values_list("plan__country", "over", "capability", "state"):
        if capability.rpartition("/")[0] == framework and _is_framework_answer(framework, state):
            found[capability][country] = state
    return dict(found)


def _is_framework_answer(framework: str, answer_state: str) -> bool:
    return any(each.value == answer_state for each in list_answer_states(get_framework_or_placeholder(framework)))
