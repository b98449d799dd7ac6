"""Shares so near to none or all that they tell what each person said, and what must be held back beside them.

A group of enough people is not safe by its size alone: when nobody in it, or everybody, agrees, the figure says what
each of them answered. So a share is shown as it is only where at least ``FEW`` people agree and at least ``FEW`` do
not; otherwise as a bound ("over 80 %") that leaves open how many few are. Where a bound could be narrowed by taking
the others from their total, more is held back until it cannot.

Source: the Office for National Statistics' guidance on checking outputs (Secure Research Service, 2022) calls it class
disclosure; the bounds that widen as groups get smaller follow the National Center for Education Statistics, Technical
Brief 3 (NCES 2011-603: top and bottom coding). The number three is a choice of this software and stands in one place.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

#: Fewer than this on one side, and the share is not shown as it is.
FEW = 3
#: Up to so many people a bound is rounded outwards to a multiple of five, above to a whole number.
_COARSE_TO = 100


class How(StrEnum):
    """How a share leaves: as it is, as a bound, or not at all."""

    AS_IS = "as it is"
    BOUND = "bound"
    KEPT = "kept back"


#: Of one group: how many answered, how many of them agree.
Part = tuple[int, int]


def at_the_edge(part: Part) -> bool:
    """Whether fewer than ``FEW`` agree, or fewer than ``FEW`` do not. A group in which nobody answered is not."""
    answered, agree = part
    return answered > 0 and (agree < FEW or answered - agree < FEW)


def bound(part: Part) -> tuple[int | None, int | None]:
    """(over, under) in percent for a share at the edge: 12 of 12, 11 and 10 are all "over 75". Rounded outwards, so
    that it is always true."""
    answered, agree = part
    step = 5 if answered <= _COARSE_TO else 1
    if answered - agree < FEW:
        return (answered - FEW) * 100 // answered // step * step, None
    return None, -(-FEW * 100 // (answered * step)) * step


def protect(parts: Sequence[Part], unseen: Part = (0, 0)) -> list[How]:
    """How each of these groups' shares leaves, when the share of all of them together is shown as well.

    ``unseen`` are those whose figures are kept back for another reason. The total is shown as a bound when it is at
    the edge itself (then every group is, too); otherwise as it is.
    """
    every = [*parts, unseen]
    total = (sum(n for n, _ in every), sum(yes for _, yes in every))
    how = [_at_first(part) for part in parts] + [How.KEPT]
    if at_the_edge(total):
        return how[:-1]
    while (found := _narrowed(every, how, total[1])) is not None:
        how[_next(every, how, found)] = How.KEPT
    return how[:-1]


def _at_first(part: Part) -> How:
    if not part[0]:
        return How.KEPT
    return How.BOUND if at_the_edge(part) else How.AS_IS


def _narrowed(every: Sequence[Part], how: Sequence[How], total: int) -> int | None:
    """A group at the edge whose number of agreeing people could be told to fewer than ``FEW`` possible values."""
    bounds_shown = How.BOUND in how
    known = [_known(part, one, bounds_shown) for part, one in zip(every, how, strict=True)]
    least, most = sum(low for low, _ in known), sum(high for _, high in known)
    for at, (part, (low, high)) in enumerate(zip(every, known, strict=True)):
        if at_the_edge(part):
            from_, to = max(low, total - (most - high)), min(high, total - (least - low))
            if to - from_ + 1 < min(FEW, part[0] + 1):
                return at
    return None


def _known(part: Part, how: How, bounds_shown: bool) -> tuple[int, int]:
    """The least and the most that can be read off one group's own figure. That something is held back although bounds
    are shown says as much as that it is not at the edge."""
    answered, agree = part
    if how is How.AS_IS:
        return agree, agree
    if how is How.BOUND:
        return (answered - FEW + 1, answered) if answered - agree < FEW else (0, FEW - 1)
    if bounds_shown and not at_the_edge(part) and answered >= 2 * FEW:
        return FEW, answered - FEW
    return 0, answered


def _next(every: Sequence[Part], how: Sequence[How], narrowed: int) -> int:
    """What is held back next: the smallest figure that stands as it is, then the bound that can be narrowed."""
    as_it_is = sorted(
        (at for at, one in enumerate(how) if one is How.AS_IS), key=lambda at: (every[at][0], at)
    )
    kept = any(one is How.KEPT and every[at][0] for at, one in enumerate(how))
    if as_it_is and not kept:
        return as_it_is[0]
    if how[narrowed] is How.BOUND:
        return narrowed
    if as_it_is:
        return as_it_is[0]
    return how.index(How.BOUND)


#: Of one group: the least and the most of its people who can agree, as far as what is shown tells.
Known = tuple[int, int]


def told(parts: Sequence[Part], how: Sequence[How]) -> list[Known]:
    """What can be read off each group's share and the total's: parts that are kept back for any reason included."""
    total = (sum(n for n, _ in parts), sum(yes for _, yes in parts))
    known = [_known(part, one, How.BOUND in how) for part, one in zip(parts, how, strict=True)]
    from_, to = _known(total, _at_first(total), bounds_shown=False)
    least, most = sum(low for low, _ in known), sum(high for _, high in known)
    return [(max(low, from_ - (most - high)), min(high, to - (least - low))) for low, high in known]


def crossing_tells(cell: Part, row: tuple[int, Known], column: tuple[int, Known], total: Part) -> bool:
    """Whether a cell at the edge that is not shown follows from its row and its column. ``row`` and ``column`` are
    (how many answered, what is known of how many agree); how many answered in the cell is taken as known."""
    if not at_the_edge(cell):
        return False
    in_row, (row_low, row_high) = row
    in_column, (column_low, column_high) = column
    elsewhere = total[0] - in_row - in_column + cell[0]
    low, high = _known(total, _at_first(total), bounds_shown=False)
    least = max(0, row_low - in_row + cell[0], column_low - in_column + cell[0], row_low + column_low - high)
    most = min(cell[0], row_high, column_high, row_high + column_high - low + elsewhere)
    return most - least + 1 < min(FEW, cell[0] + 1)
