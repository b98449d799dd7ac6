"""“Download what I see” stands under every list, or it is said here why not."""

from __future__ import annotations

import ast
from pathlib import Path

HOUSE = Path(__file__).parents[2] / "wholestory"

#: Views with a list that has no download, and why.
LISTS_THAT_STAY = {
    "access/tokens/screens.py:tokens": "keys into the system, not records: who holds them is read on the screen",
    "assurance/views/results_shared.py:listed": "the report it belongs to is downloaded as PDF, Word, Excel and CSV",
    "assurance/views/results_shared.py:shown_as_asked": "the report is a file of one of those four kinds when asked",
    "govuk/gallery/listed.py:lists": "an invented list that shows the parts a page is made of",
}

#: Templates with a table of rows and no download, and why.
TABLES_THAT_STAY = {
    "access/templates/access/tokens.html": "keys into the system: see above",
    "access/templates/access/emergencies.html": "who had to break in and why is reviewed on the screen alone",
    "access/templates/access/refusals.html": "who is kept out of what is never taken out",
    "access/templates/access/explain.html": "one decision about one person, not a list",
    "access/templates/access/who_can_see.html": "who can see one record, which is true today only",
    "access/directory/templates/partners/agency.html": "its people are in the list of people, searched by its name",
    "access/directory/templates/partners/group.html": "its members are in the list of people, searched by its name",
    "access/directory/templates/partners/team_seats.html": "a dozen seats that are in the list of people",
    "access/directory/templates/partners/doubles.html": "entries to be joined: work to do, gone when it is done",
    "assurance/templates/assurance/interim_changes.html": "one return; its page has the Word and Excel copies",
    "assurance/templates/assurance/issue.html": "a form; “Who was asked” has the same agencies and the download",
    "assurance/templates/assurance/joint.html": "the boards of one round and their common figures",
    "assurance/templates/assurance/own_tools_columns.html": "the first rows of the officer's own file",
    "assurance/templates/assurance/own_tools_xlsform_new.html": "faults in the officer's own file",
    "assurance/templates/assurance/past_preview.html": "the first rows of the officer's own file",
    "child_deaths/templates/child_deaths/case.html": "the limits of one death, which its own page shows",
    "child_deaths/templates/child_deaths/find.html": "whom somebody looked for is not taken out",
    "child_deaths/templates/child_deaths/past/check.html": "what was read of the coordinator's own file",
    "child_deaths/templates/child_deaths/panel_report/_shown.html": "a finished report, taken as PDF and as Word",
    "child_deaths/templates/child_deaths/published_preview.html": "what was read of somebody's own file of figures",
    "child_deaths/templates/child_deaths/tell_preview.html": "what was read of the coordinator's own file",
    "indicators/templates/indicators/return_read.html": "a return before it is sent; its page has the Excel file of it",
    "my_work/templates/my_work/who_can_see_what.html": "a page that explains; it holds no record",
    "performance/templates/performance/_shown.html": "a finished report, taken as PDF and Word, its numbers as CSV",
    "performance/templates/performance/promise.html": "one promise; the list of all of them is downloaded",
    "pathways/templates/pathways/clock.html": "the days left out of one sum",
    "pathways/templates/pathways/days.html": "public holidays, as the government publishes them",
    "pathways/templates/pathways/rule.html": "what was found about one rule; the register is downloaded whole",
}
#: Parts of pages, forms and pages for programmers are no lists.
_NO_LISTS = ("govuk/", "paperwork/", "config/")


def _calls(node: ast.AST) -> set[str]:
    return {ast.unparse(each.func) for each in ast.walk(node) if isinstance(each, ast.Call)}


def _reached(node: ast.FunctionDef, functions: dict[str, ast.FunctionDef]) -> set[str]:
    """What a function calls, with what the functions beside it call on its behalf."""
    found: set[str] = set()
    to_do = [node]
    while to_do:
        new = _calls(to_do.pop()) - found
        found |= new
        to_do += [functions[name] for name in new if name in functions]
    return found


def _views_with_a_list() -> dict[str, set[str]]:
    """Every view that shows a list, with all it calls; the parts it is put together from belong to it."""
    found: dict[str, set[str]] = {}
    for path in sorted(HOUSE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if "ListPage(" not in source or path == HOUSE / "govuk" / "lists.py":
            continue
        functions = {node.name: node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
        for name, node in functions.items():
            calls = _reached(node, functions)
            if "ListPage" in calls and not name.startswith("_"):
                found[f"{path.relative_to(HOUSE)}:{name}"] = calls
    return found


def test_every_list_has_its_download() -> None:
    views = _views_with_a_list()
    without = {
        name
        for name, calls in views.items()
        if not any(call.endswith((".export", "download")) for call in calls)
    }
    assert len(views) > len(without) + 10
    assert without == set(LISTS_THAT_STAY)


def test_every_download_leaves_a_line_in_the_access_record() -> None:
    silent = {
        name
        for name, calls in _views_with_a_list().items()
        if name not in LISTS_THAT_STAY and not {"reading.listed", "ledger.line", "download"} & calls
    }
    assert not silent


def test_every_page_with_a_table_of_rows_offers_its_download() -> None:
    without = set()
    for path in sorted(HOUSE.rglob("templates/**/*.html")):
        name, source = str(path.relative_to(HOUSE)), path.read_text(encoding="utf-8")
        if name.startswith(_NO_LISTS):
            continue
        is_list = any(sign in source for sign in ("<table", "{% table ", "page.table"))
        if is_list and "download" not in source:
            without.add(name)
    assert without == set(TABLES_THAT_STAY)


def test_every_reason_is_a_sentence_somebody_can_judge() -> None:
    assert all(len(why.split()) > 4 for why in {**LISTS_THAT_STAY, **TABLES_THAT_STAY}.values())
