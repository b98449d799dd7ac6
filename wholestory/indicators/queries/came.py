"""How each line of a return came: in a file, typed on the page, or sent by a system.

A draft begun by a file keeps its file. Every line that did not come that way, or was changed since, is named in
``about.came`` with how it came instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from wholestory.indicators.models import Source, Submission, Value
from wholestory.indicators.rules.entries import Typed

CAME = "came"
#: What people and their systems fill in line by line; anything else comes whole.
BY_LINE = (Source.WORKBOOK, Source.WEB, Source.API)
#: The longest file name that still stands whole beside a figure.
_LONGEST = 60


def words_of(submission: Submission) -> str:
    """How a supply came: ``Excel return, figures.xlsx``."""
    kind = submission.get_source_display()
    return f"{kind}, {submission.file_name}" if submission.file_name else kind


def of_line(submission: Submission, key: str) -> str:
    """How one line came; empty where it came as its supply did."""
    return str(submission.about.get(CAME, {}).get(key, ""))


def own_way(submission: Submission, value: Value) -> str:
    """How a figure came where the rest of its supply came another way; empty where it came like the rest."""
    return value.rule if submission.source in BY_LINE else ""


def carried(submission: Submission, keys: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """For lines that are taken over from an earlier supply: how each came, and its place there."""
    places, wanted = submission.about.get("places", {}), list(keys)
    came = {key: (of_line(submission, key) or words_of(submission))[:_LONGEST] for key in wanted}
    return came, {key: places[key] for key in wanted if key in places}


def typed_over(submission: Submission, changed: Iterable[str], source: Source) -> None:
    """Lines whose figure was changed came another way than what stood there before."""
    about, keys, way = submission.about, set(changed), str(source.label)
    came = {key: said for key, said in about.get(CAME, {}).items() if key not in keys}
    if way != words_of(submission):
        came |= dict.fromkeys(sorted(keys), way)
    submission.about = {
        **about,
        CAME: came,
        "places": {key: place for key, place in about.get("places", {}).items() if key not in keys},
    }


def said(submission: Submission) -> str:
    """How a return came, for its page: every way, with how many figures came by it where there is more than one."""
    if submission.source not in BY_LINE:
        return words_of(submission)
    rows = {key: Typed.of(row) for key, row in submission.typed.get("rows", {}).items()}
    ways = Counter(
        of_line(submission, key) or words_of(submission) for key, typed in rows.items() if not typed.blank
    )
    if len(ways) < 2:
        return next(iter(ways), words_of(submission))
    total = sum(ways.values())
    return "; ".join(f"{way} ({number} of {total} figures)" for way, number in ways.most_common())
