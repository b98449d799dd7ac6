"""Saving drafts. Nothing typed is lost: not when it cannot be read, not when somebody else was quicker."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from wholestory import ledger
from wholestory.paperwork import watching
from wholestory.paperwork.form import Form
from wholestory.paperwork.given import BLANK, Given, Place
from wholestory.paperwork.models import Answer, AnswerHistory, AnswerSet, Clash, How
from wholestory.paperwork.operations.holding import held
from wholestory.paperwork.operations.refusals import NotYourPage
from wholestory.paperwork.queries import as_they_began, form_of
from wholestory.partners.models import Person


@dataclass(frozen=True)
class Save:
    """What somebody typed at one place; ``base`` is the revision they saw when they began. ``confirm`` says that a
    carried-forward answer is still true."""

    place: Place
    given: Given
    base: int = 0
    confirm: bool = False


@dataclass(frozen=True)
class Saved:
    """What became of a save: the revisions that now stand, and where a version was kept aside instead."""

    at: datetime
    revisions: dict[Place, int] = field(default_factory=dict)
    clashes: tuple[Place, ...] = ()
    changed: tuple[Place, ...] = ()
    form_set: AnswerSet | None = None


def save_draft(
    *,
    actor: Person,
    set_id: UUID,
    saves: Sequence[Save] | Callable[[AnswerSet], Sequence[Save]],
    now: datetime,
    window: str = "",
    pages: Collection[str] | None = None,
) -> Saved:
    """Keep what was typed. ``window`` tells one open page of one person from another; ``pages`` are the keys of the
    pages ``actor`` answers (None: all).

    An answer that somebody else changed since ``base`` is never overwritten: the new text is kept aside beside it.
    An answer that was not touched in the meantime costs nothing. Six queries when nothing clashes. ``saves`` may be
    a function that reads them once the form is known, which spares an autosave a second look at it.

    Raises what ``held`` raises, NotYourPage, and KeyError for a question the form does not ask.
    """
    form_set = held(set_id, actor=actor)
    form = form_of(form_set.form_version)
    if callable(saves):
        saves = saves(form_set)
    _check_pages(form, saves, pages)
    current = {
        each.place: each
        for each in Answer.objects.filter(answer_set=form_set, key__in={save.place.key for save in saves})
    }
    drafts = _Drafts(form_set, actor, now, window, current)
    began = as_they_began(form_set, [(save.place, save.base) for save in saves if drafts.is_overtaken(save)])
    for save in saves:
        drafts.take(save, began.get((save.place, save.base), BLANK))
    drafts.write()
    changed = tuple(each.place for each in drafts.answers)
    return Saved(now, drafts.revisions, tuple(drafts.clashed), changed, form_set)


def confirm_carried(
    *,
    actor: Person,
    set_id: UUID,
    places: Iterable[Place],
    now: datetime,
    pages: Collection[str] | None = None,
) -> Saved:
    """Say of carried-forward answers that they are still true. Places that wait for nothing are passed over."""
    wanted = set(places)
    waiting = Answer.objects.filter(
        answer_set=set_id, to_confirm=True, key__in={place.key for place in wanted}
    )
    saves = [
        Save(each.place, replace(each.given, to_confirm=False), each.revision, confirm=True)
        for each in waiting
        if each.place in wanted
    ]
    return save_draft(actor=actor, set_id=set_id, saves=saves, now=now, pages=pages) if saves else Saved(now)


class _Drafts:
    """The rows one save leads to."""

    def __init__(
        self, form_set: AnswerSet, actor: Person, now: datetime, window: str, current: dict[Place, Answer]
    ) -> None:
        self.form_set, self.actor, self.now = form_set, actor, now
        self.window, self.current = _plain(window), current
        self.answers: list[Answer] = []
        self.history: list[AnswerHistory] = []
        self.clashes: list[Clash] = []
        self.clashed: list[Place] = []
        self.revisions: dict[Place, int] = {}

    def is_overtaken(self, save: Save) -> bool:
        """Whether somebody (or one's own other window) has saved here since this page was opened."""
        standing = self.current.get(save.place)
        if standing is None or standing.revision == save.base:
            return False
        return not (self.window and standing.window == self.window and standing.saved_by_id == self.actor.id)

    def take(self, save: Save, began: Given) -> None:
        """Decide what becomes of one save."""
        standing = self.current.get(save.place)
        before = standing.given if standing else BLANK
        self.revisions[save.place] = standing.revision if standing else 0
        confirms = before.to_confirm and save.confirm
        if save.given == before and not confirms:
            return
        if self.is_overtaken(save):
            if save.given != began and save.given != before:
                self._keep_aside(save)
            return
        self._keep(save, standing, How.CONFIRMED if save.given == before else How.SAVED)

    def _keep(self, save: Save, standing: Answer | None, how: How) -> None:
        revision = (standing.revision if standing else 0) + 1
        self.revisions[save.place] = revision
        columns = columns_of(save.place, save.given)
        who = {"answer_set": self.form_set, "saved_by": self.actor, "saved_at": self.now}
        doors = doors_of(self.form_set)
        self.answers.append(
            Answer(
                **doors,
                **columns,
                **who,
                revision=revision,
                window=self.window,
                from_previous=bool(standing and standing.from_previous and how is How.CONFIRMED),
            )
        )
        self.history.append(AnswerHistory(**doors, **columns, **who, revision=revision, how=how))

    def _keep_aside(self, save: Save) -> None:
        against = self.revisions[save.place]
        columns = columns_of(save.place, save.given)
        who = {"answer_set": self.form_set, "saved_by": self.actor, "saved_at": self.now}
        doors = doors_of(self.form_set)
        self.clashed.append(save.place)
        self.clashes.append(Clash(**doors, **columns, **who, against_revision=against, window=self.window))
        self.history.append(AnswerHistory(**doors, **columns, **who, revision=against, how=How.SET_ASIDE))

    def write(self) -> None:
        """The line first, then the rows."""
        if not self.history:
            return
        ledger.line("paperwork.saved", self.form_set.record, reason="kept_aside" if self.clashes else "")
        write_answers(self.answers)
        AnswerHistory.objects.bulk_create(self.history)
        for clash in self.clashes:
            # Typing on in the same window replaces the version kept aside; its history has every step.
            Clash.objects.update_or_create(
                answer_set=clash.answer_set, key=clash.key, item=clash.item, saved_by=clash.saved_by,
                window=clash.window, settled_at=None,
                defaults={
                    **doors_of(self.form_set), **columns_of(clash.place, clash.given),
                    "against_revision": clash.against_revision, "saved_at": clash.saved_at,
                },
            )  # fmt: skip
        if self.answers:
            watching.changed(self.form_set, self.actor)


def write_answers(answers: Sequence[Answer]) -> None:
    """Put answers in place, new or over what stood there: one query. The history is the caller's to write."""
    if answers:
        Answer.objects.bulk_create(
            answers,
            update_conflicts=True,
            unique_fields=["answer_set", "key", "item"],
            update_fields=[
                "value", "nothing", "reason", "typed", "revision", "window", "saved_by", "saved_at", "from_previous",
                "to_confirm",
            ],
        )  # fmt: skip


def doors_of(form_set: AnswerSet) -> dict[str, int]:
    """The circle and office every row of a set carries."""
    return {"circle_id": form_set.circle_id, "office_id": form_set.office_id}


def columns_of(place: Place, given: Given) -> dict[str, object]:
    """An answer as columns."""
    return {
        "key": place.key,
        "item": place.item,
        "value": given.value,
        "nothing": given.nothing.value if given.nothing else "",
        "reason": given.reason,
        "typed": given.typed,
    }


def _plain(window: str) -> str:
    """What a page calls itself, as far as it is letters and digits."""
    return "".join(sign for sign in window if sign.isascii() and sign.isalnum())[:32]


def _check_pages(form: Form, saves: Sequence[Save], pages: Collection[str] | None) -> None:
    for save in saves:
        asked = form.asked[save.place.key]
        if bool(save.place.item) != (asked.inside is not None):
            raise KeyError(str(save.place))
        if pages is not None and asked.page.key not in pages:
            raise NotYourPage(asked.page.title)
