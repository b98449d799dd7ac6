"""``wholestory measures``: the measures that come with Wholestory, and their seals."""

from __future__ import annotations

import argparse
import sys

from wholestory.indicators.catalogue import reading, sealing


def main(argv: list[str]) -> int:
    """``list`` shows every measure; ``check`` names what is wrong between measures and seals; ``seal`` seals new
    versions."""
    parser = argparse.ArgumentParser(prog="wholestory measures", description=__doc__)
    what = parser.add_subparsers(dest="what", required=True)
    what.add_parser("list", help="every measure with its version, unit and title")
    what.add_parser("check", help="what is wrong between measures and seals")
    what.add_parser("seal", help="seal new versions")
    chosen = parser.parse_args(argv)
    try:
        if chosen.what == "list":
            for each in reading.load().definitions:
                print(f"{each.code} {each.version}  {each.title} ({each.unit_words})")
            return 0
        if chosen.what == "seal":
            for line in sealing.write():
                print(f"sealed {line.code} version {line.version}")
        found = sealing.faults()
    except (reading.CatalogueFault, sealing.BadSeal) as reason:
        print(reason, file=sys.stderr)
        return 1
    for fault in found:
        print(fault)
    return 1 if found else 0
