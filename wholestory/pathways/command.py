"""``wholestory due``: when a limit falls, with each day that was left out and why. Needs no database."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from typing import NoReturn

from wholestory.kernel.bank_holidays import Change, Effect, Nation
from wholestory.kernel.moments import ACCEPTED, Moment, NotAMoment, parse, parse_day
from wholestory.kernel.working_days import CALENDARS, Calendars, NotAWorkingDay
from wholestory.pathways import register
from wholestory.pathways.editions import (
    Axis,
    Edition,
    NoEdition,
    UnknownEdition,
    edition,
    edition_for,
    editions,
)
from wholestory.pathways.rules import telling
from wholestory.pathways.rules.pauses import Pause, PauseNotPossible
from wholestory.pathways.rules.reckoning import CannotWorkOut, work_out
from wholestory.pathways.rules.terms import Clock

ABOUT = "When a limit falls, counted by an edition of guidance, with each day that was left out and why."
EXAMPLES = """examples:
  wholestory due --list --edition WT2015
  wholestory due incident_notification --edition WT2015 --from 2015-12-23
  wholestory due return_interview --edition WT2015 --from "2016-03-25 22:00"
  wholestory due death_panel --edition CDR2018 --from 2026-03-02 --pause 2026-03-10..2026-03-24
  wholestory due death_panel --edition CDR2018 --from review_meeting_output=2026-03-02 \\
                             --from inquest_result=2026-04-13

A day or moment may be written:
  """ + "\n  ".join(ACCEPTED)


class Mistake(ValueError):
    """Something typed on the command line cannot be used. The message is for the person who typed it."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Mistake(f"{message}. See `wholestory due --help`.")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="wholestory due",
        description=ABOUT,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("clock", nargs="?", metavar="CLOCK", help="the key of a clock; see --list")
    parser.add_argument(
        "--edition", metavar="E", help="WT2015, WT2023, ...; left out, it follows from the start"
    )
    parser.add_argument(
        "--from",
        dest="starts",
        action="append",
        default=[],
        metavar="WHEN",
        help="the start; FACT=WHEN, more than once, for a clock that runs from the later of several facts",
    )
    parser.add_argument(
        "--pause",
        dest="pauses",
        action="append",
        default=[],
        metavar="A..B",
        help="paused on A, taken up again on B; A.. while it still is",
    )
    parser.add_argument(
        "--also-closed",
        dest="closed",
        action="append",
        default=[],
        metavar="DAY",
        help="count DAY as a bank holiday too, such as one proclaimed since",
    )
    parser.add_argument("--list", action="store_true", help="list the clocks, of one edition or of all")
    parser.add_argument("--editions", action="store_true", help="list the editions")
    parser.add_argument("--json", action="store_true", help="plain data instead of words")
    return parser


def main(argv: list[str]) -> int:
    """Run ``wholestory due``. Returns 0, or 2 with a message on the error stream when asked wrongly."""
    try:
        asked = _parser().parse_args(argv)
        if asked.editions:
            return _list_editions(as_json=asked.json)
        if asked.list:
            return _list(asked.edition, as_json=asked.json)
        return _due(asked)
    except SystemExit as stop:  # argparse leaves this way after --help
        return int(stop.code or 0)
    except BrokenPipeError:
        # The reader (`head`, `less`) went away. Nothing more can be written, not even by Python on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (
        Mistake,
        NotAMoment,
        NotAWorkingDay,
        CannotWorkOut,
        PauseNotPossible,
        UnknownEdition,
        NoEdition,
        register.UnknownRule,
        register.NotInEdition,
    ) as mistake:
        print(f"wholestory due: {mistake}", file=sys.stderr)
        return 2


def _due(asked: argparse.Namespace) -> int:
    if not asked.clock:
        raise Mistake("Name a clock, or use --list to see them all.")
    known = register.versions(asked.clock)
    if not asked.starts:
        facts = " or ".join(fact.words for fact in known[0].starts)
        raise Mistake(f"--from is needed: “{known[0].title}” is counted from {facts}.")
    # The key of each start fact is the same in every edition, so any version can read --from.
    starts = _starts(known[0], asked.starts)
    chosen, guessed = _edition(asked.edition, known, starts)
    clock = register.clock(asked.clock, chosen)
    calendars = _calendars(asked.closed)
    worked = work_out(clock, _starts(clock, asked.starts), calendars=calendars, pauses=_pauses(asked.pauses))
    if asked.json:
        print(json.dumps(telling.data(worked, chosen), indent=2, ensure_ascii=False))
        return 0
    print(f"{clock.title} ({chosen.key})")
    for line in telling.lines(worked, chosen, calendars):
        print(f"  {line.label + ':':<31}{line.text}")
    if guessed:
        print(f"  {'Chosen for you:':<31}{guessed}")
    if clock.uses_calendar or worked.pauses:
        print(f"  {'Days left out:':<31}{len(worked.skipped) or 'none'}")
        for skipped in worked.skipped:
            print(f"    {telling.skipped_words(skipped)}")
    return 0


