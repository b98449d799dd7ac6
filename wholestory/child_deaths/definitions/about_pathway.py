"""Supplementary form: the child's way through care, stage by stage.

Since April 2022 the stages are chosen first, so that each can be asked of whoever knows it: a request names its stages
(``stage_key``), and only those pages are shown.
"""

from __future__ import annotations

from dataclasses import replace

from wholestory.child_deaths.definitions.asking import ANSWERS, Edition, account, clock, day, one_of, text
from wholestory.child_deaths.definitions.supplement import Parts, supplement
from wholestory.child_deaths.rules.forms_by_circumstance import Topic
from wholestory.paperwork.definitions import AnyOf, Choices, Form, Option, Page

STAGES = (
    ("primary", "GP, 111 or walk-in centre"), ("ambulance", "Ambulance"), ("emergency", "Emergency department"),
    ("ward", "Ward"), ("theatre", "Operating theatre"), ("intensive", "Intensive care"), ("transfer", "Transfer"),
    ("community", "Community or home nursing"),
)  # fmt: skip


def stage_key(stage: str) -> str:
    """The page of a stage."""
    return f"stage_{stage}"


def _stage(stage: str, title: str) -> Parts:
    """Each question names its stage: in the composite they stand one below another."""
    return (
        text(f"{stage}_service", f"{title}: which service"),
        day(f"{stage}_on", f"{title}: date"),
        clock(f"{stage}_arrived", f"{title}: came or called at"),
        clock(f"{stage}_seen", f"{title}: seen at"),
        clock(f"{stage}_left", f"{title}: left at"),
        account(f"{stage}_words", f"{title}: what was found and done", rows=3),
        one_of(f"{stage}_recognised", f"{title}: if the child got worse, was it seen?", ("in_time", "Yes, in time"),
               ("late", "Late"), ("not", "No"), ("stable", "The child did not get worse here")),
        account(f"{stage}_concerns", f"{title}: anything that worries you, or that went well", rows=3),
    )  # fmt: skip


def pathway(edition: Edition, version: int) -> Form:
    """The form of an edition."""
    pages = ((stage_key(stage), title, _stage(stage, title)) for stage, title in STAGES)
    made = supplement(Topic.CARE_PATHWAY, edition, version, *pages)
    if edition < Edition.APRIL_2022:
        return made
    first = Choices(
        "stages", "Which stages does your service know?", options=tuple(Option(*pair) for pair in STAGES),
        nothing=ANSWERS, hint="You will be asked about these only",
    )  # fmt: skip
    shown = tuple(
        replace(page, show_when=AnyOf("stages", (stage,)))
        for page, (stage, _) in zip(made.pages, STAGES, strict=True)
    )
    return replace(made, pages=(Page("stages", "Stages", (first,)), *shown))


CARE_PATHWAY = (pathway(Edition.APRIL_2019, 1), pathway(Edition.APRIL_2022, 2))
