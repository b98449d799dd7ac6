"""Training: evaluation stages, induction and how long hours count."""

from __future__ import annotations

from wholestory.pathways.rules.building import EVERY, months, ours, seen, start, weeks, years
from wholestory.pathways.rules.terms import Clock, Kind, Length, Sense, Source

DUTY = "Training"
_COURSE = ("course", "the course")


def _training(
    key: str,
    title: str,
    starts: tuple[str, str],
    limit: Length,
    stops: str,
    source: Source,
    opens: Length | None = None,
    sense: Sense = Sense.BY,
) -> Clock:
    return Clock(
        key=key,
        title=title,
        duty=DUTY,
        editions=EVERY,
        starts=start(*starts),
        limit=limit,
        opens=opens,
        sense=sense,
        kind=Kind.LOCAL,
        stops=stops,
        source=source,
    )


CLOCKS: tuple[Clock, ...] = (
    _training(
        "course_follow_up",
        "Course evaluation: follow-up with the line manager",
        _COURSE,
        weeks(8),
        "the follow-up is answered",
        seen(
            "Six to eight weeks after the course, with the line manager.", "A pilot of evaluation", "Haringey"
        ),
        opens=weeks(6),
    ),
    _training(
        "course_follow_up_three_months",
        "Course evaluation: follow-up at three months",
        _COURSE,
        months(3),
        "the follow-up is answered",
        seen(
            "Another area asks after three months.",
            "A local evaluation",
            "Leicester, Leicestershire and Rutland",
        ),
    ),
    _training(
        "course_impact",
        "Course evaluation: effect on practice",
        _COURSE,
        months(12),
        "a sample has been looked at",
        ours("The effect is looked at in a sample six to twelve months later."),
        opens=months(6),
    ),
    _training(
        "induction_meeting",
        "Practice induction: meeting the safeguarding lead",
        ("started", "the person started"),
        months(1),
        "the meeting is held",
        seen(
            "Within one month of starting.", "Standards for general practice", "the Royal College's standards"
        ),
    ),
    _training(
        "level_3_first_year",
        "Level 3 with additional competencies: hours of the first year",
        ("started", "the person started"),
        months(12),
        "sixteen hours are recorded",
        seen(
            "Sixteen hours in the first twelve months.",
            "Intercollegiate standards 2019",
            "a training hub's page",
        ),
    ),
    _training(
        "level_3_window",
        "Level 3: the three years over which hours are counted",
        ("counted_on", "the day on which it is counted"),
        years(3),
        "",
        seen(
            "Hours are counted over three years.",
            "Intercollegiate standards 2014 and 2019",
            "a training page",
        ),
        sense=Sense.LOOK_BACK,
    ),
)
