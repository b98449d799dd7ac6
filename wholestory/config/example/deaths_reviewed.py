"""The panel's side of the example: meetings, papers, what was decided, what is final and what was opened again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

from wholestory.child_deaths.models import PackPart, Review
from wholestory.child_deaths.operations import analysis, deciding, finalising, listing, pack, ready, review
from wholestory.child_deaths.operations.analysis import FactorSaid
from wholestory.config.example.deaths_steps import CHAIR, Deaths, Step, at
from wholestory.meetings import authority
from wholestory.meetings.models import Meeting, MeetingKind
from wholestory.meetings.operations import attending, planning


def plan(deaths: Deaths, entry: Step) -> None:
    """A meeting of the panel is planned, kept by the office of the duty."""
    panel = deaths.panel()
    if panel.board is None or panel.group is None:
        raise ValueError("The example's panel has no board or no group.")
    with deaths.coordinator() as actor:
        said = planning.Plan(
            entry["title"], entry["meets_on"], kind=entry.get("kind", MeetingKind.ORDINARY), start_time=time(9, 30),
            place="Bayard Place, room 2", chair=deaths.directory.people[CHAIR], secretary=actor,
        )  # fmt: skip
        planning.plan(
            actor=actor,
            group=panel.group,
            board=panel.board,
            said=said,
            today=entry["planned_on"],
            office="child_deaths",
        )


def came(deaths: Deaths, entry: Step) -> None:
    """Everybody of the panel came."""
    with deaths.coordinator() as actor:
        meeting = _meeting(entry)
        seats = authority.seats_on(meeting.group_id, entry["meets_on"])
        attending.record(
            actor=actor, meeting=meeting, marks=[attending.SeatMark(seat, "present") for seat in seats], visitors=(),
            today=entry["meets_on"], now=at({"on": entry["meets_on"]}, 9).at,
        )  # fmt: skip


def _meeting(entry: Step) -> Meeting:
    return Meeting.objects.select_related("record__board", "group", "chair").get(title=entry["title"])


def _titled(key: str) -> Meeting:
    from wholestory.config.example.reading import toml

    return _meeting(next(one for one in toml("deaths/live.toml")["meeting"] if one["key"] == key))


def _review(deaths: Deaths, death: Step) -> Review:
    return Review.objects.select_related("record__board").get(case=deaths.cases[death["key"]])


def _begin(deaths: Deaths, death: Step, step: Step) -> None:
    with deaths.coordinator() as actor:
        review.begin(actor=actor, case=deaths.case(death), today=step["on"], now=at(step).at)


def _analyse(deaths: Deaths, death: Step, step: Step) -> None:
    now = at(step).at
    with deaths.coordinator() as actor:
        of = _review(deaths, death)
        said: dict[str, Any] = {
            "cause": step["cause"], "modifiable": step["modifiable"], "follow_up": "no", "written_from": "meeting",
            "meeting_on": step["on"], "case_review": "not_needed",
        }  # fmt: skip
        review.answer(actor=actor, review=of, now=now, said=said, looked=True)
        analysis.classify(
            actor=actor,
            review=of,
            selected=step["categories"],
            override=None,
            reason="",
            now=now,
            looked=True,
        )
        for line in (step, *step.get("more", ())):
            factor = FactorSaid(
                domain=line["domain"], code=line["code"], text=line["text"], grade="2",
                modifiable=line["modifiable"] in (True, "identified"),
            )  # fmt: skip
            analysis.write_factor(actor=actor, review=of, said=factor, now=now, looked=True)


def _papers(deaths: Deaths, death: Step, step: Step) -> None:
    """The papers are made without names, read, and released."""
    now = at(step).at
    with deaths.coordinator() as actor:
        of = _review(deaths, death)
        pack.generate(actor=actor, review=of, now=now)
        for part in PackPart.objects.filter(review=of):
            pack.take_out(actor=actor, review=of, part=part.pk, words="", now=now)
        pack.release(actor=actor, review=of, was_read=True, now=now)


def _ready(deaths: Deaths, death: Step, step: Step) -> None:
    with deaths.coordinator() as actor:
        ready.make_ready(actor=actor, case=deaths.case(death), today=step["on"], now=at(step))


def _list(deaths: Deaths, death: Step, step: Step) -> None:
    with deaths.coordinator() as actor:
        listing.list_for(
            actor=actor,
            review_=_review(deaths, death),
            meeting=_titled(step["meeting"]),
            today=step["on"],
            now=at(step),
        )


def _decide(deaths: Deaths, death: Step, step: Step) -> None:
    with deaths.chair() as actor:
        deciding.review_it(
            actor=actor, review=_review(deaths, death), words=step["words"], today=step["on"], now=at(step)
        )


def _final(deaths: Deaths, death: Step, step: Step) -> None:
    with deaths.coordinator() as actor:
        finalising.finalise(actor=actor, review=_review(deaths, death), today=step["on"], now=at(step))


def _reopen(deaths: Deaths, death: Step, step: Step) -> None:
    with deaths.coordinator() as actor:
        finalising.reopen(
            actor=actor,
            review=_review(deaths, death),
            because=step["because"],
            today=step["on"],
            now=at(step),
        )


VERBS: dict[str, Callable[[Deaths, Step, Step], None]] = {
    "begin_review": _begin,
    "analyse": _analyse,
    "papers": _papers,
    "ready": _ready,
    "list": _list,
    "decide": _decide,
    "final": _final,
    "reopen": _reopen,
}
