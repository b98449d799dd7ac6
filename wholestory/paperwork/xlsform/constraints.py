"""Between ``constraint`` expressions and what our questions hold: bounds, lengths, checks between two answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from wholestory.paperwork.checks import Check, DateOrder, NotMoreThan
from wholestory.paperwork.questions.amounts import Number
from wholestory.paperwork.questions.base import Question
from wholestory.paperwork.questions.choosing import Choices
from wholestory.paperwork.questions.shaped import NhsNumber, Postcode
from wholestory.paperwork.questions.when import TODAY, Date
from wholestory.paperwork.questions.writing import LongText, Text
from wholestory.paperwork.words import plain_decimal
from wholestory.paperwork.xlsform.expressions import (
    Call,
    CannotRead,
    Here,
    Node,
    Num,
    Op,
    Words,
    parts_of,
    read,
)
from wholestory.paperwork.xlsform.known import About, CannotHold, Known

_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "="}
#: What another program is told of the shapes we know; digits and letters, not whether the check digit fits.
SHAPES: dict[type[Question], str] = {
    NhsNumber: "regex(., '^[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}$')",
    Postcode: "regex(., '^[A-Za-z]{1,4}[0-9][A-Za-z0-9]? ?([0-9][A-Za-z]{2})?$')",
}


@dataclass
class Bounds:
    """What a constraint came to: values for the question's own fields, checks between answers (without their message),
    and what could not be held, in words."""

    fields: dict[str, Any] = field(default_factory=dict)
    checks: list[Callable[[str], Check]] = field(default_factory=list)
    loosened: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def as_bounds(text: str, kind: type[Question], key: str, whole: bool, known: Known) -> Bounds:
    """What a constraint on a question of this kind comes to. Raises CannotRead for what is no expression."""
    found = Bounds()
    if SHAPES.get(kind) == text:
        return found
    for part in parts_of(read(text), "and"):
        try:
            _part(part, kind, key, whole, known, found)
        except CannotHold as reason:
            found.left.append(str(reason))
    return found


def _part(node: Node, kind: type[Question], key: str, whole: bool, known: Known, found: Bounds) -> None:
    node = _either_blank(node, known)
    if not isinstance(node, Op) or node.sign not in _TURNED:
        raise CannotHold("only bounds, lengths and comparisons with one other answer are known here")
    sign, left, right = node.sign, node.left, node.right
    if not (isinstance(left, Here) or _is_about_here(left)):
        sign, left, right = _TURNED[sign], right, left
    if isinstance(left, Call) and _is_about_here(left):
        _length(left.name, sign, right, kind, found)
    elif not isinstance(left, Here):
        raise CannotHold("it does not speak of the answer itself")
    elif (other := known.about(right)) is not None:
        _between(other, sign, kind, key, known, found)
    elif issubclass(kind, Number) and isinstance(right, Num):
        _number(sign, right.amount, whole, found)
    elif issubclass(kind, Date):
        _day(sign, right, found)
    else:
        raise CannotHold("it compares with something this question cannot be compared with")


def _is_about_here(node: Node) -> bool:
    return isinstance(node, Call) and node.given == (Here(),)


def _either_blank(node: Node, known: Known) -> Node:
    """``${other} = '' or . <= ${other}``: the comparison, which waits for the other answer here by itself."""
    sides = parts_of(node, "or")
    if len(sides) == 2 and isinstance(sides[0], Op) and sides[0].sign == "=" and sides[0].right == Words(""):
        return sides[1]
    return node


def _number(sign: str, amount: Decimal, whole: bool, found: Bounds) -> None:
    step = Decimal(1) if whole else Decimal(0)
    if sign in (">", "<") and not whole:
        side = "more" if sign == ">" else "less"
        found.loosened.append(
            f"it asks for {side} than {plain_decimal(amount)}; here {plain_decimal(amount)} itself is taken too"
        )
    if whole and amount != amount.to_integral_value():
        # Of whole numbers, more than 2.5 is 3 or more, and so is 2.5 or more.
        up = sign in (">", ">=")
        amount, step = amount.to_integral_value("ROUND_CEILING" if up else "ROUND_FLOOR"), Decimal(0)
    if sign in (">", ">="):
        _narrow(found, "minimum", amount + (step if sign == ">" else 0), max)
    if sign in ("<", "<="):
        _narrow(found, "maximum", amount - (step if sign == "<" else 0), min)
    if sign == "=":
        raise CannotHold("it leaves only one answer")


def _narrow(found: Bounds, name: str, value: Any, which: Callable[..., Any]) -> None:
    found.fields[name] = which(found.fields[name], value) if name in found.fields else value


def _day(sign: str, right: Node, found: Bounds) -> None:
    if isinstance(right, Call) and right.name == "today" and not right.given:
        if sign in ("<", ">"):
            found.loosened.append("it leaves today out; here today is taken too")
        _bound(sign, TODAY, found)
        return
    text = (
        right.given[0]
        if isinstance(right, Call) and right.name == "date" and len(right.given) == 1
        else right
    )
    if not isinstance(text, Words):
        raise CannotHold("it compares with something that is no fixed day")
    try:
        day = date.fromisoformat(text.text)
    except ValueError as reason:
        raise CannotHold(f"“{text.text}” is no day") from reason
    _bound(sign, day + timedelta(days={">": 1, "<": -1}.get(sign, 0)), found)


def _bound(sign: str, day: date | str, found: Bounds) -> None:
    if sign == "=":
        raise CannotHold("it leaves only one answer")
    name = "not_before" if sign in (">", ">=") else "not_after"
    if name in found.fields and found.fields[name] != day:
        raise CannotHold("it has two bounds on the same side")
    found.fields[name] = day


def _length(call: str, sign: str, right: Node, kind: type[Question], found: Bounds) -> None:
    known = {"string-length": (Text, LongText), "count-selected": (Choices,)}.get(call, ())
    if not known or not issubclass(kind, known) or not isinstance(right, Num):
        raise CannotHold(f"{call}() is not known here")
    if sign not in ("<", "<="):
        raise CannotHold("only a greatest number is known here, no least")
    most = int(right.amount) - (1 if sign == "<" else 0)
    if most < 1:
        raise CannotHold("it leaves no answer")
    _narrow(found, "at_most" if call == "count-selected" else "max_length", most, min)


def _between(other: About, sign: str, kind: type[Question], key: str, known: Known, found: Bounds) -> None:
    if other.inside != known.inside:
        raise CannotHold(f"{other.name} is asked elsewhere than this question")
    if sign not in ("<=", ">="):
        raise CannotHold(f"compared with {other.name}, only “no more than” and “no less than” are known here")
    low, high = (key, other.key) if sign == "<=" else (other.key, key)
    if issubclass(kind, Number) and issubclass(other.kind, Number):
        found.checks.append(lambda message: NotMoreThan(low, high, message=message))
    elif issubclass(kind, Date) and other.is_date:
        found.checks.append(lambda message: DateOrder(low, high, message=message))
    else:
        raise CannotHold(f"{other.name} is another kind of answer")


# ---- the other way --------------------------------------------------------------------------------------------------


def as_constraint(question: Question, checks: list[Check], known: Known) -> tuple[str, str]:
    """A question's bounds, and the checks whose message belongs at it, as an expression with its message."""
    parts, messages = _own_bounds(question), []
    for check in checks:
        if isinstance(check, NotMoreThan):
            parts.append(_checked("<=", check.whole, known))
        elif isinstance(check, DateOrder):
            parts.append(_checked(">=", check.first, known))
        else:
            continue
        messages.append(check.message)
    return " and ".join(part for part in parts if part), " ".join(messages)


