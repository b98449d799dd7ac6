"""Serious case reviews and local child safeguarding practice reviews."""

from __future__ import annotations

from wholestory.pathways.rules.building import (
    BOARD,
    EVERY,
    PARTNERS,
    carried,
    days,
    known,
    months,
    ours,
    recalled,
    seen,
    start,
    weeks,
    working_days,
    years,
)
from wholestory.pathways.rules.terms import Clock, Kind, Sense

DUTY = "Case reviews"
_TOLD = start("board_notified", "the Board was notified of the incident")
_DECIDED = start("decided", "the chair decided")
_INITIATED = start("initiated", "the review was initiated")
_PUBLICATION = start("publication", "the day of publication")
_PUBLISHED = start("published", "the report was published")
_DECISION = "The chair normally decides within one month of the Board being notified of the incident."
_SIX_MONTHS = "A serious case review should aim to be finished within six months of being initiated."
_KEEP = "The report stays on the site for at least twelve months, and is given on request afterwards."
_CHAPTER = "Working Together 2015, chapter 4"
_2015_DECISION_NOTE = (
    "Runs from the notification, not from when the papers are complete. A case passed to another Board starts "
    "that Board's own clock; a national panel that disagrees leads to a new decision with a new clock."
)
_COPIES_NOTE = "Publication has to be planned for a working day, or a holiday would pass the count too early."