def _starts(clock: Clock, given: Sequence[str]) -> dict[str, Moment]:
    facts = [fact.key for fact in clock.starts]
    found: dict[str, Moment] = {}
    for text in given:
        name, equals, when = text.partition("=")
        if equals:
            key = name.strip().lower().replace("-", "_")
            if key not in facts:
                raise Mistake(
                    f"“{clock.title}” is not counted from “{name.strip()}”. Facts: {', '.join(facts)}."
                )
        else:
            key, when = next((fact for fact in facts if fact not in found), ""), text
            if not key:
                raise Mistake(
                    f"“{clock.title}” has {len(facts)} start fact{'s' if len(facts) > 1 else ''} only."
                )
        if key in found:
            raise Mistake(f"--from gives “{key}” twice.")
        found[key] = parse(when)
    return found


def _edition(name: str | None, known: Sequence[Clock], starts: dict[str, Moment]) -> tuple[Edition, str]:
    if name:
        return edition(name), ""
    held = {key for each in known for key in each.editions}
    if len(held) == 1:
        chosen = edition(held.pop())
        return chosen, f"{chosen.key}, the only edition with this clock."
    first = min(starts.values(), key=lambda moment: moment.at).on
    chosen = edition_for(first)
    return chosen, f"{chosen.key}, the edition in force on {first.isoformat()}; --edition says otherwise."


def _pauses(given: Sequence[str]) -> list[Pause]:
    found = []
    for text in given:
        begins, dots, ends = text.partition("..")
        if not dots or not begins.strip():
            raise Mistake(f"--pause “{text}”: write A..B, or A.. while it is still paused.")
        found.append(Pause(parse(begins), parse(ends) if ends.strip() else None))
    return found


def _calendars(closed: Sequence[str]) -> Calendars:
    if not closed:
        return CALENDARS
    everywhere = frozenset(Nation)
    days: list[date] = [parse_day(text) for text in closed]
    return CALENDARS.with_changes(
        Change(day, everywhere, "Named with --also-closed", Effect.CLOSED) for day in days
    )


def _list(name: str | None, *, as_json: bool) -> int:
    chosen = register.of_edition(name) if name else register.clocks()
    if as_json:
        rows = [
            {
                "clock": each.key,
                "title": each.title,
                "duty": each.duty,
                "editions": list(each.editions),
                "counted_from": [{"key": fact.key, "words": fact.words} for fact in each.starts],
                "limit": each.limit_words,
                "kind": each.kind.value,
                "status": each.status.value,
                "evidence": each.source.evidence.value,
            }
            for each in chosen
        ]
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return 0
    if not chosen and name:
        print(f"No clock is held under {edition(name).title}. {edition(name).about}")
        return 0
    duty = ""
    for each in sorted(chosen, key=lambda clock: clock.duty):
        if each.duty != duty:
            duty = each.duty
            print(f"\n{duty}")
        facts = ", or later ".join(fact.words for fact in each.starts)
        print(f"  {each.key:<36}{each.title}")
        print(f"  {'':<36}{each.limit_words}; from: {facts}")
        print(f"  {'':<36}{', '.join(each.editions)}; {telling.kind_words(each)}; {each.status.label}")
    print(f"\n{len(chosen)} clocks.")
    return 0


def _list_editions(*, as_json: bool) -> int:
    every = [each for axis in Axis for each in editions(axis)]
    if as_json:
        rows = [
            {
                "edition": each.key,
                "title": each.title,
                "from_on": each.from_on.isoformat() if each.from_on else None,
                "reading": each.reading.value,
                "clocks": len(register.of_edition(each)),
            }
            for each in every
        ]
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return 0
    for each in every:
        begins = each.from_on.isoformat() if each.from_on else "no one day"
        print(f"{each.key:<9}{begins:<12}{each.title}. {each.reading.label}.")
    return 0
