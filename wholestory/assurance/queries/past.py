"""Files that were brought in: what they hold, what would come of them, and how pages mark what came."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Q

from wholestory.assurance import own_frameworks
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.models import BroughtIn, BroughtInState, Cycle, CycleKind, Return, SaidOfPast, Stage
from wholestory.assurance.operations.past import PastRefused
from wholestory.assurance.queries.lineage import pairs
from wholestory.assurance.rules import past_matching as matching
from wholestory.assurance.rules import past_plan as planning
from wholestory.assurance.rules import past_tables, past_words
from wholestory.assurance.rules.lineage import came_from
from wholestory.assurance.rules.own_tools_columns import chosen_tables
from wholestory.assurance.rules.past_matching import Match, Named
from wholestory.assurance.rules.past_plan import Chosen, Plan
from wholestory.assurance.rules.past_tables import Layout, Read, Shape
from wholestory.assurance.tables import Table, read_tables
from wholestory.documents import sealing, shelf
from wholestory.documents.models import StoredFile
from wholestory.documents.queries import why_closed
from wholestory.govuk.forms.dates import in_words
from wholestory.partners.models import Agency, Board


def tables_in(batch: BroughtIn) -> tuple[Table, ...]:
    """The tables of the kept file. Raises PastRefused where it cannot be had now."""
    file = StoredFile.objects.filter(record__reference=batch.file_reference).first()
    if file is None:
        raise PastRefused("The file is not kept here any longer.")
    if why := why_closed(file):
        raise PastRefused(why)
    try:
        return read_tables(
            b"".join(shelf.handed_out(file.place, bytes(file.wrapped_key), file.id)), file.name
        )
    except (shelf.Unreachable, sealing.Tampered, sealing.KeyMissing) as reason:
        raise PastRefused(shelf.NOT_NOW) from reason


def agencies_of(board: Board) -> list[Agency]:
    """Every body that answers or answered to this board, and those it carried on from, by name."""
    own = Agency.objects.filter(board_links__board=board).distinct()
    known = list(own.values_list("id", flat=True))
    recorded = pairs()
    before = {old for one in known for old in came_from(one, recorded)}
    return sorted(Agency.objects.filter(pk__in={*known, *before}), key=lambda one: one.name.casefold())


def named(agencies: Iterable[Agency]) -> list[Named]:
    """The agencies with every name they go by."""
    return [Named(str(one.id), (one.name, one.short_name, one.slug.replace("-", " "))) for one in agencies]


def layout_of(batch: BroughtIn) -> Layout:
    """How the table lies, as chosen."""
    at = batch.mapping
    return Layout(
        Shape(at.get("shape", Shape.DOWN)), str(at.get("table", "0")), int(at.get("header", 1)),
        int(at.get("above", 0)), tuple(at.get("roles", ())),
    )  # fmt: skip


def guess_of(tables: Sequence[Table], names: Sequence[Named]) -> Layout:
    """How the largest table seems to lie."""
    largest = max(
        range(len(tables)), key=lambda at: (len(tables[at].rows) * tables[at].width, -at), default=0
    )
    every = [name for one in names for name in one.names]
    header = matching.header_guessed(tables[largest], every)
    shape = matching.shape_guessed(tables[largest], header, every)
    layout = Layout(shape, str(largest), header)
    return replace(layout, roles=matching.roles_guessed(tables[largest], layout, every))


def signature_of(kind: str, tables: Sequence[Table], layout: Layout) -> str:
    """What tells a file's headings from another's, so that a matching can be offered again."""
    first = chosen_tables(tables, layout.table)[0]
    heads = [past_tables.key_of(head) for head in past_tables.heads_of(first, layout)]
    return hashlib.sha256(json.dumps([kind, heads]).encode()).hexdigest()


def before_with(batch: BroughtIn, signature: str) -> BroughtIn | None:
    """The last file of this board with the same headings that was matched to its end."""
    rows = BroughtIn.objects.filter(
        board=batch.board_id, kind=batch.kind, signature=signature,
        state__in=[BroughtInState.APPLIED, BroughtInState.UNDONE],
    )  # fmt: skip
    return rows.exclude(pk=batch.pk).order_by("-created_at").first()


def framework_for(batch: BroughtIn) -> Framework | None:
    """The framework its questions are matched to."""
    return own_frameworks.named(str(batch.mapping.get("framework", "")))


def agency_matches(batch: BroughtIn, read: Read, agencies: Sequence[Agency]) -> dict[str, Match]:
    """For each agency of the file what was chosen, else what is guessed."""
    known = {str(one.id) for one in agencies}
    chosen = {
        key: Match(agency, sure=True, out="" if agency else reason)
        for key, (agency, reason) in batch.mapping.get("agencies", {}).items()
        if key in read.agencies and (not agency or agency in known)
    }
    left = {key: written for key, written in read.agencies.items() if key not in chosen}
    guessed = matching.agencies_guessed(left, named(agencies))
    return {key: chosen.get(key) or guessed[key] for key in read.agencies}


def word_codes(batch: BroughtIn, read: Read, framework: Framework) -> dict[str, past_words.Meaning]:
    """What each word in the score cells means: as chosen, else as guessed."""
    texts = planning.score_texts(read, batch.mapping.get("questions", {}))
    found = past_words.guessed(texts, framework.scale)
    chosen = batch.mapping.get("words", {})
    values = {past_words.POINT + point.value for point in framework.scale.points} | set(past_words.NO_SCORE)
    return {
        text: past_words.Meaning(chosen[text]) if chosen.get(text) in values else one
        for text, one in found.items()
    }


def plan_of(batch: BroughtIn, tables: Sequence[Table] | None = None) -> Plan:
    """What would come in of a file of returns: the dry run. Raises PastRefused."""
    framework = framework_for(batch)
    if framework is None:
        raise PastRefused("Say first which set of questions this file answers.")
    agencies = agencies_of(batch.board)
    read = past_tables.read(tables if tables is not None else tables_in(batch), layout_of(batch))
    matches = agency_matches(batch, read, agencies)
    chosen = Chosen(
        agencies={key: (one.id, one.out) for key, one in matches.items() if one.out or (one.id and one.sure)},
        questions=batch.mapping.get("questions", {}),
        words={text: one.code for text, one in word_codes(batch, read, framework).items()},
        twice=str(batch.mapping.get("twice", planning.NEITHER)),
        alone=str(batch.mapping.get("alone", "")) if layout_of(batch).shape is Shape.COPY else "",
    )
    plan = planning.plan(read, chosen, framework, batch.file_name)
    if batch.mapping.get("cycle"):
        _without_those_there(plan, str(batch.mapping["cycle"]), agencies)
    return plan


def _without_those_there(plan: Plan, cycle: str, agencies: Sequence[Agency]) -> None:
    there = live_returns().filter(cycle=UUID(cycle)).values_list("agency_id", flat=True)
    names = {str(one.id): one.name for one in agencies}
    for agency in map(str, there):
        if agency in plan.coming:
            del plan.coming[agency]
            plan.left_out.append(
                (names[agency], "It has a return in that round already; nothing is overwritten")
            )


def live_returns() -> Any:
    """Returns that were brought in and not taken back."""
    return Return.objects.filter(stage=Stage.BROUGHT_IN)


def past_cycles(board: Board) -> list[Cycle]:
    """Earlier rounds that were brought in and hold a return, newest first."""
    rows = Cycle.objects.filter(board=board, kind=CycleKind.PAST, returns__stage=Stage.BROUGHT_IN).distinct()
    return list(rows.select_related("record").order_by("-opens_on"))


def files_of(cycles: Iterable[Cycle]) -> dict[UUID, list[str]]:
    """The files each of these cycles was brought in from. One query."""
    found: dict[UUID, list[str]] = {}
    past = [cycle.pk for cycle in cycles if cycle.kind == CycleKind.PAST]
    if past:
        rows = BroughtIn.objects.filter(cycle__in=past, state=BroughtInState.APPLIED).order_by("created_at")
        for cycle, name in rows.values_list("cycle_id", "file_name"):
            found.setdefault(cycle, []).append(name)
    return found


def cycle_mark(cycle: Cycle) -> str:
    """What every page says that shows a round brought in from files; nothing for the others. Two queries."""
    if cycle.kind != CycleKind.PAST:
        return ""
    files = files_of([cycle]).get(cycle.pk, [])
    stands = live_returns().filter(cycle=cycle).values_list("confirmed_on", flat=True)
    confirmed = sum(on is not None for on in stands)
    said = f"Brought in from {' and '.join(files) or 'a file'}, "
    if not confirmed:
        return f"{said}unconfirmed. Nobody signed these answers here."
    return f"{said}confirmed by {confirmed} of {len(stands)} organisations. Nobody signed these answers here."


def mark_of(ret: Return) -> str:
    """What every page says that shows a return brought in from a file; nothing for the others. One query at most."""
    if not ret.brought_in_from:
        return ""
    if ret.stage == Stage.WITHDRAWN:
        return f"Brought in from {ret.brought_in_from}, and taken back by the board’s team."
    last = last_said(ret)
    if last is None:
        return f"Brought in from {ret.brought_in_from}, unconfirmed."
    on = in_words(last.on)
    if last.is_right:
        return f"Brought in from {ret.brought_in_from}; confirmed by {last.by.full_name} on {on}."
    return f"Brought in from {ret.brought_in_from}, unconfirmed. {last.by.full_name} said on {on} that it is not right."


def last_said(ret: Return) -> SaidOfPast | None:
    """What the agency said last of a return that was brought in."""
    rows = SaidOfPast.objects.filter(return_of=ret).select_related("by")
    return rows.order_by("-created_at").first()


def words_of(ret: Return) -> str:
    """What the agency said is not right, where it said so last."""
    last = last_said(ret) if ret.stage == Stage.BROUGHT_IN else None
    return "" if last is None or last.is_right else last.words


def disputed(returns: Sequence[Return]) -> set[UUID]:
    """Those of these returns of which their agency said last that they are not right. One query."""
    rows = SaidOfPast.objects.filter(return_of__in=[ret.pk for ret in returns]).order_by("created_at")
    last = dict(rows.values_list("return_of_id", "is_right"))
    return {key for key, is_right in last.items() if not is_right}


def carried_mark(ret: Return) -> str:
    """What the form says whose drafts came from a return that was brought in: the same mark. Two queries at most."""
    source = ret.answers.carried_from_id
    if source is None:
        return ""
    found = Return.objects.filter(answers=source).exclude(brought_in_from="").first()
    return "" if found is None else mark_of(found)


def listed(board: Board) -> list[BroughtIn]:
    """The board's files, newest first; those put aside are left out."""
    rows = BroughtIn.objects.filter(~Q(state=BroughtInState.DISCARDED), board=board)
    return list(
        rows.select_related("record", "by", "cycle__record").defer("mapping").order_by("-created_at")[:100]
    )
