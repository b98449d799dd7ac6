"""Reading what another system or a file says of a death, answer by answer, against the notification form.

What can be read is kept as the form keeps it. An NHS number or a postcode that cannot be right is kept as it was sent,
with a remark: a death is never turned away for one. Everything else that cannot be read is said with its place.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import Any

from wholestory.child_deaths.definitions.notification import NOTIFICATIONS
from wholestory.kernel.moments import Moment, NotAMoment, parse
from wholestory.kernel.plain_text import without_unseen
from wholestory.paperwork.questions.base import NotThat, Question
from wholestory.paperwork.questions.choosing import Choice, Choices, Option, YesNo
from wholestory.paperwork.questions.repeating import Repeat

FORM_KEY, FORM_VERSION = NOTIFICATIONS[-1].key, NOTIFICATIONS[-1].version
RECEIVED = "received_at"
MOST_LINES = 200
LARGEST_FILE = 500_000
LONGEST_ANSWER = 4_000
#: Kept as sent when they cannot be right.
_NEVER_REFUSED = {
    "nhs_number": "is not a valid NHS number; it is kept as it was sent",
    "postcode": "is not a postcode; it is kept as it was sent",
    "other_postcode": "is not a postcode; it is kept as it was sent",
}
#: How files write the kinds of nothing.
_NOTHINGS = {
    "nk": "not_known", "not known": "not_known", "unknown": "not_known", "not_known": "not_known",
    "n/a": "not_applicable", "not applicable": "not_applicable", "not_applicable": "not_applicable",
    "declined": "declined", "not asked": "not_asked", "not_asked": "not_asked",
}  # fmt: skip
_KINDS = frozenset(_NOTHINGS.values())


@dataclass(frozen=True)
class Trouble:
    """What cannot be read: in which line (from 1; 0 for the whole file), under which key."""

    line: int
    key: str
    words: str


@dataclass
class Told:
    """One message as far as it could be read. ``remarks`` stop nothing; ``troubles`` do."""

    line: int = 1
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    received: Moment | None = None
    remarks: list[Trouble] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    raw: Any = None
    """The line as it stood in the file."""


@cache
def questions() -> Mapping[str, Question]:
    """What may be answered, by key: every question of the form that stands outside a list of people."""
    return {
        key: asked.question
        for key, asked in NOTIFICATIONS[-1].asked.items()
        if asked.inside is None and not isinstance(asked.question, Repeat)
    }


def columns() -> list[str]:
    """The columns of a file, in order."""
    return [RECEIVED, *questions()]


def read_one(given: Mapping[str, Any], received: Any = None, line: int = 1) -> Told:
    """One message. An answer is a plain value, ``{"value": ...}`` or ``{"nothing": "not_known"}``."""
    told = Told(line, raw={RECEIVED: received, **given} if received else dict(given))
    if received not in (None, ""):
        try:
            told.received = parse(str(received))
        except NotAMoment as trouble:
            told.troubles.append(Trouble(line, RECEIVED, str(trouble)))
    for key, value in given.items():
        question = questions().get(key)
        if question is None:
            near = get_close_matches(str(key), list(questions()), n=1)
            hint = f"Is it {near[0]}?" if near else "Leave it out, or keep it in what is sent along unread."
            told.troubles.append(Trouble(line, str(key), f"The form asks no such question. {hint}"))
            continue
        _read(told, question, value)
    if not told.answers and not told.troubles:
        told.troubles.append(Trouble(line, "", "There is nothing in it."))
    return told


def _read(told: Told, question: Question, value: Any) -> None:
    key = question.key
    if isinstance(value, Mapping):
        if set(value) == {"nothing"} and isinstance(value["nothing"], str) and value["nothing"] in _KINDS:
            told.answers[key] = {"nothing": value["nothing"]}
            return
        if set(value) != {"value"}:
            words = "Send a value, or one of the kinds of nothing: not_known, not_applicable, not_asked, declined."
            told.troubles.append(Trouble(told.line, key, words))
            return
        value = value["value"]
    if isinstance(value, str):
        value = without_unseen(value).replace("\x00", "").strip()
        if (nothing := _NOTHINGS.get(value.lower())) is not None:
            told.answers[key] = {"nothing": nothing}
            return
    if value in (None, "", []):
        return
    if isinstance(value, Mapping) or (isinstance(value, list) and not isinstance(question, Choices)):
        told.troubles.append(Trouble(told.line, key, "One value is expected here."))
        return
    if isinstance(value, str) and len(value) > LONGEST_ANSWER:
        told.troubles.append(Trouble(told.line, key, f"It is longer than {LONGEST_ANSWER:,} letters."))
        return
    try:
        understood = question.understand(_as_chosen(question, value))
    except NotThat as trouble:
        if key not in _NEVER_REFUSED:
            offered = ", ".join(dict.fromkeys(_offered(question).values()))
            words = f"Write one of: {offered}, or not known." if offered else f"{str(trouble).rstrip('.')}."
            told.troubles.append(Trouble(told.line, key, words))
            return
        told.remarks.append(Trouble(told.line, key, _NEVER_REFUSED[key]))
        understood = str(value)
    if understood not in (None, "", []):
        told.answers[key] = {"value": understood}


def _offered(question: Question) -> dict[str, str]:
    """Every way to write a choice, and the value it stands for."""
    if isinstance(question, Choices):
        options: tuple[Option, ...] = question.options
    elif isinstance(question, (Choice, YesNo)):
        options = question.choices()
    else:
        return {}
    return {way: one.value for one in options for way in (one.value, one.label.lower())}


def _as_chosen(question: Question, value: Any) -> Any:
    """A choice by its value or its words; several with semicolons between them; a number by its digits."""
    offered = _offered(question)
    if not offered:
        return str(value) if isinstance(value, (int, float)) else value
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(question, Choices):
        said = value.split(";") if isinstance(value, str) else value if isinstance(value, list) else [value]
        return [offered.get(str(one).strip().lower(), str(one)) for one in said if str(one).strip()]
    return offered.get(str(value).strip().lower(), value)


class Unreadable(ValueError):
    """The file cannot be read at all; the sentence says why and where."""


def read_file(name: str, content: bytes) -> list[Told]:
    """Every message of a CSV or JSON file. Raises Unreadable for what is neither, or too much."""
    if len(content) > LARGEST_FILE:
        raise Unreadable(f"The file is larger than {LARGEST_FILE // 1000} kB. Send it in parts.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        line = content[: trouble.start].count(b"\n") + 1
        raise Unreadable(
            f"The file is not text in UTF-8: see line {line}. Save it as “CSV UTF-8”."
        ) from trouble
    if "\x00" in text:
        raise Unreadable("The file is not a text file.")
    found = list(_json(text) if _is_json(name, text) else _csv(text))
    if not found:
        raise Unreadable("There is no message in the file.")
    if len(found) > MOST_LINES:
        raise Unreadable(f"There are more than {MOST_LINES} messages in the file. Send it in parts.")
    return found


def _is_json(name: str, text: str) -> bool:
    return name.lower().endswith(".json") or text.lstrip()[:1] in "[{"


def _json(text: str) -> Iterator[Told]:
    try:
        read = json.loads(text)
    except json.JSONDecodeError as trouble:
        raise Unreadable(
            f"The file is not JSON: {trouble.msg}, line {trouble.lineno}, column {trouble.colno}."
        ) from trouble
    except (RecursionError, ValueError) as trouble:
        raise Unreadable("The file is not JSON that can be read.") from trouble
    if not _can_be_kept(read):
        raise Unreadable("The file has characters in it that are none: U+0000, or half a pair of surrogates.")
    several = read if isinstance(read, list) else [read]
    for number, one in enumerate(several, 1):
        if not isinstance(one, dict):
            yield Told(number, troubles=[Trouble(number, "", "It is not an object.")])
            continue
        given = one.get("answers", {key: value for key, value in one.items() if key != RECEIVED})
        if not isinstance(given, dict):
            yield Told(number, troubles=[Trouble(number, "answers", "It is not an object.")])
            continue
        yield read_one(given, one.get(RECEIVED), number)


def _can_be_kept(read: Any) -> bool:
    """Whether a database can hold its text."""
    try:
        return b"\\u0000" not in json.dumps(read, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False


def _csv(text: str) -> Iterator[Told]:
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as trouble:
        raise Unreadable(f"The file is not CSV: {trouble}.") from trouble
    if not rows:
        return
    names = [name.strip().lower().replace(" ", "_") for name in rows[0]]
    doubled = sorted({name for name in names if name and names.count(name) > 1})
    if doubled:
        raise Unreadable(f"The column {doubled[0]} stands twice in the first line.")
    if not set(names) & set(columns()):
        raise Unreadable("The first line must name the columns: download the empty file to see them.")
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(names):
            words = f"It has {len(row)} columns, and the first line names {len(names)}."
            yield Told(number, troubles=[Trouble(number, "", words)])
            continue
        said = {name: _cell(cell) for name, cell in zip(names, row, strict=False) if name and cell.strip()}
        yield read_one({k: v for k, v in said.items() if k != RECEIVED}, said.get(RECEIVED), number)


def _cell(cell: str) -> Any:
    """Several choices stand in one cell with semicolons between them."""
    text = cell.strip()
    # The empty file that is given out guards cells against being run as formulas; take the guard off again.
    return text[1:] if text[:2] in ("'=", "'+", "'-", "'@") else text
