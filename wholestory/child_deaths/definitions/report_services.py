"""Section F of the report: what services did, and what was offered to the family since."""

from __future__ import annotations

from wholestory.child_deaths.definitions.asking import (
    ANSWERS,
    Edition,
    account,
    any_of,
    day,
    number,
    one_of,
    pairs,
    since,
    text,
    until,
    yes,
    yes_no,
)
from wholestory.child_deaths.definitions.report_child import gate
from wholestory.child_deaths.rules.code_lists import AGENCY_KINDS
from wholestory.paperwork.definitions import Page, Question, Repeat, Section, Text


def _services() -> tuple[Question, ...]:
    return (
        any_of("services", "Services your agency knows were involved", *pairs(AGENCY_KINDS)),
        Repeat(
            "service_contacts", "What your own service did",
            (
                Text("service_name", "Service or team of yours", required=False, nothing=ANSWERS),
                day("service_last_seen_on", "The child was last seen on"),
                text("service_reason", "What the child was seen for"),
                number("service_missed", "Appointments missed in the last year", most=400),
            ),
            noun="service", required=False,
        ),
        day("last_seen_on", "When anybody of your agency last saw the child"),
        account("missed_words", "Appointments missed or not brought to, and what was done", rows=3),
        yes_no("refused_services", "Was any service offered and not taken up?"),
    )  # fmt: skip


def _barriers(edition: Edition) -> tuple[Question, ...]:
    return (
        any_of("access_barriers", "Was it hard for the family to reach services?", ("distance", "Distance or travel"),
               ("waiting", "Waiting"), ("language", "Language"), ("not_registered", "Not registered with a GP"),
               ("trust", "Fear or mistrust"), ("other", "Something else"), ("none", "No difficulty known")),
        *since(
            edition, Edition.APRIL_2021,
            yes_no("family_barriers", "Did the family face barriers to services?"),
            any_of("family_barrier_kinds", "Which barriers", ("chargeable", "Care that had to be paid for"),
                   ("language", "Language"), ("money", "Money"), ("other", "Another"), when=yes("family_barriers")),
            account("family_barrier_words", "How that was for the family", when=yes("family_barriers"), rows=3),
        ),
        yes_no("interpreter_needed", "Was an interpreter needed?"),
        yes_no("interpreter_used", "Was an interpreter there?", when=yes("interpreter_needed")),
    )  # fmt: skip


def _quality() -> tuple[Question, ...]:
    return (
        account("communication_between", "How services spoke with each other and with the family", rows=4),
        account("transfers", "Moves between hospitals, wards or services, and how they went", rows=3),
        account("recognition", "Was it seen in time how ill, or in how much danger, the child was?", rows=4),
        account("quality_concerns", "Anything in the care of the child that worries you", rows=4),
        account("positive_practice", "What was done well", rows=4),
        account("own_learning", "What your agency has learned or changed since", rows=4),
        text("own_review", "Any review of your own, with its reference"),
    )


def _afterwards(edition: Edition) -> tuple[Question, ...]:
    return (
        *until(edition, Edition.APRIL_2022, account("support_after", "What was offered to the family since", rows=3)),
        *since(
            edition, Edition.APRIL_2022,
            yes_no("bereavement_support", "Was bereavement support offered?"),
            account("bereavement_support_words", "What bereavement support was offered",
                    when=yes("bereavement_support"), rows=3),
        ),
        yes_no("follow_up_arranged", "Has a follow-up appointment for the family been arranged?"),
        account("family_questions", "Questions the family has asked your agency", rows=3),
        one_of("family_told", "Has the family been told that the death is reviewed?", ("yes", "Yes, by us"),
               ("other", "Yes, by somebody else"), ("no", "No")),
    )  # fmt: skip


def services_page(edition: Edition) -> Page:
    """What services did. It comes last and is the longest to think about."""
    held = yes("holds_services")
    return Page(
        "services", "Services, and the time since",
        (
            gate("holds_services", "Did your agency have anything to do with the child or the family?"),
            Section("Services", _services(), show_when=held),
            Section("Reaching services", _barriers(edition), show_when=held),
            Section("How it went", _quality(), show_when=held),
            Section("Since the death", _afterwards(edition), show_when=held),
            account("anything_else", "Anything else the panel should know", rows=4),
        ),
    )  # fmt: skip
