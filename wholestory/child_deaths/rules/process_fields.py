"""What is recorded about each process that runs beside a review. Recalled and our own; a board can add to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "long_text", "date", "moment", "yes_no", "choice"]


@dataclass(frozen=True, slots=True)
class Field:
    """One fact. ``options`` are pairs of key and label, for a choice."""

    key: str
    label: str
    kind: Kind = "text"
    options: tuple[tuple[str, str], ...] = ()


def _choice(key: str, label: str, *options: tuple[str, str]) -> Field:
    return Field(key, label, "choice", options)


_REFERENCE = Field("reference", "Reference")
_CONTACT = Field("contact", "Contact")
_FINDINGS = Field("findings", "What it found", "long_text")

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "certificate": (
        Field("issued_on", "Issued on", "date"),
        Field("issued_by", "Issued by"),
        Field("registered_on", "Registered on", "date"),
        Field("registrar_told_us_on", "The registrar told us on", "date"),
        Field("changed_on", "Changed on", "date"),
    ),
    "medical_examiner": (
        Field("office", "Medical examiner’s office"),
        Field("began_on", "Began on", "date"),
        Field("finished_on", "Finished on", "date"),
        _choice(
            "outcome", "Outcome", ("agreed", "Cause agreed"), ("changed", "Cause changed"),
            ("to_coroner", "Sent to the coroner"), ("concern", "Agreed, with a concern passed on"),
        ),
        Field("concern", "What concern, and to whom", "long_text"),
    ),
    "coroner": (
        _REFERENCE,
        Field("area", "Coroner’s area"),
        Field("officer", "Coroner’s officer"),
        Field("told_at", "Told at", "moment"),
        _choice(
            "decision", "Decision", ("no_action", "No further action; the doctor certifies"),
            ("post_mortem", "Post-mortem, no investigation"), ("investigation", "Investigation"),
            ("inquest", "Inquest"),
        ),
        Field("decided_on", "Decided on", "date"),
        Field("told_us_on", "The coroner told us on", "date"),
    ),
    "post_mortem": (
        _choice("by", "Who asked for it", ("hospital", "Hospital, with consent"), ("coroner", "Coroner")),
        _choice(
            "type", "Type", ("paediatric", "Paediatric"), ("forensic", "Forensic"),
            ("joint", "Joint paediatric and forensic"),
        ),
        Field("held_on", "Held on", "date"),
        Field("held_at", "Where"),
        Field("interim_on", "First result on", "date"),
        Field("interim", "First result", "long_text"),
        Field("final_on", "Final result on", "date"),
        Field("final", "Final result", "long_text"),
        Field("suggests_abuse", "Does it suggest abuse or neglect?", "yes_no"),
        Field("police_told_at", "Police and social care told at", "moment"),
    ),
    "inquest": (
        _REFERENCE,
        Field("opened_on", "Opened on", "date"),
        Field("adjourned_to", "Adjourned to", "date"),
        Field("listed_on", "Listed for", "date"),
        Field("concluded_on", "Concluded on", "date"),
        Field("conclusion", "Conclusion", "long_text"),
        Field("prevention_report_on", "Report to prevent future deaths on", "date"),
        Field("prevention_report_to", "Addressed to"),
        Field("prevention_answer_on", "Answered on", "date"),
    ),
    "police": (
        _REFERENCE,
        _CONTACT,
        _choice(
            "role", "Role", ("none", "None"), ("for_coroner", "For the coroner"),
            ("criminal", "Criminal investigation"),
        ),
        Field("began_on", "Began on", "date"),
        Field("charged_on", "Charged on", "date"),
        Field("trial_on", "Trial on", "date"),
        Field("ended_on", "Ended on", "date"),
        Field("outcome", "Outcome", "long_text"),
        Field("may_not_be_told", "What must not be told, to whom, until when", "long_text"),
    ),
    "serious_incident": (
        Field("authority", "Authority that gives notice"),
        Field("aware_on", "The authority became aware on", "date"),
        Field("notified_on", "Notice given on", "date"),
        Field("rapid_review_on", "Rapid review on", "date"),
        _FINDINGS,
    ),
    "case_review": (
        _choice("kind", "Kind", ("scr", "Serious case review"), ("lcspr", "Local child safeguarding practice review")),
        Field("referred_on", "Referred on", "date"),
        Field("decided_on", "Decided on", "date"),
        _choice(
            "decision", "Decision", ("review", "A review is held"), ("none", "No review"),
            ("other", "Other learning"),
        ),
        Field("published_on", "Published on", "date"),
        _FINDINGS,
    ),
    "patient_safety": (
        _REFERENCE, Field("organisation", "Organisation"), Field("began_on", "Began on", "date"),
        Field("reported_on", "Report received on", "date"), _FINDINGS,
    ),
    "pmrt": (
        _REFERENCE, Field("trust", "Trust"), Field("meeting_on", "Review meeting on", "date"),
        Field("grade_before", "Grade of care up to birth"), Field("grade_after", "Grade of care after birth"),
        Field("grade_mother", "Grade of care of the mother"), _FINDINGS,
    ),
    "mnsi": (
        _REFERENCE, Field("referred_on", "Referred on", "date"), Field("accepted_on", "Accepted on", "date"),
        Field("reported_on", "Report received on", "date"), _FINDINGS,
    ),
    "leder": (
        _REFERENCE, Field("notified_on", "Notified on", "date"), Field("reviewed_on", "Reviewed on", "date"), _FINDINGS,
    ),
    "ppo": (
        _REFERENCE, Field("began_on", "Began on", "date"),
        Field("reported_on", "Report received on", "date"), _FINDINGS,
    ),
}  # fmt: skip
