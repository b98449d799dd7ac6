"""``wholestory returns check``: every error and query in files about children, with place, meaning and what to do.

Checking needs no database and no settings: it runs on the machine of whoever sends the files. ``returns load`` loads
counts or files where the board's system runs.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wholestory.indicators.child_level.beside import write_beside, write_csv
from wholestory.indicators.child_level.findings import Finding, Findings, Refused
from wholestory.indicators.child_level.kinds import TITLES, Worked, work
from wholestory.indicators.child_level.since import Same, Since, kept, since
from wholestory.indicators.command_line import Mistake, Parser, add_files, asked_of, say
from wholestory.indicators.commands import loading

ABOUT = "Check files about children before they are sent or loaded. Nothing is sent anywhere, and nothing is kept."
EXAMPLES = """examples:
  wholestory returns check census.xml
  wholestory returns check census.xml last_year.xml --authority 874 --year 2025
  wholestory returns check census.xml --annotated errors.xlsx
  wholestory returns check census.xml --json > checked.json
  wholestory returns check corrected.xml --since checked.json
  wholestory returns check annex_a.xlsx --from 2025-01-01 --to 2025-03-31 --json

It ends with 0 when there is no error, 1 when there are errors, and 2 when a file was refused.
"""
SHOWN = 50
"""Findings shown on screen for each file; all listed ones are in --json and --annotated."""


def main(argv: list[str]) -> int:
    """Returns 0, 1 when errors were found, 2 when a file was refused or the command was not understood."""
    parser = _parser()
    try:
        options = parser.parse_args(argv)
        if options.what == "load":
            return loading.load(options)
        if options.what != "check":
            parser.print_help(sys.stderr)
            return 2
        asked = asked_of(options, figures=False)
        results = work([Path(name) for name in options.files], asked)
        before = _before(options.since)
        if options.annotated:
            _annotate(Path(options.annotated), results)
    except Mistake as mistake:
        say(str(mistake), sys.stderr)
        return 2
    if options.json:
        told: dict[str, Any] = {"files": [as_json(one) for one in results]}
        if before is not None:
            told["since"] = _since(before, results).as_json()
        say(json.dumps(told, indent=1, ensure_ascii=False))
    else:
        for one in results:
            say(_in_words(one))
        if before is not None:
            say(_since_in_words(_since(before, results)))
    if any(isinstance(one, Refused) for one in results):
        return 2
    return 1 if any(one.findings.errors for one in results if isinstance(one, Worked)) else 0


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="wholestory returns", description=ABOUT)
    what = parser.add_subparsers(dest="what", metavar="check|load", parser_class=Parser)
    check = what.add_parser(
        "check",
        help="list every error and query",
        description=ABOUT,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_files(check)
    check.add_argument(
        "--annotated", metavar="OUT", help="write the errors beside the data (.xlsx), or as a list (.csv)"
    )
    check.add_argument(
        "--since", metavar="JSON", help="say what is new and what is fixed since an earlier check --json"
    )
    load = what.add_parser("load", help="load counts, or files about children", description=loading.__doc__)
    loading.add_options(load)
    return parser


Before = tuple[list[Same], bool]


def _before(name: str | None) -> Before | None:
    if name is None:
        return None
    try:
        return kept(Path(name).read_bytes(), name)
    except OSError as problem:
        raise Mistake(f"“{name}” cannot be opened.") from problem
    except Refused as refused:
        raise Mistake(str(refused)) from refused


def _since(before: Before, results: Sequence[Worked | Refused]) -> Since:
    done = [one.findings for one in results if isinstance(one, Worked)]
    every = [finding for findings in done for finding in findings]
    return since(before[0], every, not_listed=before[1] or any(findings.not_listed for findings in done))


def _since_in_words(one: Since) -> str:
    fixed = sum(one.fixed.values())
    lists = " Only listed findings are compared." if one.not_listed else ""
    return f"\nSince the earlier check: {len(one.new):,} new, {len(one.still):,} still there, {fixed:,} fixed.{lists}"


def as_json(one: Worked | Refused) -> dict[str, Any]:
    """One file's outcome for `--json`."""
    if isinstance(one, Refused):
        return {"file": one.file, "refused": one.as_json()}
    return {
        "file": one.name,
        "source": one.source,
        "inputs": [{"name": part.name, "sha256": part.sha256, "role": part.role} for part in one.inputs],
        "authority": one.authority,
        "window": {"from": one.window.first.isoformat(), "to": one.window.last.isoformat()},
        "children": one.children,
        "findings": one.findings.as_json(),
    }


def _annotate(path: Path, results: Sequence[Worked | Refused]) -> None:
    done = [one for one in results if isinstance(one, Worked)]
    if not done:
        return
    if path.suffix.lower() == ".csv":
        every = Findings(most=max(one.findings.most for one in done) * len(done))
        for one in done:
            every.take_in(one.findings)
        write_csv(path, every)
    elif path.suffix.lower() == ".xlsx":
        if len(done) > 1:
            raise Mistake(
                "Errors are written beside one file at a time. Name one file, or write a .csv list."
            )
        write_beside(path, done[0].sheets(), done[0].findings)
    else:
        raise Mistake("--annotated wants a name that ends in .xlsx or .csv.")


def _in_words(one: Worked | Refused) -> str:
    if isinstance(one, Refused):
        place = f" (line {one.line})" if one.line else ""
        return f"{one.file}{place}: refused. {one.why} {one.todo}".rstrip()
    lines = [
        f"{one.name}: {TITLES[one.source]}, authority {one.authority or 'not named'}, {one.window}, "
        f"{one.children:,} children."
    ]
    by_rule = one.findings.by_rule()
    if not by_rule:
        return "\n".join([*lines, "  Nothing is wrong."])
    listed = list(one.findings)
    words = {finding.rule: finding.words for finding in listed}
    lines += [
        f"  {severity.label:<7} {rule:<6} {count:>7,}  {words.get(rule, '')}"
        for rule, severity, count in by_rule
    ]
    lines.append("")
    lines += [_finding(finding) for finding in listed[:SHOWN]]
    more = len(one.findings) - min(len(listed), SHOWN)
    if more:
        lines.append(f"  ... and {more:,} more. --annotated and --json list them.")
    return "\n".join(lines)


def _finding(one: Finding) -> str:
    place = f"line {one.line}" if one.line is not None else "file"
    child = f"child {one.child}, " if one.child else ""
    value = f" Sent: {one.value}." if one.value else ""
    where = ", ".join(part for part in (one.table, one.field) if part)
    return f"  {child}{place}{f', {where}' if where else ''}: [{one.rule}] {one.words}{value} {one.todo}"
