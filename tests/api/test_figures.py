"""Figures over the API: read, saved as a draft, never sent; closed to every other agency."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.asked_figures import asked_for_figures
from tests.api.conftest import Api, MakeToken, error
from tests.personas import World
from wholestory.access.tokens.models import Scope
from wholestory.indicators.models import Value

pytestmark = pytest.mark.django_db


@pytest.fixture
def reference(world: World) -> str:
    return asked_for_figures(world, "police", "G02", "G04")


def put(api: Api, reference: str, *lines: dict[str, Any]) -> Any:
    return api.send("PUT", f"/figures/{reference}/lines", {"lines": list(lines)})


def test_a_system_reads_what_is_asked_and_saves_a_draft(token_for: MakeToken, reference: str) -> None:
    police = token_for("police")
    (listed,) = police.read("/figures")["returns"]
    assert (listed["reference"], listed["stage"]) == (reference, "asked")
    found = police.read(f"/figures/{reference}")
    assert [line["measure"] for line in found["lines"]] == ["G02", "G04"]
    assert found["lines"][0]["denominator_is"] == "Notices sent to children's social care in the period"
    said = put(
        police, reference, {"measure": "G02", "numerator": 48, "denominator": 60},
        {"measure": "G04", "nothing": "not_supplied", "note": "Next week"},
    ).json()  # fmt: skip
    assert [line["outcome"] for line in said["lines"]] == ["saved", "saved"]
    assert said["stage"] == "started"
    first, second = police.read(f"/figures/{reference}")["lines"]
    assert (first["numerator"], first["denominator"]) == ("48", "60")
    # No number is no zero.
    assert (second["numerator"], second["nothing"]) == ("", "not_supplied")
    assert Value.objects.count() == 0
    again = put(police, reference, {"measure": "G02", "numerator": 48, "denominator": 60}).json()
    assert again["lines"][0]["outcome"] == "unchanged"


def test_what_somebody_changed_since_is_not_overwritten(token_for: MakeToken, reference: str) -> None:
    police = token_for("police")
    seen = police.read(f"/figures/{reference}")["lines"][1]["mark"]
    put(police, reference, {"measure": "G04", "numerator": 30})
    said = put(police, reference, {"measure": "G04", "numerator": 31, "base": seen}).json()
    assert said["lines"][0]["outcome"] == "not_overwritten"
    assert police.read(f"/figures/{reference}")["lines"][1]["numerator"] == "30"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"measure": "G02", "numerator": 61, "denominator": 60}, (422, "unreadable", "lines[0].numerator")),
        ({"measure": "G04", "numerator": 1.5}, (422, "unreadable", "lines[0].numerator")),
        ({"measure": "G04", "numerator": 1, "nothing": "not_held"}, (422, "unreadable", "lines[0].nothing")),
        ({"measure": "H01", "numerator": 1}, (422, "no_such_question", "lines[0].measure")),
    ],
)
def test_what_is_wrong_is_refused_with_its_place_and_nothing_is_kept(
    token_for: MakeToken, reference: str, line: dict[str, Any], expected: tuple[int, str, str]
) -> None:
    police = token_for("police")
    assert error(put(police, reference, line)) == expected
    assert police.read(f"/figures/{reference}")["stage"] == "asked"


def test_a_percentage_alone_is_kept_and_queried(token_for: MakeToken, reference: str) -> None:
    said = put(token_for("police"), reference, {"measure": "G02", "percentage": 81.0}).json()
    assert [one["severity"] for one in said["lines"][0]["findings"]] == ["query"]


def test_another_agency_and_another_boards_token_find_nothing(token_for: MakeToken, reference: str) -> None:
    for outsider in (token_for("health"), token_for("police", board="south")):
        assert outsider.read("/figures")["returns"] == []
        assert outsider.get(f"/figures/{reference}").status_code == 404
        assert put(outsider, reference, {"measure": "G04", "numerator": 1}).status_code == 404


def test_a_token_for_reading_does_not_save(token_for: MakeToken, reference: str) -> None:
    reader = token_for("police", [Scope.RETURNS_READ])
    assert error(put(reader, reference, {"measure": "G04", "numerator": 1}))[:2] == (403, "scope")
