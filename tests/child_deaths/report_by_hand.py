"""A report of the panel made by hand, for tests of its page and files. Everything in it is invented."""

from __future__ import annotations

from wholestory.child_deaths.rules.panel_report.shape import Chart, Mark, Report, Section, Table

CATEGORIES = Table(
    "categories",
    "Reviews by category of death",
    ("Category", "Reviews", "Share"),
    (
        ("1. Deliberately inflicted injury, abuse or neglect", "not shown", "not shown"),
        ("3. Trauma and other external factors", "0", "0%"),
        ("7. Chromosomal, genetic and congenital anomalies", "12", "30%"),
        ("8. Perinatal or neonatal event", "21", "53%"),
    ),
    ("“not shown”: a number under 5, or one that would tell such a number.",),
)
CATEGORY_CHART = Chart(
    "categories", "bars", "Reviews by category",
    "Bars. Perinatal or neonatal event 21, anomalies 12, trauma 0; inflicted injury is not shown.",
    (
        Mark("1. Deliberately inflicted injury, abuse or neglect", None, "not shown"),
        Mark("3. Trauma and other external factors", 0.0),
        Mark("7. Chromosomal, genetic and congenital anomalies", 12.0),
        Mark("8. Perinatal or neonatal event", 21.0, "21 of 40"),
    ),
)  # fmt: skip
SHARES = Table(
    "modifiable",
    "Reviews with modifiable factors",
    ("Year", "Identified", "Share"),
    (
        ("2008 to 2009", "6", "18%"),
        ("2009 to 2010", "7", "20%"),
        ("2010 to 2011", "not shown", "not shown"),
        ("2011 to 2012", "9", "24%"),
        ("2012 to 2013", "12", "30%"),
    ),
)
SHARE_CHART = Chart(
    "modifiable", "over_time", "Share with modifiable factors, by year",
    "A line of five years from 18% to 30%, broken before 2010 to 2011, when another question was asked.",
    (
        Mark("2008 to 2009", 18.0, "18%", 8.0, 34.0),
        Mark("2009 to 2010", 20.0, "20%", 10.0, 36.0),
        Mark("2010 to 2011", None, "not shown"),
        Mark("2011 to 2012", 24.0, "24%", 13.0, 40.0),
        Mark("2012 to 2013", 30.0, "30%", 18.0, 45.0),
    ),
    unit="% of reviews", breaks=("2010 to 2011",), target=20.0, target_label="England, 2011 to 2012: 20%",
)  # fmt: skip
REPORT = Report(
    title="Child death review: yearly report 2012 to 2013, public version",
    panel="Northmarsh Child Death Overview Panel",
    version="public",
    years="1 April 2012 to 31 March 2013",
    front=(
        "Anybody may have it.",
        "Figures were frozen on 2 May 2013.",
        "Approved by Odile Farrow on 9 May 2013.",
    ),
    sections=(
        Section("foreword", "Foreword", ("Fewer <than> before & “so on”.",)),
        Section(
            "reviews",
            "What the panel reviewed",
            ("The panel reviewed 40 deaths.",),
            (CATEGORIES, SHARES),
            (CATEGORY_CHART, SHARE_CHART),
        ),
    ),
    invented=True,
)
