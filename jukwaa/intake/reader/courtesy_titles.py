"""Courtesy titles before names: "Mme Ana Lopes" is Ana Lopes. Academic titles are parts of names."""

import re

from jukwaa.intake.reader.model import Reading

COURTESY_TITLE_PATTERN = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Mx|MM?|Mmes?|Mlles?|Sr[ae]?s?|Srta|Sres|Dña)\.?|D\.|Miss|Madam|Sir|Monsieur|Madame|Mademoiselle|Senhora?"
    r"|Señora?|Señorita|Don|Doña|Dona|Herrn?|Frau|Pak|Bapak|Ibu|Bwana|Bi|السيدة?|الأستاذة?|الآنسة)\s+(?=[^\W\d_])"
)
MIN_FULL_NAME_WORDS = 2


def strip_courtesy_title(person_name: str) -> str:
    """The full name without such a title. A family name alone keeps it, since it says little without."""
    rest = COURTESY_TITLE_PATTERN.sub("", person_name, count=1) if COURTESY_TITLE_PATTERN.match(person_name) else ""
    return rest if len(rest.split()) >= MIN_FULL_NAME_WORDS else person_name


def list_titled_short_names(person_name: str) -> list[str]:
    """The name without its title, and the ways to write it short: "Mme Lopes", for "Mme Ana Lopes"."""
    plain = strip_courtesy_title(person_name)
    if plain == person_name:
        return []
    title = person_name[: len(person_name) - len(plain)].strip()
    return [plain, f"{title} {plain.split()[-1]}", f"{title} {plain.split(maxsplit=1)[-1]}"]


def strip_courtesy_titles(parsed_report: Reading) -> Reading:
    """The same suggestions, which name people without such titles."""
    names = {name for made in parsed_report.suggestions for name in (*made.actors, made.owner)}
    return parsed_report.with_names({name: strip_courtesy_title(name) for name in names})
