"""Who has signed a return that several posts must sign, and who is still awaited.

A signature holds for exactly the answers it was given to: it carries their hash. Once an answer is changed it holds no
more, though nobody has crossed it out yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from wholestory.assurance.answers import framework_of
from wholestory.assurance.models import Return, SignOff, StageChange
from wholestory.assurance.status import OPEN_STAGES
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork import queries


@dataclass(frozen=True)
class Given:
    """One signature. ``holds`` is False where the answers were changed since; then it is soon ``crossed_out``."""

    id: UUID
    person_id: UUID
    person: str
    post: str
    on: date
    holds: bool
    crossed_out: bool = False


@dataclass(frozen=True)
class Signatures:
    """What a return needs and has, while it is being answered."""

    wanted: tuple[str, ...]
    given: tuple[Given, ...]

    @property
    def holding(self) -> tuple[Given, ...]:
        """The signatures given to the answers as they are now."""
        return tuple(one for one in self.given if one.holds)

    @property
    def lapsed(self) -> tuple[Given, ...]:
        """Signatures to answers that were changed since, the last of each post that nobody has signed in again."""
        last = {one.post: one for one in self.given if not one.holds and one.post in self.awaited}
        return tuple(last.values())

    @property
    def awaited(self) -> tuple[str, ...]:
        """The posts that have not signed these answers."""
        taken = {one.post for one in self.holding}
        return tuple(post for post in self.wanted if post not in taken)

    @property
    def awaited_words(self) -> str:
        """``the nominated governor``; ``the headteacher and the nominated governor``."""
        return " and ".join(f"the {post}" for post in self.awaited)

    def by(self, person_id: UUID) -> Given | None:
        """The signature this person has given to these answers."""
        return next((one for one in self.holding if one.person_id == person_id), None)


#: What the history calls a signature that was crossed out because answers changed.
SIGNATURE_LAPSED = "signature_lapsed"
NONE = Signatures((), ())


def signatures(ret: Return, says: str = "") -> Signatures:
    """The signatures of a return that is still open; ``says`` is the hash of its answers, where it is known already.

    For a return that one person signs, or that is signed already: nothing, and no query.
    """
    wanted = framework_of(ret).signatures
    if not wanted or ret.stage not in OPEN_STAGES:
        return NONE
    lapses = StageChange.objects.filter(
        return_of=ret,
        move=SIGNATURE_LAPSED,
        on=OuterRef("withdrawn_on"),
        created_at__gte=OuterRef("signed_at"),
    )
    rows = SignOff.objects.filter(return_of=ret, is_nil=False).select_related("person")
    rows = rows.filter(Q(withdrawn_on=None) | Exists(lapses))
    found = list(rows.order_by("signed_at", "id"))
    holding = any(one.withdrawn_on is None for one in found)
    now = says or (paperwork.says(queries.filled(ret.answers)) if holding else "")
    return Signatures(
        wanted,
        tuple(
            Given(
                one.id, one.person_id, one.person.full_name, one.post, one.signed_on,
                one.withdrawn_on is None and one.content_hash == now, one.withdrawn_on is not None,
            )
            for one in found
        ),
    )  # fmt: skip
