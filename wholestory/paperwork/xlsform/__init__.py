"""XLSForm, the interchange format of survey programs: a workbook comes in as a form, and a form goes out as one.

``read_workbook(bytes, name)`` gives a ``Reading``; ``write_workbook(form)`` gives the workbook and a ``Report``. Pure
Python, no Django: neither asks who may, which is for whoever calls them.
"""

from wholestory.paperwork.xlsform.findings import Finding, Spot, together
from wholestory.paperwork.xlsform.reading import Reading, read_workbook
from wholestory.paperwork.xlsform.report import Report, Unseen
from wholestory.paperwork.xlsform.writing import CannotWrite, write_workbook

__all__ = [
    "CannotWrite",
    "Finding",
    "Reading",
    "Report",
    "Spot",
    "Unseen",
    "read_workbook",
    "together",
    "write_workbook",
]
