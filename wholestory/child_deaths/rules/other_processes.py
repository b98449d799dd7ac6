"""What runs beside a child death review: coroner, post-mortem, police, other reviews; what each holds up and what not.

A criminal case may pause the review. It never pauses the notification, what other children need, or the support of the
family. An inquest holds the panel until its result is known. The other reviews hold nothing up by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wholestory.child_deaths.rules.grounds import Ground, known, ours, recalled, seen
from wholestory.child_deaths.rules.process_fields import FIELDS, Field

MEDICAL_EXAMINER_FROM = date(2024, 9, 9)


class Process(StrEnum):
    """A process beside the review."""

    CERTIFICATE = "certificate"
    MEDICAL_EXAMINER = "medical_examiner"
    CORONER = "coroner"
    POST_MORTEM = "post_mortem"
    INQUEST = "inquest"
    POLICE = "police"
    SERIOUS_INCIDENT = "serious_incident"
    CASE_REVIEW = "case_review"
    PATIENT_SAFETY = "patient_safety"
    PMRT = "pmrt"
    MNSI = "mnsi"
    LEDER = "leder"
    PPO = "ppo"

    @property
    def label(self) -> str:
        """In words."""
        return _LABELS[self]

    @property
    def fields(self) -> tuple[Field, ...]:
        """What is recorded about it, in order."""
        return FIELDS[self.value]


_LABELS = {
    Process.CERTIFICATE: "Certificate of cause of death",
    Process.MEDICAL_EXAMINER: "Medical examiner",
    Process.CORONER: "Coroner",
    Process.POST_MORTEM: "Post-mortem examination",
    Process.INQUEST: "Inquest",
    Process.POLICE: "Police investigation",
    Process.SERIOUS_INCIDENT: "Serious incident notice and rapid review",
    Process.CASE_REVIEW: "Case review (serious case review, or local child safeguarding practice review)",
    Process.PATIENT_SAFETY: "Patient safety investigation",
    Process.PMRT: "Perinatal Mortality Review Tool",
    Process.MNSI: "Maternity and Newborn Safety Investigation",
    Process.LEDER: "Learning disability mortality review (LeDeR)",
    Process.PPO: "Prisons and Probation Ombudsman",
}

EXAMINER = seen(
    "medical_examiner_from",
    "From 9 September 2024 a medical examiner looks at every death that does not go to the coroner before it is"
    " registered.",
    "S58",
)
CRIMINAL_PAUSES = ours(
    "criminal_pauses",
    "A criminal case may pause the review. It does not pause the notification, safeguarding, or support"
    " for the family.",
)
INQUEST_HOLDS = recalled("inquest_holds", "The panel waits until the result of the inquest is known.")
EXAMINATION_DELAYS = seen(
    "examination_delays", "A post-mortem may delay the review meeting; it does not stop the gathering.", "S14"
)
RUNS_BESIDE = ours(
    "runs_beside", "It runs beside the review and holds nothing up. Link it, and bring its findings in."
)
BEFORE_REVIEW = seen("notice_before_review", "A serious incident notice comes before a rapid review.", "S20")
PFD_KEPT = known(
    "pfd_kept",
    "A coroner’s report to prevent future deaths (regulation 28) is kept with the case, and its answer too.",
)
STILL_GOES_ON = (
    "Notification to the panel and the national database",
    "What other children in the family need",
    "Support for the family, as agreed with police where they ask",
    "Gathering what agencies hold, unless police ask to wait",
)


@dataclass(frozen=True, slots=True)
class Running:
    """A process of one case. ``is_criminal`` is for a police investigation that became a criminal one or went to trial;
    ``holds_review`` is the decision of a person, where there is one."""

    process: Process
    concluded: bool = False
    is_criminal: bool = False
    holds_review: bool | None = None
    review_on: date | None = None
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """What holds the review, what goes on all the same, and what the hold still lacks."""

    process: Process
    ground: Ground
    still_goes_on: tuple[str, ...]
    missing: tuple[str, ...] = ()


def applies(process: Process, died_on: date) -> bool:
    """Whether the process existed for a death of that day. Only the medical examiner's begins on a known day."""
    return process is not Process.MEDICAL_EXAMINER or died_on >= MEDICAL_EXAMINER_FROM


