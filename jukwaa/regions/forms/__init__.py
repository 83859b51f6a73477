"""What the pages of regions ask."""

from jukwaa.regions.forms.coverage import CoverageForm

__all__ = ["CoverageForm"]
