"""Who leads, who is told, whose coroner, whose notice: section 1.6 of the domain notes, row by row."""

from datetime import date

import pytest

from wholestory.child_deaths.rules.routing import (
    Agreement,
    Circumstances,
    Home,
    Lead,
    Nation,
    Place,
    PossibleHome,
    route,
)

OURS = "peterborough"
HERE = Place("Peterborough", OURS)
LINCOLN = Place("Lincolnshire", "lincolnshire")
NORFOLK = Place("Norfolk", "norfolk")
WALES = Place("Powys", nation=Nation.WALES)
SCOTLAND = Place("Fife", nation=Nation.SCOTLAND)
SPAIN = Place("Spain", nation=Nation.ABROAD)


def routed(**said):
    return route(Circumstances(ours=OURS, **said))


def test_lived_and_died_here():
    found = routed(residence=HERE, died_at=HERE, abuse_or_neglect=False)
    assert (found.lead, found.panel, found.tell, found.needs) == (Lead.OURS, OURS, (), ())
    assert found.coroner.who == "The coroner for Peterborough"


def test_lived_here_died_elsewhere_in_england():
    found = routed(residence=HERE, died_at=LINCOLN)
    assert (found.lead, found.ground.key) == (Lead.OURS, "lived_here")
    assert [each.who for each in found.tell] == ["The panel for lincolnshire"]
    assert found.coroner.who == "The coroner for Lincolnshire"
    assert found.response.who == "Lincolnshire"


def test_lived_elsewhere_died_here():
    found = routed(residence=LINCOLN, died_at=HERE)
    assert (found.lead, found.panel) == (Lead.THEIRS, "lincolnshire")
    assert [each.ground.key for each in found.tell] == ["tell_home"]
    assert (found.response.who, found.response.ground.key) == ("Our area", "response_until_handed_over")
    assert found.coroner.who == "The coroner for Peterborough"


def test_the_place_of_death_never_decides_who_leads():
    for died_at in (HERE, LINCOLN, NORFOLK, SPAIN):
        assert routed(residence=HERE, died_at=died_at).lead is Lead.OURS
        assert routed(residence=LINCOLN, died_at=died_at).lead is Lead.THEIRS


def test_lived_elsewhere_and_the_event_was_here():
    found = routed(residence=LINCOLN, died_at=NORFOLK, event_at=HERE)
    assert found.lead is Lead.THEIRS
    assert "event_here" in [each.ground.key for each in found.tell]


def test_edge_case_18_looked_after_the_authority_that_looks_after_leads_not_the_host():
    found = routed(residence=HERE, looked_after_by=LINCOLN, placed_at=HERE, died_at=HERE)
    assert (found.lead, found.panel, found.ground.key) == (Lead.THEIRS, "lincolnshire", "looked_after")
    assert "The authority where the child was placed: Peterborough" in [each.who for each in found.tell]
    placed_out = routed(residence=LINCOLN, looked_after_by=HERE, placed_at=LINCOLN, died_at=LINCOLN)
    assert placed_out.lead is Lead.OURS


def test_most_services_elsewhere_changes_nothing_until_both_panels_agree():
    told = routed(residence=HERE, died_at=HERE, services_at=LINCOLN)
    assert told.lead is Lead.OURS
    assert [note.key for note in told.notes] == ["most_services"]
    half = routed(residence=HERE, died_at=HERE, agreement=Agreement("lincolnshire", None, "A", "B"))
    assert (half.lead, [note.key for note in half.notes]) == (Lead.OURS, ["agreement_incomplete"])
    whole = routed(
        residence=HERE, died_at=HERE, agreement=Agreement("lincolnshire", date(2016, 3, 1), "A", "B")
    )
    assert (whole.lead, whole.panel, whole.ground.key) == (Lead.THEIRS, "lincolnshire", "agreed")


def test_died_abroad_and_lived_here():
    found = routed(residence=HERE, died_at=SPAIN, event_at=SPAIN, abuse_or_neglect=True)
    assert (found.lead, found.ground.key) == (Lead.OURS, "died_abroad")
    assert (found.serious_incident.who, found.serious_incident.ground.key) == ("Peterborough", "sin_abroad")
    assert found.coroner.who == ""


