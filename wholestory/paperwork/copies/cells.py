"""One answer as the text of one cell, and read back from it. Pure.

Goes through the question's own faces, so that a new type of question works without a word here: its value is written
as it would be typed, and what was typed is handed to ``understand``. Only what people choose from a list, name, or
write in a way of their own (dates) is put into the question's notation first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeAlias

from wholestory.paperwork.given import BLANK, Given, Json, Nothing
from wholestory.paperwork.partial_date import PRECISIONS, PartialDate
from wholestory.paperwork.questions.amounts import Number
from wholestory.paperwork.questions.base import NotThat, Question
from wholestory.paperwork.questions.calculated import Calculated
from wholestory.paperwork.questions.choosing import Choice, Choices, Scale, YesNo
from wholestory.paperwork.questions.gridded import Grid
from wholestory.paperwork.questions.naming import AgencyQ, File, PersonQ
from wholestory.paperwork.questions.repeating import Repeat
from wholestory.paperwork.questions.when import Date
from wholestory.paperwork.questions.writing import LongText, Text

Names: TypeAlias = Callable[[Question], Sequence[tuple[str, str]]]
"""Who can be named in answer to a question: (id, name) pairs."""

_ABOUT = re.compile(r"^(about|around|approximately|approx\.?|circa|c\.)\s+", re.IGNORECASE)
_ISO = re.compile(r"\d{4}(-\d{2}){0,2}~?", re.ASCII)
_APART = re.compile(r"[\s/.,-]+")
_ORDINAL = re.compile(r"(\d)(st|nd|rd|th)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(-?\d+)(\.0+)?", re.ASCII)


def nobody(question: Question) -> Sequence[tuple[str, str]]:
    """Names on offer where no room says who can be named."""
    return ()


# ---- writing --------------------------------------------------------------------------------------------------------


def written(question: Question, given: Given) -> tuple[str, str]:
    """What stands in the answer cell and in the cell for the reason."""
    parts = []
    if isinstance(question, Grid):
        # Its cells have lines of their own.
        given = Given(None, given.nothing, given.reason)
    if given.typed is not None:
        parts.append(_as_typed(given.typed))
    elif given.value is not None:
        parts.append(_value(question, given.value))
    if given.nothing is not None:
        parts.append(question.allowed(given.nothing).words)
    return "\n".join(part for part in parts if part), given.reason


def _value(question: Question, value: Json) -> str:
    if isinstance(question, Repeat):
        return ""
    labels = dict(options(question))
    if labels and isinstance(value, list):
        return "\n".join(labels.get(str(each), str(each)) for each in value)
    if labels:
        return labels.get(str(value), str(value))
    typed = question.typed_from(value)
    return typed if isinstance(typed, str) else question.value_in_words(value)


def _as_typed(typed: Json) -> str:
    if isinstance(typed, dict):
        return " ".join(str(part) for part in typed.values() if part)
    return ", ".join(map(str, typed)) if isinstance(typed, list) else str(typed)


def options(question: Question) -> tuple[tuple[str, str], ...]:
    """(stored value, words) of a fixed list of answers; empty for a question without one. Two that read the same are
    told apart by what is stored."""
    if isinstance(question, (YesNo, Choice, Choices)):
        found = [(each.value, each.label) for each in question.choices()]
    elif isinstance(question, Scale):
        found = [(str(each.value), question.value_in_words(each.value)) for each in question.points]
    else:
        return ()
    words = [plain(label) for _value, label in found]
    return tuple(
        (value, f"{label} ({value})" if words.count(plain(label)) > 1 else label) for value, label in found
    )


def pick_list(question: Question) -> tuple[str, ...]:
    """The words to choose exactly one of, kinds of nothing at the end; empty where anything else can be written."""
    if not isinstance(question, (YesNo, Choice, Scale)):
        return ()
    return (*(words for _value, words in options(question)), *(each.words for each in question.nothing))


def takes_reason(question: Question) -> bool:
    """Whether some answer to it comes with a reason."""
    return any(each.reason != "none" for each in question.nothing)


def may_answer(question: Question) -> str:
    """What can be written in the cell, in words, one possibility to a line."""
    lines: list[str] = []
    if isinstance(question, (YesNo, Choice, Choices)):
        if isinstance(question, Choices):
            most = f" (no more than {question.at_most})" if question.at_most else ""
            lines.append(f"Any of these, each on a line of its own{most}:")
        hints = {each.value: each.hint for each in question.choices()}
        lines += [_with(words, hints.get(value, "")) for value, words in options(question)]
    elif isinstance(question, Scale):
        says = {str(each.value): each.descriptor for each in question.points}
        lines += [_with(words, says[value]) for value, words in options(question)]
    else:
        lines.append(_in_short(question))
    for allow in question.nothing:
        because = {"none": "", "optional": " (you can say why)", "required": " (say why)"}[allow.reason]
        lines.append(f"Or: {allow.words}{because}")
    return "\n".join(line for line in lines if line)


def _with(words: str, more: str) -> str:
    return f"{words} – {more}" if more else words


def _in_short(question: Question) -> str:
    if isinstance(question, Date):
        coarse = {"day": "", "month": "; a month and year will do", "year": "; a year alone will do"}
        about = "; begin with “about” if you are not sure" if question.approximate else ""
        return f"A date, such as 27 March 2016{coarse[question.coarsest]}{about}"
    if isinstance(question, Number):
        kind = "A whole number" if question.whole else "A number"
        return f"{kind} ({question.unit})" if question.unit else kind
    if isinstance(question, (Text, LongText)):
        most = question.max_length
        return f"Text, up to {most:,} characters" if most else "Text"
    if isinstance(question, File):
        return "Files are added on the form’s own page, not here"
    if isinstance(question, (PersonQ, AgencyQ)):
        return "A name" if question.or_typed else "A name, as the board’s list has it"
    if isinstance(question, Repeat):
        return f"Each {question.noun} has lines of its own below"
    if isinstance(question, Calculated):
        return "Worked out from other answers on the form’s page; it cannot be typed"
    if isinstance(question, Grid):
        added = ", and the totals are added up from them" if question.totals else ""
        return f"Each cell of this table has a line of its own below{added}"
    return ""


# ---- reading --------------------------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """A text for comparing: one kind of space and quotation mark, no capitals, no dashes of several kinds."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = re.sub("[‐‑‒–—−]", "-", re.sub("[‘’]", "'", re.sub("[“”]", '"', folded)))
    return " ".join(folded.split())


