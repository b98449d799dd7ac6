"""What follows from the processes beside a review: what is asked about each, and what whoever runs the case is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wholestory.child_deaths.rules.other_processes import (
    BEFORE_REVIEW,
    CAUSE_LINES,
    MEDICAL_EXAMINER_FROM,
    NEONATAL_CAUSE_LINES,
    Certificate,
    Process,
    certificates_on,
    may_hold,
)
from wholestory.child_deaths.rules.process_fields import Field
from wholestory.child_deaths.rules.response import EXAMINATION_SUGGESTS_ABUSE

RUNNING, CONCLUDED = "running", "concluded"
LONG_CAUSES = {field.key for field in (*CAUSE_LINES, *NEONATAL_CAUSE_LINES)}


def fields_for(process: Process, *, died_on: date | None, newborn: bool) -> tuple[Field, ...]:
    """What is asked about a process. A certificate has its status and the lines of its cause first; for a baby under
    28 days they are those of the certificate for newborns."""
    if process is not Process.CERTIFICATE:
        return process.fields
    known = certificates_on(died_on) if died_on else tuple(Certificate)
    status = Field("status", "How far it is", "choice", tuple((each.value, each.label) for each in known))
    return (status, *(NEONATAL_CAUSE_LINES if newborn else CAUSE_LINES), *process.fields)


def shown_fields(process: Process) -> tuple[Field, ...]:
    """Every field a process may have been recorded with, either certificate included."""
    if process is not Process.CERTIFICATE:
        return process.fields
    status = Field(
        "status", "How far it is", "choice", tuple((each.value, each.label) for each in Certificate)
    )
    return (status, *CAUSE_LINES, *NEONATAL_CAUSE_LINES, *process.fields)


def offered(died_on: date | None) -> tuple[Process, ...]:
    """The processes there were on the day of the death."""
    if died_on is None or died_on >= MEDICAL_EXAMINER_FROM:
        return tuple(Process)
    return tuple(each for each in Process if each is not Process.MEDICAL_EXAMINER)


@dataclass(frozen=True, slots=True)
class Known:
    """One process as recorded."""

    process: Process
    state: str
    facts: Mapping[str, Any]
    holds_review: bool | None = None
    after_final: bool = False


def prompts(found: Iterable[Known], *, looked_after: bool, on_hold: frozenset[str]) -> tuple[str, ...]:
    """What whoever runs the case should look at; nothing here is done by itself."""
    known = list(found)
    said: list[str] = []
    for each in known:
        said += _about(each, on_hold)
    incidents = [each for each in known if each.process is Process.SERIOUS_INCIDENT]
    if looked_after and not incidents:
        said.append(
            "The child was looked after: the authority gives notice of the death whatever the cause. Record the notice."
        )
    return tuple(dict.fromkeys(said))


def _about(each: Known, on_hold: frozenset[str]) -> list[str]:
    said = []
    if (
        each.process is Process.POST_MORTEM
        and each.facts.get("suggests_abuse")
        and not each.facts.get("police_told_at")
    ):
        said.append(EXAMINATION_SUGGESTS_ABUSE.words)
    if (
        each.process is Process.SERIOUS_INCIDENT
        and each.facts.get("rapid_review_on")
        and not each.facts.get("notified_on")
    ):
        said.append(BEFORE_REVIEW.words)
    criminal = each.process is Process.POLICE and each.facts.get("role") == "criminal"
    could_hold = may_hold(each.process)[0] and (criminal or each.process is Process.INQUEST)
    why = "criminal" if criminal else "inquest"
    if could_hold and each.state == RUNNING and each.holds_review is None and why not in on_hold:
        said.append(f"{each.process.label}: decide whether it holds the review up, and until when.")
    if criminal and each.state == RUNNING and not str(each.facts.get("contact") or "").strip():
        said.append("Name the contact at the police or the Crown Prosecution Service.")
    if each.after_final:
        said.append(
            f"{each.process.label}: a result came after the case was final. Consider opening it again."
        )
    if (
        each.process is Process.INQUEST
        and each.facts.get("prevention_report_on")
        and not each.facts.get("prevention_answer_on")
    ):
        said.append("A report to prevent future deaths waits for its answer. Keep the answer with the case.")
    return said
