"""The demo coalition: made by the software itself, out of public records."""

from jukwaa.home.demo.build import DEMO_COALITION_SLUG, build, list_demo_people
