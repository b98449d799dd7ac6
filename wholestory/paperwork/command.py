"""``wholestory forms``: the forms that come with Wholestory, their seals, and XLSForm workbooks."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from wholestory.paperwork import registry
from wholestory.paperwork.sealing import to_json
from wholestory.paperwork.xlsform import CannotWrite, read_workbook, together, write_workbook


def main(argv: list[str]) -> int:
    """``list`` shows every form; ``check`` names what is wrong between forms and seals; ``seal`` seals new versions;
    ``to-xlsform`` writes a form as a workbook; ``from-xlsform`` reads one."""
    parser = argparse.ArgumentParser(prog="wholestory forms", description=__doc__)
    what = parser.add_subparsers(dest="what", required=True)
    what.add_parser("list", help="every form with its version and title")
    what.add_parser("check", help="what is wrong between forms and seals")
    what.add_parser("seal", help="seal new versions")
    out = what.add_parser("to-xlsform", help="write a form as an XLSForm workbook")
    out.add_argument("key", help="the form's key, as `list` shows it")
    out.add_argument("file", type=Path, help="the workbook to write, ending in .xlsx")
    out.add_argument("--version", type=int, help="which version; the newest otherwise")
    back = what.add_parser("from-xlsform", help="read an XLSForm workbook and print the form as JSON")
    back.add_argument("file", type=Path, help="the workbook, .xlsx or .xls")
    back.add_argument(
        "--check", action="store_true", help="only say what is wrong, and what could not be held"
    )
    chosen = parser.parse_args(argv)
    if chosen.what == "to-xlsform":
        return _to_xlsform(chosen.key, chosen.version, chosen.file)
    if chosen.what == "from-xlsform":
        return _from_xlsform(chosen.file, only_check=chosen.check)
    if chosen.what == "seal":
        for line in registry.seal_new():
            print(f"sealed {line.key} version {line.version}")
    if chosen.what == "list":
        for each in registry.shipped():
            asked = len(each.form.asked)
            print(f"{each.form.key} {each.form.version}  {each.form.title} ({asked} questions)")
        return 0
    faults = registry.faults()
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def _to_xlsform(key: str, version: int | None, file: Path) -> int:
    try:
        form = registry.latest(key) if version is None else registry.version(key, version)
        content, report = write_workbook(form)
        file.write_bytes(content)
    except (registry.NotShipped, CannotWrite) as reason:
        print(reason, file=sys.stderr)
        return 1
    except OSError as reason:
        print(f"{file} cannot be written: {reason.strerror}", file=sys.stderr)
        return 1
    print(f"{file}: {form}, {len(form.asked)} questions")
    if report.lines:
        print("Read again here, it is the same form. Another XLSForm program will not see:")
    for line in report.lines:
        print(f"- {line}")
    return 0


def _from_xlsform(file: Path, *, only_check: bool) -> int:
    """The form goes to standard output; what is said of it to standard error, unless that is all that was asked."""
    try:
        reading = read_workbook(file.read_bytes(), file.name)
    except OSError as reason:
        print(f"{file} cannot be read: {reason.strerror}", file=sys.stderr)
        return 1
    said = sys.stdout if only_check else sys.stderr
    for heading, found in (
        ("To put right:", reading.faults),
        ("What this form cannot carry:", reading.not_held),
        ("Carried otherwise than it was written:", reading.told),
    ):
        if found:
            print(heading, file=said)
        for line in together(found):
            print(f"- {line}", file=said)
    if reading.form is None:
        return 1
    if only_check:
        print(f"{file}: {reading.form}, {len(reading.form.asked)} questions")
    else:
        print(json.dumps(to_json(reading.form), ensure_ascii=False, indent=2))
    return 0
