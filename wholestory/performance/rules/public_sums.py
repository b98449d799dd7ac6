"""Sums that go across measures: what lies between two counts, and counts that two measures share. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from wholestory.performance.rules.public_cells import Counts, Found, counts_of
from wholestory.statistics.disclosure.linked import Sum

#: Counts of which the first are among the second: what lies between can be told by taking away.
AMONG = (
    ("D10", "D09"), ("D12a", "D12"), ("I03a", "I03"), ("J05", "J05a"), ("J05a", "J05b"), ("K01a", "K01"),
    ("H03a", "H03"), ("C06a", "C06"), ("F01a", "F01"), ("F02a", "F02"), ("F01", "PO-MIS"), ("G01a", "G01"),
    ("D04a", "D04"), ("H01a", "H01"),
)  # fmt: skip
#: So many periods have to agree for two counts of different names to be taken for the same.
_AGREE = 4


def everything(found: Found, ways: Mapping[str, Mapping[str, str]]) -> Counts:
    """All counts of frozen figures, and every sum between them. ``ways``: see ``counts_of``."""
    made = counts_of(found, ways)
    made.sums += list(among(made))
    made.sums += list(same(made, ways))
    made.sums = list(dict.fromkeys(made.sums))
    strictest(made)
    return made


def among(made: Counts) -> Iterator[Sum]:
    """What lies between a count and another it is among."""
    by_code = {one.code: one for one in made.subjects}
    for inner, outer in AMONG:
        if inner not in by_code or outer not in by_code:
            continue
        theirs = {(one.whose, one.start, one.end): one for one in by_code[outer].counts if one.n}
        done = set[str]()
        for one in by_code[inner].counts:
            other = theirs.get((one.whose, one.start, one.end))
            if other is None or not one.n or one.n in done:
                continue
            done.add(one.n)
            between = made.cells[other.n] - made.cells[one.n]
            if between >= 0:
                name = f"{outer}|less {inner}|{one.whose}|{one.start}/{one.end}"
                made.cells[name] = between
                made.below[name] = max(made.below[one.n], made.below[other.n])
                yield other.n, (one.n, name)


def same(made: Counts, ways: Mapping[str, Mapping[str, str]]) -> Iterator[Sum]:
    """Counts that two measures share (the conferences of which two shares are told): the same in every period."""
    series: dict[tuple[str, str], dict[tuple[str, str, str], str]] = {}
    for subject in made.subjects:
        for one in subject.counts:
            for key in ("n", "d"):
                if cell := getattr(one, key):
                    series.setdefault((subject.code, key), {})[(one.whose, one.start, one.end)] = cell
    known = list(series.items())
    for at, (first, cells) in enumerate(known):
        for second, others in known[at + 1 :]:
            both = [place for place in cells if place in others and not place[0]]
            if not both or any(made.cells[cells[p]] != made.cells[others[p]] for p in both):
                continue
            says = ways.get(first[0], {}).get(first[1], ""), ways.get(second[0], {}).get(second[1], "")
            if (says[0] and says[0] == says[1]) or len(both) >= _AGREE:
                for place in cells.keys() & others.keys():
                    if made.cells[cells[place]] == made.cells[others[place]]:
                        yield cells[place], (others[place],)


def strictest(made: Counts) -> None:
    """Where two measures share a count, the stricter rule holds for both, and for all of each."""
    limits = {one.code: one.below for one in made.subjects}
    shared = [
        (whole.partition("|")[0], parts[0].partition("|")[0]) for whole, parts in made.sums if len(parts) == 1
    ]
    changed = True
    while changed:
        changed = False
        for one, other in shared:
            most = max(limits[one], limits[other])
            changed = changed or limits[one] != limits[other]
            limits[one] = limits[other] = most
    made.subjects = [replace(one, below=limits[one.code]) for one in made.subjects]
    for name, below in made.below.items():
        made.below[name] = max(below, limits[name.partition("|")[0]])
