"""The coordination meetings of a forum's coalitions: their times, who represented the coalition, what was reported."""
