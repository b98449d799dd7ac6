"""Supplementary forms: a sudden unexpected death, and drowning. Both were re-ordered in April 2021: since then what
follows from an answer appears only after it."""

from __future__ import annotations

from wholestory.child_deaths.definitions.asking import (
    Edition,
    account,
    any_of,
    clock,
    day,
    number,
    one_of,
    since,
    text,
    yes,
    yes_no,
)
from wholestory.child_deaths.definitions.supplement import supplement
from wholestory.child_deaths.rules.forms_by_circumstance import Topic
from wholestory.paperwork.definitions import AnyOf, Condition, Form, Question, Section

_POSITIONS = (("back", "On the back"), ("side", "On the side"), ("front", "On the front"), ("sitting", "Sitting"),
              ("held", "Held or carried"))  # fmt: skip


def _after(edition: Edition, condition: Condition) -> Condition | None:
    """Shown only after its answer, from April 2021; shown to everybody before."""
    return condition if edition >= Edition.APRIL_2021 else None


def _finding() -> tuple[Question, ...]:
    return (
        day("last_seen_alive_on", "Last seen alive on"),
        clock("last_seen_alive_time", "Time last seen alive"),
        text("last_seen_alive_by", "Who last saw the child alive"),
        day("found_on", "Date the child was found"),
        clock("found_time", "Time found"),
        text("found_by", "Who found the child"),
        yes_no("asleep", "Was the child asleep, or thought to be, when it happened?"),
    )


def _sleep(edition: Edition) -> tuple[Question, ...]:
    slept = _after(edition, yes("asleep"))
    shared = _after(edition, AnyOf("co_sleeping", ("bed", "sofa", "other")))
    return (
        one_of("sleep_surface", "Where the child slept", ("cot", "Cot or Moses basket"),
               ("own_bed", "A bed of their own"),
               ("adult_bed", "An adult’s bed"), ("sofa", "A sofa or armchair"), ("pram", "Pram, car seat or swing"),
               ("floor", "The floor"), ("other", "Somewhere else"), when=slept),
        one_of("placed", "How the child was put down", *_POSITIONS, when=slept),
        one_of("found_position", "How the child was found", *_POSITIONS, when=slept),
        account("bedding", "Bedding, and what else was there", when=slept, rows=2),
        yes_no("head_covered", "Was the head covered?", when=slept),
        yes_no("room_shared", "Was an adult in the same room?", when=slept),
        one_of("co_sleeping", "Did the child share a sleeping place?", ("no", "No"), ("bed", "A bed"),
               ("sofa", "A sofa"),
               ("other", "Another place"), when=slept),
        text("co_sleeping_with", "With whom the child shared it", when=shared),
        any_of("sharer", "Had whoever shared the sleeping place", ("alcohol", "Drunk alcohol"),
               ("drugs", "Taken drugs"),
               ("medicine", "Taken a medicine that makes drowsy"), ("smokes", "Smokes"), ("tired", "Been very tired"),
               ("none", "None of these known"), when=shared, private=True),
        number("room_temperature", "Temperature of the room", "°C", whole=False, most=60, when=slept),
        yes_no("swaddled", "Was the child swaddled?", when=slept),
        yes_no("dummy", "Was a dummy used for this sleep?", when=slept),
    )  # fmt: skip


def _before(edition: Edition) -> tuple[Question, ...]:
    return (
        text("last_feed", "Last feed: what, and when"),
        account("illness_before", "Any illness in the days before", rows=3),
        one_of("mother_smoked_pregnancy", "Did the mother smoke in pregnancy?", ("no", "No"), ("stopped", "Stopped"),
               ("yes", "Throughout"), private=True),
        yes_no("safer_sleep_advice", "Was advice about safer sleep given?"),
        text("safer_sleep_by", "Who gave that advice, and when", when=yes("safer_sleep_advice")),
        *since(
            edition, Edition.APRIL_2019,
            account("collapse", "For an older child: what they were doing when it happened", rows=3),
        ),
    )  # fmt: skip


def _visit() -> tuple[Question, ...]:
    done = yes("visited")
    return (
        yes_no("visited", "Was the place visited?"),
        day("visited_on", "Date of the visit", when=done),
        text("visited_by", "Who made the visit", when=done),
        account("visit_findings", "What the visit found", when=done, rows=4),
        one_of("avon", "Classification after the last meeting", ("1", "I: a full explanation"),
               ("2", "II: something that may have contributed"), ("3", "III: no cause found")),
    )  # fmt: skip


def sudden(edition: Edition, version: int) -> Form:
    """The form of an edition. That of 2015 was for infants."""
    return supplement(
        Topic.SUDDEN, edition, version,
        ("finding", "When it happened", (Section("Last seen, and found", _finding()),)),
        ("sleep", "Sleep", (Section("How the child slept", _sleep(edition)),)),
        ("before", "Before, and the visit", (
            Section("The days before", _before(edition)), Section("The visit to the place", _visit()),
        )),
    )  # fmt: skip


def drowning(edition: Edition, version: int) -> Form:
    """The form of an edition."""
    pool = _after(edition, AnyOf("water", ("pool", "paddling_pool", "pond")))
    swimming = _after(edition, AnyOf("activity", ("swimming", "sport")))
    return supplement(
        Topic.DROWNING, edition, version,
        ("drowning", "Drowning", (
            one_of("water", "What water it was", ("bath", "Bath"), ("pool", "Swimming pool"),
                   ("paddling_pool", "Paddling pool or hot tub"), ("pond", "Garden pond"),
                   ("river", "River or canal"),
                   ("lake", "Lake, quarry or reservoir"), ("sea", "Sea"), ("container", "Bucket or other container"),
                   ("other", "Other water")),
            one_of("activity", "What the child was doing", ("bathing", "Bathing"), ("swimming", "Swimming"),
                   ("sport", "Boating or water sport"), ("playing", "Playing nearby"), ("fell", "Fell in"),
                   ("other", "Something else")),
            text("supervised_by", "Who was watching, and from where"),
            number("unwatched_minutes", "How long the child was not watched", "minutes", most=2000),
            one_of("swimming_ability", "Could the child swim?", ("no", "No"), ("little", "A little"),
                   ("well", "Well"),
                   when=swimming),
            yes_no("barrier", "Was there a fence, gate or cover?", when=pool),
            yes_no("barrier_worked", "Was it closed and working?", when=_after(edition, yes("barrier"))),
            yes_no("bath_seat", "Was a bath seat used?", when=_after(edition, AnyOf("water", ("bath",)))),
            yes_no("flotation", "Was there a life jacket or float?", when=swimming),
            yes_no("lifeguard", "Was there a lifeguard?", when=swimming),
            any_of("alcohol_drugs", "Alcohol or drugs", ("child", "Taken by the child"),
                   ("carer", "By whoever watched"),
                   ("none", "None known"), private=True),
            yes_no("epilepsy_known", "Did the child have epilepsy?"),
            number("under_water_minutes", "How long the child was under water", "minutes", most=2000),
            account("rescue", "How the child was got out, and what was done", rows=3),
        )),
    )  # fmt: skip


SUDDEN_2015 = sudden(Edition.FORMS_2015, 1)
SUDDEN = (sudden(Edition.APRIL_2019, 1), sudden(Edition.APRIL_2021, 2))
DROWNING_2015 = drowning(Edition.FORMS_2015, 1)
DROWNING = (drowning(Edition.APRIL_2019, 1), drowning(Edition.APRIL_2021, 2))
