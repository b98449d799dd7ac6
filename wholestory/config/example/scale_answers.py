"""What made-up agencies answer, year after year: a few dozen courses of development, which many agencies share."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from wholestory.assurance.definitions import form_of
from wholestory.assurance.definitions.as_form import ItemKeys, item_keys
from wholestory.assurance.definitions.framework import Framework
from wholestory.config.example import scale_names as names
from wholestory.paperwork.given import Given, Nothing, Place
from wholestory.paperwork.sealing import content_hash, seal
from wholestory.paperwork.sheet import Sheet

COURSES = 48

#: As stored: value as JSON text or None, kind of nothing, reason.
Stored = tuple[str | None, str, str]


@dataclass(frozen=True)
class Plan:
    """What an agency will do about some items, and by when."""

    words: str
    due_on: date
    items: tuple[str, ...]


class Filled:
    """One whole form: what stands at each key, what was carried over unchanged, which plans are in it."""

    def __init__(
        self, framework: Framework, scores: dict[str, str], before: dict[str, str], year: int
    ) -> None:
        self.framework = framework
        self.scores = scores
        self.same = frozenset(item for item, score in scores.items() if before.get(item) == score)
        self.year = year

    @cached_property
    def given(self) -> dict[str, Given]:
        """Every answer by its key, in the order of the form."""
        out: dict[str, Given] = {}
        numeric = self.framework.scale.numeric
        for at, (item, score) in enumerate(self.scores.items()):
            keys = item_keys(item)
            if not score:
                out[keys.score] = Given(nothing=Nothing.NOT_APPLICABLE, reason=names.NO_SUCH_WORK)
                continue
            out[keys.score] = Given(int(score) if numeric else score)
            out[keys.said] = Given(names.SAID[(at + len(score) + ord(score[0])) % len(names.SAID)])
            if at % 5 == 0:
                out[keys.shown] = Given(names.SHOWN)
            if not self.framework.compliant.passes(score):
                plan = self._plan_of(item)
                out[keys.plan] = Given(plan.words)
                out[keys.plan_due] = Given(plan.due_on.isoformat())
        return out

    @cached_property
    def stored(self) -> dict[str, Stored]:
        """The same as columns."""
        return {
            key: (
                None if one.value is None else json.dumps(one.value),
                one.nothing.value if one.nothing else "",
                one.reason,
            )
            for key, one in self.given.items()
        }

    @cached_property
    def below(self) -> tuple[str, ...]:
        """The items scored below compliant."""
        return tuple(
            item
            for item, score in self.scores.items()
            if score and not self.framework.compliant.passes(score)
        )

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        """Two or three plans that between them answer everything below compliant."""
        some = min(3, len(self.below))
        return tuple(
            Plan(names.PLANS[at], date(self.year, 6 + at, 30), self.below[at::some]) for at in range(some)
        )

    def _plan_of(self, item: str) -> Plan:
        return next(plan for plan in self.plans if item in plan.items)

    @cached_property
    def hash(self) -> str:
        """The content hash a signature is over."""
        form = form_of(self.framework.key, self.framework.version)
        sheet = Sheet(form, {Place(key): one for key, one in self.given.items()})
        if problems := sheet.problems(date(self.year, 3, 14)):
            raise ValueError(f"A made-up form could not be signed: {problems[0]}")
        return content_hash(sheet, seal(form))

    def keys_of(self, item: str) -> Iterator[str]:
        """The keys of one item's answers that there are."""
        keys: ItemKeys = item_keys(item)
        for key in (keys.score, keys.said, keys.shown, keys.plan, keys.plan_due):
            if key in self.given:
                yield key


class Courses:
    """How answers develop: course c, the n-th time asked, in a year."""

    def __init__(self, framework: Framework, times: int, seed: int) -> None:
        self.framework = framework
        chosen = random.Random(f"courses {seed}")
        values = [point.value for point in framework.scale.points]
        self._scores: list[list[dict[str, str]]] = []
        for _ in range(COURSES):
            good = chosen.uniform(0.45, 0.95)
            now = {item: self._first(chosen, values, good) for item in framework.items}
            every = [now]
            for _ in range(times - 1):
                now = {item: self._later(chosen, values, score) for item, score in now.items()}
                every.append(now)
            self._scores.append(every)
        self._filled: dict[tuple[int, int, int], Filled] = {}

    def _first(self, chosen: random.Random, values: list[str], good: float) -> str:
        if chosen.random() < 0.04:
            return ""  # not applicable, this year and every other
        if chosen.random() < good:
            return chosen.choice(values[len(values) // 2 :])
        return chosen.choice(values[: len(values) // 2])

    def _later(self, chosen: random.Random, values: list[str], score: str) -> str:
        if not score or chosen.random() < 0.7:
            return score
        at = values.index(score) + (1 if chosen.random() < 0.8 else -1)
        return values[min(max(at, 0), len(values) - 1)]

    def filled(self, course: int, time: int, year: int) -> Filled:
        """The form of course ``course`` the ``time``-th time (from 0), answered in ``year``."""
        found = self._filled.get((course, time, year))
        if found is None:
            before = self._scores[course][time - 1] if time else {}
            found = Filled(self.framework, self._scores[course][time], before, year)
            self._filled[course, time, year] = found
        return found
