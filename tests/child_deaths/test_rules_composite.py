"""The composite: value, source and conflicts (section 2 of the domain notes) and edge case 26."""

from wholestory.child_deaths.rules.composite import Answer, Said, Shape, Standing, compose, count

SHAPES = {
    "birthweight": Shape.NUMBER, "born_on": Shape.DATE, "school": Shape.WORDS,
    "story": Shape.NARRATIVE, "services": Shape.LIST,
}  # fmt: skip


def told(source, value, question="smoked", said=Said.VALUE, item=0):
    return Answer(question, source, said, value, value, item)


def one(*answers):
    return compose(answers, SHAPES)[answers[0].question]


def test_the_same_from_two_is_agreed_and_names_both():
    found = one(told("GP", "yes"), told("Midwife", "yes"))
    assert (found.standing, found.proposed.value, found.sources) == (
        Standing.AGREED,
        "yes",
        ("GP", "Midwife"),
    )


def test_different_values_are_a_conflict_and_nothing_is_proposed():
    found = one(told("GP", "yes"), told("Midwife", "no"), told("Hospital", "yes"))
    assert (found.standing, found.proposed) == (Standing.CONFLICT, None)
    assert [(each.value, each.sources) for each in found.versions] == [
        ("yes", ("GP", "Hospital")),
        ("no", ("Midwife",)),
    ]


def test_edge_case_26_not_known_is_an_answer_and_never_a_conflict():
    found = one(told("GP", "yes"), told("School", "", said=Said.NOT_KNOWN))
    assert (found.standing, found.not_known_by) == (Standing.ONLY_ONE, ("School",))
    assert one(told("GP", "", said=Said.NOT_KNOWN)).standing is Standing.NOT_KNOWN


def test_edge_case_26_the_kinds_of_nothing_stay_apart():
    assert one(told("GP", "", said=Said.BLANK)).standing is Standing.BLANK
    assert one(told("GP", "", said=Said.NOT_APPLICABLE)).standing is Standing.NOT_APPLICABLE
    assert one(told("GP", "", said=Said.DECLINED)).standing is Standing.DECLINED
    assert one(told("GP", "", said=Said.NOT_ASKED)).standing is Standing.NOT_ASKED
    both = one(told("GP", "", said=Said.BLANK), told("Police", "", said=Said.NOT_KNOWN))
    assert (both.standing, both.blank_from) == (Standing.NOT_KNOWN, ("GP",))


def test_numbers_written_differently_agree():
    found = one(told("GP", "3200", "birthweight"), told("Hospital", "3200.0", "birthweight"))
    assert found.standing is Standing.AGREED


def test_a_coarser_date_agrees_with_a_finer_one_and_the_finer_is_proposed():
    found = one(told("School", "2015-03", "born_on"), told("GP", "2015-03-14", "born_on"))
    assert (found.standing, found.proposed.value) == (Standing.AGREED, "2015-03-14")
    assert (
        one(told("School", "2015-04", "born_on"), told("GP", "2015-03-14", "born_on")).standing
        is Standing.CONFLICT
    )


def test_words_agree_whatever_their_capitals():
    assert (
        one(told("GP", "Oak Primary", "school"), told("SW", "oak  primary.", "school")).standing
        is Standing.AGREED
    )


def test_accounts_are_kept_whole_and_never_in_conflict():
    found = one(told("GP", "Came with a cough.", "story"), told("Hospital", "Came with a cough.", "story"))
    assert (found.standing, len(found.versions)) == (Standing.SIDE_BY_SIDE, 2)


def test_what_each_ticked_stands_side_by_side():
    found = one(told("GP", "gp", "services"), told("SW", "social_care", "services"))
    assert found.standing is Standing.SIDE_BY_SIDE


def test_items_of_a_group_are_not_compared_with_one_another():
    found = one(told("GP", "Ann", "sibling_name", item=1), told("GP", "Ben", "sibling_name", item=2))
    assert found.standing is Standing.SIDE_BY_SIDE


def test_a_source_that_says_two_things_is_not_agreed():
    assert one(told("GP", "yes"), told("GP", "no")).standing is Standing.CONFLICT


def test_withdrawn_questions_are_shown_like_any_other_and_all_are_counted():
    found = compose([told("GP", "1", "withdrawn_long_ago"), told("GP", "", said=Said.BLANK)], SHAPES)
    assert list(found) == ["withdrawn_long_ago", "smoked"]
    counted = count(found.values())
    assert (counted[Standing.ONLY_ONE], counted[Standing.BLANK], counted[Standing.CONFLICT]) == (1, 1, 0)


def test_what_cannot_be_read_as_a_number_or_a_date_is_compared_as_it_stands():
    assert (
        one(told("GP", "tiny", "birthweight"), told("HV", "tiny", "birthweight")).standing is Standing.AGREED
    )
    assert one(told("GP", "spring", "born_on"), told("HV", "spring", "born_on")).standing is Standing.AGREED
    assert one(told("GP", "spring", "born_on"), told("HV", "2015", "born_on")).standing is Standing.CONFLICT
