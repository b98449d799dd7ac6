"""Tagged PDF files (PDF/UA-1) from Typst, with the stamp on every page.

A source never holds what people typed: values go in as data, so no text can become markup or code. The
compiler sees an empty folder, so a source cannot read a file either.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from datetime import datetime
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
    return typeset(_frame_source() + typst_source, {"frame": frame, "data": inputs}, at=stamp.made_at)


def typeset(source: str, inputs: Mapping[str, Any], *, at: datetime | None = None) -> bytes:
    """A tagged PDF of a whole source, for files with a frame of their own. Raises PageFault.

    Each of ``inputs`` is found under its name in ``sys.inputs``, as JSON. The file says it was made ``at`` this moment.
    """
    return _compiled(
        source,
        inputs,
        format="pdf",
        pdf_standards="ua-1",
        timestamp=at.replace(microsecond=0) if at else None,
    )


def picture(source: str, inputs: Mapping[str, Any], *, dots_per_inch: float) -> bytes:
    """A source of one page as a PNG picture, for files that cannot hold a drawing. Raises PageFault."""
    return _compiled(source, inputs, format="png", ppi=dots_per_inch)


def _compiled(source: str, inputs: Mapping[str, Any], **how: Any) -> bytes:
    try:
        with tempfile.TemporaryDirectory(prefix="wholestory-pdf-") as nothing_to_read:
            compiler = typst.Compiler(
                source.encode("utf-8"),
                root=nothing_to_read,
                sys_inputs={name: json.dumps(value, default=str) for name, value in inputs.items()},
            )
            made = compiler.compile(**how)
    except typst.TypstError as fault:
        raise PageFault("\n".join([fault.message, *fault.hints])) from fault
    if not isinstance(made, bytes):
        raise PageFault("Typst made no file, or more than one.")
    return made


@cache
def _frame_source() -> str:
    return _FRAME.read_text(encoding="utf-8")
