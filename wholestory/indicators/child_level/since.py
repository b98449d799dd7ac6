"""What became of the findings of the last file: which are new, which are still there, which are gone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wholestory.indicators.child_level.findings import Finding, Refused

Same = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Since:
    """`new` are findings of this file, `still` too; `fixed` counts by rule what the last file had and this one does
    not. `not_listed` says that either file had more findings than its list holds, so the comparison is of the lists."""

    new: tuple[Finding, ...]
    still: tuple[Finding, ...]
    fixed: dict[str, int]
    not_listed: bool

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "new": len(self.new),
            "still": len(self.still),
            "fixed": sum(self.fixed.values()),
            "fixed_by_rule": self.fixed,
            "of_the_lists_only": self.not_listed,
        }


def same(finding: Finding) -> Same:
    """What makes two findings the same one in two files: its line may move, its child and value do not. A sender's
    reason for a query is kept under it."""
    return (finding.rule, finding.table, finding.field, finding.child, finding.value)


def since(before: Iterable[Same], now: Iterable[Finding], *, not_listed: bool = False) -> Since:
    """Compare two lists. Of findings that are the same in every part, as many are still there as both have."""
    left = Counter(before)
    new: list[Finding] = []
    still: list[Finding] = []
    for one in now:
        key = same(one)
        if left[key] > 0:
            left[key] -= 1
            still.append(one)
        else:
            new.append(one)
    fixed: dict[str, int] = {}
    for key, count in left.items():
        if count > 0:
            fixed[key[0]] = fixed.get(key[0], 0) + count
    return Since(tuple(new), tuple(still), dict(sorted(fixed.items())), not_listed)


def kept(content: bytes, name: str) -> tuple[list[Same], bool]:
    """The findings of an earlier `wholestory returns check --json`, and whether some were not listed. Raises
    Refused."""
    try:
        files = json.loads(content.decode("utf-8-sig"))["files"]
        checked = [one["findings"] for one in files if "findings" in one]
        found = [_same(one) for findings in checked for one in findings["findings"]]
        return found, any(findings["not_listed"] for findings in checked)
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise Refused(
            name, "The file does not hold the findings of an earlier check.",
            "Give the file that `wholestory returns check --json` wrote.",
        ) from problem  # fmt: skip


def _same(told: dict[str, Any]) -> Same:
    rule, table, field, child, value = (
        str(told[name]) for name in ("rule", "table", "field", "child", "value")
    )
    return rule, table, field, child, value
