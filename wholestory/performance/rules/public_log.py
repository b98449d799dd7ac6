"""What a published version does not show and why, without the numbers; and what its words may give away. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from wholestory.performance.rules.public_cells import Counts
from wholestory.performance.rules.public_hiding import Plan
from wholestory.performance.rules.public_shown import parts_of, rule_words

_KEYS = {"n": "Those counted", "c": "Those left over", "d": "Those it is of"}
_PARTS = {
    "main": "All of it", "agencies": "Agencies side by side", "periods": "Earlier periods", "longer": "Longer periods",
}  # fmt: skip
_WORDS = {
    word: str(number)
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
}
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?|[A-Za-z]+")


def lines(made: Counts, plan: Plan) -> list[list[str]]:
    """A line for each thing that is not shown: measure, whose, period, what, why."""
    found = []
    for subject in made.subjects:
        title = f"{subject.code} {subject.one['title']}"
        for (code, part), why in plan.left_out.items():
            if code == subject.code:
                found.append([title, "", "", _PARTS[part], subject.unfit or why.label])
        done = set[str]()
        for _, counts in parts_of(plan, subject):
            for one in counts:
                for key in ("n", "c", "d"):
                    cell = getattr(one, key)
                    if cell in plan.hidden and cell not in done:
                        done.add(cell)
                        found.append([title, one.name, one.label, _KEYS[key], plan.hidden[cell].label])
    return found


def thresholds(made: Counts) -> list[list[str]]:
    """Which numbers each measure withholds, and by whose rule."""
    return [[f"{one.code} {one.one['title']}", rule_words(one)] for one in made.subjects if not one.unfit]


def warnings(text: str, hidden: Mapping[str, int], names: Iterable[str]) -> tuple[str, ...]:
    """What in words for everybody may tell a withheld number, or names a person."""
    if not text.strip():
        return ()
    withheld = {str(value) for value in hidden.values()}
    found = []
    for word in dict.fromkeys(_NUMBER.findall(text)):
        plain = word.replace(",", "").rstrip("%")
        if word.endswith("%") or "." in plain:
            found.append(f"“{word}” is in the words: see that the report itself shows it.")
        elif _WORDS.get(plain.casefold(), plain) in withheld:
            found.append(
                f"“{word}” is in the words, and a withheld number is the same: see that it does not tell it."
            )
    folded = " ".join(text.casefold().split())
    found += [f"{name} is named." for name in dict.fromkeys(names) if name and f"{name.casefold()}" in folded]
    return tuple(found)
