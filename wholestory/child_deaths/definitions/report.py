"""The report every agency is asked for: Form B of 2015, and the reporting forms of 2019, April 2021 and April 2022.

What changed: in 2021 questions about poverty and about barriers to services came in; in 2022 height, weight and the
mother's body mass index, and bereavement support as a question of its own. An answer to a question that was withdrawn
is kept and shown with its form's version.
"""

from __future__ import annotations

from wholestory.child_deaths.definitions.asking import ONLY_WHAT_YOU_HOLD, Edition
from wholestory.child_deaths.definitions.report_child import child_page
from wholestory.child_deaths.definitions.report_death import identity_page, summary_page
from wholestory.child_deaths.definitions.report_family import family_pages
from wholestory.child_deaths.definitions.report_services import services_page
from wholestory.paperwork.definitions import DateOrder, Form

_INTRO = (
    ONLY_WHAT_YOU_HOLD
    + "\n\nIf your agency knows nothing of the child or the family, say so on the page before: you need"
    " not open this form. Thank you for doing this. It is about a child who died, and it can be hard to write."
)


def report(edition: Edition, version: int) -> Form:
    """The report of an edition."""
    name = "Child death reporting form" if edition.is_current else "Agency report of a child’s death (Form B)"
    return Form(
        "report" if edition.is_current else "report_2015", version, name,
        (
            identity_page(edition),
            summary_page(edition),
            child_page(edition),
            *family_pages(edition),
            services_page(edition),
        ),
        intro=_INTRO,
        checks=(DateOrder("born_on", "died_on", message="The date of death must not be before the date of birth"),),
    )  # fmt: skip


REPORT_2015 = report(Edition.FORMS_2015, 1)
REPORTS = (
    report(Edition.APRIL_2019, 1), report(Edition.APRIL_2021, 2), report(Edition.APRIL_2022, 3)
)  # fmt: skip
