"""How long an agency says a return took it: asked once, when it is signed, and never needed."""

from __future__ import annotations

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.assurance.models import Return, SignOff
from wholestory.partners.models import Person


@transaction.atomic
def told(*, actor: Person, ret: Return, signed: SignOff, minutes: int | None) -> None:
    """Keep the minutes beside the signature they were told with; nothing when none were."""
    if not minutes:
        return
    asking.require(actor, Verb.DECIDE, ret.record)
    ledger.line("assurance.minutes_told", ret.record)
    signed.minutes = minutes
    signed.save(update_fields=["minutes"])