@pytest.mark.parametrize(("nation", "name"), [(Nation.WALES, "Wales"), (Nation.SCOTLAND, "Scotland"),
                                              (Nation.NORTHERN_IRELAND, "Northern Ireland")])  # fmt: skip
def test_lived_in_another_nation_and_died_here(nation, name):
    found = routed(residence=Place("Somewhere", nation=nation), died_at=HERE)
    assert (found.lead, found.ground.key) == (Lead.OPTIONAL, "other_nation")
    assert found.tell[0].who == f"The child death review system of {name}"


def test_overseas_visitor_has_no_home_panel():
    assert routed(residence=SPAIN, died_at=HERE).lead is Lead.OPTIONAL
    found = routed(overseas_visitor=True, died_at=HERE)
    assert (found.lead, found.ground.key) == (Lead.OPTIONAL, "overseas_visitor")


def test_the_serious_incident_notice_is_where_it_happened_not_where_the_child_lived():
    found = routed(residence=HERE, died_at=NORFOLK, event_at=LINCOLN, abuse_or_neglect=True)
    assert found.lead is Lead.OURS
    assert found.serious_incident.who == "Lincolnshire"
    assert routed(residence=HERE, died_at=HERE, abuse_or_neglect=False).serious_incident.who == ""
    assert routed(residence=HERE, died_at=HERE).serious_incident.ground.key == "sin_ask"


def test_a_looked_after_childs_death_is_notified_whatever_the_cause():
    found = routed(looked_after_by=HERE, died_at=LINCOLN, abuse_or_neglect=False)
    assert (found.serious_incident.who, found.serious_incident.ground.key) == (
        "Peterborough",
        "sin_looked_after",
    )


def test_edge_case_17_two_homes_are_a_decision_not_a_guess():
    homes = (
        PossibleHome(HERE, Home.MAIN, "council tax"),
        PossibleHome(LINCOLN, Home.OTHER_PARENT, "weekends"),
    )
    found = routed(possible_homes=homes, died_at=HERE)
    assert found.lead is Lead.UNDECIDED
    assert "named person" in found.needs[0]
    assert "several_homes" in [note.key for note in found.notes]


def test_edge_case_16_siblings_of_two_areas_are_each_reviewed_by_their_own():
    assert routed(residence=HERE, died_at=LINCOLN, event_at=LINCOLN).lead is Lead.OURS
    assert routed(residence=LINCOLN, died_at=LINCOLN, event_at=LINCOLN).lead is Lead.THEIRS


def test_scotland_has_no_coroner():
    assert routed(residence=HERE, died_at=SCOTLAND).coroner.who == "The procurator fiscal"


def test_what_was_only_recalled_is_not_cited():
    found = routed(residence=HERE, died_at=LINCOLN)
    assert not found.response.ground.may_be_cited
    assert found.coroner.ground.may_be_cited


def test_before_the_place_of_death_is_known_nobody_is_named():
    found = routed(residence=HERE, abuse_or_neglect=True)
    assert found.needs == ("Where did the child die?",)
    assert (found.response.who, found.coroner.who, found.serious_incident.who) == ("", "", "")
    assert found.serious_incident.ground.key == "sin_place_not_known"


def test_a_visitor_hurt_abroad_makes_no_notice_due_here():
    found = routed(residence=SPAIN, died_at=HERE, event_at=SPAIN, abuse_or_neglect=True)
    assert (found.serious_incident.who, found.serious_incident.ground.key) == ("", "sin_not_england")


def test_looked_after_by_an_authority_in_another_nation_is_for_that_nation():
    found = routed(looked_after_by=WALES, placed_at=HERE, died_at=HERE)
    assert (found.lead, found.ground.key) == (Lead.OPTIONAL, "other_nation")


def test_another_panel_is_told_of_what_happened_in_its_area():
    found = routed(residence=HERE, died_at=HERE, event_at=NORFOLK)
    assert [each.who for each in found.tell] == ["The panel for norfolk"]
