"""Two entries found to be one: what moves from the double to the entry that is kept, in every room, and back again.

Rooms are found by their foreign keys, so a new room's tables move without being named here. What says who *did*
something (fields that end in ``_by``) stays with the double, as the access record does: it was that entry at the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db import DatabaseError, models, transaction

from wholestory.partners.models import Agency, AgencyBoard, Person, Seat

Entry = Agency | Person

#: Tables that are worked out again, or that speak of joining itself, or are handled by whoever joins.
NOT_MOVED = frozenset(
    {"access.membership", "access.account", "partners.succession", "partners.agencyboard", "partners.seat"}
)


@dataclass(frozen=True)
class Move:
    """One field of one row that was changed, with what it said before."""

    model: str
    pk: str
    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Stayed:
    """A row that remains with the double, because the kept entry has its like or the row may not change."""

    model: str
    pk: str


@dataclass(frozen=True)
class Holding:
    """How many rows of one kind point to an entry."""

    words: str
    count: int


@dataclass(frozen=True)
class Carried:
    """What joining did."""

    moved: tuple[Move, ...]
    stayed: tuple[Stayed, ...]

    def __add__(self, other: Carried) -> Carried:
        return Carried((*self.moved, *other.moved), (*self.stayed, *other.stayed))

    def as_json(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Both lists as the database keeps them."""
        return [asdict(move) for move in self.moved], [asdict(one) for one in self.stayed]


NOTHING = Carried((), ())


def _references(entry: Entry) -> Iterator[tuple[type[models.Model], str]]:
    """Every foreign key, in any room, that points to entries of this kind and moves with them: model and column."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label_lower in NOT_MOVED or model._meta.proxy:
            continue
        for field in model._meta.local_concrete_fields:
            points_here = field.is_relation and field.related_model is type(entry)
            if (
                points_here
                and not field.name.endswith("_by")
                and (model is not type(entry) or field.name != "joined_to")
            ):
                yield model, field.attname


def holdings(entry: Entry) -> list[Holding]:
    """What points to an entry, by kind, as far as the acting person (or system actor) sees it."""
    found: dict[str, int] = {}
    own: tuple[type[models.Model], str] = (Seat, "agency_id" if isinstance(entry, Agency) else "person_id")
    for model, name in [*_references(entry), own]:
        count = model._base_manager.filter(**{name: entry.pk}).count()
        if count:
            words = str(model._meta.verbose_name_plural if count > 1 else model._meta.verbose_name)
            found[words] = found.get(words, 0) + count
    return [Holding(words, count) for words, count in sorted(found.items())]


def carry_over(kept: Entry, double: Entry) -> Carried:
    """Point everything the acting person sees from ``double`` to ``kept``; whoever acts must see it all.

    A row that would clash with one of the kept entry's, or that may not change, stays where it is.
    """
    moved: list[Move] = []
    stayed: list[Stayed] = []
    for model, name in _references(double):
        label = model._meta.label_lower
        for pk in list(model._base_manager.filter(**{name: double.pk}).values_list("pk", flat=True)):
            if _repoint(model, pk, name, kept.pk):
                moved.append(Move(label, str(pk), name, str(double.pk), str(kept.pk)))
            else:
                stayed.append(Stayed(label, str(pk)))
    return Carried(tuple(moved), tuple(stayed))


def _repoint(model: type[models.Model], pk: Any, field: str, to: Any) -> bool:
    try:
        with transaction.atomic():
            return model._base_manager.filter(pk=pk).update(**{field: to}) == 1
    except DatabaseError:
        # A constraint or a trigger refuses: history rows, or the kept entry has its own. The row stays as it is.
        return False


def carry_seats(kept: Entry, double: Entry, on: date) -> Carried:
    """Move the double's seats. One the kept entry holds too is not doubled: theirs is made as long as both were."""
    moved: list[Move] = []
    stayed: list[Stayed] = []
    side, other = ("agency", "person") if isinstance(double, Agency) else ("person", "agency")
    held = list(Seat.objects.filter(**{side: kept}))
    for seat in Seat.objects.filter(**{side: double}).order_by("starts_on", "id"):
        same = next((one for one in held if _alike(one, seat, other) and _touch(one, seat)), None)
        if same is None:
            moved.append(Move("partners.seat", str(seat.pk), f"{side}_id", str(double.pk), str(kept.pk)))
            Seat.objects.filter(pk=seat.pk).update(**{side: kept})
            held.append(seat)
            continue
        stayed.append(Stayed("partners.seat", str(seat.pk)))
        moved += _lengthen(same, seat)
        if seat.ends_on is None or seat.ends_on > on:
            last = max(on, seat.starts_on)
            moved.append(
                Move("partners.seat", str(seat.pk), "ends_on", _text(seat.ends_on), last.isoformat())
            )
            Seat.objects.filter(pk=seat.pk).update(ends_on=last)
    return Carried(tuple(moved), tuple(stayed))


