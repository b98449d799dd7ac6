"""Made-up definitions and answers for property tests."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from wholestory.paperwork.definitions import (
    Allow,
    Answered,
    Choice,
    Choices,
    Date,
    Form,
    Is,
    LongText,
    Not,
    Nothing,
    Number,
    Option,
    Page,
    Point,
    Question,
    Repeat,
    Scale,
    Text,
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
        st.sampled_from(["yes_no", "text", "long", "date", "number", "choice", "choices", "scale", "repeat"])
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
        "scale": lambda: Scale(key, label, draw(points), **same),
    }
    return makers.get(kind, lambda: YesNo(key, label, **same))()


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
        pages.append(Page(f"p{number}", draw(words), tuple(items)))
    return Form("made_up", draw(st.integers(1, 99)), draw(words), tuple(pages))