def same_text(one: str, other: str) -> bool:
    """Whether two cells say the same; line ends and spaces at the ends of lines do not count."""
    return _lines(one) == _lines(other)


def _lines(text: str) -> list[str]:
    tidy = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()
    return [line.rstrip() for line in tidy.split("\n")]


def read(question: Question, answer: str, reason: str, names: Names, before: Given = BLANK) -> Given:
    """What was answered. ``before`` is what stands, for the part of it that a cell cannot hold.

    Raises NotThat with what to write instead.
    """
    answer, reason = answer.strip(), reason.strip()
    kind = _kind(question, answer)
    if isinstance(question, (Repeat, Grid)):
        if answer and kind is None:
            offered = " or ".join(f"“{each.words}”" for each in question.nothing)
            raise NotThat(f"Write {offered} here, or leave it empty" if offered else "Leave this cell empty")
        return Given(before.value, kind, reason if kind else "")
    if kind is not None:
        return Given(None, kind, reason)
    value = question.understand(_typed(question, answer, names)) if answer else None
    if value is not None:
        _refuse_half(question, value)
    if value is None and reason:
        raise NotThat("There is a reason here, and no answer that it belongs to")
    return Given(value)


def _refuse_half(question: Question, value: Json) -> None:
    """Raise NotThat for half an answer: a month where a day is asked, half of what is counted in whole numbers. On the
    form's page it would stand beside its field with what is wrong; nobody sees that in a file."""
    if isinstance(question, Date):
        held = PartialDate.of(str(value))
        if PRECISIONS.index(held.precision) > PRECISIONS.index(question.coarsest):
            lacks = "the day" if question.coarsest == "day" else "the month"
            if question.coarsest == "day" and held.precision == "year":
                lacks = "the day and the month"
            example = "27 March 2016" if question.coarsest == "day" else "March 2016"
            raise NotThat(f"This is only a part of a date: write {lacks} too, such as {example}")
        if held.approximate and not question.approximate:
            raise NotThat("This date cannot be approximate: leave out the “~”")
    if isinstance(question, Number) and (found := question.faults_in(value, date.min)):
        raise NotThat(found[0])


def _kind(question: Question, answer: str) -> Nothing | None:
    said = plain(answer)
    for allow in question.nothing:
        if said and said in (plain(allow.words), allow.kind.value):
            return allow.kind
    return None


def _typed(question: Question, answer: str, names: Names) -> Json:
    if isinstance(question, Choices):
        return [_one_of(question, each) for each in _several(question, answer)]
    if options(question):
        return _one_of(question, answer)
    if isinstance(question, Date):
        return _date(answer, approximate=question.approximate)
    if isinstance(question, (PersonQ, AgencyQ)):
        found = [each for each in names(question) if plain(each[1]) == plain(answer)]
        if len(found) > 1:
            raise NotThat("Two of this name are in the list: choose on the form’s own page")
        return {"id": found[0][0], "name": found[0][1]} if found else {"id": "", "name": answer}
    if isinstance(question, File):
        raise NotThat("Files are added on the form’s own page, not in a copy")
    return answer


def _one_of(question: Question, answer: str) -> str:
    said = plain(answer)
    whole = _NUMBERED.fullmatch(said)
    if whole and isinstance(question, Scale):
        said = whole.group(1)
    for value, words in options(question):
        if said in (plain(words), value):
            return value
    if isinstance(question, Scale):
        for point in question.points:
            if said == plain(point.label):
                return str(point.value)
    raise NotThat(f"Choose one of: {'; '.join(words for _value, words in options(question))}")


def _several(question: Question, answer: str) -> Iterable[str]:
    """The lines of a cell; a line that is no answer by itself may hold several, after semicolons."""
    known = {plain(words) for _value, words in options(question)}
    for line in answer.split("\n"):
        parts = [line] if plain(line) in known else line.split(";")
        yield from (part for part in parts if part.strip())


def _date(answer: str, *, approximate: bool) -> Json:
    text = " ".join(answer.split())
    if _ISO.fullmatch(text) and len(text.rstrip("~")) != 4:
        return text
    about = bool(_ABOUT.match(text)) or text.endswith("~")
    if about and not approximate:
        raise NotThat("This date cannot be approximate: leave out “about”")
    parts = [part for part in _APART.split(_ORDINAL.sub(r"\1", _ABOUT.sub("", text).rstrip("~"))) if part]
    if not 1 <= len(parts) <= 3:
        raise NotThat("Enter a real date, such as 27 March 2016")
    day, month, year = ["", "", *parts][-3:]
    return {"day": day, "month": month, "year": year, "about": "1" if about else ""}
