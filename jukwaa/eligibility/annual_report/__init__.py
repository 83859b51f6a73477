"""The annual report: drafted from the record of a year, edited by the rapporteur, handed out in four formats."""
