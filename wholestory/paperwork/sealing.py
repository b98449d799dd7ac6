"""A definition as JSON, and its seal: the hash that shows it has not been changed since."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from wholestory.paperwork.form import Form
from wholestory.paperwork.given import Json
from wholestory.paperwork.questions import (
    amounts,
    calculated,
    choosing,
    elapsed,
    gridded,
    naming,
    repeating,
    shaped,
    when,
    working,
    writing,
)
from wholestory.paperwork.sheet import Sheet
from wholestory.paperwork.words import NotADefinition, decode, encode

FORMAT = 1
VOCABULARY = (
    amounts, calculated, choosing, elapsed, gridded, naming, repeating, shaped, when, working, writing,
)  # fmt: skip
"""Where the words of questions are: a word has to be known before a stored definition that uses it can be read."""


def to_json(form: Form) -> dict[str, Any]:
    """The form as JSON: everything needed to ask, show and judge it again in ten years."""
    return {"format": FORMAT, "form": encode(form)}


def from_json(stored: Any) -> Form:
    """The form a JSON holds. Raises NotADefinition (not readable) or CannotWork (readable, but it cannot work)."""
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise NotADefinition(f"form: only format {FORMAT} can be read.")
    form: Form = decode(stored.get("form"), Form)
    return form


def canonical(value: Any) -> bytes:
    """The one spelling of a JSON value that is hashed: sorted keys, no spaces, UTF-8, no floats."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def seal(form: Form) -> str:
    """The form's seal: sha256 (64 hex digits) over its canonical JSON."""
    return hashlib.sha256(canonical(to_json(form))).hexdigest()


def content_hash(sheet: Sheet, form_seal: str) -> str:
    """sha256 over what a filled-in form says, under which definition. Only answers that apply count, so that the same
    form, seen the same, has the same hash, whoever answered in whatever order."""
    said: list[Json] = []
    for place in sheet.places:
        given = sheet.at(place)
        if not given.is_untouched:
            nothing = given.nothing.value if given.nothing else None
            said.append([place.key, place.item, given.value, nothing, given.reason])
    body = {"form": sheet.form.key, "version": sheet.form.version, "seal": form_seal, "answers": said}
    return hashlib.sha256(canonical(body)).hexdigest()
