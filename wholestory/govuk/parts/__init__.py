"""The parts a page is made of, as plain objects: made in Python or by a tag, drawn by their own template.

A part can stand anywhere a template shows a value, a table's cell included: `Row("Status", Tag("Overdue", "red"))`.
"""

from wholestory.govuk.parts.base import Part
from wholestory.govuk.parts.content import (
    Accordion,
    Banner,
    Details,
    Inset,
    Panel,
    Section,
    Tab,
    Tabs,
    Tag,
    WarningText,
)
from wholestory.govuk.parts.errors import ErrorSummary
from wholestory.govuk.parts.heat_map import HeatCell, HeatColumn, HeatMap, HeatRow
from wholestory.govuk.parts.moving import BackLink, Breadcrumbs, Button, Link, Pagination
from wholestory.govuk.parts.records import (
    AccessRecordLink,
    Event,
    MessagePreview,
    Progress,
    Timeline,
    WhoCanSee,
)
from wholestory.govuk.parts.rows import Column, Row, SummaryCard, SummaryList, Table, Task, TaskList

__all__ = [
    "AccessRecordLink",
    "Accordion",
    "BackLink",
    "Banner",
    "Breadcrumbs",
    "Button",
    "Column",
    "Details",
    "ErrorSummary",
    "Event",
    "HeatCell",
    "HeatColumn",
    "HeatMap",
    "HeatRow",
    "Inset",
    "Link",
    "MessagePreview",
    "Pagination",
    "Panel",
    "Part",
    "Progress",
    "Row",
    "Section",
    "SummaryCard",
    "SummaryList",
    "Tab",
    "Table",
    "Tabs",
    "Tag",
    "Task",
    "TaskList",
    "Timeline",
    "WarningText",
    "WhoCanSee",
]
