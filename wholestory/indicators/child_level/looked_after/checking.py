"""Every rule over a set of tables. A rule that crashes is told, and the others go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import numpy as np

from wholestory.indicators.child_level.findings import Findings
from wholestory.indicators.child_level.looked_after.reading import Table, layouts
from wholestory.indicators.child_level.looked_after.ruleset import Search, rules, searches
from wholestory.indicators.child_level.looked_after.store import CRASHES, Store
from wholestory.indicators.child_level.rulebook import Rule

_OWN_RULE = {("Header", "DOB"): "102", ("Episodes", "DECOM"): "141", ("Episodes", "DEC"): "147"}
"""Dates whose unreadable cells have a rule of the department's; the others are PB-01."""
_ABOUT_LAST_YEAR = frozenset(("PB-02",))


@dataclass(slots=True)
class Checked:
    """What the rules leave for the figures: by table and column, which rows hold nothing usable."""

    spoilt: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(slots=True)
class Checker:
    """Runs the rules over a set; `keep` are error rules whose rows the sender wants counted all the same."""

    store: Store
    tables: Mapping[str, Table]
    last: Mapping[str, Table]
    findings: Findings
    keep: frozenset[str] = frozenset()
    _checked: Checked = field(default_factory=Checked)

    def check(self) -> Checked:
        """Tell of every broken rule. Missing tables are told once, and their rules are not looked for."""
        name = next(iter(self.tables.values())).file
        for wanted in layouts():
            if wanted not in self.tables and wanted not in ("SWEpisodes", "DoLo"):
                self.findings.add(rules()["LA-03"].finding(name, table=wanted, missing=wanted))
        prepared = files(__package__).joinpath("prepared.sql").read_text(encoding="utf-8")
        for statement in prepared.split(";\n"):
            self.store.run(statement)
        for table in self.tables.values():
            called = table.layout.name.lower()
            self._tell(
                rules()["LA-04"], table, self.store.places(f"SELECT n FROM {called} WHERE child IS NULL")
            )
            for column in table.layout.dates:
                if (table.layout.name, column) not in _OWN_RULE:
                    small = column.lower()
                    sql = f"SELECT n FROM {called} WHERE {small}_sent AND {small} IS NULL"
                    self._tell(rules()["PB-01"], table, self.store.places(sql), column)
        for search in searches().values():
            if self.store.supplied.issuperset(search.needs):
                self._look(search)
        return self._checked

    def _look(self, search: Search) -> None:
        tables = self.last if search.rule.id in _ABOUT_LAST_YEAR else self.tables
        table = tables[search.rule.table]
        try:
            self._tell(search.rule, table, self.store.places(search.find))
        except CRASHES as problem:
            self.findings.crashed(search.rule.id, table.file, problem)

    def _tell(self, rule: Rule, table: Table, places: Any, column: str = "") -> None:
        shown = column or rule.fields[0]
        for told, place in enumerate(places.tolist()):
            if not self.findings.has_room(rule.id):
                for _ in range(len(places) - told):
                    self.findings.count(rule.id, rule.severity)
                break
            self.findings.add(
                rule.finding(
                    table.file,
                    table=table.layout.name,
                    field=shown,
                    line=table.lines[place],
                    column=shown,
                    child=table.columns["CHILD"][place],
                    value=_value(table, rule, shown, place),
                )
            )
        self._spoil(rule, table, places, column)

    def _spoil(self, rule: Rule, table: Table, places: Any, column: str) -> None:
        if rule.id in self.keep or not len(places):
            return
        for spoilt in (column,) if column else rule.spoils:
            masks = self._checked.spoilt.setdefault(table.layout.name, {})
            mask = masks.setdefault(spoilt, np.zeros(len(table.lines), dtype=bool))
            mask[places] = True


def _value(table: Table, rule: Rule, shown: str, place: int) -> str:
    if len(rule.fields) < 2:
        return table.columns[shown][place]
    return "; ".join(f"{name} {table.columns[name][place] or 'empty'}" for name in rule.fields)
