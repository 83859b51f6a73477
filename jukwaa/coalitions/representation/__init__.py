"""Who is here and who is not: members by region, stakeholder group and area of work, on a day and over time."""

from jukwaa.coalitions.representation.counting import Count, Representation, represent
