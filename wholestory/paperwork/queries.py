"""Reads. What is returned is shaped for the page; how many queries it takes never depends on how much there is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from wholestory.paperwork.form import Form
from wholestory.paperwork.given import BLANK, Given, Place
from wholestory.paperwork.models import Answer, AnswerHistory, AnswerSet, Clash, FormVersion, How
from wholestory.paperwork.questions.base import all_of
from wholestory.paperwork.sealing import from_json
from wholestory.paperwork.sheet import Progress, Sheet
from wholestory.paperwork.showing import line_of
from wholestory.paperwork.since import NOTHING_CARRIED, SinceLastTime

_FORMS: dict[str, Form] = {}


def form_of(version: FormVersion) -> Form:
    """The definition of a published version. A seal stands for one definition for ever, so each is read once."""
    found = _FORMS.get(version.seal)
    if found is None:
        found = _FORMS[version.seal] = from_json(version.definition)
    return found


def answer_set(set_id: UUID) -> AnswerSet:
    """A filled-in form with its cover sheet, as far as the acting person may see it. Raises AnswerSet.DoesNotExist."""
    return _with_cover().get(pk=set_id)


def answer_set_of(record_id: UUID, form_key: str = "") -> AnswerSet | None:
    """The newest filled-in form of a record (of one form, when named); None when there is none to be seen."""
    found = _with_cover().filter(record=record_id)
    if form_key:
        found = found.filter(form_version__key=form_key)
    return found.order_by("-created_at", "-id").first()


def _with_cover() -> QuerySet[AnswerSet]:
    return AnswerSet.objects.select_related("record__board", "form_version").defer("form_version__definition")


@dataclass(frozen=True)
class Standing:
    """An answer as it stands, and who left it so."""

    given: Given
    revision: int
    saved_by: str
    saved_at: datetime
    from_previous: bool


@dataclass(frozen=True)
class Filled:
    """A filled-in form with all its answers: what every page of it is drawn from."""

    answer_set: AnswerSet
    form: Form
    standing: dict[Place, Standing]

    @cached_property
    def sheet(self) -> Sheet:
        """The form with its answers."""
        return Sheet(self.form, {place: each.given for place, each in self.standing.items()})

    def revision(self, place: Place) -> int:
        """How often the answer there was saved; 0 for a place never touched."""
        return self.standing[place].revision if place in self.standing else 0


@dataclass(frozen=True)
class PageProgress:
    """How far a page is, and who has been at it (newest first)."""

    key: str
    title: str
    progress: Progress
    people: tuple[str, ...]
    last_saved_at: datetime | None


def filled(of: AnswerSet) -> Filled:
    """All answers of a set: one query."""
    answers = Answer.objects.filter(answer_set=of).select_related("saved_by")
    standing = {
        each.place: Standing(
            each.given, each.revision, each.saved_by.full_name, each.saved_at, each.from_previous
        )
        for each in answers
    }
    return Filled(of, form_of(of.form_version), standing)


def progress_by_page(of: Filled, today: date) -> tuple[PageProgress, ...]:
    """Each page that applies: n answered of m applicable, the kinds of nothing apart, and by whom."""
    progress = of.sheet.progress_by_page(today)
    out = []
    for page in of.form.pages:
        if page.key not in progress:
            continue
        touched = [of.standing[place] for place in of.sheet.places_of(page) if place in of.standing]
        said = [each for each in touched if not each.given.to_confirm and not each.given.is_untouched]
        newest = sorted(said, key=lambda each: each.saved_at, reverse=True)
        people = tuple(dict.fromkeys(each.saved_by for each in newest))
        last = newest[0].saved_at if newest else None
        out.append(PageProgress(page.key, page.title, progress[page.key], people, last))
    return tuple(out)


@dataclass(frozen=True)
class Said:
    """How many places of a set hold what, for lists: one query for any number of sets. Places that do not apply are
    counted too, so this says how much has been written, not how complete it is."""

    answered: int
    nothing: int
    to_confirm: int


def said_in(sets: Iterable[UUID]) -> dict[UUID, Said]:
    """What has been said so far in each of these sets."""
    valued = Q(value__isnull=False, to_confirm=False, nothing="")
    rows = (
        Answer.objects.filter(answer_set__in=list(sets))
        .values("answer_set_id")
        .annotate(
            answered=Count("id", filter=valued),
            without=Count("id", filter=~Q(nothing="") & Q(to_confirm=False)),
            waiting=Count("id", filter=Q(to_confirm=True)),
        )
    )
    return {row["answer_set_id"]: Said(row["answered"], row["without"], row["waiting"]) for row in rows}


@dataclass(frozen=True)
class TwoVersions:
    """An answer and the version kept aside, side by side."""

    id: UUID
    place: Place
    line: str
    """Where in the form it is asked: the same question stands under many lines."""
    label: str
    page: str
    standing: Given
    standing_words: str
    standing_by: str
    standing_at: datetime | None
    revision: int
    other: Given
    other_words: str
    other_by: str
    other_at: datetime


def open_clashes(of: Filled) -> tuple[TwoVersions, ...]:
    """Versions kept aside that nobody has settled yet, in the order of the form. One query."""
    rows = Clash.objects.filter(answer_set=of.answer_set, settled_at__isnull=True).select_related("saved_by")
    out = []
    for row in rows:
        asked = of.form.asked[row.key]
        standing = of.standing.get(row.place)
        current = standing.given if standing else BLANK
        out.append(
            TwoVersions(
                id=row.id,
                place=row.place,
                line=line_of(of.sheet, row.place),
                label=asked.question.label,
                page=asked.page.key,
                standing=current,
                standing_words=in_words(of.form, row.place, current),
                standing_by=standing.saved_by if standing else "",
                standing_at=standing.saved_at if standing else None,
                revision=of.revision(row.place),
                other=row.given,
                other_words=in_words(of.form, row.place, row.given),
                other_by=row.saved_by.full_name,
                other_at=row.saved_at,
            )
        )
    return tuple(
        sorted(out, key=lambda each: (of.form.asked[each.place.key].position, each.place, each.other_at))
    )


def since_last_time(of: Filled) -> SinceLastTime:
    """The answers that were carried forward into this form, as they came: one query, none for a form nothing was
    carried into. The form they came from is not opened; whether the acting person could is asked along."""
    if of.answer_set.carried_from_id is None:
        return NOTHING_CARRIED
    source = AnswerSet.objects.filter(pk=OuterRef("answer_set__carried_from"))
    rows = list(
        AnswerHistory.objects.filter(answer_set=of.answer_set, how=How.CARRIED).annotate(
            may_read=Exists(source)
        )
    )
    return SinceLastTime({row.place: row.given for row in rows}, any(row.may_read for row in rows))


def as_they_began(form_set: AnswerSet, seen: Iterable[tuple[Place, int]]) -> dict[tuple[Place, int], Given]:
    """What stood at each place when somebody began, at the revision they saw: one query, none for nothing."""
    wanted = set(seen)
    if not wanted:
        return {}
    rows = AnswerHistory.objects.filter(
        answer_set=form_set,
        key__in={place.key for place, _revision in wanted},
        revision__in={revision for _place, revision in wanted},
    ).exclude(how=How.SET_ASIDE)
    return {(row.place, row.revision): row.given for row in rows}


def in_words(form: Form, place: Place, given: Given) -> str:
    """An answer as people read it; what could not be read is shown as it was typed."""
    question = form.question(place.key)
    return question.in_words(given) or ("" if given.typed is None else question.typed_in_words(given.typed))


def typed_in_words(given: Given) -> str:
    """What somebody typed that could not be read, for showing it back where the question is not at hand."""
    return all_of(given.typed)
