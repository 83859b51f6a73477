"""Who is here and who is not: members by region, stakeholder group and area of work, on a day and over time."""

from jukwaa.coalitions.representation.statistics import CountRow, RepresentationTables, build_representation_tables
