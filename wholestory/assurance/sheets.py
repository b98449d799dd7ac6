"""Score sheets as the rules know them: written once when something changes, read by every page of results.

A sheet's ``rests_on`` has two halves: what was signed and under which rules, and what was judged. A reader who
knows the first half tells a stale sheet without reading one answer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models.fields.json import KeyTextTransform, KeyTransform

from wholestory.assurance.answers import Scores, cap_of, position, scores_of
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import Cycle, Return, ScoreSheet, Whose
from wholestory.assurance.rules.figures import Line
from wholestory.assurance.rules.rollup import ScoredBy, StandardScore
from wholestory.paperwork.models import AnswerSet

#: Counts up when what a sheet holds is worked out otherwise, so that sheets written before are told apart.
EDITION = 3

#: What a standard is kept as: every field but its key, which comes first.
_FIELDS = fields(StandardScore)[1:]
_COLUMNS = tuple(field.name for field in _FIELDS)


@dataclass(frozen=True)
class Sheet:
    """One return's scores in force: the moderated sheet where its reader may see one, else the agency's own."""

    return_id: UUID
    is_moderated: bool
    items: Mapping[str, Line]
    standards: Mapping[str, StandardScore]


def rests_on(cycle: Cycle, ret: Any, content_hash: str, judged: Mapping[str, str] | None) -> str:
    """The mark of a sheet: 32 signs for what was signed and the rules, 32 for what was judged."""
    return signed_mark(cycle, ret, content_hash) + (
        _digest(*sorted(judged.items())) if judged is not None else "0" * 32
    )


def signed_mark(cycle: Cycle, ret: Any, content_hash: str) -> str:
    """The first half of a sheet's mark."""
    return _digest(
        EDITION, content_hash, ret.framework, ret.framework_version, ret.compliant_from,
        cycle.critical_cap, cycle.cap_at, cycle.reweight,
    )  # fmt: skip


def _digest(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:32]


def stored_items(scores: Scores, *, own: bool) -> dict[str, list[str]]:
    """Item scores as a sheet keeps them: the state, the agency's own score (or its answer, where nothing is scored),
    and the moderated score."""
    return {
        row.item: [row.state.value, row.self_score or row.plain, "" if own else row.moderated_score]
        for row in scores.items
    }


def stored_standards(scores: Scores) -> dict[str, list[Any]]:
    """Standards as a sheet keeps them: a list for each, in the order of ``StandardScore``'s fields."""
    return {
        key: [_kept(getattr(score, name)) for name in _COLUMNS] for key, score in scores.standards.items()
    }


def _kept(value: Any) -> Any:
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, tuple):
        return list(value)
    return value.value if isinstance(value, ScoredBy) else value


@lru_cache(maxsize=4096)
def _fraction(text: str) -> Fraction:
    return Fraction(text)


_SCORED_BY = {one.value: one for one in ScoredBy}


def _columns_of(kind: str) -> tuple[int, ...]:
    """Where columns of this type stand in what is kept."""
    return tuple(at for at, one in enumerate(_FIELDS) if kind in str(one.type))


_FRACTIONS, _TUPLES, _BY = _columns_of("Fraction"), _columns_of("tuple"), _columns_of("ScoredBy")


def standard_of(key: str, kept: Sequence[Any]) -> StandardScore:
    """A standard's score as it was kept. Raises ValueError for one of another edition."""
    if len(kept) != len(_COLUMNS):
        raise ValueError(f"{key} was kept with {len(kept)} columns.")
    values = list(kept)
    for at in _FRACTIONS:
        if values[at] is not None:
            values[at] = _fraction(values[at])
    for at in _TUPLES:
        values[at] = tuple(values[at])
    for at in _BY:
        values[at] = _SCORED_BY[values[at]]
    return StandardScore(key, *values)


