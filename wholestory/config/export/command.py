"""``wholestory export`` and ``wholestory import``.

``wholestory export OUT`` writes a folder: one CSV for each table, the sealed files, the schema, and a manifest with
the hash of each. ``wholestory import OUT`` puts it into an empty system and proves that it is equal.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wholestory.config.environment import Refused, current
from wholestory.config.export.coming_back import NotEmpty, NotEqual, bring_back
from wholestory.config.export.going_out import take_out
from wholestory.config.export.manifest import BadExport


def main(argv: list[str]) -> int:
    """``wholestory export OUT``. Returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="wholestory export", description="Writes everything into a new folder."
    )
    parser.add_argument("out", type=Path, help="a folder that does not exist yet, or is empty")
    out = parser.parse_args(argv).out
    if out.exists() and any(out.iterdir()):
        print(f"{out} is not empty. Name a new folder.", file=sys.stderr)
        return 2
    made = take_out(_address("backup"), out, sys.stdout)
    print(f"{made.rows:,} rows of {len(made.tables)} tables and {made.files:,} files are in {out}.")
    print(
        "The files are sealed. Keep the files keys apart from this folder; without them no file can be opened."
    )
    return 0


def import_main(argv: list[str]) -> int:
    """``wholestory import OUT``. Returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="wholestory import",
        description="Puts an export into an empty system, and proves that it is equal.",
    )
    parser.add_argument("out", type=Path, help="the folder that wholestory export wrote")
    try:
        made = bring_back(
            _address("admin"), str(current().database("owner")["NAME"]), parser.parse_args(argv).out
        )
    except (BadExport, NotEmpty, NotEqual) as refused:
        print(refused, file=sys.stderr)
        return 1
    print(f"{made.rows:,} rows of {len(made.tables)} tables and {made.files:,} files are back, and equal.")
    print("Next: wholestory ledger verify")
    return 0


def _address(role: str) -> str:
    address = current().database_urls.get(role)
    if not address:
        raise Refused([f"DATABASE_URL_{role.upper()} is not set; this command connects as the {role} role"])
    return address
