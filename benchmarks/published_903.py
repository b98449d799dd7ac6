"""Runs the published validator of the looked-after return over a folder of tables: ``python published_903.py FOLDER``.

Started by ``looked_after.py`` with the interpreter of the validator's own environment, which has no Wholestory, and
with ``-P``, because modules beside this one are called as some of Python's own.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main(folder: str) -> int:
    """Every rule of the return of 2025-26. The table of deprivations of liberty is none the validator knows."""
    lac_validator = importlib.import_module("lac_validator.lac_validator")
    uploaded = importlib.import_module("lac_validator.utils").process_uploaded_files
    rules = importlib.import_module("lac_validator.rules.lac2025_26").registry
    paths = [str(path) for path in sorted(Path(folder).glob("*.csv")) if path.stem != "DoLo"]
    lac_validator.LacValidator(
        metadata={"collectionYear": "2025", "localAuthority": "E06000031"},
        files=uploaded({"This year": paths}),
        registry=rules,
        selected_rules=None,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
