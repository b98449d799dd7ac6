"""Pairs of words that must prompt a look and pairs that must not, written by hand. All of it is invented."""

from __future__ import annotations

import pytest

from wholestory.child_deaths.rules.alike import alike
from wholestory.child_deaths.rules.alike_words import words_of

AREAS = ("Northmarsh", "Southfen")
MUST = [
    ("product", "Button battery of a remote control", "Swallowed button batteries"),
    ("product", "Coin cell CR2032", "button battery"),
    ("product", "Snuza Hero baby monitor", "SNUZZA HERO monitor"),
    ("product", "Looped blind-cord", "blind cords, looped"),
    ("product", "E-bike charger", "Charger of an electric bike"),
    ("agent", "Laughing gas", "Nitrous oxide canisters"),
    ("agent", "Paracetamol, 40 tablets", "paracetamol tablets 500 mg"),
    ("agent", "Calpol", "paracetamol"),
    ("event", "Cutter’s Lock, Southfen", "cutters lock"),
    ("event", "River Ouse at Cutter’s Lock", "Cutters Lock on the river Ouse, Southfen"),
    ("event", "Mill Rd level crossing", "Level crossing, Mill Road"),
    ("place", "Gull Quarry", "Gull quary"),
    ("school", "Reedmere Primary School", "Reedmere Primary"),
    ("school", "Reedmere C of E Primary Academy", "REEDMERE PRI SCH"),
    ("school", "St Botolph’s Infant School", "Saint Botolphs infants"),
    ("school", "Larkspur Nursery", "Larkspur Pre-School nursery"),
    ("cause", "Hanging", "hanged"),
    ("cause", "Nitrous oxide inhalation", "inhalation of laughing gas"),
    ("cause", "Meningococcal septicaemia", "Meningococal septicaemia"),
]
MUST_NOT = [
    ("product", "Lithium battery of a scooter", "Button battery"),
    ("product", "Baby bath seat", "Baby walker"),
    ("product", "Toy", "Toy car"),
    ("agent", "Methadone", "Methanol"),
    ("agent", "Ibuprofen", "Paracetamol"),
    ("event", "Mill Road", "Mill Lane"),
    ("event", "12 Heron Close", "14 Heron Close"),
    ("event", "River Ouse, Northmarsh", "River Nene, Northmarsh"),
    ("event", "Northmarsh", "Northmarsh railway station"),
    ("event", "Swimming pool, Southfen", "Swimming pool at the hotel"),
    ("place", "At home", "At home"),
    ("place", "Northmarsh General, emergency department", "Northmarsh General, emergency department"),
    ("school", "Reedmere Primary School", "Reedmere High School"),
    ("school", "St Mary’s Primary, Northmarsh", "St Mary’s Primary, Farhaven"),
    ("school", "Primary school", "Primary School Academy"),
    ("cause", "Sepsis", "Sepsis"),
    ("cause", "Sepsis of unknown source", "Meningococcal sepsis"),
    ("cause", "Head injury, fall from a horse", "Head injury, road collision"),
    ("cause", "Prematurity", "prematurity"),
]


@pytest.mark.parametrize(("subject", "one", "other"), MUST)
def test_what_is_one_thing_prompts_a_look(subject: str, one: str, other: str) -> None:
    assert alike(subject, one, other, AREAS)
    assert alike(subject, other, one, AREAS)


@pytest.mark.parametrize(("subject", "one", "other"), MUST_NOT)
def test_what_are_two_things_does_not(subject: str, one: str, other: str) -> None:
    assert not alike(subject, one, other, AREAS)
    assert not alike(subject, other, one, AREAS)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("The batteries", {"battery"}),
        ("Gas, abscess, sepsis", {"gas", "abscess", "sepsis"}),
        ("Crosses & boxes", {"cross", "box"}),
        ("Mill Rd.", {"mill", "road"}),
    ],
)
def test_words_in_one_spelling_and_in_the_singular(written: str, words: set[str]) -> None:
    assert words_of(written) == words
