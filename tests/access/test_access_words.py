"""Whoever reads the access record reads words, whichever room wrote the line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from wholestory.access.screens import wording
from wholestory.assurance.definitions.pathway import RETURN
from wholestory.child_deaths.pathway import CASE

CODE = Path(__file__).resolve().parents[2] / "wholestory"
A_VERB = re.compile(r"[a-z_]+\.[a-z_]+")
#: These write one line for many records, with the kinds of rows they made or for made-up areas.
NOT_VERBS = {"config/example"}


def written() -> Iterator[tuple[str, str]]:
    """Every verb that code gives to the access record by name, and where."""
    for path in sorted(CODE.rglob("*.py")):
        place = path.relative_to(CODE).as_posix()
        if "/migrations/" in place or any(place.startswith(one) for one in NOT_VERBS):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from ((said, place) for said in _said_by(node))


def _said_by(call: ast.Call) -> Iterator[str]:
    called = ast.unparse(call.func)
    where = [word.value for word in call.keywords if word.arg == "verb"]
    if called.rpartition(".")[2] == "line":
        where += call.args[:1]
    for part in where:
        for one in ast.walk(part):
            if isinstance(one, ast.Constant) and isinstance(one.value, str):
                if called == "doors.line":
                    # Two verbs of joining end alike for people and organisations.
                    begun = ("person", "agency") if one.value.startswith("_") else ("",)
                    yield from (f"partners.{first}{one.value}" for first in begun)
                elif A_VERB.fullmatch(one.value):
                    yield one.value


def test_every_verb_that_is_written_has_words() -> None:
    found = dict(written())
    assert len(found) > 90
    assert {verb: place for verb, place in found.items() if verb not in wording._VERBS} == {}


def test_every_move_of_a_return_has_words() -> None:
    assert [one.name for one in RETURN.moves if f"assurance.{one.name}" not in wording._VERBS] == []


def test_no_words_are_left_over() -> None:
    known = {verb for verb, _ in written()} | {f"assurance.{one.name}" for one in RETURN.moves}
    known |= {f"child_deaths.{one.name}" for one in CASE.moves} | {
        "child_deaths.begun",
        "child_deaths.put_back",
    }
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (*CODE.rglob("*.py"), *CODE.rglob("*.sql"))
        if path.name not in {"wording.py", "access_words.py"}
    )
    unused = [
        verb
        for verb in wording._VERBS
        if verb not in known and f'"{verb}"' not in code and f"'{verb}'" not in code
    ]
    assert unused == []
