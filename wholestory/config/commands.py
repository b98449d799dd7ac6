"""Every command of `wholestory`, and where it lives.

A command is a function `main(argv: list[str]) -> int` that returns its exit status. It is imported only when
it is asked for, so that one room's heavy imports never slow another room's command.
"""

import importlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO, cast


@dataclass(frozen=True)
class Command:
    """One line of the list people see."""

    target: str
    """`module:function`."""
    about: str
    """What it does, for the list."""
    django: bool = True
    """Whether Django is set up before it runs. False for what must work without settings or a database."""
    role: str = ""
    """The database role it runs in unless WHOLESTORY_ROLE says another; `web` when empty."""


COMMANDS: dict[str, Command] = {
    "demo": Command(
        "wholestory.config.supervisor.command:demo",
        "run the example area, with its own database",
        django=False,
    ),
    "demo-reset": Command(
        "wholestory.config.supervisor.command:demo_reset",
        "stop the demo and throw its data away",
        django=False,
    ),
    "serve": Command(
        "wholestory.config.supervisor.command:serve",
        "run web and worker on a database server of your own",
        django=False,
    ),
    "worker": Command("wholestory.config.worker:main", "work through the queue of jobs", role="worker"),
    "database": Command(
        "wholestory.config.database_command:main",
        "prepare a database server, or migrate it",
        django=False,
        role="owner",
    ),
    "start": Command(
        "wholestory.config.start:main", "stand up an empty board from its membership spreadsheet"
    ),
    "due": Command("wholestory.pathways.command:main", "when a statutory limit falls, and why", django=False),
    "returns": Command(
        "wholestory.indicators.returns_command:main",
        "check files about children before they are sent; load counts or files",
        django=False,
    ),
    "indicators": Command(
        "wholestory.indicators.figures_command:main",
        "the figures of files about children, and the aggregate file",
        django=False,
    ),
    "forms": Command("wholestory.paperwork.command:main", "list the forms that ship, or seal new versions"),
    "measures": Command(
        "wholestory.indicators.catalogue.command:main",
        "list the measures that ship, or seal new versions",
        django=False,
    ),
    "published": Command(
        "wholestory.indicators.commands.published:main",
        "look through published figures to compare with, or load them",
        django=False,
    ),
    "ledger": Command("wholestory.ledger.command:main", "verify the access record, or anchor it"),
    "export": Command(
        "wholestory.config.export.command:main", "everything out: data, files, schema", role="backup"
    ),
    "import": Command(
        "wholestory.config.export.command:import_main", "an export back into an empty system", role="owner"
    ),
    "example": Command("wholestory.config.example:main", "made-up areas of a chosen size, for benchmarks"),
    "bench": Command("benchmarks.command:main", "the benchmarks, with ratios", django=False),
    "docs": Command("wholestory.config.reference:main", "write the generated documents, or --check them"),
    "manage": Command("wholestory.config.commands:manage", "Django's own commands", django=False),
}


def usage(out: TextIO) -> None:
    """Write the list of commands."""
    print("usage: wholestory COMMAND ...\n", file=out)
    width = max(map(len, COMMANDS))
    for name, command in COMMANDS.items():
        print(f"  {name:<{width}}  {command.about}", file=out)
    print("\nEach command explains itself with --help.", file=out)


def main(argv: list[str]) -> int:
    """Run the command named first in `argv`; the rest is its own. Returns the exit status."""
    from wholestory.config.environment import Refused

    if not argv or argv[0] in {"-h", "--help", "help"}:
        usage(sys.stdout)
        return 0 if argv else 2
    name, rest = argv[0], argv[1:]
    command = COMMANDS.get(name)
    if command is None:
        print(f"wholestory: there is no command “{name}”.\n", file=sys.stderr)
        usage(sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wholestory.config.settings")
    if command.role:
        os.environ.setdefault("WHOLESTORY_ROLE", command.role)
    try:
        if command.django:
            import django

            django.setup()
        return resolve(command.target)(rest)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def resolve(target: str) -> Callable[[list[str]], int]:
    """Import `module:function`. Raises ImportError or AttributeError when it is not there."""
    module, function = target.split(":")
    return cast("Callable[[list[str]], int]", getattr(importlib.import_module(module), function))


def manage(argv: list[str]) -> int:
    """Hand over to Django's command line, for example `wholestory manage collectstatic`."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["wholestory manage", *argv])
    return 0
