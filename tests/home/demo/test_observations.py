"""Three regions of the demo observe one issue; another of one region confirms it, and another sees it differently."""

from django.contrib.auth.models import AnonymousUser

from jukwaa.regions.models import Voice
from jukwaa.regions.observation_issues import group_observations_by_region, load_observation_issues
from tests.home.demo.test_library import MADE_UP_SUFFIX


def test_issue_shows_regional_differences_side_by_side(demo_coalition, db):
    (issue,) = load_observation_issues(AnonymousUser(), demo_coalition, "en")
    seen = group_observations_by_region(issue, AnonymousUser(), demo_coalition)

    assert [(region, [each.voice_counts for each in rows]) for region, rows in seen] == [
        ("African Group", [[("confirms", 1), ("differs", 1)]]),
        ("Asia-Pacific Group", [[]]),
        ("Latin American and Caribbean Group (GRULAC)", [[]]),
    ]


def test_each_observation_and_voice_is_marked_as_example(demo_coalition, db):
    (issue,) = load_observation_issues(AnonymousUser(), demo_coalition, "en")
    items = [
        each.item
        for _region, rows in group_observations_by_region(issue, AnonymousUser(), demo_coalition)
        for each in rows
    ]
    voices = Voice.objects.all()

    assert {"example that was made up for the demo" in item.what_worked for item in items} == {True}
    assert {"An example of the demo" in voice.words for voice in voices} == {True}
    spoke = [*(item.authorships.get().capacity for item in items), *(voice.capacity for voice in voices)]
    assert {MADE_UP_SUFFIX in capacity.name for capacity in spoke} == {True}
