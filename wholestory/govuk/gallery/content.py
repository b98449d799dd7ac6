"""Words, ways round and things that open."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpRequest

from wholestory.govuk.parts import Link, Pagination, Section, Tab, Task
from wholestory.govuk.parts.content import COLOURS, MEANINGS, Tag

TODAY = date(2016, 3, 14)

MARKDOWN = """
## What we ask

Tell us **how you know**, in your own words. Good evidence is:

- a policy with the date it was last read
- minutes of a meeting, or a *link* to [the page](https://www.example.org/policy)

| Standard | Evidence |
|---|---|
| 1.1 | Board minutes |
| 1.2 | <script>alert("never")</script> |
"""


def frame() -> dict[str, Any]:
    """What stands around every page of the gallery."""
    names = ("My work", "Section 11", "Actions", "Agencies", "Meetings")
    return {
        "navigation": [
            {"label": label, "url": f"#nav-{n}", "current": label == "Section 11"}
            for n, label in enumerate(names)
        ],
        "board_name": "Peterborough Safeguarding Children Board",
        "home_url": "/ui-components",
        "example_banner": {"today": TODAY},
        "acting_as": {"seat": "Business manager", "name": "Maren Oakley", "change_url": "#change"},
        "sign_out_url": "#sign-out",
        "footer_links": [
            {"label": "Accessibility statement", "url": "#accessibility"},
            {"label": "Who can see what", "url": "#who"},
            {"label": "Help", "url": "#help"},
        ],
    }


def show(request: HttpRequest) -> dict[str, Any]:
    """Everything in the page “Words and ways”."""
    return {
        "crumbs": [Link("Home", "/"), Link("Section 11", "#s11"), Link("Hollow Lane Academy", "")],
        "colours": sorted(COLOURS - {""}),
        "meanings": [Tag(meaning.replace("_", " ").capitalize(), meaning) for meaning in MEANINGS],
        "tasks": [
            Task("Leadership", "#1", Tag("Done", "done"), "8 questions"),
            Task("Safer recruitment", "#2", Tag("In progress", "in_progress"), "3 of 6 answered"),
            Task("Listening to children", "#3", Tag("Not started", "not_started")),
            Task("Sign and send", status="Cannot start yet", hint="All sections must be done first"),
        ],
        "sections": [
            Section(
                "Leadership and accountability", "Someone senior answers for safeguarding.", "Standard 1"
            ),
            Section("Safer recruitment", "Checks are made before a person begins.", "Standard 2", open=True),
        ],
        "tabs": [
            Tab("this-year", "This year", "Nine agencies have signed off."),
            Tab("last-year", "Last year", "All agencies answered."),
        ],
        "first_page": Pagination(1, 4, lambda number: f"?page={number}"),
        "middle_page": Pagination(7, 20, lambda number: f"?page={number}"),
        "uncounted": Pagination(3, None, lambda number: f"?page={number}", has_next=True),
        "markdown": MARKDOWN,
        "plain": "The first paragraph,\nwith a line break.\n\nThe second, with <b>no bold</b>.",
        "due_on": date(2016, 4, 29),
        "sent_at": datetime(2016, 3, 14, 15, 4, tzinfo=UTC),
    }


def done(request: HttpRequest) -> dict[str, Any]:
    """The end of a journey."""
    return {"reference": "SA-7F3K9Q"}
