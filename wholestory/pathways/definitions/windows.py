"""Windows that decide what is counted: repeats, durations, and events that belong together."""

from __future__ import annotations

from wholestory.pathways.rules.building import EVERY, days, known, months, ours, practice, seen, start
from wholestory.pathways.rules.terms import Clock, Kind, Length, Sense, Source

DUTY = "Counting windows"


def _window(
    key: str,
    title: str,
    starts: tuple[str, str],
    limit: Length,
    kind: Kind,
    source: Source,
    sense: Sense = Sense.LOOK_BACK,
    note: str = "",
) -> Clock:
    return Clock(
        key=key,
        title=title,
        duty=DUTY,
        editions=EVERY,
        starts=start(*starts),
        limit=limit,
        sense=sense,
        kind=kind,
        source=source,
        note=note,
    )


CLOCKS: tuple[Clock, ...] = (
    _window(
        "re_referral",
        "Re-referral: an earlier referral within twelve months",
        ("referral", "the later referral"),
        months(12),
        Kind.TARGET,
        seen(
            "A referral within twelve months of an earlier one of the same child.",
            "Department for Education statistics on children in need",
            "the published release",
        ),
        note="Calendar months, both ends in. The earlier referral may lie before the reporting year.",
    ),
    _window(
        "repeat_plan",
        "Repeat plan: an earlier plan within 24 months",
        ("plan_start", "the later plan started"),
        months(24),
        Kind.LOCAL,
        practice("Local boards count an earlier plan within 24 months.", "Local measure"),
        note="The national measure counts any earlier plan, however long ago.",
    ),
    _window(
        "plan_two_years",
        "A plan counts as two years or more",
        ("plan_start", "the child protection plan started"),
        days(729),
        Kind.TARGET,
        seen(
            "More than 729 days, counting the first and the last.",
            "Department for Education statistics on children in need",
            "the published definition",
        ),
        sense=Sense.BY,
        note="The day shown is the first on which an open plan counts.",
    ),
    _window(
        "marac_repeat",
        "Repeat domestic abuse conference",
        ("incident", "the later incident"),
        months(12),
        Kind.TARGET,
        seen(
            "The same victim and perpetrator within twelve months of the last referral.",
            "SafeLives' definition",
            "SafeLives' pages",
        ),
        note="What counts as an incident was widened, so the series has a break.",
    ),
    _window(
        "early_help_before_referral",
        "Early help in the twelve months before a referral",
        ("referral", "the referral"),
        months(12),
        Kind.LOCAL,
        practice("Referrals with early help in the twelve months before are counted.", "Local measure"),
    ),
    _window(
        "exploitation_referred_again",
        "Exploitation: referred again within twelve months of closing",
        ("referral", "the later referral"),
        months(12),
        Kind.LOCAL,
        ours("Referred again within twelve months of closing."),
    ),
    _window(
        "contact_to_referral",
        "A contact that led to a referral",
        ("contact", "the contact"),
        days(3),
        Kind.LOCAL,
        ours("A referral on the same day or up to three days after the contact belongs to it."),
        sense=Sense.BY,
    ),
    _window(
        "conference_to_plan",
        "A conference that led to a plan",
        ("conference", "the conference"),
        days(5),
        Kind.LOCAL,
        ours("A plan that starts on the day or up to five days after the conference belongs to it."),
        sense=Sense.BY,
    ),
    _window(
        "step_down",
        "A step down to early help",
        ("closed", "the case or plan ended"),
        days(28),
        Kind.LOCAL,
        ours("Early help that opens within 28 days is a step down."),
        sense=Sense.BY,
    ),
    _window(
        "missing_repeat",
        "Missing again: three or more episodes in 90 days",
        ("last_day", "the last day of the window"),
        days(89),
        Kind.LOCAL,
        known("Individuals with three or more episodes in ninety days are counted.", "Local measure"),
        note="Both ends count, so the window is 90 days long.",
    ),
)
