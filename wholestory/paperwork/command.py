"""``wholestory forms``: the forms that come with Wholestory, and their seals."""

from __future__ import annotations

import argparse

from wholestory.paperwork import registry


def main(argv: list[str]) -> int:
    """``list`` shows every form; ``check`` names what is wrong between forms and seals; ``seal`` seals new versions."""
    parser = argparse.ArgumentParser(prog="wholestory forms", description=__doc__)
    parser.add_argument("what", choices=("list", "check", "seal"))
    chosen = parser.parse_args(argv).what
    if chosen == "seal":
        for line in registry.seal_new():
            print(f"sealed {line.key} version {line.version}")
    if chosen == "list":
        for each in registry.shipped():
            asked = len(each.form.asked)
            print(f"{each.form.key} {each.form.version}  {each.form.title} ({asked} questions)")
        return 0
    faults = registry.faults()
    for fault in faults:
        print(fault)
    return 1 if faults else 0
