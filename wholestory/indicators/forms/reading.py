"""What narrows figures: every number of a page follows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from wholestory.govuk import forms
from wholestory.indicators.catalogue.words import THEMES
from wholestory.indicators.queries.scorecard import BACK, Held, Row, Wanted
from wholestory.indicators.rules import spans
from wholestory.indicators.rules.spans import Basis, Span
from wholestory.partners.models import Board

SPAN_WORDS = {
    Span.SINGLE: "The period by itself",
    Span.TO_DATE: "Year to date",
    Span.ROLLING: "Twelve months up to it",
}
STATUSES = [
    ("below", "Below standard"), ("near", "Just off"), ("meets", "Meets the target"), ("none", "No figure"),
    ("gaps", "Somebody’s figure is lacking"),
]  # fmt: skip
FALLBACK = Basis("financial", "quarters")


class ReadingFilter(forms.FilterForm):
    """Which figures a page is of. An answer that the other answers leave no room for counts as not given."""

    basis = forms.SelectField(label="Counted by", choices=(), prompt="")
    period = forms.SelectField(label="Period", choices=(), prompt="The newest")
    span = forms.SelectField(label="How long", choices=(), prompt=SPAN_WORDS[Span.SINGLE])
    agency = forms.SelectField(label="Agency", choices=(), prompt="Every agency together")
    area = forms.SelectField(label="Area", choices=(), prompt="The whole area")

    def __init__(
        self, data: Any, *, held: Held, agencies: Mapping[UUID, str], today: date, basis: Basis | None = None,
        **wanted: Any,
    ) -> None:  # fmt: skip
        data = data.copy()
        self.held, self.today = held, today
        known = {each.key: each for each in held.bases}
        self.chosen_basis = basis or known.get(data.get("basis", "")) or (held.bases or (FALLBACK,))[0]
        newest = held.last.get(self.chosen_basis)
        last = self.chosen_basis.last_before(newest or today)
        if newest is not None and last.end < newest:
            # A year that is not over yet has figures already.
            last = self.chosen_basis.before(last, -1)
        self._periods = {each.end.isoformat(): each for each in self.chosen_basis.run(last, BACK)[::-1]}
        self._places = {f"area:{each.id}": each.name for each in held.areas}
        self._places |= {f"place:{each}": each.replace("_", " ").capitalize() for each in held.places}
        self._agencies = {str(key): name for key, name in agencies.items()}
        spans_ = {each.value: SPAN_WORDS[each] for each in self.chosen_basis.spans if each is not Span.SINGLE}
        offered: dict[str, dict[str, str]] = {
            "basis": {each.key: each.words for each in held.bases},
            "period": {
                end: spans.named(each, Span.SINGLE, self.chosen_basis.year) for end, each in self._periods.items()
            },
            "span": spans_,
            "agency": self._agencies,
            "area": self._places,
        }  # fmt: skip
        for name, choices in offered.items():
            if data.get(name) and data[name] not in choices:
                data.pop(name)
        super().__init__(data, **wanted)
        for name, choices in offered.items():
            if (name == "basis" and (basis is not None or len(choices) < 2)) or not choices:
                del self.fields[name]
            else:
                first = [("", PROMPTS[name])] if name in PROMPTS else []
                forms.offer(self, name, [*first, *choices.items()])

    def wanted(self, board: Board) -> Wanted:
        """What the page is of."""
        said = self.cleaned_data if self.is_valid() else {}
        period = self._periods.get(said.get("period") or "") or next(iter(self._periods.values()))
        kind, _, place = (said.get("area") or "").partition(":")
        return Wanted(
            board, self.chosen_basis, period, Span(said.get("span") or Span.SINGLE),
            UUID(said["agency"]) if said.get("agency") else None,
            UUID(place) if kind == "area" else None,
            place if kind == "place" else "",
        )  # fmt: skip

    def narrowed(self) -> list[str]:
        """What the figures are of, in the words of the page, for a file’s head."""
        return [f"{label}: {words}" for _, label, words in self.chosen()]


PROMPTS = {
    "period": "The newest", "span": SPAN_WORDS[Span.SINGLE], "agency": "Every agency together",
    "area": "The whole area",
}  # fmt: skip


class ScorecardFilter(ReadingFilter):
    """The same above a scorecard, with what narrows its rows."""

    theme = forms.SelectField(label="Theme", choices=list(THEMES.items()), prompt="Every theme")
    status = forms.SelectField(label="Status", choices=STATUSES, prompt="Every status")
    q = forms.TextField(label="Search", hint="A word or a code")

    def apply(self, rows: Any) -> Any:
        """The rows that are left."""
        said = self.cleaned_data
        return [each for each in rows if self._holds(each.row, said)]

    @staticmethod
    def _holds(row: Row, said: Mapping[str, Any]) -> bool:
        if said.get("theme") and row.measure.theme != said["theme"]:
            return False
        if said.get("status") and not _stands(row, said["status"]):
            return False
        words = (said.get("q") or "").casefold().split()
        text = " ".join(
            (row.measure.code, row.measure.title, row.measure.description, *row.measure.also_known_as)
        ).casefold()
        return all(word in text for word in words)


def _stands(row: Row, status: str) -> bool:
    if status == "gaps":
        return row.partial
    if status == "none":
        return row.standing.status.value == "nothing"
    colour = {"below": "red", "near": "amber", "meets": "green"}[status]
    return row.standing.colour == colour
