"""Reading: every shape senders give the file, and every file that must be refused."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from tests.indicators.child_level.samples import (
    broken,
    census,
    child,
    counted,
    el,
    episode,
    parts,
    plan,
    run,
    written,
)
from wholestory.indicators.child_level.census.run import Expected, work
from wholestory.indicators.child_level.findings import Refused
from wholestory.indicators.child_level.limits import Limits


def test_a_child_with_nothing_wrong(tmp_path: Path) -> None:
    outcome = run(tmp_path, child(episode()))
    assert broken(outcome) == set()
    assert counted(outcome, "REF-1") == (1, None)
    assert outcome.header.authority == "874"


OLD = (
    "<LAchildID>A1</LAchildID><PersonBirthDate>2015-06-01</PersonBirthDate><GenderCurrent>{}</GenderCurrent>"
)


@pytest.mark.parametrize(("sent", "label"), [("1", "M"), ("2", "F"), ("0", "U"), ("9", "U")])
def test_the_older_gender_is_read_as_sex(tmp_path: Path, sent: str, label: str) -> None:
    outcome = run(tmp_path, child(episode(), identifiers=OLD.format(sent)))
    assert broken(outcome) == set()
    assert parts(outcome, "REF-1", "sex") == {label: 1}


def test_an_older_gender_that_is_no_code(tmp_path: Path) -> None:
    assert broken(run(tmp_path, child(episode(), identifiers=OLD.format("5")))) == {"4180"}


@pytest.mark.parametrize(("sent", "referrals"), [("1", 1), ("true", 1), ("TRUE", 1), ("0", 0), ("False", 0)])
def test_answers_in_every_form(tmp_path: Path, sent: str, referrals: int) -> None:
    outcome = run(tmp_path, child(episode(nfa=sent)))
    assert counted(outcome, "REF-3") == (referrals, 1)


@pytest.mark.parametrize("sent", [" 2024-06-03 ", "2024-06-03T00:00:00", "2024-06-03 09:30", "\n2024-06-03Z"])
def test_dates_with_blanks_a_time_or_a_zone(tmp_path: Path, sent: str) -> None:
    assert counted(run(tmp_path, child(episode(sent))), "REF-1") == (1, None)


@pytest.mark.parametrize("sent", ["2024-02-30", "03/06/2024", "3 June 2024", "24-06-03", "45446", "2024-6-3"])
def test_what_is_no_date_is_told_and_left_out(tmp_path: Path, sent: str) -> None:
    outcome = run(tmp_path, child(episode(sent)), child(episode(), id="A2"))
    (found,) = [one for one in outcome.findings if one.rule == "PB-01"]
    assert (found.value, found.field, found.child, found.line) == (sent, "CINreferralDate", "A1", 3)
    assert counted(outcome, "REF-1") == (1, None)
    assert next(one for one in outcome.figures if one.id == "REF-1").left_out == 1


def test_reviews_in_one_group_or_in_many(tmp_path: Path) -> None:
    together = plan("2024-06-03", "", "2024-08-01", "2025-01-06")
    apart = together.replace(
        "</CPPreviewDate><CPPreviewDate>", "</CPPreviewDate></Reviews><Reviews><CPPreviewDate>"
    )
    assert together != apart
    for sent in (together, apart):
        outcome = run(tmp_path, child(episode("2024-06-01", sent)))
        assert counted(outcome, "CPP-7") == (1, 1)


def test_a_conference_with_the_episode_counts_like_one_with_an_enquiry(tmp_path: Path) -> None:
    outcome = run(tmp_path, child(episode(conference="2024-07-01")))
    assert counted(outcome, "ICPC-1") == (1, None)
    assert counted(outcome, "ICPC-2") == (0, 1)


def test_stray_text_comments_and_unknown_elements_are_passed_over_with_a_warning(tmp_path: Path) -> None:
    odd = child(episode()).replace("<UPNunknown>", "stray<!-- seen --><Nickname>x</Nickname><UPNunknown>")
    outcome = run(tmp_path, odd)
    assert broken(outcome) == {"XML-1", "XML-2", "XML-5"}
    assert outcome.findings.errors == 0
    assert counted(outcome, "REF-1") == (1, None)


def test_a_comment_inside_a_value_does_not_cut_it(tmp_path: Path) -> None:
    outcome = run(tmp_path, child(episode("2024-<!-- no -->06-03")))
    assert counted(outcome, "REF-1") == (1, None)


def test_an_element_twice_is_told_and_the_first_taken(tmp_path: Path) -> None:
    twice = child(episode()).replace(
        "<ReferralSource>", "<ReferralSource>9</ReferralSource><ReferralSource>", 1
    )
    outcome = run(tmp_path, twice)
    assert broken(outcome) == {"XML-3"}
    assert parts(outcome, "REF-1", "source") == {"9": 1}


def test_a_group_of_a_later_year_is_passed_over(tmp_path: Path) -> None:
    group = el("PreProceedingsandFGDM", el("PPStartDate", "2024-09-09"))
    assert broken(run(tmp_path, child(episode("2024-06-03", group)))) == {"XML-2"}
    assert broken(run(tmp_path, child(episode("2026-06-03", group)), year=2027)) == set()


def test_a_namespace_changes_nothing(tmp_path: Path) -> None:
    text = census(child(episode())).replace("<Message>", '<Message xmlns="urn:a">')
    assert counted(work(written(tmp_path, text)), "REF-1") == (1, None)


NAMED = '<?xml version="1.0" encoding="{}"?>'


@pytest.mark.parametrize(
    ("named", "real", "told"),
    [
        ("", "utf-8", False),
        ("utf-8", "utf-8-sig", False),
        ("utf-16", "utf-16", False),
        ("windows-1252", "windows-1252", False),
        ("iso-8859-1", "iso-8859-1", False),
        ("utf-8", "windows-1252", True),
        ("utf-16", "utf-8", True),
        ("utf-16", "utf-16-le", False),
        ("utf-16", "utf-16-be", False),
        ("us-ascii", "utf-8", False),
    ],
)
def test_encodings(tmp_path: Path, named: str, real: str, told: bool) -> None:
    text = (NAMED.format(named) if named else "") + census(child(episode(source="é")))
    outcome = work(written(tmp_path, text.encode(real)))
    (source,) = [one for one in outcome.findings if one.rule == "8866"]
    assert source.value == "é"
    assert ("XML-4" in broken(outcome)) is told


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("   \n ", "blanks"),
        ("CHILD,DOB\n1,2", "no XML"),
        ("PK\x03\x04 archive", "zip archive"),
        ("<Other/>", "no child"),
        (census(), "no child"),
        (census(child(episode())).replace("Message", "Return"), "begin with Message"),
        (census(child(episode())).replace(">CIN<", ">CLA<"), "another collection"),
        (census(child(episode()))[:-60], "cut short"),
        (census(child(episode())).replace("</Sex>", "</Sax>"), "broken"),
        (BOMB + census(child(episode())), "document type"),
        (OUTSIDE + census(child(episode())), "document type"),
        (NAMED.format("klingon") + census(child(episode())), "encoding"),
        (census(child(episode()), reference="").replace("<Year>2025", "<Year>"), "neither"),
    ],
)
def test_files_that_are_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        work(written(tmp_path, text))
    assert said in str(refused.value)
    assert refused.value.file == "census.xml"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be opened"):
        work(tmp_path / "nothing.xml")


def test_where_the_xml_breaks_is_told(tmp_path: Path) -> None:
    text = census(child(episode()), child(episode(), id="A2").replace("</Sex>", "</Sax>"))
    with pytest.raises(Refused) as refused:
        work(written(tmp_path, text))
    assert refused.value.line == 4


@pytest.mark.parametrize("expected", [Expected("201"), Expected(year=2024)])
def test_another_authority_or_year_is_refused(tmp_path: Path, expected: Expected) -> None:
    path = written(tmp_path, census(child(episode())))
    with pytest.raises(Refused) as refused:
        work(path, expected=expected)
    assert refused.value.rule == "PB-05"


def test_the_same_file_again_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, census(child(episode())))
    seen = frozenset({work(path).sha256})
    with pytest.raises(Refused, match="loaded before"):
        work(path, expected=Expected(seen=seen))


def test_a_file_that_is_too_long_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, census(child(episode())))
    with pytest.raises(Refused, match="at most 0 MB"):
        work(path, limits=Limits(bytes=100))


def test_a_record_that_never_ends_is_refused_in_little_memory(tmp_path: Path) -> None:
    start, _, end = census(child(episode())).partition("<UPNunknown>")
    path = tmp_path / "census.xml"
    with path.open("w") as out:
        out.write(start)
        for _ in range(40):
            out.write("<UPN>T874211000035</UPN>\n" * 10_000)
        out.write("<UPNunknown>" + end)
    tracemalloc.start()
    with pytest.raises(Refused, match="belong to no child or to one"):
        work(path, limits=Limits(one_record=500_000))
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    deep = "<a>" * 5_000 + "</a>" * 5_000
    with pytest.raises(Refused):
        work(written(tmp_path, census(child(episode()) + deep)))


def test_line_numbers_stay_right_far_down(tmp_path: Path) -> None:
    many = [child(episode(), id=f"A{n}") for n in range(3)]
    text = census(*many).replace("<Children>", "<Children>" + "\n" * 70_000)
    text = text.replace("<LAchildID>A2<", "<LAchildID>A-2<")
    outcome = work(written(tmp_path, text))
    (found,) = [one for one in outcome.findings if one.rule == "1580"]
    assert found.line == 70_005
