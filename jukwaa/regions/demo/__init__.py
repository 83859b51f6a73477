"""Regions in the demo: observations, a brief that is made of them, and an outreach plan."""

from jukwaa.regions.demo import briefs, observations, outreach

__all__ = ["briefs", "observations", "outreach"]
