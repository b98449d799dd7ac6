"""Cycles, returns and answers of the example area hold together and tell the story they say they tell."""

import re
from collections import Counter
from datetime import date

import pytest

from tests.example_area.reading import (
    AGENCIES,
    CLOSED,
    CYCLES,
    HERE,
    LIVE,
    RETURNS,
    SCHOOLS,
    SEATS,
    SMALL,
    TODAY,
    answers,
    everything_answered,
    framework_of,
    has_role,
    toml,
    works_for,
)
from wholestory.assurance.definitions import form_of
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.rules.moderation import check_moderated_score, check_moderator
from wholestory.kernel.working_days import ENGLAND_AND_WALES
from wholestory.paperwork.definitions import Given, Nothing, Place, Sheet


@pytest.mark.parametrize("cycle", CYCLES)
def test_returns_are_answered_and_signed_by_those_who_may(cycle):
    framework = framework_of(cycle)
    standards = {standard.key for standard in framework.standards}
    for agency, each in RETURNS[cycle].items():
        if "started_on" in each:
            assert has_role(each["answered_by"], agency, "agency_lead", each["started_on"]), agency
        if "signed_off_on" in each:
            assert has_role(each["signed_off_by"], agency, "signatory", each["signed_off_on"]), agency
        posts = [(one["post"], one["by"]) for one in each.get("signed_before", ())]
        for _post, person in posts:
            assert has_role(person, agency, "signatory", each["signed_before"][0]["on"]), agency
        if framework.signatures and "signed_off_on" in each:
            posts.append((each["signed_off_post"], each["signed_off_by"]))
            assert {post for post, _person in posts} == set(framework.signatures), agency
            assert len({person for _post, person in posts}) == len(posts), "two people"
        for standard, person in each.get("sections", {}).items():
            assert standard in standards
            assert works_for(person, agency, each["started_on"])
        for query in each.get("query", ()):
            assert query["item"] in framework.items
            assert query["asked_by"] == each["moderator"]


@pytest.mark.parametrize("cycle", CYCLES)
def test_moderators_sit_on_the_panel_and_never_judge_their_own(cycle):
    panel = {seat["person"] for seat in SEATS if seat["group"] == "moderation_panel"}
    for agency, each in RETURNS[cycle].items():
        if moderator := each.get("moderator"):
            assert moderator in panel
            check_moderator(
                moderator_agencies={s["agency"] for s in SEATS if s["person"] == moderator},
                return_agency=agency,
            )


@pytest.mark.parametrize("cycle", CYCLES)
def test_the_dates_of_a_return_follow_one_another(cycle):
    order = (
        "issued_on",
        "extended_on",
        "started_on",
        "signed_off_on",
        "moderated_on",
        "released_on",
        "replied_on",
    )
    for agency, each in RETURNS[cycle].items():
        dates = [each[key] for key in order if key in each]
        beside = [each[key] for key in ("refused_on",) if key in each]
        beside += [
            one["on"] for key in ("more_time", "comment", "signed_before") for one in each.get(key, ())
        ]
        beside += [each["panel"][key] for key in ("planned_on", "sent_on") if "panel" in each]
        assert all(each["issued_on"] <= on <= TODAY and ENGLAND_AND_WALES.is_working(on) for on in beside)
        assert dates == sorted(dates), agency
        assert max(dates) <= TODAY
        for on in dates:
            assert ENGLAND_AND_WALES.is_working(on), (agency, on)


def test_agencies_are_asked_once_or_not_at_all_and_were_there():
    for cycle, returns in RETURNS.items():
        head = toml(f"cycles/{cycle}.toml")
        left_out = head.get("not_asked", [])
        not_asked = [each["agency"] for each in left_out]
        assert len(returns) == len(head["return"])
        assert not set(not_asked) & set(returns)
        assert all(each["reason"] for each in left_out)
        for agency in [*returns, *not_asked]:
            assert AGENCIES[agency]["boards"]["peterborough"] <= head["opens_on"], agency
            assert AGENCIES[agency].get("ends_on", date.max) >= head["opens_on"], agency
    here = {
        key
        for key, agency in AGENCIES.items()
        if agency["boards"].get("peterborough", date.max) <= TODAY <= agency.get("ends_on", date.max)
    }
    live = toml(f"cycles/{LIVE}.toml")
    assert here == set(RETURNS[LIVE]) | {each["agency"] for each in live["not_asked"]}


