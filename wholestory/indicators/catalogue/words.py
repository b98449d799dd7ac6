"""The words a definition of a measure may use. Stable keys; the labels are for readers."""

from __future__ import annotations

from types import MappingProxyType as Fixed

UNITS = Fixed({
    "count": "number",
    "percent": "per cent",
    "rate": "rate",
    "ratio": "ratio",
    "days": "days",
    "fte": "full-time equivalents",
})  # fmt: skip

POLARITIES = Fixed({
    "H": "High is good",
    "L": "Low is good",
    "N": "Neither high nor low is good: a volume",
    "B": "Both very high and very low are worrying",
})  # fmt: skip

AGGREGATIONS = Fixed({
    "sum": "added up over the months, numerator and denominator each",
    "snapshot": "as on the last day of the period, never added up",
    "rolling": "over the twelve months that end with the period",
    "mean_of_months": "the mean of the months in the period",
    "median": "the middle value of all events in the period; worked out again for a longer period, never averaged",
})  # fmt: skip

FREQUENCIES = Fixed({"M": "monthly", "Q": "quarterly", "T": "each term", "A": "yearly"})

YEARS = Fixed({
    "financial": "April to March; Q1 is April to June",
    "academic": "September to August; the first term is autumn",
    "calendar": "January to December",
})  # fmt: skip

#: Who sends it: the sectors of agencies, and the board's own office.
PROVIDERS = Fixed({
    "council": "Council",
    "health": "Health",
    "police": "Police and justice",
    "probation": "Probation and youth justice",
    "education": "Schools and colleges",
    "early_years": "Early years",
    "fire": "Fire and rescue",
    "voluntary": "Voluntary, faith and sport",
    "national": "National bodies",
    "other": "Other",
    "board": "The board's own office",
    "every_agency": "Every agency of the board",
})  # fmt: skip

THEMES = Fixed({
    "a": "Context",
    "b": "Early help",
    "c": "Front door and assessment",
    "d": "Child protection",
    "e": "Looked after and privately fostered",
    "f": "Missing and exploitation",
    "g": "Police, domestic abuse and youth justice",
    "h": "Health",
    "i": "Education",
    "j": "Workforce and allegations",
    "k": "The board's own effectiveness",
})  # fmt: skip

#: Under which rule small numbers are withheld in whatever leaves the restricted view.
SMALL_NUMBERS = Fixed({
    "dfe": "1 to 5 withheld: the figure is derived from the Department for Education's rules",
    "board": "1 to 4 withheld",
})  # fmt: skip

#: Outcomes-based accountability: which of its questions a measure answers.
OBA = Fixed({
    "how_much": "How much did we do?",
    "how_well": "How well did we do it?",
    "better_off": "Is anyone better off?",
})  # fmt: skip

#: How the number may be read besides its unit.
ALSO = Fixed({
    "count": "the numerator itself, as a number",
    "denominator": "the denominator itself, as a volume",
    "rate": "the number per so many of the population",
})  # fmt: skip

#: Published populations that rates are worked out on.
POPULATIONS = Fixed(
    {"0_17": "Children aged 0 to 17 (ONS mid-year estimate of the June before the year ends)"}
)

LAG_UNITS = Fixed({"working_days": "working days", "months": "months"})
