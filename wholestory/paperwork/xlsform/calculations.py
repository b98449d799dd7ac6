"""Between ``calculation`` expressions and the workings of our calculated questions, both ways."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from wholestory.paperwork.questions.elapsed import DaysBetween, YearsBetween
from wholestory.paperwork.questions.working import (
    Add,
    Fixed,
    Part,
    Percentage,
    Ratio,
    Subtract,
    TotalOf,
    Working,
)
from wholestory.paperwork.words import plain_decimal
from wholestory.paperwork.xlsform.expressions import Call, Node, Num, Op, parts_of
from wholestory.paperwork.xlsform.known import About, CannotHold, Known

MOST_DECIMALS = 6
_HUNDRED = Num(Decimal(100))
_YEAR = Num(Decimal("365.25"))


def as_working(node: Node, known: Known) -> tuple[Working, int]:
    """How it is worked out, and to how many decimals. Raises CannotHold."""
    decimals = MOST_DECIMALS
    if isinstance(node, Call) and node.name == "round" and 1 <= len(node.given) <= 2:
        places = node.given[1] if len(node.given) == 2 else Num(Decimal(0))
        if not isinstance(places, Num) or not 0 <= places.amount <= MOST_DECIMALS:
            raise CannotHold(f"it can be rounded to 0 to {MOST_DECIMALS} decimals")
        node, decimals = node.given[0], int(places.amount)
    part = _part(node, known)
    working = part if isinstance(part, Working) else Add((part,))
    if not working.needs():
        raise CannotHold("it is worked out from no answer")
    return working, decimals


def _part(node: Node, known: Known) -> Part:
    if isinstance(node, Num):
        return Fixed(node.amount)
    about = known.about(node)
    if about is not None:
        if not (about.is_number or about.is_repeat):
            raise CannotHold(f"what was answered to {about.name} is not a number")
        return about.key
    for found in (_years(node, known), _days(node, known), _share(node, known)):
        if found is not None:
            return found
    if isinstance(node, Op) and node.sign == "+":
        return Add(tuple(_part(each, known) for each in parts_of(node, "+")))
    if isinstance(node, Op) and node.sign == "-":
        return Subtract(_part(node.left, known), _part(node.right, known))
    if isinstance(node, Op) and node.sign == "div":
        return Ratio(_part(node.left, known), _part(node.right, known))
    if isinstance(node, Call):
        counted = known.about(node.given[0]) if node.name == "count" and len(node.given) == 1 else None
        if counted is not None and counted.is_repeat:
            return counted.key
        raise CannotHold(f"{node.name}() cannot be worked out here")
    raise CannotHold("only sums, differences, ratios, percentages and lengths of time are worked out here")


def _share(node: Node, known: Known) -> Working | None:
    """A ratio times a hundred, in any of its spellings."""
    if not isinstance(node, Op):
        return None
    sides = (node.left, node.right)
    if node.sign == "*" and _HUNDRED in sides:
        ratio = sides[0] if sides[1] == _HUNDRED else sides[1]
        if isinstance(ratio, Op) and ratio.sign == "div":
            return Percentage(_part(ratio.left, known), _part(ratio.right, known))
    if node.sign == "div" and isinstance(node.left, Op) and node.left.sign == "*":
        inner = (node.left.left, node.left.right)
        if _HUNDRED in inner:
            return Percentage(
                _part(inner[0] if inner[1] == _HUNDRED else inner[1], known), _part(node.right, known)
            )
    return None


def _days(node: Node, known: Known) -> Working | None:
    """One date less another."""
    if isinstance(node, Op) and node.sign == "-":
        then, first = _date(node.left, known), _date(node.right, known)
        if then is not None and first is not None:
            return DaysBetween(first.key, then.key)
    return None


def _years(node: Node, known: Known) -> Working | None:
    """Whole years as most forms work them out: days by 365.25, without what is left over."""
    if isinstance(node, Call) and node.name in ("int", "floor") and len(node.given) == 1:
        inner = node.given[0]
        if isinstance(inner, Op) and inner.sign == "div" and inner.right == _YEAR:
            days = _days(inner.left, known)
            if isinstance(days, DaysBetween):
                return YearsBetween(days.first, days.then)
        return _days(inner, known)
    return None


def _date(node: Node, known: Known) -> About | None:
    if isinstance(node, Call) and node.name in ("date", "decimal-date-time", "int") and len(node.given) == 1:
        return _date(node.given[0], known)
    about = known.about(node)
    return about if about is not None and about.is_date else None


# ---- the other way --------------------------------------------------------------------------------------------------


def as_calculation(
    working: Working, decimals: int, known: Known, cells: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> str:
    """A working as an expression, rounded as ours is. ``cells`` are the names of a grid's cells by column."""
    text = _written(working, known, cells)
    return text if decimals == MOST_DECIMALS else f"round({text}, {decimals})"


def _written(part: Part, known: Known, cells: Mapping[str, Mapping[str, tuple[str, ...]]]) -> str:
    if isinstance(part, str):
        about = known.by_key(part)
        name = f"${{{about.name if about else part}}}"
        return f"count({name})" if about is not None and about.is_repeat else name
    if isinstance(part, Fixed):
        return plain_decimal(part.amount)
    if isinstance(part, TotalOf):
        names = cells.get(part.grid, {}).get(part.column, ())
        return "(" + " + ".join(f"${{{name}}}" for name in names) + ")"
    if isinstance(part, Add):
        return "(" + " + ".join(_written(each, known, cells) for each in part.parts) + ")"
    if isinstance(part, (DaysBetween, YearsBetween)):
        days = f"({_written(part.then, known, cells)} - {_written(part.first, known, cells)})"
        return f"int({days} div 365.25)" if isinstance(part, YearsBetween) else days
    if isinstance(part, (Subtract, Ratio, Percentage)):
        first, second = _written(part.first, known, cells), _written(part.second, known, cells)
        if isinstance(part, Percentage):
            return f"({first} div {second} * 100)"
        return f"({first} {'-' if isinstance(part, Subtract) else 'div'} {second})"
    # A working of a later day: our own column holds it, and other programs are told nothing wrong.
    return "''"
