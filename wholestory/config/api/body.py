"""Reading a body strictly: what cannot be kept as it was sent is refused, with its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from wholestory.config.api.failures import ApiError, in_body, wrong


class StrictParser(Parser):
    """JSON in UTF-8, each name once, numbers that are numbers, text that a database can hold."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body as Python holds it. Raises ApiError."""
        if request.content_type != "application/json":
            raise wrong(
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                "not_json_type",
                "Send the body as application/json.",
                in_body(""),
            )
        text = _text(request.body)
        try:
            read: dict[str, Any] = json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_number)
        except json.JSONDecodeError as trouble:
            raise _not_json(f"{trouble.msg}.", trouble.lineno, trouble.colno) from trouble
        except _Unfit as trouble:
            raise _not_json(str(trouble)) from trouble
        except (ValueError, RecursionError) as trouble:
            raise _not_json("A number is too long, or objects stand too deep in one another.") from trouble
        for field in _unkeepable(read):
            message = "The character U+0000 and halves of surrogate pairs cannot be kept."
            raise wrong(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", message, in_body(field))
        return read


class _Unfit(ValueError):
    """JSON that says two things, or none."""


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        before = raw[: trouble.start].decode("utf-8", "replace")
        column = len(before) - before.rfind("\n")
        raise _not_json("The body is not text in UTF-8.", before.count("\n") + 1, column) from trouble


def _not_json(message: str, line: int | None = None, column: int | None = None) -> ApiError:
    return wrong(HTTPStatus.BAD_REQUEST, "not_json", message, in_body("", line, column))


def _no_number(name: str) -> None:
    raise _Unfit(f"{name} is not a number.")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Unfit(f"“{twice}” is there twice in one object.")
    return found


def _unkeepable(value: Any, field: str = "") -> Iterator[str]:
    """Where text stands that is legal JSON and no text: a database holds no zero, and half a pair is no character."""
    if isinstance(value, str):
        if any(sign == "\0" or 0xD800 <= ord(sign) <= 0xDFFF for sign in value):
            yield field
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _unkeepable(one, f"{field}[{number}]")
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _unkeepable(name, field)
            yield from _unkeepable(one, f"{field}.{name}" if field else name)
