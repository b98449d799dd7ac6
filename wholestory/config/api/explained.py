"""The API's description in the shape its page and its reference document are written from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from wholestory.config.api.api import description
from wholestory.config.api.failures import CODES
from wholestory.govuk.parts import Table

#: What each status means here, in the order they are met.
STATUSES: dict[str, str] = {
    "200": "Done",
    "201": "Added",
    "400": "The body is not JSON",
    "401": "No token, or one that does not work",
    "403": "The token may not do this",
    "404": "Nothing here for this token",
    "409": "Not possible as things stand",
    "413": "Too large",
    "415": "Not sent as JSON",
    "422": "Something in the request is wrong, and where",
    "429": "Too many requests",
    "500": "Our fault",
}


@dataclass(frozen=True)
class Field:
    """One parameter or one field of a body."""

    name: str
    kind: str
    required: bool
    about: str


@dataclass(frozen=True)
class Operation:
    """One method of one address."""

    key: str
    method: str
    path: str
    summary: str
    about: tuple[str, ...]
    scope: str
    parameters: tuple[Field, ...]
    body: str
    answer: str
    statuses: tuple[tuple[str, str], ...]

    @property
    def table(self) -> Table:
        """Its parameters, for the page."""
        return _table(f"Parameters of “{self.summary}”", self.key, self.parameters)


@dataclass(frozen=True)
class Shape:
    """What a body is made of."""

    name: str
    about: str
    fields: tuple[Field, ...]

    @property
    def table(self) -> Table:
        """Its fields, for the page."""
        return _table(f"Fields of {self.name}", f"fields-{self.name}", self.fields)


def _table(caption: str, key: str, fields: tuple[Field, ...]) -> Table:
    rows = [(one.name, one.kind + (", required" if one.required else ""), one.about) for one in fields]
    heads = ("Name", "Kind", "About")
    return Table(caption, heads, rows, hide_caption=True, narrow="stack", id=f"table-{key}")


@dataclass(frozen=True)
class Explained:
    """Everything there is to say."""

    operations: tuple[Operation, ...]
    shapes: tuple[Shape, ...]
    codes: tuple[tuple[str, str], ...]


@cache
def explained() -> Explained:
    """The API as it stands; it does not change while a process runs."""
    found = description()
    return Explained(
        tuple(_operations(found)),
        tuple(
            _shape(name, one)
            for name, one in sorted(found["components"]["schemas"].items())
            if one.get("type")
        ),
        tuple(CODES.items()),
    )


def _operations(found: Mapping[str, Any]) -> Iterator[Operation]:
    for path, methods in found["paths"].items():
        for method, one in methods.items():
            good = next(status for status in sorted(map(str, one["responses"])) if status < "300")
            by_status = {str(status): answer for status, answer in one["responses"].items()}
            yield Operation(
                key=one["operationId"].replace("_", "-"),
                method=method.upper(),
                path=path,
                summary=one["summary"],
                about=tuple(" ".join(part.split()) for part in one.get("description", "").split("\n\n")),
                scope=one.get("x-scope", ""),
                parameters=tuple(
                    _parameter(each, found["components"]["schemas"]) for each in one["parameters"]
                ),
                body=_named(_content(one["requestBody"])) if "requestBody" in one else "",
                answer=_named(_content(by_status[good])),
                statuses=tuple((status, STATUSES[status]) for status in sorted(by_status)),
            )


def _content(of: Mapping[str, Any]) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = of["content"]["application/json"]["schema"]
    return schema


def _parameter(one: Mapping[str, Any], schemas: Mapping[str, Any]) -> Field:
    choices = [each for each in one["schema"].get("anyOf", [one["schema"]]) if each.get("type") != "null"]
    said = [kind_of(schemas[_named(each)] if "$ref" in each else each) for each in choices]
    return Field(one["name"], " or ".join(said), one["required"], one.get("description", ""))


def _shape(name: str, schema: Mapping[str, Any]) -> Shape:
    required = set(schema.get("required", ()))
    fields = [
        Field(field, kind_of(one), field in required, one.get("description", ""))
        for field, one in schema.get("properties", {}).items()
    ]
    about = " ".join(schema.get("description", "").split())
    return Shape(name, about or ("One of: " + ", ".join(schema.get("enum", ()))), tuple(fields))


def _named(schema: Mapping[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def kind_of(schema: Mapping[str, Any]) -> str:
    """A schema in a few words."""
    if "$ref" in schema:
        return _named(schema)
    if "enum" in schema:
        return "one of " + ", ".join(schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    if choices := schema.get("anyOf"):
        return " or ".join(kind_of(one) for one in choices)
    kind = schema.get("type", "any JSON")
    if kind == "array":
        return f"list of {kind_of(schema['items'])}"
    if kind == "string":
        return {"date": "date", "date-time": "moment"}.get(schema.get("format", ""), "text")
    return {"integer": "whole number", "boolean": "true or false", "object": "object", "null": "null"}.get(
        str(kind), str(kind)
    )
