"""What the record of a response holds, part by part. Recalled from the guidance except where a part says otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from wholestory.child_deaths.rules.grounds import Ground, recalled, seen


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to record. ``key`` never changes; ``may_lack`` means that its absence is not pointed out."""

    key: str
    label: str
    may_lack: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the record, in the order of events."""

    key: str
    title: str
    items: tuple[Item, ...]
    ground: Ground


def _part(key: str, title: str, ground: Ground, *items: tuple[str, str]) -> Part:
    return Part(
        key,
        title,
        tuple(Item(each.removesuffix("?"), label, each.endswith("?")) for each, label in items),
        ground,
    )


RECORD: tuple[Part, ...] = (
    _part(
        "trigger", "Why and when it began",
        recalled("record_trigger", "The criterion, who decided and when, who was called and when."),
        ("criteria", "Which criteria are met"),
        ("decided_by", "Who decided"),
        ("decided_at", "When it was decided"),
        ("health_called_at", "Health called at"),
        ("police_called_at", "Police called at"),
        ("social_care_called_at", "Children’s social care called at"),
        ("coroner_told_at", "Coroner told at"),
        ("out_of_hours?", "What was arranged out of hours"),
    ),
    _part(
        "planning", "First sharing of information and planning",
        recalled("record_planning", "Who came, what each agency knew, what was agreed, who supports the family."),
        ("planning_at", "When the discussion was"),
        ("planning_chair", "Who led it"),
        ("planning_attended", "Who took part"),
        ("health_history", "Health history"),
        ("police_account", "What police heard from the family and saw"),
        ("ambulance_account?", "What the ambulance crew saw"),
        ("household_checks", "Checks on every child and adult of the household"),
        ("immediate_actions", "Immediate actions, each with its owner"),
        ("strategy_meeting", "Whether a strategy meeting was needed, and what it decided"),
        ("family_support", "Who supports the family"),
        ("coroner_authorised?", "Samples, skeletal survey and photographs the coroner agreed to"),
    ),
    _part(
        "visit", "Visit to the home or the scene",
        recalled("record_visit", "Offered, declined or not needed, with the reason; who was there; what was found."),
        ("visit_decided", "Offered, declined or not needed, and why"),
        ("visited_at", "When"),
        ("visit_health", "Health professional there"),
        ("visit_police", "Police officer there"),
        ("visit_place", "Home, or where the child was found"),
        ("visit_re_enactment?", "Whether the sleeping place was shown with a doll"),
        ("visit_temperature?", "Temperature of the room"),
        ("visit_findings", "What was found"),
        ("visit_report_sent_at", "Report sent to the pathologist at"),
    ),
    _part(
        "discussions", "Later discussions",
        recalled("record_discussions", "Each interim discussion, and the final one."),
        ("interim_discussions?", "Interim discussions, with dates and who came"),
        ("examination_interim_on?", "First post-mortem result received"),
        ("examination_final_on", "Final post-mortem result received"),
        ("final_discussion_on", "Final discussion"),
        ("classification?", "Classification agreed"),
        ("cause_agreed", "Cause agreed"),
        ("parents_told_by", "Who met or wrote to the parents"),
        ("draft_analysis", "Draft analysis form"),
    ),
    _part(
        "stand_down", "Standing down",
        recalled("record_stand_down", "Who decided to stop, when, and why."),
        ("stood_down_by?", "Who decided"),
        ("stood_down_at?", "When"),
        ("stood_down_reason?", "Why, such as a clear natural cause"),
    ),
)  # fmt: skip

PARTIES = seen(
    "three_parties",
    "The three are the on-call health professional, the police and the duty social worker.",
    "S2",
)


def lacking(recorded: frozenset[str], *, stood_down: bool = False) -> tuple[Item, ...]:
    """What the record still lacks, in order. After standing down nothing but the reasons for it is asked for."""
    parts = [part for part in RECORD if part.key == "stand_down"] if stood_down else RECORD
    return tuple(
        item
        for part in parts
        for item in part.items
        if item.key not in recorded and (stood_down or not item.may_lack)
    )
