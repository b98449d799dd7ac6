"""What the commands about files of children share: their options, their words, and how they say what is wrong."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import NoReturn, TextIO

from wholestory.indicators.child_level.kinds import Asked
from wholestory.indicators.child_level.window import Window


class Mistake(ValueError):
    """Something typed on the command line cannot be used. The message is for the person who typed it."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in a sentence."""

    def error(self, message: str) -> NoReturn:
        """Raises Mistake."""
        raise Mistake(f"{message}. See `{self.prog} --help`.")


def say(line: str, out: TextIO | None = None) -> None:
    """One line or many, with an end."""
    (out or sys.stdout).write(line + "\n")


def add_files(parser: argparse.ArgumentParser) -> None:
    """The files, and what they have to be."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="census .xml, lists .xlsx, looked-after .csv"
    )
    parser.add_argument("--from", dest="first", metavar="DATE", help="the first day the figures are about")
    parser.add_argument("--to", dest="last", metavar="DATE", help="the last day")
    parser.add_argument(
        "--authority", metavar="CODE", help="refuse a file of another authority, for example 874"
    )
    parser.add_argument("--year", type=int, metavar="YEAR", help="refuse a file of another collection year")
    parser.add_argument(
        "--keep",
        action="append",
        default=[],
        metavar="RULE",
        help="count rows in spite of this error rule, and say so; more than once",
    )
    parser.add_argument("--json", action="store_true", help="everything, for another program")


def asked_of(options: argparse.Namespace, *, figures: bool) -> Asked:
    """The options as they are asked of a file. Raises Mistake."""
    if options.keep:
        from wholestory.indicators.child_level.documents import known_rules  # reads every kind's rules

        if unknown := sorted(set(options.keep) - known_rules()):
            raise Mistake(f"There is no rule {', '.join(unknown)} to keep rows in spite of.")
    return Asked(
        _window(options.first, options.last),
        options.authority,
        options.year,
        figures,
        keep=frozenset(options.keep),
    )


def _window(first: str | None, last: str | None) -> Window | None:
    if first is None and last is None:
        return None
    if first is None or last is None:
        raise Mistake("A window needs both --from and --to.")
    try:
        return Window(_day(first), _day(last))
    except ValueError as wrong:
        raise Mistake(str(wrong)) from wrong


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise Mistake(f"“{text}” is no date. Write it as 2025-03-31.") from wrong


def tool_version() -> str:
    """The version of the program, for the aggregate file."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("wholestory")
    except PackageNotFoundError:
        return "not installed"
