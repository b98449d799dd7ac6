"""The anonymised papers: made from the case, looked through, every place answered by a person, then released."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import Case, Kept, Pack, PackPart, Review
from wholestory.child_deaths.operations.review import ReviewRefused
from wholestory.child_deaths.queries import pack as reads
from wholestory.child_deaths.queries import review as reviews
from wholestory.child_deaths.queries.known_names import places_found
from wholestory.child_deaths.rules.anonymity import Finding, What
from wholestory.child_deaths.rules.masking import masked
from wholestory.partners.models import Person


def _case(actor: Person, review: Review) -> Case:
    """The case behind it, for those who prepare its papers. Raises NotForYou."""
    case = Case.objects.select_related("record", "child", "home_area").filter(pk=review.case_id).first()
    asking.require(actor, Verb.WRITE, case if case is not None else review, kind=Case.record_kind)
    if case is None:
        raise ReviewRefused("The papers are prepared by those who run child death reviews.")
    return case


@transaction.atomic
def generate(*, actor: Person, review: Review, now: datetime) -> int:
    """Take into the draft what the case holds and the draft does not yet. What somebody wrote is left alone."""
    case = _case(actor, review)
    there = set(PackPart.objects.filter(review=review).values_list("key", flat=True))
    fresh = [piece for piece in reads.pieces(case) if piece.key not in there]
    ledger.line("child_deaths.papers_made", review.record)
    PackPart.objects.bulk_create(
        [
            PackPart(
                review=review, circle_id=case.circle_id, office_id=case.office_id, key=piece.key,
                place=len(there) + number, label=piece.label, text=piece.text, source=piece.source, changed_by=actor,
                changed_at=now,
            )
            for number, piece in enumerate(fresh, 1)
        ]
    )  # fmt: skip
    return len(fresh)


@transaction.atomic
def add_part(*, actor: Person, review: Review, label: str, text: str, now: datetime) -> PackPart:
    """Add a piece of one's own words."""
    case = _case(actor, review)
    if not label.strip() or not text.strip():
        raise ReviewRefused("Enter a heading and the text.")
    ledger.line("child_deaths.papers_written", review.record)
    last = PackPart.objects.filter(review=review).aggregate(last=Max("place"))["last"] or 0
    return PackPart.objects.create(
        review=review, circle_id=case.circle_id, office_id=case.office_id, key=f"own_{last + 1}", place=last + 1,
        label=label.strip()[:200], text=text.strip(), source="Written for the panel", changed_by=actor,
        changed_at=now,
    )  # fmt: skip


@transaction.atomic
def write_part(
    *, actor: Person, review: Review, part: UUID, text: str, left_out: bool, now: datetime
) -> PackPart:
    """Change the words of a piece, or leave it out altogether."""
    _case(actor, review)
    found = _part(review, part)
    ledger.line("child_deaths.papers_written", review.record)
    found.text, found.left_out, found.changed_by, found.changed_at = text.strip(), left_out, actor, now
    found.save(update_fields=["text", "left_out", "changed_by", "changed_at"])
    return found


@transaction.atomic
def take_out(*, actor: Person, review: Review, part: UUID, words: str, now: datetime) -> int:
    """Take out of a piece what is surely a name, a number or a date of birth, or (``words``) one place that may be.

    How many places were taken out. What stands instead says what it was, in square brackets.
    """
    case = _case(actor, review)
    found = _part(review, part)
    places = reads.found_in(review, case, [found]).get(found.pk, ())
    wanted = [each for each in places if (each.words == words if words else each.sure)]
    if not wanted:
        return 0
    ledger.line("child_deaths.papers_masked", review.record)
    found.text = masked(found.text, wanted)
    found.changed_by, found.changed_at = actor, now
    found.save(update_fields=["text", "changed_by", "changed_at"])
    return len(wanted)


@transaction.atomic
def keep(*, actor: Person, review: Review, what: str, words: str, reason: str, today: date) -> Kept:
    """Leave words in that the look pointed at, in every piece and the analysis, with the reason."""
    case = _case(actor, review)
    if what not in {each.value for each in What}:
        raise ReviewRefused("Choose one of the places that were found.")
    if not reason.strip():
        raise ReviewRefused(f"Say why “{words}” may stay.")
    ledger.line("child_deaths.words_kept", review.record, reason=what)
    found, _ = Kept.objects.get_or_create(
        circle_id=case.circle_id, review=review, what=what, words=words.casefold()[:200],
        defaults={"office_id": case.office_id, "reason": reason.strip()[:300], "by": actor, "on": today},
    )  # fmt: skip
    return found


@transaction.atomic
def release(*, actor: Person, review: Review, was_read: bool, now: datetime) -> Pack:
    """Let the panel have the papers as they are now. An earlier release stays kept and is no longer shown.

    Raises ReviewRefused while a place is unanswered, or before the person says that they read every line: the look
    finds only what it was told of.
    """
    asking.require(actor, Verb.MANAGE, review)
    case = _case(actor, review)
    parts = list(PackPart.objects.filter(review=review, left_out=False))
    if not parts:
        raise ReviewRefused("There is nothing in the papers yet.")
    if places := unanswered_places(review, case, parts):
        raise ReviewRefused(
            f"{len(places)} place{'' if len(places) == 1 else 's'} may still name somebody. Take each out, or say why"
            " it may stay."
        )
    if not was_read:
        raise ReviewRefused(
            "Say that you have read every line. The look finds only what it knows to look for."
        )
    ledger.line("child_deaths.papers_released", review.record)
    last = Pack.objects.filter(review=review).aggregate(last=Max("version"))["last"] or 0
    Pack.objects.filter(review=review, withdrawn_at=None).update(
        withdrawn_at=now, withdrawn_by=actor, withdrawn_because="A newer version was released"
    )
    return Pack.objects.create(
        review=review, circle_id=review.circle_id, office_id=review.office_id, version=last + 1,
        facts=[list(pair) for pair in reads.facts(case, review.record.reference)],
        parts=[[part.label, part.text, part.source] for part in parts], released_by=actor, released_at=now,
    )  # fmt: skip


def unanswered_places(review: Review, case: Case, parts: list[PackPart]) -> list[Finding]:
    """Every place in papers and analysis that nobody has answered for. In the analysis, what is sure counts."""
    found = [each for places in reads.found_in(review, case, parts).values() for each in places]
    analysis = reviews.newest(review)
    texts = {"The analysis": "\n".join(text for text in reviews.texts_of(analysis) if text.strip())}
    return found + [each for each in places_found(review, texts) if each.sure]


@transaction.atomic
def withdraw(*, actor: Person, review: Review, because: str, now: datetime) -> None:
    """Take the papers back from the panel, at once. Who had read them is in the access record."""
    asking.require(actor, Verb.MANAGE, review)
    if not because.strip():
        raise ReviewRefused("Say why the papers are taken back.")
    ledger.line("child_deaths.papers_withdrawn", review.record)
    taken = Pack.objects.filter(review=review, withdrawn_at=None).update(
        withdrawn_at=now, withdrawn_by=actor, withdrawn_because=because.strip()[:300]
    )
    if not taken:
        raise ReviewRefused("No papers are released.")


def _part(review: Review, part: UUID) -> PackPart:
    found = PackPart.objects.select_for_update(of=("self",)).filter(review=review, pk=part).first()
    if found is None:
        raise ReviewRefused("This piece is not there.")
    return found
