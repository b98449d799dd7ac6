"""The rules of the census as data, and the one way in which a broken rule is told."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from wholestory.indicators.child_level.census.records import BITS, Child, Record
from wholestory.indicators.child_level.findings import Finding, Findings, Scope, Severity

_FOLDER = Path(__file__).parent / "rules"
ORDER = ("identity", "episodes", "assessments", "protection", "file")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule in our own words. `spoils` names the fields that are not counted where it is broken; `note` says why
    an error spoils nothing, or what the figures do instead. Numbers are the Department for Education's; PB and XML
    are ours."""

    id: str
    severity: Severity
    scope: Scope
    words: str
    todo: str
    table: str = ""
    fields: tuple[str, ...] = ()
    spoils: tuple[str, ...] = ()
    note: str = ""
    subject: str = ""

    @property
    def bits(self) -> int:
        """`spoils` as bits."""
        return sum(BITS[name] for name in self.spoils)


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Every rule by id. Raises KeyError when a rule spoils a field no figure knows."""
    known: dict[str, Rule] = {}
    for subject in ORDER:
        with (_FOLDER / f"{subject}.toml").open("rb") as file:
            for name, told in tomllib.load(file).items():
                known[name] = _rule(name, told, subject)
    return known


def _rule(name: str, told: dict[str, Any], subject: str) -> Rule:
    spoils = tuple(told.get("spoils", ()))
    if unknown := set(spoils) - set(BITS):
        raise KeyError(f"{name} spoils {unknown}")
    return Rule(
        name,
        Severity(told["severity"]),
        Scope(told["scope"]),
        told["words"],
        told["todo"],
        told.get("table", ""),
        tuple(told.get("fields", ())),
        spoils,
        told.get("note", ""),
        subject,
    )


class Teller:
    """Turns a broken rule into a finding, and marks what the figures must leave out. `keep` names rules whose rows
    the sender wants counted all the same; the aggregate file says so."""

    def __init__(self, file: str, findings: Findings, keep: frozenset[str] = frozenset()) -> None:
        self.file, self.findings, self.keep = file, findings, keep
        self._rules = rules()
        self._bits = {name: 0 if name in keep else rule.bits for name, rule in self._rules.items()}

    def tell(self, name: str, record: Record, child: Child) -> None:
        """A rule is broken by a record of a child."""
        rule = self._rules[name]
        record.spoilt |= self._bits[name]
        if not self.findings.has_room(name):
            self.findings.count(name, rule.severity)
            return
        line = record.line_of(rule.table) if isinstance(record, Child) else record.line
        self._add(rule, rule.table, rule.fields, line, child.key or "", _value(record, rule.fields))

    def tell_cell(
        self,
        name: str,
        table: str,
        field: str,
        line: int,
        child: str,
        value: str,
        record: Record | None = None,
        bit: str = "",
    ) -> None:
        """A rule is broken by one cell, whose table and field the rule itself does not know."""
        rule = self._rules[name]
        if record is not None and name not in self.keep:
            record.spoilt |= BITS.get(bit or field, 0)
        if not self.findings.has_room(name):
            self.findings.count(name, rule.severity)
            return
        self._add(rule, table, (field,) if field else (), line, child, value)

    def tell_file(
        self, name: str, value: str = "", line: int | None = None, child: str = "", field: str = ""
    ) -> None:
        """A rule is broken by the file as a whole, or between its records."""
        rule = self._rules[name]
        self._add(rule, rule.table, (field,) if field else rule.fields, line, child, value)

    def _add(
        self, rule: Rule, table: str, fields: tuple[str, ...], line: int | None, child: str, value: str
    ) -> None:
        self.findings.add(
            Finding(
                rule.id, rule.severity, rule.scope, self.file, rule.words, rule.todo, table,
                fields[0] if fields else "", line, fields[0] if fields else "", child, value,
            )
        )  # fmt: skip


def _value(record: Record, fields: tuple[str, ...]) -> str:
    if len(fields) == 1:
        return record.sent.get(fields[0], "")
    return "; ".join(f"{field} {record.sent.get(field, '') or 'empty'}" for field in fields)
