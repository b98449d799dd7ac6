"""Tagged PDF files (PDF/UA-1) from Typst, with the stamp on every page.

A source never holds what people typed: values go in as data, so no text can become markup or code. The
compiler sees an empty folder, so a source cannot read a file either.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

from wholestory.kernel.generated.stamp import Stamp

_FRAME = Path(__file__).with_name("page.typ")


class PageFault(Exception):
    """The source cannot become an accessible PDF. The text says why, and what Typst advises."""


def render(
    typst_source: str, inputs: Mapping[str, Any], *, stamp: Stamp, title: str, landscape: bool = False
) -> bytes:
    """A tagged PDF in English with ``title``, the stamp at its top and on each page.

    ``inputs`` is what the source finds in ``data``: anything JSON can hold. Headings begin at level 1 (``=``), the
    title stands above them. A picture needs ``alt``; a table needs ``table.header``. Raises PageFault.
    """
    frame = {
        "title": title,
        "lines": stamp.lines(),
        "marking": stamp.marking.value,
        "made": stamp.made,
        "maker": stamp.maker,
        "example": stamp.example,
        "landscape": landscape,
    }
    try:
        with tempfile.TemporaryDirectory(prefix="wholestory-pdf-") as nothing_to_read:
            compiler = typst.Compiler(
                (_frame_source() + typst_source).encode("utf-8"),
                root=nothing_to_read,
                sys_inputs={"frame": json.dumps(frame), "data": json.dumps(inputs, default=str)},
            )
            made = compiler.compile(
                format="pdf", pdf_standards="ua-1", timestamp=stamp.made_at.replace(microsecond=0)
            )
    except typst.TypstError as fault:
        raise PageFault("\n".join([fault.message, *fault.hints])) from fault
    if not isinstance(made, bytes):
        raise PageFault("Typst made no file.")
    return made


@cache
def _frame_source() -> str:
    return _FRAME.read_text(encoding="utf-8")
