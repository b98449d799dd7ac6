"""Rules as data: what each is called, how grave it is, what it means and what the sender can do about it.

A rule's words may hold places in braces, filled in for each finding. The work a rule does is a function elsewhere;
a test holds that every rule has one and every function a rule.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from wholestory.indicators.child_level.findings import Finding, Scope, Severity

_PLACE = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `spoils` are the fields whose value no figure uses when an error names the row; `reads` are its words
    in general, where they are not those of a finding with the places left out."""

    id: str
    severity: Severity
    scope: Scope
    table: str
    fields: tuple[str, ...]
    spoils: tuple[str, ...]
    words: str
    todo: str
    note: str = ""
    reads: str = ""

    @property
    def meaning(self) -> str:
        """The rule in general, for a list of rules: its words with nothing filled in."""
        return self.reads or _PLACE.sub("…", self.words)

    def finding(
        self,
        file: str,
        *,
        table: str = "",
        field: str = "",
        line: int | None = None,
        column: str = "",
        child: str = "",
        value: str = "",
        **said: object,
    ) -> Finding:
        """A finding of this rule at one place, its words filled in from `said`."""
        return Finding(
            rule=self.id,
            severity=self.severity,
            scope=self.scope,
            file=file,
            words=self.words.format(table=table or self.table, **said),
            todo=self.todo.format(**said),
            table=table or self.table,
            field=field or (self.fields[0] if self.fields else ""),
            line=line,
            column=column,
            child=child,
            value=value,
        )


def read_rules(package: str, names: Iterable[str]) -> dict[str, Rule]:
    """The rules of some files of a package, by id. Raises ValueError for an id that is there twice."""
    found: dict[str, Rule] = {}
    for name in names:
        held = tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))
        for key, about in held.items():
            if key in found:
                raise ValueError(f"Rule {key} is written down twice.")
            found[key] = _rule(key, about)
    return found


def _rule(key: str, about: dict[str, Any]) -> Rule:
    return Rule(
        id=key,
        severity=Severity(about["severity"]),
        scope=Scope(about["scope"]),
        table=about.get("table", ""),
        fields=tuple(about.get("fields", ())),
        spoils=tuple(about.get("spoils", ())),
        words=about["words"],
        todo=about.get("todo", ""),
        note=about.get("note", ""),
        reads=about.get("reads", ""),
    )
