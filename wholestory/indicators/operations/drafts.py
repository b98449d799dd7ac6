"""Filling in a return: what is typed is kept as it is, line by line, until somebody passes it on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.indicators.models import (
    AgencyReturn,
    ReturnStage,
    Source,
    Submission,
    SubmissionState,
)
from wholestory.indicators.operations.moving import ReturnRefused, held, move
from wholestory.indicators.queries import came
from wholestory.indicators.queries.return_form import draft_of, lines_of_return
from wholestory.indicators.rules.entries import Typed
from wholestory.partners.models import Person
from wholestory.records import opening

SUBMISSION = opening.Opening(Submission.record_kind, "FS", "governance")
NOT_OPEN = (
    "These figures are not being filled in now. Look at the return’s page: somebody may have passed them on."
)
LONGEST_REASON = 400
#: Who typed the numbers of each line last, or brought them in a file: none of them is the second person.
TYPED_BY = "typed_by"
#: A rule, and the fingerprint of the row it is about.
_CODE = re.compile(r"[A-Z]{2}-\d\d:[0-9a-f]{64}")


@dataclass(frozen=True)
class Saved:
    """What came of saving: the lines that were changed, and those somebody else changed meanwhile, with what stands
    there now. What was typed for those was not kept."""

    submission: Submission
    changed: tuple[str, ...]
    clashes: Mapping[str, Typed]


@transaction.atomic
def save(
    *,
    actor: Person,
    ret: AgencyReturn,
    rows: Mapping[str, Typed],
    was: Mapping[str, str],
    reasons: Mapping[str, str],
    today: date,
    now: datetime,
    source: Source = Source.WEB,
) -> Saved:
    """Keep what was typed. ``was`` is the mark of each line as it stood when the page was shown: a line somebody else
    changed since is never overwritten. ``reasons`` are why queries are accepted, by their code; an empty one takes a
    reason back. Saving the same again changes nothing."""
    asking.require(actor, Verb.WRITE, ret.record)
    if held(ret) not in (ReturnStage.ASKED, ReturnStage.STARTED):
        raise ReturnRefused(NOT_OPEN)
    known = {line.key for line in lines_of_return(ret)}
    submission = _draft(actor, ret, today, now, source)
    stored = {key: Typed.of(row) for key, row in submission.typed.get("rows", {}).items()}
    changed, figures, clashes = [], [], {}
    for key, typed in rows.items():
        standing = stored.get(key, Typed())
        if key not in known or typed == standing or (key in was and typed.mark == was[key]):
            continue
        if key in was and standing.mark != was[key]:
            clashes[key] = standing
            continue
        stored[key] = typed
        changed.append(key)
        if replace(typed, note="") != replace(standing, note=""):
            figures.append(key)
    given = dict(submission.typed.get("reasons", {}))
    given |= {
        code: words.replace("\x00", "").strip()[:LONGEST_REASON]
        for code, words in reasons.items()
        if _CODE.fullmatch(code)
    }
    given = {code: words for code, words in given.items() if words}
    if figures:
        came.typed_over(submission, figures, source)
    if changed or given != submission.typed.get("reasons", {}):
        typed_by = {**submission.typed.get(TYPED_BY, {}), **dict.fromkeys(figures, str(actor.pk))}
        said = {
            "rows": {key: typed.kept for key, typed in stored.items()},
            "reasons": given,
            TYPED_BY: typed_by,
        }
        _keep(submission, said, now)
    return Saved(submission, tuple(changed), clashes)


def _keep(submission: Submission, said: Mapping[str, Any], now: datetime) -> None:
    ledger.line("indicators.draft_saved", submission.record)
    submission.typed = {**submission.typed, **said}
    submission.at = now
    submission.save(update_fields=["typed", "about", "at"])


@transaction.atomic
def save_meaning(
    *, actor: Person, ret: AgencyReturn, said: Mapping[str, Mapping[str, str]], today: date, now: datetime
) -> None:
    """Keep what the agency says its figures mean, by measure."""
    asking.require(actor, Verb.WRITE, ret.record)
    if held(ret) not in (ReturnStage.ASKED, ReturnStage.STARTED):
        raise ReturnRefused(NOT_OPEN)
    submission = _draft(actor, ret, today, now, Source.WEB)
    meaning = {**submission.typed.get("meaning", {}), **{code: dict(words) for code, words in said.items()}}
    if meaning != submission.typed.get("meaning", {}):
        _keep(submission, {"meaning": meaning}, now)


def _draft(actor: Person, ret: AgencyReturn, today: date, now: datetime, source: Source) -> Submission:
    """The draft of a return, begun when there is none."""
    found = draft_of(ret)
    if found is not None:
        return found
    if ret.stage == ReturnStage.ASKED:
        move(ret, "started", actor=actor, today=today, now=now)
    return new(actor=actor, ret=ret, source=source, typed={}, today=today, now=now)


def new(
    *,
    actor: Person,
    ret: AgencyReturn,
    source: Source,
    typed: Mapping[str, Any],
    today: date,
    now: datetime,
    **more: Any,
) -> Submission:
    """The next version of a return, as a draft. The return is held by the caller."""
    number = Submission.objects.filter(of_return=ret).count() + 1
    record = opening.sheet(
        SUBMISSION, ret.board, ret.circle, ret.office, today, verb="indicators.draft_begun"
    )
    return Submission.objects.create(
        record=record, circle_id=ret.circle_id, office_id=ret.office_id, board_id=ret.board_id,
        agency_id=ret.agency_id, of_return=ret, number=number, source=source, state=SubmissionState.DRAFT,
        typed=dict(typed), by=actor, at=now, **more,
    )  # fmt: skip