CLOCKS: tuple[Clock, ...] = (
    Clock(
        key="scr_decision",
        title="Serious case review: the chair's decision",
        duty=DUTY,
        editions=("WT2015",),
        starts=_TOLD,
        limit=months(1),
        kind=Kind.TARGET,
        stops="the chair has decided",
        source=recalled(_DECISION, _CHAPTER),
        note=_2015_DECISION_NOTE,
    ),
    Clock(
        key="scr_decision",
        title="Serious case review: the chair's decision",
        duty=DUTY,
        editions=("WT2013", "TRANS"),
        starts=_TOLD,
        limit=months(1),
        kind=Kind.TARGET,
        stops="the chair has decided",
        source=carried(_DECISION, "WT2015"),
        note=_2015_DECISION_NOTE,
    ),
    Clock(
        key="scr_decision_told",
        title="Serious case review: telling the national bodies of the decision",
        duty=DUTY,
        editions=("WT2015",),
        starts=_DECIDED,
        limit=working_days(5),
        kind=Kind.DUTY,
        stops="Ofsted, the Department for Education and the national panel have been told",
        source=known(
            "Ofsted, the Department for Education and the national panel are told of the decision within five "
            "working days, also when it is a decision not to hold a review.",
            _CHAPTER,
        ),
    ),
    Clock(
        key="scr_decision_told",
        title="Serious case review: telling the national bodies of the decision",
        duty=DUTY,
        editions=("TRANS",),
        starts=_DECIDED,
        limit=working_days(5),
        kind=Kind.DUTY,
        stops="the national Panel has been told",
        source=carried("The national Panel is told of the decision within five working days.", "WT2015"),
    ),
    Clock(
        key="scr_not_held_explained",
        title="Serious case review: explaining a decision not to hold one",
        duty=DUTY,
        editions=("WT2013",),
        starts=start("decided_not", "the chair decided not to hold a review"),
        limit=days(14),
        kind=Kind.TARGET,
        stops="the national panel has the explanation and the local authority's notification",
        source=seen(
            "The national panel, when it was new, wanted a decision not to hold a review within fourteen days, "
            "with the local authority's notification and an explanation.",
            "Early practice of the national panel of independent experts",
            "the national panel's flowchart",
        ),
        note="The start fact was not spelled out in what was seen; the chair's decision is assumed.",
    ),
    Clock(
        key="scr_completed",
        title="Serious case review: finished",
        duty=DUTY,
        editions=("WT2015",),
        starts=_INITIATED,
        limit=months(6),
        kind=Kind.TARGET,
        stops="the review is complete",
        source=seen(_SIX_MONTHS, _CHAPTER, "a ministerial answer of March 2017"),
        note="For finishing, not for publishing. Delay by other proceedings is explained; the clock keeps running.",
    ),
    Clock(
        key="scr_completed",
        title="Serious case review: finished",
        duty=DUTY,
        editions=("WT2013", "TRANS"),
        starts=_INITIATED,
        limit=months(6),
        kind=Kind.TARGET,
        stops="the review is complete",
        source=carried(_SIX_MONTHS, "WT2015"),
    ),
    Clock(
        key="scr_finished_after_handover",
        title="Serious case review: finishing after the new arrangements began",
        duty=DUTY,
        editions=("TRANS",),
        starts=start("handover", "the area's new arrangements began"),
        limit=months(12),
        kind=Kind.DUTY,
        stops="the last live serious case review is finished",
        source=known(
            "A Board had up to twelve more months after handing over to finish the reviews it had begun.",
            "Transitional guidance to Working Together 2018",
        ),
    ),
    Clock(
        key="copies_before_publication",
        title="Copies to national bodies before publication",
        duty=DUTY,
        editions=("WT2013",),
        starts=_PUBLICATION,
        limit=weeks(1),
        sense=Sense.BEFORE,
        kind=Kind.DUTY,
        stops="the national bodies have their copies",
        source=seen(
            "Copies go to the national bodies at least one week before publication.",
            "Working Together 2013, chapter 4",
        ),
    ),
    Clock(
        key="copies_before_publication",
        title="Copies to national bodies before publication",
        duty=DUTY,
        editions=("WT2015",),
        starts=_PUBLICATION,
        limit=working_days(7),
        sense=Sense.BEFORE,
        start_on_working_day=True,
        kind=Kind.DUTY,
        stops="Ofsted, the Department for Education and the national panel have their copies",
        source=known("Copies are sent at least seven working days before publication.", _CHAPTER),
        note=_COPIES_NOTE,
    ),
    Clock(
        key="copies_before_publication",
        title="Copies to national bodies before publication",
        duty=DUTY,
        editions=("TRANS",),
        starts=_PUBLICATION,
        limit=working_days(7),
        sense=Sense.BEFORE,
        start_on_working_day=True,
        kind=Kind.DUTY,
        stops="the national bodies have their copies",
        source=carried("Copies are sent at least seven working days before publication.", "WT2015"),
        note=_COPIES_NOTE,
    ),
    Clock(
        key="copies_before_publication",
        title="Full report to the national Panel, the Secretary of State and Ofsted before publication",
        duty=DUTY,
        editions=PARTNERS,
        starts=_PUBLICATION,
        limit=working_days(7),
        sense=Sense.BEFORE,
        start_on_working_day=True,
        kind=Kind.DUTY,
        stops="the Panel, the Secretary of State and Ofsted have the full report",
        source=known(
            "The full report goes to the Panel, the Secretary of State and Ofsted at least seven working days "
            "before publication.",
            "Working Together 2018 and 2023",
        ),
        note=_COPIES_NOTE,
    ),
    Clock(
        key="keep_published",
        title="Keeping a published review on the site",
        duty=DUTY,
        editions=("WT2015",),
        starts=_PUBLISHED,
        limit=months(12),
        sense=Sense.NOT_BEFORE,
        kind=Kind.DUTY,
        stops="the report is taken down",
        source=seen(_KEEP, _CHAPTER),
    ),
    Clock(
        key="keep_published",
        title="Keeping a published review on the site",
        duty=DUTY,
        editions=("TRANS",),
        starts=_PUBLISHED,
        limit=months(12),
        sense=Sense.NOT_BEFORE,
        kind=Kind.DUTY,
        stops="the report is taken down",
        source=carried(_KEEP, "WT2015"),
    ),
    Clock(
        key="keep_published",
        title="Keeping a published review on the site",
        duty=DUTY,
        editions=PARTNERS,
        starts=_PUBLISHED,
        limit=years(1),
        sense=Sense.NOT_BEFORE,
        kind=Kind.DUTY,
        stops="the report is taken down",
        source=known(
            "A report stays publicly available for at least one year.", "Working Together 2018 and 2023"
        ),
    ),
    Clock(
        key="lcspr_completed",
        title="Local child safeguarding practice review: finished",
        duty=DUTY,
        editions=PARTNERS,
        starts=start("decided_to_initiate", "the partners decided to initiate the review"),
        limit=months(6),
        kind=Kind.TARGET,
        stops="the final report is complete",
        source=known(
            "Six months from the decision to initiate the review.", "Working Together 2018 and 2023"
        ),
        note="When it cannot be met, the reasons go to the Panel and the Secretary of State.",
    ),
    Clock(
        key="review_action_impact",
        title="Testing whether a review's action made a difference",
        duty=DUTY,
        editions=EVERY,
        starts=start("action_accepted", "the action's evidence was accepted"),
        opens=months(3),
        limit=months(12),
        kind=Kind.LOCAL,
        stops="the effect has been tested",
        source=ours("The effect of an action is tested three to twelve months after it was done."),
    ),
    Clock(
        key="review_actions_report",
        title="Report on review actions by agency",
        duty=DUTY,
        editions=BOARD + PARTNERS,
        starts=start("last_report", "the last report"),
        limit=months(3),
        kind=Kind.LOCAL,
        repeats=True,
        stops="the report is made",
        source=ours("Actions from reviews are reported each quarter, agency by agency."),
    ),
)
