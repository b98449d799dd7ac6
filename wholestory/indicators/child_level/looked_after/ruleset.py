"""The rules of the looked-after return as data: each with the statement that finds the rows that break it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from wholestory.indicators.child_level.rulebook import Rule, read_rules

SUBJECTS = ("sets.toml", "header.toml", "episodes.toml", "missing.toml", "leavers.toml", "integrity.toml")


@dataclass(frozen=True, slots=True)
class Search:
    """How a rule is looked for: the tables it needs, and a statement that gives the places (`n`) of broken rows of its
    table. Tables have small letters and `_last` behind those of last year."""

    rule: Rule
    needs: tuple[str, ...]
    find: str


@cache
def rules() -> dict[str, Rule]:
    """Every rule, by id."""
    return read_rules(f"{__package__}.rules", SUBJECTS)


@cache
def searches() -> dict[str, Search]:
    """The rules that are looked for by a statement; the others are found on reading."""
    found: dict[str, Search] = {}
    for name in SUBJECTS:
        held = tomllib.loads(files(f"{__package__}.rules").joinpath(name).read_text(encoding="utf-8"))
        for key, about in held.items():
            if "find" in about:
                rule = rules()[key]
                needs = tuple(about.get("needs", (rule.table.lower(),)))
                found[key] = Search(rule, needs, about["find"])
    return found