def carry_links(kept: Agency, double: Agency, on: date) -> Carried:
    """Move which boards the double answers to; where the kept one answers already, its link becomes as long as both."""
    moved: list[Move] = []
    stayed: list[Stayed] = []
    own = list(AgencyBoard.objects.filter(agency=kept))
    for link in AgencyBoard.objects.filter(agency=double).order_by("starts_on", "id"):
        same = next((one for one in own if one.board_id == link.board_id and _touch(one, link)), None)
        if same is None:
            moved.append(
                Move("partners.agencyboard", str(link.pk), "agency_id", str(double.pk), str(kept.pk))
            )
            AgencyBoard.objects.filter(pk=link.pk).update(agency=kept)
            own.append(link)
            continue
        stayed.append(Stayed("partners.agencyboard", str(link.pk)))
        moved += _lengthen(same, link)
        if link.ends_on is None or link.ends_on > on:
            last = max(on, link.starts_on)
            moved.append(
                Move("partners.agencyboard", str(link.pk), "ends_on", _text(link.ends_on), last.isoformat())
            )
            AgencyBoard.objects.filter(pk=link.pk).update(ends_on=last)
    return Carried(tuple(moved), tuple(stayed))


def _alike(one: Seat, seat: Seat, other: str) -> bool:
    names = ("board_id", "group_id", "role", f"{other}_id")
    return all(getattr(one, name) == getattr(seat, name) for name in names)


def _touch(one: Seat | AgencyBoard, other: Seat | AgencyBoard) -> bool:
    """Whether two stretches of time share a day."""
    return (one.ends_on is None or other.starts_on <= one.ends_on) and (
        other.ends_on is None or one.starts_on <= other.ends_on
    )


def _lengthen(same: Seat | AgencyBoard, by: Seat | AgencyBoard) -> list[Move]:
    """Make a row last as long as it and its like together."""
    label, changes = same._meta.label_lower, []
    first = min(same.starts_on, by.starts_on)
    last = None if same.ends_on is None or by.ends_on is None else max(same.ends_on, by.ends_on)
    for name, new in (("starts_on", first), ("ends_on", last)):
        old = getattr(same, name)
        if old != new:
            changes.append(Move(label, str(same.pk), name, _text(old), _text(new)))
            setattr(same, name, new)
    if changes:
        same.save(update_fields=["starts_on", "ends_on"])
    return changes


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def put_back(moves: Sequence[Move]) -> list[Move]:
    """Undo moves, the last first. Gives back those that could not be, because the row has changed since or is gone."""
    left = []
    for move in reversed(moves):
        model = apps.get_model(move.model)
        rows = model._base_manager.filter(pk=move.pk, **{move.field: move.new}) if move.new else None
        if rows is None:
            rows = model._base_manager.filter(pk=move.pk, **{f"{move.field}__isnull": True})
        try:
            with transaction.atomic():
                done = rows.update(**{move.field: move.old})
        except DatabaseError:
            done = 0
        if not done:
            left.append(move)
    return left
