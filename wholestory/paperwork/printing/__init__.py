"""A form on paper: what a leaf says, and the accessible PDF of it."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from wholestory.paperwork.partial_date import MONTHS
from wholestory.paperwork.printing.letters import set_in_type
from wholestory.paperwork.showing import ShownPage

TEMPLATE = Path(__file__).resolve().parent / "form.typ"
EXAMPLE = "Example: invented"


@dataclass(frozen=True)
class Leaf:
    """A form to print. ``made_at`` is local time; ``content_hash`` is there once the form was sent;
    ``since`` says how much changed since last time."""

    title: str
    about: str
    intro: str
    reference: str
    version: int
    marking: str
    made_by: str
    made_at: datetime
    status: str
    content_hash: str
    is_example: bool
    board: str
    is_blank: bool
    pages: tuple[ShownPage, ...]
    since: str = ""

    @property
    def made(self) -> str:
        """Who made this, and when."""
        at = self.made_at
        by = f" by {self.made_by}" if self.made_by else ""
        return f"Made{by} on {at.day} {MONTHS[at.month - 1]} {at.year} at {at:%H:%M}"

    @property
    def example(self) -> str:
        """The words every page of an example carries."""
        return EXAMPLE if self.is_example else ""


def as_pdf(leaf: Leaf) -> bytes:
    """The form as a tagged PDF (PDF/UA-1): headings, lists and reading order are there for a screen reader."""
    data: dict[str, Any] = {
        **{
            field.name: getattr(leaf, field.name)
            for field in dataclasses.fields(leaf)
            if field.name != "made_at"
        },
        "made": leaf.made,
        "example": leaf.example,
        "day": [leaf.made_at.year, leaf.made_at.month, leaf.made_at.day],
        "pages": [dataclasses.asdict(page) for page in leaf.pages],
    }
    return set_in_type(_compile, data)


def _compile(data: dict[str, Any], with_system_fonts: bool) -> bytes:
    made: bytes = typst.compile(
        TEMPLATE,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(data)},
        ignore_system_fonts=not with_system_fonts,
    )
    return made
