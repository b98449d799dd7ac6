"""Made-up definitions and answers for property tests."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from wholestory.paperwork.definitions import (
    Allow,
    Answered,
    Calculated,
    Choice,
    Choices,
    Date,
    Fixed,
    Form,
    Grid,
    GridRow,
    Is,
    LongText,
    NhsNumber,
    Not,
    Nothing,
    Number,
    Option,
    Page,
    Percentage,
    Point,
    Postcode,
    Question,
    Repeat,
    Scale,
    Text,
    Time,
    YesNo,
)

words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).filter(str.strip)
allows = st.lists(
    st.builds(
        Allow, st.sampled_from(Nothing), st.just(""), st.sampled_from(["none", "optional", "required"])
    ),
    max_size=2,
    unique_by=lambda allow: allow.kind,
).map(tuple)
options = st.integers(1, 4).map(lambda n: tuple(Option(f"v{i}", f"Value {i}") for i in range(n)))
points = st.integers(2, 5).map(lambda n: tuple(Point(i, f"Point {i}") for i in range(n)))


@st.composite
def questions(draw: st.DrawFn, key: str, earlier: tuple[str, ...] = (), *, deep: bool = True) -> Question:
    """One question; ``earlier`` are keys of yes/no questions it may depend on."""
    same = {
        "hint": draw(st.just("") | words),
        "required": draw(st.booleans()),
        "nothing": draw(allows),
        "show_when": draw(
            st.none()
            if not earlier
            else st.none()
            | st.builds(Is, st.sampled_from(earlier), st.sampled_from(["yes", "no"]))
            | st.builds(Not, st.builds(Answered, st.sampled_from(earlier)))
        ),
    }
    label = draw(words)
    kind = draw(
        st.sampled_from(
            [
                "yes_no",
                "text",
                "long",
                "date",
                "number",
                "choice",
                "choices",
                "scale",
                "time",
                "nhs",
                "postcode",
                "grid",
                "repeat",
            ]
        )
    )
    if kind == "repeat" and deep:
        inner = tuple(draw(questions(f"{key}_{n}", deep=False)) for n in range(draw(st.integers(1, 3))))
        return Repeat(key, label, inner, noun=draw(words), **same)
    makers = {
        "text": lambda: Text(key, label, **same),
        "long": lambda: LongText(key, label, max_length=draw(st.none() | st.integers(1, 999)), **same),
        "date": lambda: Date(
            key, label, not_after=draw(st.sampled_from([None, "today", date(2020, 2, 29)])), **same
        ),
        "number": lambda: Number(key, label, minimum=draw(st.none() | st.just(Decimal("-1.5"))), **same),
        "choice": lambda: Choice(key, label, draw(options), **same),
        "choices": lambda: Choices(key, label, draw(options), **same),
        "time": lambda: Time(key, label, not_after=draw(st.sampled_from(["", "17:00"])), **same),
        "nhs": lambda: NhsNumber(key, label, **same),
        "postcode": lambda: Postcode(key, label, outward_alone=draw(st.booleans()), **same),
        "grid": lambda: draw(grids(key, label, same)),
        "scale": lambda: Scale(key, label, draw(points), **same),
    }
    return makers.get(kind, lambda: YesNo(key, label, **same))()


@st.composite
def grids(draw: st.DrawFn, key: str, label: str, same: dict[str, Any]) -> Grid:
    """A grid of a few rows and columns."""
    columns: list[Question] = [Number("number", "Number", unit=draw(st.sampled_from(["", "£", "days"])))]
    columns += draw(
        st.lists(
            st.sampled_from(
                [
                    Text("text", "Text"),
                    YesNo("yes_no", "Yes?"),
                    Scale("scale", "Scale", (Point(0, "x"), Point(1, "y"))),
                ]
            ),
            unique_by=lambda column: column.key,
        )
    )
    rows = tuple(GridRow(f"r{n}", f"{n} {draw(words)}") for n in range(draw(st.integers(1, 3))))
    totals = draw(st.sampled_from([(), ("number",)]))
    return Grid(key, label, rows, tuple(columns), totals=totals, **same)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Any form that can work."""
    earlier: list[str] = []
    pages = []
    for number in range(draw(st.integers(1, 3))):
        items = []
        for each in range(draw(st.integers(1, 4))):
            question = draw(questions(f"q{number}_{each}", tuple(earlier)))
            items.append(question)
            if isinstance(question, YesNo):
                earlier.append(question.key)
            if isinstance(question, Number):
                working = Percentage(question.key, Fixed(draw(st.sampled_from([Decimal(0), Decimal("1.5")]))))
                items.append(Calculated(f"{question.key}_out", draw(words), working))
        pages.append(Page(f"p{number}", draw(words), tuple(items)))
    return Form("made_up", draw(st.integers(1, 99)), draw(words), tuple(pages))