def test_answers_can_be_stored():
    for cycle, agency, row in everything_answered():
        framework = framework_of(cycle)
        assert row["item"] in framework.items
        where = (cycle, agency, row["item"])
        if row["not_applicable"]:
            assert not any(row[column] for column in ("score", "moderated", "plan")), where
            continue
        framework.scale.point(row["score"])
        assert row["said"], where
        assert bool(row["shown"]) == framework.scored, where
        below = not framework.compliant.passes(row["score"])
        assert bool(row["plan"]) == bool(row["plan_due"]) == below, where
        if row["moderated"]:
            check_moderated_score(
                self_score=row["score"],
                moderated_score=row["moderated"],
                reason=row["moderation_reason"],
                scale=framework.scale,
            )
            assert row["moderation_reason"], where


def as_given(cycle, agency):
    """A return's answers as its form keeps them."""
    given = {}
    numeric = framework_of(cycle).scale.numeric
    for row in answers(cycle, agency):
        keys = item_keys(row["item"])
        if row["not_applicable"]:
            given[Place(keys.score)] = Given(nothing=Nothing.NOT_APPLICABLE, reason=row["not_applicable"])
            continue
        texts = {keys.said: "said", keys.shown: "shown", keys.plan: "plan", keys.plan_due: "plan_due"}
        given[Place(keys.score)] = Given(value=int(row["score"]) if numeric else row["score"])
        given |= {Place(key): Given(value=row[column]) for key, column in texts.items() if row[column]}
    return given


@pytest.mark.parametrize("cycle", CYCLES)
def test_a_signed_return_could_be_signed(cycle):
    framework = framework_of(cycle)
    form = form_of(framework.key, framework.version)
    for agency, each in RETURNS[cycle].items():
        if "signed_off_on" in each and each["stage"] != "nil":
            sheet = Sheet(form, as_given(cycle, agency))
            assert sheet.problems(each["signed_off_on"]) == (), agency


@pytest.mark.parametrize("cycle", CYCLES)
def test_a_signed_return_is_complete_and_one_in_progress_is_not(cycle):
    items = list(framework_of(cycle).items)
    for agency, each in RETURNS[cycle].items():
        answered = [row["item"] for row in answers(cycle, agency)]
        if each["stage"] in ("signed_off", "moderated", "released", "returned_with_query"):
            assert answered == items, agency
        elif each["stage"] == "in_progress":
            assert answered == [item for item in items if item in answered], agency
            assert 0 < len(answered) < len(items), agency
        else:
            assert not answered, agency


def test_nobody_answers_who_was_not_asked():
    for cycle, returns in RETURNS.items():
        assert {path.stem for path in (HERE / "answers" / cycle).glob("*.csv")} <= set(returns)


def test_what_is_still_true_was_true_before():
    said = {(agency, row["item"]): row for _c, agency, row in everything_answered() if _c == CLOSED}
    for cycle, agency, row in everything_answered():
        if row["still_true"]:
            assert cycle == LIVE
            before = said[agency, row["item"]]
            for column in ("score", "said", "shown", "not_applicable"):
                assert row[column] == before[column], (agency, row["item"])


def test_moderated_scores_only_where_somebody_moderated():
    for cycle, agency, row in everything_answered():
        if row["moderated"]:
            assert "moderated_on" in RETURNS[cycle][agency], agency


def test_no_child_is_named_and_no_slot_was_left_open():
    for _cycle, agency, row in everything_answered():
        text = " | ".join(row.values())
        assert not re.search(
            r"[{}]|[a-z]  [a-z]|\bour our\b|\b\d{2}/\d{2}/\d{4}\b|\b[A-Z]{2}\d{6}[A-Z]\b", text
        ), (
            agency,
            text,
        )


