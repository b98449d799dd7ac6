"""Between ``relevant`` expressions and our conditions, both ways."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from wholestory.paperwork.conditions import (
    All,
    Answered,
    Any,
    AnyOf,
    AtLeast,
    Condition,
    Is,
    IsNot,
    Not,
    Scalar,
)  # fmt: skip
from wholestory.paperwork.xlsform.expressions import Call, Minus, Node, Num, Op, Words, parts_of
from wholestory.paperwork.xlsform.known import About, CannotHold, Known

_TURNED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


def as_condition(node: Node, known: Known) -> Condition | None:
    """What it says as a condition of ours; None for one that always holds. Raises CannotHold."""
    if isinstance(node, Call) and node.name in ("true", "boolean-from-string") and not node.given:
        return None
    return _condition(node, known)


def _condition(node: Node, known: Known) -> Condition:
    if isinstance(node, Op) and node.sign == "and":
        return _all([_condition(each, known) for each in parts_of(node, "and")])
    if isinstance(node, Op) and node.sign == "or":
        return _any([_condition(each, known) for each in parts_of(node, "or")])
    if isinstance(node, Call):
        return _called(node, known)
    if isinstance(node, Op) and node.sign in _TURNED:
        return _compared(node, known)
    raise CannotHold("this kind of expression is not known here")


def _all(parts: list[Condition]) -> Condition:
    """``answered and not X`` is what we call "is not"."""
    out: list[Condition] = []
    for each in parts:
        before = out[-1] if out else None
        if (
            isinstance(before, Answered)
            and isinstance(each, Not)
            and isinstance(inner := each.condition, Is)
            and inner.key == before.key
        ):
            out[-1] = IsNot(inner.key, inner.value)
        else:
            out.append(each)
    return out[0] if len(out) == 1 else All(tuple(out))


def _any(parts: list[Condition]) -> Condition:
    """Several values of one question are one condition."""
    keys = {each.key for each in parts if isinstance(each, Is)}
    if len(keys) == 1 and all(isinstance(each, Is) for each in parts):
        return AnyOf(keys.pop(), tuple(each.value for each in parts if isinstance(each, Is)))
    return Any(tuple(parts))


def _called(node: Call, known: Known) -> Condition:
    if node.name == "not" and len(node.given) == 1:
        return Not(_condition(node.given[0], known))
    if node.name == "selected" and len(node.given) == 2:
        about, value = known.about(node.given[0]), node.given[1]
        if about is not None and isinstance(value, Words):
            return _is(about, value)
    raise CannotHold(f"{node.name}() is not known here")


def _compared(node: Op, known: Known) -> Condition:
    sign, left, right = node.sign, node.left, node.right
    if isinstance(left, (Words, Num)):
        sign, left, right = _TURNED[sign], right, left
    if isinstance(left, Call):
        return _measured(left, sign, right, known)
    about = known.about(left)
    if about is None or isinstance(left, Minus):
        raise CannotHold("an expression is compared, and only an answer can be")
    if not isinstance(right, (Words, Num)):
        raise CannotHold("an answer is compared with something worked out; here only with a fixed value")
    if sign == "=":
        return Not(Answered(about.key)) if right == Words("") else _is(about, right)
    if sign == "!=":
        return Answered(about.key) if right == Words("") else Not(_is(about, right))
    return _bounded(about, sign, _amount(right))


def _measured(call: Call, sign: str, right: Node, known: Known) -> Condition:
    """``count(${repeat}) >= 1`` and ``string-length(${a}) > 0``."""
    about = known.about(call.given[0]) if len(call.given) == 1 else None
    if about is not None and isinstance(right, Num):
        is_any = (sign, str(right.amount)) in ((">", "0"), ("!=", "0"), (">=", "1"))
        if call.name == "count" and about.is_repeat:
            return _bounded(about, sign, right.amount)
        if call.name == "string-length" and is_any:
            return Answered(about.key)
        if call.name == "string-length" and (sign, str(right.amount)) in (("=", "0"), ("<", "1")):
            return Not(Answered(about.key))
        if call.name == "count-selected" and about.is_choice and is_any:
            return Answered(about.key)
    raise CannotHold(f"{call.name}() is not known here")


def _is(about: About, value: Words | Num) -> Condition:
    spelled = value.text if isinstance(value, Words) else _plain(value.amount)
    if about.is_choice or spelled in about.offers:
        return Is(about.key, about.ours(spelled))
    if about.is_number:
        amount = _amount(value)
        if amount != amount.to_integral_value():
            raise CannotHold("conditions compare with whole numbers")
        return Is(about.key, int(amount))
    raise CannotHold(f"what was answered to {about.name} cannot be compared; only choices and numbers can")


def _bounded(about: About, sign: str, amount: Decimal) -> Condition:
    if not (about.is_number or about.is_repeat):
        raise CannotHold(f"what was answered to {about.name} is not a number")
    whole = amount.to_integral_value(rounding="ROUND_FLOOR")
    if not about.counts_whole and (amount != whole or sign in (">", "<=")):
        raise CannotHold(
            "of numbers with decimals, conditions know only “this whole number or more”, and “less”"
        )
    if sign in (">", "<="):
        least = int(whole) + 1
    elif sign in (">=", "<"):
        least = int(whole) if amount == whole else int(whole) + 1
    else:
        return Is(about.key, int(amount)) if sign == "=" else Not(Is(about.key, int(amount)))
    reached = AtLeast(about.key, least)
    if sign in (">", ">="):
        return reached
    # An answer that is blank, or a kind of nothing, is less than nothing: XPath compares it with no number.
    parts: list[Condition] = [] if about.is_repeat else [Answered(about.key)]
    if about.offers:
        parts.append(Not(AnyOf(about.key, tuple(sorted(about.offers)))))
    return _all([*parts, Not(reached)])


def _amount(value: Node) -> Decimal:
    if isinstance(value, Num):
        return value.amount
    try:
        return Decimal(value.text if isinstance(value, Words) else "")
    except ArithmeticError as reason:
        raise CannotHold("a text is compared as if it were a number") from reason


def _plain(amount: Decimal) -> str:
    return format(amount.normalize(), "f") if amount else "0"


# ---- the other way --------------------------------------------------------------------------------------------------


def as_relevant(condition: Condition, known: Known, cells: Mapping[str, tuple[str, ...]]) -> str:
    """A condition as an expression other programs understand. ``cells`` are the names a grid's cells have there."""
    if isinstance(condition, All):
        return " and ".join(_grouped(each, known, cells) for each in condition.conditions)
    if isinstance(condition, Any):
        return " or ".join(_grouped(each, known, cells) for each in condition.conditions)
    if isinstance(condition, Not):
        return f"not({as_relevant(condition.condition, known, cells)})"
    about = known.by_key(str(getattr(condition, "key", "")))
    if about is None:
        return "true()"
    name = f"${{{about.name}}}"
    if isinstance(condition, Answered):
        if about.key in cells:
            return " or ".join(f"${{{each}}} != ''" for each in cells[about.key])
        return f"count({name}) >= 1" if about.is_repeat else f"{name} != ''"
    if isinstance(condition, AtLeast):
        return f"{f'count({name})' if about.is_repeat else name} >= {condition.value}"
    if isinstance(condition, IsNot):
        return f"{name} != '' and not({_equals(about, condition.value)})"
    if isinstance(condition, AnyOf):
        return " or ".join(_equals(about, value) for value in condition.values)
    return _equals(about, condition.value) if isinstance(condition, Is) else "true()"


def _equals(about: About, value: Scalar) -> str:
    name = f"${{{about.name}}}"
    if isinstance(value, int):
        return f"count({name}) = {value}" if about.is_repeat else f"{name} = {value}"
    spelled = about.values.get(value, value)
    if about.is_choice and about.kind.word == "choices":
        return f"selected({name}, '{spelled}')"
    return f"{name} = '{spelled}'"


def _grouped(each: Condition, known: Known, cells: Mapping[str, tuple[str, ...]]) -> str:
    text = as_relevant(each, known, cells)
    return f"({text})" if " or " in text or " and " in text else text
