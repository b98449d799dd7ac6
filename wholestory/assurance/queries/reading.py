"""One return as officers, moderators and its agency read it: item by item, both scores, plans, queries, history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef

from wholestory.actions.models import Action, Source
from wholestory.assurance.answers import (
    framework_of,
    how_made_of,
    item_answers,
    position,
    roll_up,
    rules_of,
    test_of,
)
from wholestory.assurance.definitions.as_form import figure_key, files_key, item_keys, stored_score
from wholestory.assurance.models import Judgement, Query, Return, SignOff, StageChange
from wholestory.assurance.queries.gathering import Rows, gathered
from wholestory.assurance.queries.moves import move_words
from wholestory.assurance.rules.cells import cell
from wholestory.assurance.rules.chosen import Made, cap_under
from wholestory.assurance.rules.moderation import Shift, needs_moderator, shift
from wholestory.assurance.rules.rollup import ItemAnswer, ItemState
from wholestory.paperwork import uploads
from wholestory.paperwork.given import Given, Json
from wholestory.paperwork.models import Answer
from wholestory.paperwork.uploads import Card


@dataclass(frozen=True)
class Item:
    """One item with everything said about it."""

    key: str
    number: str
    text: str
    state: str
    self_score: str
    self_label: str
    score: str
    score_label: str
    changed: bool
    judged: bool
    reason: str
    said: str
    shown: str
    plan: str
    na_reason: str
    below: bool
    critical: bool
    queries: tuple[Query, ...]
    action: str
    also_asked: str = ""
    plain: str = ""
    figures: tuple[tuple[str, str], ...] = ()
    needs_agreement: bool = False
    to_confirm: bool = False
    last_time: str = ""
    """The score that came from last time, in words, while nobody has confirmed it."""

    @property
    def to_agree(self) -> bool:
        """Whether a moderator has still to agree that this line does not apply."""
        return self.needs_agreement and not self.judged


@dataclass(frozen=True)
class StandardView:
    """One standard with its items and its rolled-up score in words."""

    key: str
    number: int
    title: str
    score_words: str
    files: tuple[Card, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Reading:
    """A whole return, ready for a page or a file."""

    standards: tuple[StandardView, ...]
    compliant_label: str
    status: str
    shift: Shift
    queries: tuple[Query, ...]
    overall: str
    sign_offs: tuple[SignOff, ...]
    history: tuple[tuple[date, str, str, str], ...]
    actions: tuple[Action, ...]
    without_action: tuple[Item, ...]
    how: tuple[Made, ...] = ()
    to_agree: tuple[Item, ...] = ()

    @property
    def to_confirm(self) -> tuple[tuple[StandardView, int], ...]:
        """Where answers came from last time and nobody has confirmed them yet: how many lines of each standard."""
        counted = ((one, sum(item.to_confirm for item in one.items)) for one in self.standards)
        return tuple((one, number) for one, number in counted if number)

    @property
    def lines_to_confirm(self) -> int:
        """How many lines that is in all."""
        return sum(number for _standard, number in self.to_confirm)

    @property
    def about_the_whole(self) -> tuple[Query, ...]:
        """Questions that were asked about no line in particular."""
        return tuple(query for query in self.queries if not query.item)

    def item(self, key: str) -> Item | None:
        """The item with this key, if the return has it."""
        return next((i for s in self.standards for i in s.items if i.key == key), None)


def reading(ret: Return, today: date, *, with_history: bool = True) -> Reading:
    """Everything about one return that the acting person may see; a fixed number of queries.

    Before release an agency finds no judgements, because the database shows it none.
    """
    framework, test = framework_of(ret), test_of(ret)
    given: dict[str, Given] = {
        a.key: a.given for a in Answer.objects.filter(answer_set=ret.answers_id, item=0)
    }
    told = _told(ret, with_history=with_history)
    judgements = {j.item: j for j in told["judgements"] if not _out_of_date(j, ret)}
    judged = {key: j.score for key, j in judgements.items() if key}
    rows = {row.item: row for row in item_answers(framework, given, judged)}
    rules = rules_of(ret)
    cap = cap_under(rules, framework.scale) if framework.scored else None
    rolled = roll_up(framework, rows.values(), test, cap=cap, reweight=rules.reweight)
    queries: tuple[Query, ...] = tuple(told["queries"])
    sources: list[Source] = told["sources"]
    answered_by = {source.item: source.action for source in sources}
    stands = position(ret)

    def item_view(key: str) -> Item:
        return _item(key, framework, rows[key], given, judgements, queries, answered_by, test)

    refs = {s.key: _refs(given.get(files_key(s.key), Given()).value) for s in framework.standards}
    cards = uploads.cards([ref for some in refs.values() for ref in some])
    standards = []
    for number, standard in enumerate(framework.standards, 1):
        words = cell(stands, rolled.standards[standard.key], test, today=today).words
        standards.append(
            StandardView(
                standard.key,
                number,
                standard.title,
                words,
                tuple(cards[ref] for ref in refs[standard.key] if ref in cards),
                tuple(item_view(item.key) for item in standard.items),
            )
        )
    items = [item for view in standards for item in view.items]
    return Reading(
        tuple(standards),
        test.label if framework.scored else "",
        framework.status,
        shift(rows.values(), framework.scale),
        queries,
        judgements[""].reason if "" in judgements else "",
        tuple(told.get("signed", ())),
        tuple((h.on, move_words(h.move), h.by.full_name, h.reason) for h in told.get("history", ())),
        tuple({source.action_id: source.action for source in sources}.values()),
        tuple(item for item in items if item.below and not item.action),
        how_made_of(framework, test, rules),
        tuple(item for item in items if item.to_agree),
    )


def _told(ret: Return, *, with_history: bool) -> dict[str, list[Any]]:
    """Judgements, questions, promises and (``with_history``) signatures and moves of a return: one query."""
    its = OuterRef("pk")
    wanted = {
        "judgements": Rows(Judgement.objects.filter(return_of=its), ("by__full_name",)),
        "queries": Rows(
            Query.objects.filter(return_of=its).order_by("asked_on", "id"),
            ("asked_by__full_name", "answered_by__full_name"),
        ),
        "sources": Rows(
            Source.objects.filter(record=OuterRef("record")),
            ("action__title", "action__due_on", "action__state", "action__record__reference"),
        ),
    }
    if with_history:
        signed = SignOff.objects.filter(return_of=its).order_by("-signed_at")
        moves = StageChange.objects.filter(return_of=its).order_by("-created_at")
        wanted |= {"signed": Rows(signed, ("person__full_name",)), "history": Rows(moves, ("by__full_name",))}
    return gathered(Return.objects.filter(pk=ret.pk), **wanted)


def _out_of_date(judgement: Judgement, ret: Return) -> bool:
    """Whether "not applicable" was agreed before the answers were signed anew."""
    is_agreement = bool(judgement.item) and not judgement.score
    return is_agreement and ret.signed_off_on is not None and judgement.on < ret.signed_off_on


def _refs(value: Json) -> tuple[str, ...]:
    """The references in what a question for files stores: each with the name it was given."""
    held = value if isinstance(value, list) else []
    return tuple(str(each["ref"]) for each in held if isinstance(each, dict) and each.get("ref"))


def _item(
    key: str,
    framework: Any,
    row: ItemAnswer,
    given: Mapping[str, Given],
    judgements: Mapping[str, Judgement],
    queries: tuple[Query, ...],
    answered_by: Mapping[str, Action],
    test: Any,
) -> Item:
    keys, judgement = item_keys(key), judgements.get(key)

    def words(at: str) -> str:
        return str(given.get(at, Given()).value or "")

    def label(score: str) -> str:
        return framework.scale.point(score).label if score else ""

    scored = row.state is ItemState.SCORED
    standing = given.get(keys.score, Given())
    waits = standing.to_confirm and standing.value is not None
    return Item(
        key=key,
        number=framework.numbers[key],
        text=framework.items[key].text,
        state=row.state.value,
        self_score=row.self_score,
        self_label=label(row.self_score),
        score=row.score,
        score_label=label(row.score),
        changed=bool(row.moderated_score) and row.moderated_score != row.self_score,
        judged=judgement is not None and bool(judgement.score) == scored,
        reason=judgement.reason if judgement else "",
        said=words(keys.said),
        shown=words(keys.shown),
        plan=words(keys.plan),
        na_reason=row.reason,
        below=scored and not test.passes(row.score),
        critical=row.critical,
        queries=tuple(q for q in queries if q.item == key),
        action=answered_by[key].record.reference if key in answered_by else "",
        also_asked=framework.items[key].also_asked,
        plain=label(row.plain),
        figures=tuple(
            (label_of, found)
            for number, label_of in enumerate(framework.items[key].figures, 1)
            if (found := words(figure_key(key, number)))
        ),
        needs_agreement=needs_moderator(row),
        last_time=f"{standing.value} {label(stored_score(standing.value))}" if waits else "",
        to_confirm=any(at in given and given[at].to_confirm for at in (keys.score, keys.said, keys.shown)),
    )


def open_queries(return_ids: list[UUID]) -> dict[UUID, int]:
    """How many questions wait for an answer, per return."""
    out: dict[UUID, int] = {}
    for return_id in Query.objects.filter(return_of__in=return_ids, answered_on=None).values_list(
        "return_of_id", flat=True
    ):
        out[return_id] = out.get(return_id, 0) + 1
    return out
