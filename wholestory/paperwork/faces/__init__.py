"""The face of each question type on a page: its fields, what they show, and what is read from them.

Everything is read without judging: a face never refuses. What cannot be understood is kept as it was typed.
"""

from __future__ import annotations

from wholestory.paperwork.faces.base import Face, Offers
from wholestory.paperwork.faces.boxes import DateFace, FileFace, NamedFace, NumberFace, RepeatFace
from wholestory.paperwork.faces.calculated import CalculatedFace
from wholestory.paperwork.faces.choices import ChoicesFace, OneOfFace, ScaleFace
from wholestory.paperwork.faces.gridded import GridFace
from wholestory.paperwork.faces.shaped import NhsNumberFace, PostcodeFace, TimeFace
from wholestory.paperwork.faces.words import LongTextFace, TextFace
from wholestory.paperwork.given import Place
from wholestory.paperwork.questions.amounts import Number
from wholestory.paperwork.questions.base import Question
from wholestory.paperwork.questions.calculated import Calculated
from wholestory.paperwork.questions.choosing import Choice, Choices, Scale, YesNo
from wholestory.paperwork.questions.gridded import Grid
from wholestory.paperwork.questions.naming import AgencyQ, File, PersonQ
from wholestory.paperwork.questions.repeating import Repeat
from wholestory.paperwork.questions.shaped import NhsNumber, Postcode, Time
from wholestory.paperwork.questions.when import Date
from wholestory.paperwork.questions.writing import LongText, Text

__all__ = ["FACES", "Face", "Offers", "face_of"]

FACES: dict[type[Question], type[Face]] = {
    Text: TextFace,
    LongText: LongTextFace,
    YesNo: OneOfFace,
    Choice: OneOfFace,
    Choices: ChoicesFace,
    Scale: ScaleFace,
    Date: DateFace,
    Number: NumberFace,
    PersonQ: NamedFace,
    AgencyQ: NamedFace,
    File: FileFace,
    Repeat: RepeatFace,
    Time: TimeFace,
    NhsNumber: NhsNumberFace,
    Postcode: PostcodeFace,
    Grid: GridFace,
    Calculated: CalculatedFace,
}


def face_of(question: Question, place: Place, offers: Offers) -> Face:
    """The face of a question at a place."""
    return FACES[type(question)](question, place, offers)
