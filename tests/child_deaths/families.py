"""What tests about families share: a record, its key worker, its people."""

from __future__ import annotations

from typing import Any

from tests.child_deaths.people import Deaths
from wholestory.access import acting
from wholestory.child_deaths.models import Carer, Case, FamilyQuestion, FamilyRecord, Relative
from wholestory.child_deaths.operations import family as operations
from wholestory.child_deaths.operations import family_said, outside
from wholestory.partners.models import Person


def family_of(deaths: Deaths, case: Case) -> FamilyRecord:
    """The family's record. The mother of the invented boy is its first person; she has an address."""
    with deaths.acting() as actor:
        family = operations.begin(actor=actor, case=case, today=deaths.now.on)
        carer = Carer.objects.filter(family=family).first()
        if carer is not None:
            said = {"postal": "3 Invented Lane\nNorthmarsh"}
            operations.save_carer(actor=actor, family=family, said=said, carer=carer)
        return family


def key_worker(deaths: Deaths, family: FamilyRecord, email: str = "briar@hospice.example") -> Person:
    """Somebody from outside, with no seat anywhere, named key worker; known to tests as ``key_worker``."""
    with deaths.acting() as actor:
        made = operations.name_key_worker(
            actor=actor, family=family, name="Briar Holloway", organisation="Northmarsh Hospice",
            telephone="01632 960177", email=email, today=deaths.now.on, now=deaths.now,
        )  # fmt: skip
        assert made.person is not None
    deaths.world.people["key_worker"] = made.person
    return made.person


def carer(deaths: Deaths, family: FamilyRecord, name: str = "", **said: Any) -> Carer:
    """Somebody of the family: the mother, or a new one by name."""
    with deaths.acting() as actor:
        if not name:
            return Carer.objects.select_related("relative").get(family=family, relation="mother")
        asked = {
            "name": name,
            "relation": "father",
            "postal": "9 Other Road",
            "by": "letter",
            "format": "plain",
        }
        return operations.save_carer(actor=actor, family=family, said={**asked, **said})


def suspected(
    deaths: Deaths,
    case: Case,
    relative: Relative | None,
    standing: str = "suspected",
    *,
    police_agree: bool = False,
) -> None:
    """How police see somebody."""
    assert relative is not None
    with deaths.acting() as actor:
        outside.suspect(
            actor=actor, case=case, relative=relative, standing=standing, police_agree=police_agree,
            contact="DI Marl", today=deaths.now.on,
        )  # fmt: skip


def asked(
    deaths: Deaths, family: FamilyRecord, by: Carer | None = None, text: str = "Was he in pain?"
) -> FamilyQuestion:
    """A question of the family."""
    with deaths.acting() as actor:
        return family_said.ask(
            actor=actor, family=family, text=text, asked_by=by, asked_on=deaths.now.on, today=deaths.now.on
        )


def told(deaths: Deaths, question: FamilyQuestion, to: Carer | None, text: str = "No.") -> None:
    """An answer."""
    with deaths.acting() as actor:
        family_said.answer(
            actor=actor, question=question, carer=to, text=text, answered_by="Dr Farrow", answered_on=deaths.now.on,
            fed_back_on=deaths.now.on, how="telephone", today=deaths.now.on,
        )  # fmt: skip


def as_key_worker(deaths: Deaths) -> Any:
    """Acting as the key worker, who holds no seat."""
    return acting.acting_as(deaths.world.people["key_worker"])