def speaks_at(check: Check) -> str:
    """The question a check can be written at; empty for checks other programs have no word for."""
    if isinstance(check, NotMoreThan):
        return check.part
    return check.then if isinstance(check, DateOrder) else ""


def _checked(sign: str, key: str, known: Known) -> str:
    about = known.by_key(key)
    name = about.name if about else key
    return f"(${{{name}}} = '' or . {sign} ${{{name}}})"


def _own_bounds(question: Question) -> list[str]:
    if isinstance(question, Number):
        pairs = ((">=", question.minimum), ("<=", question.maximum))
        return [f". {sign} {plain_decimal(bound)}" for sign, bound in pairs if bound is not None]
    if isinstance(question, Date):
        days = ((">=", question.not_before), ("<=", question.not_after))
        return [f". {sign} {_spelled(day)}" for sign, day in days if day is not None]
    if isinstance(question, (Text, LongText)) and question.max_length is not None:
        return [f"string-length(.) <= {question.max_length}"]
    if isinstance(question, Choices) and question.at_most is not None:
        return [f"count-selected(.) <= {question.at_most}"]
    shape = SHAPES.get(type(question))
    return [shape] if shape else []


def _spelled(day: date | str) -> str:
    return f"date('{day.isoformat()}')" if isinstance(day, date) else "today()"


__all__ = ["SHAPES", "Bounds", "CannotRead", "as_bounds", "as_constraint", "speaks_at"]
