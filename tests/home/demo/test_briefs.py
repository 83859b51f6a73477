"""The brief of the demo: in preparation, from public records, and received by nobody."""

import pytest
from django.urls import reverse

from jukwaa.drafting.models import Edition, Evidence, Text
from jukwaa.home.demo import DEMO_COALITION_SLUG
from jukwaa.regions.models import BriefShape, Delivery


@pytest.mark.slow
def test_demo_brief_quotes_lead_to_records_and_are_marked(demo_coalition, db, client):
    text = Text.objects.get(form="brief")
    page = client.get(reverse("regions:brief_detail", args=[DEMO_COALITION_SLUG, text.pk])).text

    assert (text.is_example, "Nobody has agreed to it" in page) == (True, True)
    # Six of the library, three observations, and what was decided in 2009.
    quoted = Evidence.objects.filter(clause__text=text, quoted=True)
    assert len(set(quoted.values_list("record", flat=True))) == 10
    assert BriefShape.objects.get().addressed_to == ["parliament", "ministry", "regulator"]
    assert (Edition.objects.filter(text=text).exists(), Delivery.objects.exists()) == (False, False)
