"""``wholestory indicators``: the figures of files about children, and the aggregate file a board loads.

Needs no database and no settings. On a council's own machine it reads the files there, and only counts leave it.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from wholestory.indicators.child_level.aggregate import document, write
from wholestory.indicators.child_level.figures import Figure
from wholestory.indicators.child_level.findings import Refused
from wholestory.indicators.child_level.kinds import TITLES, Asked, Worked, work
from wholestory.indicators.command_line import Mistake, Parser, add_files, asked_of, say, tool_version
from wholestory.indicators.returns_command import as_json as checked_as_json

ABOUT = (
    "Work out the figures of files about children. Only counts are written; no child can be found in them."
)
EXAMPLES = """examples:
  wholestory indicators census_2025.xml census_2024.xml --from 2024-04-01 --to 2025-03-31
  wholestory indicators census_2025.xml --population 57000 --json
  wholestory indicators census_2025.xml --aggregate to_the_board.json

Give last year's file too: a referral is a re-referral by what came in the twelve months before it.
It ends with 0 when every file was counted and 2 when one was refused.
"""


def main(argv: list[str]) -> int:
    """Returns 0, or 2 when a file was refused or the command was not understood."""
    try:
        options = _parser().parse_args(argv)
        asked = asked_of(options, figures=True)
        if options.population is not None and options.population < 1:
            raise Mistake("--population wants the number of children aged 0 to 17.")
        if options.suppress is not None and (options.suppress < 2 or not options.aggregate):
            raise Mistake("--suppress wants a limit of 2 or more, and --aggregate.")
        results = work([Path(name) for name in options.files], asked)
        if options.aggregate:
            _write(Path(options.aggregate), results, asked, options)
    except Mistake as mistake:
        say(str(mistake), sys.stderr)
        return 2
    if options.json:
        told = [_as_json(one, options.population) for one in results]
        say(json.dumps({"files": told}, indent=1, ensure_ascii=False))
    else:
        for one in results:
            say(_in_words(one, options.population))
    return 2 if any(isinstance(one, Refused) for one in results) else 0


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="wholestory indicators",
        description=ABOUT,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_files(parser)
    parser.add_argument(
        "--population", type=int, metavar="N", help="children aged 0 to 17 in the area, for rates per 10,000"
    )
    parser.add_argument("--aggregate", metavar="OUT", help="write the aggregate file, which a board can load")
    parser.add_argument(
        "--suppress", type=int, metavar="T", help="hide counts from 1 to T-1 in the aggregate file as c"
    )
    return parser


def _write(path: Path, results: list[Worked | Refused], asked: Asked, options: argparse.Namespace) -> None:
    done = [one for one in results if isinstance(one, Worked)]
    if len(done) != len(results):
        # Half of what was asked must not look like the whole of it.
        return
    if len(done) != 1:
        raise Mistake("An aggregate file holds one kind of file over one window. Run it once for each.")
    told = document(done[0].made(options.population), tool=tool_version(), suppress=options.suppress)
    write(path, told)


def _as_json(one: Worked | Refused, population: int | None) -> dict[str, Any]:
    told = checked_as_json(one)
    if isinstance(one, Worked):
        told["findings"] = {name: told["findings"][name] for name in ("count", "errors", "by_rule")}
        told["figures"] = [figure.as_json(population) for figure in one.figures]
        told["not_counted"] = one.not_counted
        told["counted_in_spite_of"] = sorted(one.kept)
    return told


def _in_words(one: Worked | Refused, population: int | None) -> str:
    if isinstance(one, Refused):
        place = f" (line {one.line})" if one.line else ""
        return f"{one.file}{place}: refused. {one.why} {one.todo}".rstrip()
    lines = [
        f"{one.name}: {TITLES[one.source]}, authority {one.authority or 'not named'}, {one.window}, "
        f"{one.children:,} children.",
        *(_figure(figure, population) for figure in one.figures),
    ]
    if one.not_counted:
        lines.append("")
        lines += [f"  {name:<8} not counted: {why}" for name, why in one.not_counted.items()]
    if errors := one.findings.errors:
        lines.append(f"\n  {errors:,} errors in the file; `wholestory returns check` lists them.")
    return "\n".join(lines)


def _figure(one: Figure, population: int | None) -> str:
    counts = f"{one.numerator:,}" + (f" of {one.denominator:,}" if one.denominator is not None else "")
    value = one.value(population)
    shown = ""
    if one.unit == "percent":
        shown = "-" if value is None else f"{value}%"
    elif one.unit == "rate" and population:
        shown = f"{value} per 10,000"
    said = [f"{one.left_out:,} row{'s'[: one.left_out != 1]} left out"] if one.left_out else []
    said += [mark.replace("_", " ") for mark in one.marks]
    if one.spread is not None:
        said.append("quartiles {:g}, {:g}, {:g}".format(*one.spread))
    more = f"  ({'; '.join(said)})" if said else ""
    return f"  {one.id:<8} {one.title:<66} {counts:>15}  {shown}{more}".rstrip()
