"""The surveys that come with Wholestory: statements for staff and volunteers, each linked to what leaders score."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent

#: What somebody may answer to a statement, in the order of the page.
AGREEMENT: dict[str, str] = {
    "strongly_agree": "Strongly agree",
    "agree": "Agree",
    "neither": "Neither agree nor disagree",
    "disagree": "Disagree",
    "strongly_disagree": "Strongly disagree",
    "dont_know": "Don’t know, or not for me",
}


class NoSuchSurvey(LookupError):
    """No survey of that key comes with Wholestory."""


@dataclass(frozen=True)
class Statement:
    """One sentence to agree or disagree with. ``items`` are keys of framework items that say the leaders' side."""

    key: str
    text: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Definition:
    """A survey as it ships: its statements, and the groups of staff people choose from (key, label)."""

    key: str
    version: int
    title: str
    groups: tuple[tuple[str, str], ...]
    statements: tuple[Statement, ...]


@cache
def survey_called(key: str = "practitioners") -> Definition:
    """The survey with this key. Raises NoSuchSurvey."""
    path = HERE / f"{key}.toml"
    if not path.exists():
        raise NoSuchSurvey(f"No survey is called {key}.")
    with path.open("rb") as file:
        table = tomllib.load(file)
    return Definition(
        table["key"],
        table["version"],
        table["title"],
        tuple((one["key"], one["label"]) for one in table["group"]),
        tuple(Statement(one["key"], one["text"], tuple(one["items"])) for one in table["statement"]),
    )
