"""Boards, groups, agencies, people and seats of the example area hold together."""

from collections import Counter
from datetime import date

from tests.example_area.reading import AGENCIES, AREAS, BOARDS, GROUPS, PEOPLE, SEATS, TODAY, day, held, toml
from wholestory.partners.models import AGENCY_ROLES, TEAM_ROLES, BoardKind, DutyBasis, Role, Sector


def test_boards():
    assert BOARDS["peterborough"]["example_today"] == TODAY
    assert BOARDS["peterborough"]["edition"] == "WT2015"
    assert BOARDS["partnership"]["edition"] == "WT2023"
    assert "example_today" not in BOARDS["partnership"]
    for board in BOARDS.values():
        assert board["kind"] in BoardKind.values
        assert set(board["areas"]) <= set(AREAS)
        assert board.get("successor", "partnership") in BOARDS
        assert board["valid_from"] <= board.get("valid_to", date.max)


def test_joint_groups_belong_to_all_their_boards():
    both = {"peterborough", "cambridgeshire"}
    for joint in ("child_death_overview_panel", "cse", "e_safety"):
        assert set(GROUPS[joint]["boards"]) == both
    assert set(GROUPS["health_safeguarding"]["boards"]) == both | {
        "peterborough_adults",
        "cambridgeshire_adults",
    }
    assert GROUPS["moderation_panel"]["parent"] == "quality_and_effectiveness"
    for group in GROUPS.values():
        assert set(group["boards"]) <= set(BOARDS)
        assert group.get("parent", "cse") in GROUPS
        assert group["quorum"] >= 3
        assert len(group["purpose"]) > 80
        assert len(group["terms_of_reference"]) > 80


def test_agencies():
    for key, agency in AGENCIES.items():
        assert agency["sector"] in Sector.values, key
        assert agency["duty_basis"] in DutyBasis.values, key
        assert agency.get("parent", "council") in AGENCIES
        assert set(agency["boards"]) <= set(BOARDS)
        assert min(agency["boards"].values()) >= agency["starts_on"], key
        assert ("ends_on" in agency) == ("ended_because" in agency)
    for each in toml("agencies.toml")["succession"]:
        assert AGENCIES[each["before"]]["ends_on"] < each["on"] == AGENCIES[each["after"]]["starts_on"]


def test_every_seat_is_somebodys_somewhere():
    seen = Counter()
    for seat in SEATS:
        person, agency, board = PEOPLE[seat["person"]], seat["agency"], BOARDS[seat["board"]]
        assert seat["role"] in Role.values
        starts, ends = day(seat["starts_on"]), day(seat["ends_on"]) or date.max
        assert board["valid_from"] <= starts <= ends
        if seat["role"] in AGENCY_ROLES:
            assert agency, seat
        if seat["role"] in TEAM_ROLES:
            assert not agency, seat
        if agency:
            assert AGENCIES[agency]["boards"][seat["board"]] <= starts, seat
            assert starts <= AGENCIES[agency].get("ends_on", date.max), seat
        if seat["group"]:
            group = GROUPS[seat["group"]]
            assert seat["board"] in group["boards"], seat
            assert group["starts_on"] <= starts, seat
        if person["left_on"]:
            assert ends <= day(person["left_on"]), seat
        seen[tuple(value for key, value in seat.items() if key != "is_account_owner")] += 1
    assert max(seen.values()) == 1


def test_everybody_is_there_for_a_reason():
    cover = toml("cover.toml")
    busy = {seat["person"] for seat in SEATS} | {each["person"] for each in cover["cover"]}
    assert busy == set(PEOPLE)


def test_the_chair_the_team_and_the_lay_members():
    assert held("independent_chair") == ["marian_thistlewood"]
    assert len(set(held("lay_member"))) == 2
    for role in TEAM_ROLES:
        assert len(held(role)) == 1, role
    assert held("business_manager") == held("administrator") == ["gwen_ashby_cole"]
    assert held("adviser")
    assert held("deputy")


def test_cover_and_counterparts():
    cover = toml("cover.toml")
    (away,) = cover["cover"]
    assert away["starts_on"] <= TODAY <= away["ends_on"]
    assert held(away["role"], away["board"]) == [away["seat_of"]]
    for each in cover["counterpart"]:
        assert not [
            seat for seat in SEATS if (seat["person"], seat["board"]) == (each["person"], each["board"])
        ]


def test_one_person_sits_for_several_agencies_and_one_has_left():
    now = {seat["agency"] for seat in SEATS if seat["person"] == "lorna_catterick" and not seat["ends_on"]}
    assert now == {"national_probation", "community_rehabilitation"}
    assert all(day(s["ends_on"]) < TODAY for s in SEATS if s["person"] == "desmond_fairlie")
