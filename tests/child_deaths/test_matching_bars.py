"""How well the matching does on two thousand made-up records, against the bars set for it beforehand."""

from __future__ import annotations

from collections import defaultdict

from tests.child_deaths.linked import linked
from wholestory.child_deaths.rules.matching import Relation, Verdict, best

JOINABLE = {Verdict.SAME, Verdict.LIKELY}


def test_what_it_calls_likely_is_right_and_nearly_complete() -> None:
    records = linked()
    true = records.true_pairs
    said = {pair for pair, match in records.compared.items() if match.verdict in JOINABLE}
    assert len(said & true) / len(said) >= 0.995
    assert len(said & true) / len(true) >= 0.95


def test_what_it_calls_the_same_is_never_wrong_here() -> None:
    records = linked()
    said = {pair for pair, match in records.compared.items() if match.verdict is Verdict.SAME}
    assert said
    assert not said - records.true_pairs


def test_the_right_answer_is_among_the_first_five() -> None:
    records = linked()
    having = {at for pair in records.true_pairs for at in pair}
    found = 0
    for at in having:
        shown = best(records.accounts[at], ((other, records.accounts[other]) for other in records.near[at]))
        assert len(shown) <= 5
        found += any(records.whose[other] == records.whose[at] for other, _ in shown)
    assert found / len(having) >= 0.96


def test_next_to_no_group_mixes_two_children() -> None:
    """Groups as they would be if every likely pair were joined; one mixed group in a thousand would be too many."""
    records = linked()
    group = list(range(len(records.accounts)))

    def top(at: int) -> int:
        while group[at] != at:
            at = group[at]
        return at

    for (a, b), match in records.compared.items():
        if match.verdict in JOINABLE:
            group[top(a)] = top(b)
    children: dict[int, set[str]] = defaultdict(set)
    for at, person in enumerate(records.whose):
        children[top(at)].add(person)
    mixed = sum(len(people) > 1 for people in children.values())
    assert mixed <= len(children) / 1000


def test_children_of_one_birth_date_and_surname_are_shown_as_twins_and_never_as_likely() -> None:
    """Sixteen families of the file have twins: two children with one birth date and one surname."""
    records = linked()
    met = 0
    for (a, b), match in records.compared.items():
        one, other = records.accounts[a], records.accounts[b]
        if records.whose[a] == records.whose[b] or one.born is None or one.born != other.born:
            continue
        if one.surname.casefold() == other.surname.casefold() and one.postcode == other.postcode != "":
            met += 1
            assert match.verdict is Verdict.POSSIBLE
            assert match.relation is Relation.TWIN
    assert met >= 16
