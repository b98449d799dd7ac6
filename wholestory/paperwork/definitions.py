"""The door for everyone who writes a form: ``from wholestory.paperwork.definitions import Form, Page, ...``.

Pure Python, no Django: a definition loads in milliseconds and is tested without a database.
"""

from wholestory.paperwork.checks import Check, DateOrder, NotMoreThan, OneAnswered, RequiredWhen, SumIs
from wholestory.paperwork.conditions import All, Answered, Any, AnyOf, AtLeast, Condition, Is, IsNot, Not
from wholestory.paperwork.faults import CannotWork, Fault, faults_of
from wholestory.paperwork.form import Form, Page, Section
from wholestory.paperwork.given import (
    BLANK,
    DECLINED,
    NOT_APPLICABLE,
    NOT_ASKED,
    NOT_KNOWN,
    Allow,
    Given,
    Nothing,
    Place,
)
from wholestory.paperwork.partial_date import PartialDate
from wholestory.paperwork.questions.amounts import Number
from wholestory.paperwork.questions.base import NotThat, Question
from wholestory.paperwork.questions.calculated import Calculated
from wholestory.paperwork.questions.choosing import Choice, Choices, Option, Point, Scale, YesNo
from wholestory.paperwork.questions.elapsed import DaysBetween, YearsBetween
from wholestory.paperwork.questions.gridded import Grid, GridRow
from wholestory.paperwork.questions.naming import AgencyQ, File, PersonQ
from wholestory.paperwork.questions.repeating import Repeat
from wholestory.paperwork.questions.shaped import NhsNumber, Postcode, Time
from wholestory.paperwork.questions.when import TODAY, Date
from wholestory.paperwork.questions.working import Add, Fixed, Percentage, Ratio, Subtract, TotalOf, Working
from wholestory.paperwork.questions.writing import LongText, Text
from wholestory.paperwork.sealing import from_json, seal, to_json
from wholestory.paperwork.sheet import Problem, Progress, Sheet

__all__ = [
    "BLANK", "DECLINED", "NOT_APPLICABLE", "NOT_ASKED", "NOT_KNOWN", "TODAY", "Add", "AgencyQ", "All", "Allow",
    "Answered", "Any", "AnyOf", "AtLeast", "Calculated", "CannotWork", "Check", "Choice", "Choices", "Condition",
    "Date", "DateOrder", "DaysBetween", "Fault", "File", "Fixed", "Form", "Given", "Grid", "GridRow", "Is", "IsNot",
    "LongText", "NhsNumber", "Not", "NotMoreThan", "NotThat", "Nothing", "Number", "OneAnswered", "Option", "Page",
    "PartialDate", "Percentage", "PersonQ", "Place", "Point", "Postcode", "Problem", "Progress", "Question", "Ratio",
    "Repeat", "RequiredWhen", "Scale", "Section", "Sheet", "Subtract", "SumIs", "Text", "Time", "TotalOf", "Working",
    "YearsBetween", "YesNo", "faults_of", "from_json", "seal", "to_json",
]  # fmt: skip
