"""Whom a letter to the head of an organisation is to: by name where the name is known, else by post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wholestory.assurance.letters import Readers
from wholestory.assurance.models import Return
from wholestory.partners.models import Role, Sector

#: Posts whose holder leads the whole organisation, as they are written in a job title.
_LEADS = (
    "chief executive", "chief constable", "chief officer", "chief fire officer", "managing director", "headteacher",
    "head teacher", "principal",
)  # fmt: skip
#: Posts that share a word with these and do not lead.
_NOT = ("deputy", "assistant", "vice", "acting for")


@dataclass(frozen=True)
class Addressee:
    """``name`` goes into "Dear ...". ``signs`` is whether this is the person who signs the return, ``signatory`` who
    does (empty: nobody is named)."""

    name: str
    role: str
    signs: bool
    signatory: str


def head_of(ret: Return, today: date) -> Addressee:
    """The head of the organisation that owes a return: whoever signs for it, if their job title says that they lead
    it; else the post alone."""
    signs = Readers(ret.board_id, [ret.agency_id], today).of(ret.agency_id, Role.SIGNATORY)
    signatory = signs[0].full_name if signs else ""
    for person in signs:
        title = person.job_title.casefold()
        if any(post in title for post in _LEADS) and not any(word in title for word in _NOT):
            return Addressee(
                person.full_name, f"{person.job_title}, {ret.agency.name}", True, person.full_name
            )
    post = "Headteacher" if ret.agency.sector == Sector.EDUCATION else "Chief Executive"
    return Addressee(post, ret.agency.name, False, signatory)


def whom_written(to: Addressee, *, written: bool) -> str:
    """Who was written to before the board is asked. ``written`` is whether the chair's letter has gone."""
    head = to.name if to.signs else "its chief executive"
    if not written:
        return f"the team has written to those who answer it and to {to.signatory or 'the person who signs'}"
    if to.signs:
        return f"the team has written to those who answer it, and I have written to {head}"
    signatory = to.signatory or "the person who signs"
    return f"the team has written to those who answer it and to {signatory}, and I have written to {head}"
