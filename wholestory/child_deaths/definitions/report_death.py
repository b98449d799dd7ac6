"""Sections A and B of the report: who writes, how the child died, what is known to have happened."""

from __future__ import annotations

from wholestory.child_deaths.definitions.asking import (
    Edition,
    account,
    any_of,
    day,
    one_of,
    pairs,
    text,
    yes,
    yes_no,
)
from wholestory.child_deaths.definitions.identity import child, home, writer
from wholestory.child_deaths.rules.code_lists import EVENTS, MODES_OF_DEATH, PLACES_OF_DEATH
from wholestory.paperwork.definitions import AnyOf, Page, Question, Section

CONDITIONS = (
    ("asthma", "Asthma"), ("anaphylaxis", "Anaphylaxis"), ("cardiac", "A heart condition"),
    ("genetic", "A chromosomal or genetic condition"), ("congenital", "A malformation from birth"),
    ("diabetic_ketoacidosis", "Diabetic ketoacidosis"), ("epilepsy", "Epilepsy"), ("infection", "An infection"),
    ("cancer", "Cancer"), ("none", "None of these"),
)  # fmt: skip


def identity_page(edition: Edition) -> Page:
    """The page that is taken off for anonymised papers."""
    return Page(
        "identity", "Who the child is, and who you are",
        (
            Section("The child", (*child(edition), day("died_on", "Date of death"), *home())),
            Section("You", writer(), intro="So that we can ask you if something is not clear."),
        ),
        intro="This page is taken off before anybody on the panel sees your report.",
    )  # fmt: skip


def summary_page(edition: Edition) -> Page:
    """What happened, and what shows which further forms are needed."""
    found = ("found",)
    circumstances = (
        account(
            "circumstances", "What happened, as your agency knows it",
            hint="What was seen, said and done, in the order of time", rows=8,
        ),
        account("before_death", "The days and weeks before, as your agency knows them", rows=6),
    )  # fmt: skip
    how = (
        one_of("mode_of_death", "How did the child die?", *pairs(MODES_OF_DEATH)),
        text("found_by", "Who found the child", when=AnyOf("mode_of_death", found)),
        yes_no("resuscitation", "Was resuscitation tried?"),
        text("resuscitation_by", "Resuscitated by whom, and for how long", when=yes("resuscitation")),
        one_of("place_kind", "Where did the child die?", *pairs(PLACES_OF_DEATH)),
        text(
            "place_other",
            "Where exactly the child died",
            when=AnyOf("place_kind", ("other", "hospital_other")),
        ),
        text("place_of_event", "Where it began, if that was somewhere else"),
        one_of("expected", "Was the death expected?", ("unexpected", "Unexpected"), ("expected", "Expected")),
    )
    which = (
        any_of("events", "Is any of these known to have happened?", *pairs(EVENTS),
               hint="Each has a short form of its own, which we will send to whoever knows most about it."),
        text("event_other", "What kind of accident it was", when=AnyOf("events", ("other_accident",))),
        yes_no("sudden_unexplained", "Was the death sudden, with no cause that was plain at once?"),
        yes_no("life_limiting", "Did the child have a life-limiting condition?"),
        yes_no("never_left_hospital", "For a baby: had the baby never left hospital?"),
    )  # fmt: skip
    more: tuple[Question, ...] = ()
    if edition.is_current:
        more = (
            any_of("conditions", "Did the child have any of these?", *CONDITIONS),
            yes_no("treated_before_death",
                   "Was the child treated in the illness, or after the injury, that led to it?"),
        )  # fmt: skip
    results = (
        yes_no("examination_held", "Was there a post-mortem?"),
        account("examination_result", "What the post-mortem found", when=yes("examination_held"), rows=3),
        yes_no("inquest_held", "Was there, or will there be, an inquest?"),
        account(
            "inquest_result", "Conclusion of the inquest, if it has come", when=yes("inquest_held"), rows=3
        ),
        text("cause_of_death", "Cause of death, as now understood"),
    )
    return Page(
        "summary", "What happened",
        (Section("The death", how), Section("What is known of it", (*which, *more)),
         Section("In your words", circumstances), Section("Results", results)),
    )  # fmt: skip
