"""What is new, still there and fixed since the last file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.indicators.child_level.samples import census, child, episode, written
from wholestory.indicators import returns_command
from wholestory.indicators.child_level.findings import Finding, Refused, Scope, Severity
from wholestory.indicators.child_level.since import kept, same, since

ONE = Finding(
    "8866", Severity.ERROR, Scope.CELL, "a.xml", "words", table="CINdetails", child="A1", value="77", line=4
)


def test_a_line_that_moved_is_the_same_finding_and_another_value_is_not() -> None:
    moved = replace(ONE, line=90, file="b.xml")
    changed = replace(ONE, value="78")
    told = since([same(ONE)], [moved])
    assert (told.new, told.still, told.fixed) == ((), (moved,), {})
    told = since([same(ONE)], [changed])
    assert (told.new, told.still, told.fixed) == ((changed,), (), {"8866": 1})


def test_of_three_that_are_alike_one_was_fixed() -> None:
    told = since([same(ONE)] * 3, [ONE, ONE])
    assert (len(told.new), len(told.still), told.fixed) == (0, 2, {"8866": 1})


def test_what_is_no_earlier_check_is_refused() -> None:
    for content in (b"", b"[]", b'{"files": 3}', b'{"files": [{"findings": {}}]}'):
        with pytest.raises(Refused, match="earlier check"):
            kept(content, "checked.json")


def test_the_command_compares(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = [child(episode(source="77"), id="A1"), child(episode(source="78"), id="A2")]
    before = written(tmp_path, census(*wrong), "before.xml")
    after = written(
        tmp_path, census(child(episode(), id="A1"), wrong[1], child(episode(need=""), id="A3")), "after.xml"
    )
    assert returns_command.main(["check", str(before), "--json"]) == 1
    checked = written(tmp_path, capsys.readouterr().out, "checked.json")
    assert returns_command.main(["check", str(after), "--since", str(checked)]) == 1
    # Still there: A2's source and the two queries about disabilities.
    assert "Since the earlier check: 1 new, 3 still there, 1 fixed." in capsys.readouterr().out
    assert returns_command.main(["check", str(after), "--since", str(checked), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["since"]["fixed_by_rule"] == {"8866": 1}
    assert returns_command.main(["check", str(after), "--since", str(tmp_path / "none.json")]) == 2
