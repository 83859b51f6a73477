"""The demo coalition: made by the software itself, out of public records."""

from jukwaa.home.demo.build import DEMO_COALITION_SLUG, build_demo_coalition, list_demo_people
