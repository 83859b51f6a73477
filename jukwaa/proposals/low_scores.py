"""Reasons for low scores that a forum has made known, as a checklist before a proposal is submitted."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class LowScoreChecklist:
    """`questions` are in the language of the file, which is English."""

    title: str
    about: str
    source: str
    read: date
    questions: tuple[str, ...]


@cache
def load_low_score_checklist() -> LowScoreChecklist:
    text = files("jukwaa.proposals").joinpath("data/low_scores.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    questions = tuple(reason["question"] for reason in data["reason"])
    return LowScoreChecklist(data["title"], data["about"], data["source"], data["read"], questions)
