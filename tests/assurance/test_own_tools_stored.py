"""A framework as JSON comes back the same, field by field, also with fields that nobody has thought of yet."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

import pytest

from wholestory.assurance.definitions import shipped
from wholestory.assurance.definitions.framework import Framework, Item, Standard
from wholestory.assurance.definitions.stored import (
    FORMAT,
    NotStored,
    decode,
    encode,
    from_json,
    seal_of,
    to_json,
)
from wholestory.assurance.rules.scales import INT0_3, SCALES, Point, Scale

EVERY = pytest.mark.parametrize("framework", shipped(), ids=lambda each: f"{each.key}.{each.version}")


@EVERY
def test_every_framework_comes_back_the_same(framework: Framework) -> None:
    through_text = json.loads(json.dumps(to_json(framework)))
    back = from_json(through_text)
    assert back == framework
    assert back.scale is framework.scale or back.scale == framework.scale
    assert seal_of(to_json(back)) == seal_of(through_text)


@pytest.mark.parametrize("kind", [Framework, Standard, Item, Scale, Point], ids=lambda each: each.__name__)
def test_every_field_is_written(kind: type) -> None:
    """A field added to any part is in the JSON: this fails when somebody names the fields by hand."""
    framework = shipped()[0]
    part = {
        Framework: framework,
        Standard: framework.standards[0],
        Item: framework.standards[0].items[0],
        Scale: framework.scale,
        Point: framework.scale.points[0],
    }[kind]
    assert set(encode(part)) == {field.name for field in dataclasses.fields(kind)}


@dataclasses.dataclass(frozen=True)
class Wider(Item):
    """An item with fields of every shape that may come one day."""

    share: Fraction = Fraction(1)
    known: bool = True
    asked_of: tuple[str, ...] = ()
    only: Literal["schools", "all"] = "all"
    pair: tuple[str, int] = ("", 0)
    tags: frozenset[str] = frozenset()
    limit: int | None = None
    words: Mapping[str, str] = dataclasses.field(default_factory=lambda: MappingProxyType({}))
    points: tuple[Point, ...] = ()


def test_fields_of_every_shape_are_carried() -> None:
    wide = Wider(
        "key", "Text", "Guidance", ("a", "b"), critical=True, share=Fraction(1, 3), known=False, asked_of=("x", "y"),
        only="schools", pair=("z", 4), tags=frozenset({"q", "p"}), limit=7, words=MappingProxyType({"s11": "T"}),
        points=(Point("1", "One", Fraction(1, 2)),),
    )  # fmt: skip
    back = decode(json.loads(json.dumps(encode(wide))), Wider)
    for field in dataclasses.fields(Wider):
        assert getattr(back, field.name) == getattr(wide, field.name), field.name


def test_a_part_written_before_a_field_existed_takes_its_default() -> None:
    stored = encode(shipped()[0].standards[0].items[0])
    assert decode(stored, Wider).share == Fraction(1)


def test_what_a_later_version_wrote_is_refused_with_its_place() -> None:
    stored = to_json(shipped()[0])
    stored["framework"]["standards"][0]["items"][1]["colour"] = "green"
    with pytest.raises(NotStored, match=r"framework\.standards\[0\]\.items\[1\].*colour"):
        from_json(stored)
    with pytest.raises(NotStored, match=f"format {FORMAT}"):
        from_json({"format": FORMAT + 1, "framework": {}})


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), "1"),
        (("version",), True),
        (("title",), 3),
        (("checked",), "yes"),
        (("standards",), {}),
        (("standards",), ["x"]),
        (("scale",), "INT0_3"),
        (("titles",), []),
        (("scale", "points"), [{"value": "0", "label": "0", "normalised": "a half"}]),
    ],
)
def test_a_wrong_kind_of_value_is_refused(path: tuple[str, ...], value: object) -> None:
    stored = to_json(shipped()[0])
    inside = stored["framework"]
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    with pytest.raises(NotStored):
        from_json(stored)


def test_a_scale_that_was_changed_since_is_read_as_it_was_published() -> None:
    changed = dataclasses.replace(INT0_3, title="0 to 3, as it once was")
    assert decode(encode(changed), Scale) == changed
    assert all(decode(encode(scale), Scale) is scale for scale in SCALES.values())


def test_the_seal_is_sha256_of_the_one_spelling() -> None:
    # printf '{"a":1,"b":["é"]}' | sha256sum
    assert seal_of({"b": ["é"], "a": 1}) == "023a8698a7c3c25e97260857c604120c43cc731c72fc227019bb5d85d6cad4cb"