def read(
    cycle: Cycle, returns: Sequence[Any], *, whole: bool = True, items: bool = True, only: str = ""
) -> dict[UUID, Sheet]:
    """The sheets of those of these returns that have scores, in one query for any number.

    ``returns`` are ``Return`` rows, or rows that look like them (``queries.asked``). ``whole`` reads the standards,
    ``items`` the items (``only`` one of them): a page reads what it shows. A return whose sheet is missing or stale is
    worked out from its answers, so that a page is right before any job has run; that costs four queries more,
    however many they are.
    """
    scored = [ret for ret in returns if position(ret).standing.has_scores]
    if not scored:
        return {}
    keys = _keys_of(scored) if whole else ()
    wanted: dict[str, Any] = {
        f"standard_{at}": KeyTextTransform(key, "standards") for at, key in enumerate(keys)
    }
    if only:
        wanted["one"] = KeyTransform(only, "items")
    kept = ScoreSheet.objects.filter(cycle=cycle).order_by("return_of_id", "-whose").distinct("return_of_id")
    columns = (
        *(["one"] if only else ["items"] if items else []),
        *(f"standard_{at}" for at in range(len(keys))),
    )
    rows = kept.annotate(**wanted).values_list("return_of_id", "whose", "rests_on", *columns)
    by_return = {row[0]: row for row in rows}
    hashes = _hashes(scored)
    found: dict[UUID, Sheet] = {}
    stale = []
    for ret in scored:
        row = by_return.get(ret.id)
        if row is None or row[2][:32] != signed_mark(cycle, ret, hashes[ret.id]):
            stale.append(ret)
            continue
        lines = {} if not (items or only) else row[3] if not only else {only: row[3]} if row[3] else {}
        texts = zip(keys, row[len(row) - len(keys) :], strict=True)
        standards = {key: _from_text(key, text) for key, text in texts if text is not None}
        found[ret.id] = Sheet(ret.id, row[1] == Whose.MODERATED, lines, standards)
    return found | (_worked_out(cycle, stale) if stale else {})


def _keys_of(returns: Sequence[Any]) -> tuple[str, ...]:
    """The standards of every framework these returns were asked under: of one cycle, so they are one or two."""
    asked = {(ret.framework, ret.framework_version) for ret in returns}
    frameworks = [framework_called(*one) for one in sorted(asked)]
    return tuple(dict.fromkeys(standard.key for one in frameworks for standard in one.standards))


@lru_cache(maxsize=8192)
def _from_text(key: str, text: str) -> StandardScore:
    """The same as ``standard_of``, from JSON: of hundreds of returns many stand alike, and each is made once."""
    return standard_of(key, json.loads(text))


def _hashes(returns: Sequence[Any]) -> dict[UUID, str]:
    """What was signed, by return: rows of ``queries.asked`` bring it along."""
    if hasattr(returns[0], "content_hash"):
        return {ret.id: ret.content_hash for ret in returns}
    found = AnswerSet.objects.filter(pk__in=[ret.answers_id for ret in returns])
    by_set = dict(found.values_list("id", "content_hash"))
    return {ret.id: by_set.get(ret.answers_id, "") for ret in returns}


def _worked_out(cycle: Cycle, returns: list[Any]) -> dict[UUID, Sheet]:
    by_framework: dict[tuple[str, int], list[Return]] = {}
    for ret in Return.objects.filter(pk__in=[ret.id for ret in returns]):
        by_framework.setdefault((ret.framework, ret.framework_version), []).append(ret)
    found = {}
    for some in by_framework.values():
        for return_id, scores in scores_under(cycle, some).items():
            moderated = any(row.moderated_score for row in scores.items)
            items = stored_items(scores, own=False)
            found[return_id] = Sheet(return_id, moderated, items, scores.standards)
    return found


def scores_under(cycle: Cycle, returns: list[Return], *, judgements: bool = True) -> dict[UUID, Scores]:
    """Scores from the answers themselves, under the cycle's own rules."""
    return scores_of(returns, cap=cap_of(cycle), reweight=cycle.reweight, judgements=judgements)