def may_hold(process: Process) -> tuple[bool, Ground]:
    """Whether a process of this kind can hold the review at all, and why."""
    if process is Process.POLICE:
        return True, CRIMINAL_PAUSES
    if process is Process.INQUEST:
        return True, INQUEST_HOLDS
    if process is Process.POST_MORTEM:
        return False, EXAMINATION_DELAYS
    return False, RUNS_BESIDE


def holds(running: Iterable[Running], today: date) -> tuple[Hold, ...]:
    """What holds the review today. A police hold needs somebody at the police or the prosecutors to ask, and every hold
    a day to look again; a day that is past is named."""
    found = []
    for each in running:
        can, ground = may_hold(each.process)
        if each.concluded or not can or each.holds_review is False:
            continue
        if each.process is Process.POLICE and not (each.is_criminal or each.holds_review):
            continue
        missing = []
        if each.review_on is None:
            missing.append("Say when to look at this hold again")
        elif each.review_on <= today:
            missing.append("The day to look at this hold again has come")
        if each.process is Process.POLICE and not each.contact.strip():
            missing.append("Name the contact at the police or the Crown Prosecution Service")
        found.append(Hold(each.process, ground, STILL_GOES_ON, tuple(missing)))
    return tuple(found)


class Certificate(StrEnum):
    """Who certifies, and how far that is."""

    ISSUED = "issued"
    ISSUED_AFTER_EXAMINER = "issued_after_examiner"
    CORONER_PERMITS = "coroner_permits"
    CORONER_INVESTIGATES = "coroner_investigates"
    POST_MORTEM_ONLY = "post_mortem_only"
    INQUEST_OPENED = "inquest_opened"
    INQUEST_ADJOURNED = "inquest_adjourned"
    INQUEST_CONCLUDED = "inquest_concluded"
    NOT_KNOWN = "not_known"

    @property
    def label(self) -> str:
        """In words."""
        return {
            "issued": "Certificate issued by the doctor who attended",
            "issued_after_examiner": "Certificate issued after the medical examiner looked at it",
            "coroner_permits": "Referred; the coroner lets the doctor certify",
            "coroner_investigates": "The coroner investigates",
            "post_mortem_only": "Post-mortem only, no inquest",
            "inquest_opened": "Inquest opened",
            "inquest_adjourned": "Inquest adjourned",
            "inquest_concluded": "Inquest concluded",
            "not_known": "Not known",
        }[self.value]


def certificates_on(died_on: date) -> tuple[Certificate, ...]:
    """What may be said of the certificate for a death of that day: the medical examiner's only from 9 September 2024,
    and without one until the day before."""
    late = died_on >= MEDICAL_EXAMINER_FROM
    gone = Certificate.ISSUED if late else Certificate.ISSUED_AFTER_EXAMINER
    return tuple(each for each in Certificate if each is not gone)


CAUSE_LINES = (
    Field("ia", "I (a) Disease or condition that led directly to death"),
    Field("ib", "I (b) What caused (a)"),
    Field("ic", "I (c) What caused (b)"),
    Field("id", "I (d) What caused (c)"),
    Field("ii", "II Other conditions that contributed"),
)
NEONATAL_CAUSE_LINES = (
    Field("infant_main", "Main diseases or conditions in the baby"),
    Field("infant_other", "Other diseases or conditions in the baby"),
    Field("mother_main", "Main maternal diseases or conditions that affected the baby"),
    Field("mother_other", "Other maternal diseases or conditions that affected the baby"),
    Field("other_relevant", "Other relevant causes"),
)
CAUSES = recalled("cause_lines", "The lines of the two certificates, recalled and not read again.")