def test_the_live_cycle_stands_where_the_tour_needs_it():
    stages = Counter(each["stage"] for each in RETURNS[LIVE].values())
    assert stages == {
        "signed_off": 5,
        "moderated": 4,
        "in_progress": 5,
        "issued": 4,
        "nil": 1,
        "returned_with_query": 1,
    }
    waiting = {
        agency: each for agency, each in RETURNS[LIVE].items() if each["stage"] in ("issued", "in_progress")
    }
    overdue = {a for a, each in waiting.items() if each.get("extended_to", each["due_on"]) < TODAY}
    assert overdue == {"nene_rivers", "marshgate_college"}
    assert {a for a, each in waiting.items() if "extended_to" in each} == {"community_rehabilitation"}
    assert {a for a, each in RETURNS[LIVE].items() if "bounce" in each} == {"little_herons"}
    assert sum("released_on" in each for each in RETURNS[LIVE].values()) == 0


def test_today_is_the_day_of_the_letter_to_whoever_signs():
    for agency in ("nene_rivers", "marshgate_college"):
        each = RETURNS[LIVE][agency]
        assert ENGLAND_AND_WALES.after(each["due_on"], 10) == TODAY
        sent = [chase["rung"] for chase in each["chase"] if "rung" in chase]
        assert sent == ["before_28", "before_14", "before_7", "before_1", "chaser"]


def test_the_closed_cycle():
    stages = Counter(each["stage"] for each in RETURNS[CLOSED].values())
    assert stages == {"released": 17, "issued": 1}
    assert RETURNS[CLOSED]["copperbeech_homes"]["stage"] == "issued"


def test_a_school_signed_by_two_and_a_small_group_beside_one_that_refused():
    (school,) = RETURNS[SCHOOLS].values()
    assert (school["stage"], [one["post"] for one in school["signed_before"]]) == (
        "released",
        ["headteacher"],
    )
    assert framework_of(SCHOOLS).signatures == ("headteacher", "nominated governor")
    assert {agency: each["stage"] for agency, each in RETURNS[SMALL].items()} == {
        "kingfisher_youth": "released",
        "many_faiths": "refused",
    }
    assert not framework_of(SMALL).scored
    assert len(answers(SMALL, "kingfisher_youth")) == 12
    # An older cycle than the one under way, which My work and the tour take for the newest.
    assert max(RETURNS, key=lambda cycle: toml(f"cycles/{cycle}.toml")["opens_on"]) == LIVE


def test_one_panel_with_two_lines_of_enquiry_one_request_for_time_and_comments_of_the_agency():
    panels = {agency: each["panel"] for agency, each in RETURNS[LIVE].items() if "panel" in each}
    assert {agency: len(panel["line"]) for agency, panel in panels.items()} == {"wren_hollow": 2}
    assert toml(f"cycles/{LIVE}.toml")["has_panel"]
    for agency, panel in panels.items():
        assert panel["peer"] != agency
        assert not any(works_for(person, agency, panel["sent_on"]) for person in panel["members"])
        assert all(line["item"] in framework_of(LIVE).items for line in panel["line"])
    waiting = {agency: each["more_time"] for agency, each in RETURNS[LIVE].items() if "more_time" in each}
    assert {agency: len(asked) for agency, asked in waiting.items()} == {"community_rehabilitation": 1}
    said = [(agency, one) for agency, each in RETURNS[LIVE].items() for one in each.get("comment", ())]
    assert {one["item"] for _agency, one in said} == {"training_level", "central_record"}
    assert all(works_for(one["by"], agency, one["on"]) for agency, one in said)


def test_the_head_meets_last_times_answers():
    now = {row["item"]: row for row in answers(LIVE, "fenmarsh_academy")}
    assert len(answers(CLOSED, "fenmarsh_academy")) == 37
    assert [bool(row["still_true"]) for row in now.values()] == [True, True, False, True]


def test_the_score_to_lower_on_the_tour():
    (row,) = [row for row in answers(LIVE, "welland_bridge") if row["item"] == "training_level"]
    assert row["score"] == "3"
    assert "1,091 of 1,307" in row["said"]
    assert 100 * 1091 / 1307 < 90
    assert RETURNS[LIVE]["welland_bridge"]["moderator"] == "dilys_crane"
