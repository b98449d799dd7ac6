"""`wholestory docs`: writes the documents that are generated from the code, or checks that they are up to date.

A room adds its document to GENERATED: the path below docs/, and a function that returns the whole text.
"""

import argparse
import difflib
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from wholestory.config.supervisor.places import CHECKOUT

DOCS = CHECKOUT / "docs"

GENERATED: dict[str, str] = {
    "reference/settings.md": "wholestory.config.setting_reference:text",
    "reference/commands.md": "wholestory.config.setting_reference:commands_text",
    "reference/api.md": "wholestory.config.api.reference:text",
    "reference/who-can-see-what.md": "wholestory.access.reference:text",
    "reference/clocks.md": "wholestory.pathways.documents:clocks_text",
    "reference/editions.md": "wholestory.pathways.documents:editions_text",
    "reference/child-death-forms.md": "wholestory.child_deaths.documents:forms_text",
    "reference/child-death-exports.md": "wholestory.child_deaths.documents:exports_text",
    "reference/indicators.md": "wholestory.indicators.documents:text",
    "reference/rules-for-files-about-children.md": "wholestory.indicators.child_level.documents:rules_text",
    "reference/pathways/README.md": "wholestory.pathways.documents:pathways_text",
}
"""Path below docs/ -> `module:function` that returns the text."""


def generate(target: str) -> str:
    """The text that `module:function` makes, ending with one line break."""
    module, function = target.split(":")
    make = cast("Callable[[], str]", getattr(import_module(module), function))
    return make().rstrip("\n") + "\n"


def differences() -> list[str]:
    """A difference, as lines, for each generated document that is not what the code says."""
    found = []
    for name, target in GENERATED.items():
        path = DOCS / name
        there = path.read_text(encoding="utf-8") if path.exists() else ""
        new = generate(target)
        if there != new:
            lines = difflib.unified_diff(
                there.splitlines(), new.splitlines(), f"docs/{name}", "generated", lineterm=""
            )
            found.append("\n".join(list(lines)[:40]))
    return found


def main(argv: list[str]) -> int:
    """Write the documents, or with `--check` only say which differ. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="wholestory docs", description="Writes the generated documents.")
    parser.add_argument(
        "--check", action="store_true", help="change nothing; fail when a document is out of date"
    )
    if parser.parse_args(argv).check:
        found = differences()
        for difference in found:
            sys.stdout.write(f"{difference}\n")
        if found:
            sys.stdout.write("Run: make fix\n")
        return 1 if found else 0
    for name, target in GENERATED.items():
        _write(DOCS / name, generate(target))
    return 0


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"wrote docs/{path.relative_to(DOCS)}\n")
