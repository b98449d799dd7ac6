"""The sections of the report in their order, and the words each always has."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A section: its title, a hint for whoever writes in it, and what it always says."""

    key: str
    title: str
    hint: str = ""
    always: tuple[str, ...] = ()


SECTIONS: tuple[Part, ...] = (
    Part("foreword", "Foreword", "From the chair of the panel."),
    Part(
        "about",
        "About this report",
        "The arrangements, the process, membership and money, in your own words.",
        (
            "A child death overview panel looks at the death of every child under 18 who normally lived in its area. It"
            " asks why children die, so that fewer do.",
            "Three calendars are kept apart. A child may die in one year, the panel be told in the next, and the review"
            " end in a third. Reviews that ended in a year are of deaths of several years, and are never divided by the"
            " deaths of that year.",
            "Years run from 1 April to 31 March.",
        ),
    ),
    Part("notifications", "Deaths the panel was told of", "What stands out in the year’s notifications."),
    Part("reviews", "Reviews", "How long reviews took, and what held them up."),
    Part("categories", "Categories of death"),
    Part(
        "modifiable",
        "Modifiable factors",
        "",
        (
            "A modifiable factor may have contributed to a death, and could be changed so that fewer children die in"
            " future. It does not say that this child would have lived.",
        ),
    ),
    Part("deprivation", "Deprivation"),
    Part("themes", "Themes of the year", "For example sudden death in infancy, newborn babies, suicide."),
    Part("learning", "What was learned, and what became of it", "Learning, recommendations, campaigns."),
    Part("families", "Families", "How families were supported and took part."),
    Part("quality", "How complete the figures are"),
    Part("priorities", "Priorities for the coming year"),
    Part("notes", "How to read the numbers"),
)
BY_KEY = {one.key: one for one in SECTIONS}
#: The longest text somebody can write in one section.
LONGEST = 8_000

WHO_MAY = (
    "Confidential. Only for the coordinator, the designated doctor and the members of the overview panel. Do not copy"
    " it or pass it on: its numbers are exact, and a small number can tell whose child it was."
)
EXACT = (
    "Numbers in this version are exact.",
    "What is not known, and what a restricted case does not say, stands as “Not known or not given”.",
)
PART = (
    "Part of a year, to {day}: the year had not ended when the figures were frozen. Do not read its numbers as those of"
    " a year."
)
PUBLIC = (
    "[c] stands where a number is not shown so that no child can be recognised. It does not say how large the number"
    " is: some are not small, and are hidden because a small one could be worked out from them.",
    "0 is shown. A percentage or rate is shown only where the numbers it is made of are.",
    "Numbers of earlier years are as they were first published.",
)
RATES = (
    "Rates are deaths the panel was told of in three years, for each 100,000 children and year. The interval is a 95%"
    " interval: exact below 10 deaths, Byar’s from 10. [u] marks a rate of fewer than 20 deaths: it is unreliable.",
)
SHARES = (
    "Percentages have a 95% interval (Wilson’s) behind them. With few deaths, it is wide, and differences say little.",
)
ROUNDED = "Every number is rounded to the nearest 5, each by itself, so that columns may not add up."
