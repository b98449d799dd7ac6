"""The addresses of what stands beside a case and of its family's record, for the walk over every route."""

from __future__ import annotations

from typing import Any

from tests.access.made import Made
from tests.access.made_deaths import RUNS_DEATHS
from tests.access.ways import Somewhere, Way


def beside(name: str = "", of: str = "case", **more: Any) -> Way:
    """A page about the case, or about its family; ``name`` is the parameter that takes a part's key."""

    def ways(made: Made) -> list[Somewhere]:
        records = made.deaths.beside
        part = {name: getattr(records, name)} if name else {}
        return [Somewhere({"reference": getattr(records, of), **part, **more}, RUNS_DEATHS)]

    return ways


_C = r"child-deaths/cases/<str:reference>/"
_F = r"child-deaths/families/<str:reference>/"
FAMILIES: list[tuple[str, Way]] = [
    (_C + r"response/record/<slug:kind>/", beside(kind="called")),
    (_C + r"response/correct/<uuid:step>/", beside("step")),
    (_C + r"response/next/<uuid:task>/done/", beside("task")),
    (_C + r"processes/record/<slug:kind>/", beside(kind="police")),
    (_C + r"processes/<uuid:process>/", beside("process")),
    (_C + r"holds/<uuid:hold>/(keep|end)/", beside("hold")),
    (_F + r"people/<uuid:carer>/(letter/)?", beside("carer", "family")),
    (_F + r"people/<uuid:carer>/letter/<slug:kind>/", beside("carer", "family", kind="first_letter")),
    (_F + r"questions/<uuid:question>/.*", beside("question", "family")),
    (_F + r"request/<uuid:asked>/", beside("asked", "family")),
    (_F + r"[^<]*", beside(of="family")),
]
