"""The pages of a form. ``filling.Filling`` binds them to a room's own records."""

from wholestory.paperwork.views.autosave import here, save
from wholestory.paperwork.views.checking import check
from wholestory.paperwork.views.comments import comments
from wholestory.paperwork.views.comparing import compare
from wholestory.paperwork.views.copies import blank_excel, blank_word, excel_copy, word_copy
from wholestory.paperwork.views.load_check import load_check
from wholestory.paperwork.views.loading import load
from wholestory.paperwork.views.pages import page, take_out
from wholestory.paperwork.views.printing import blank_pdf, pdf, printed, printed_blank
from wholestory.paperwork.views.sent_back import says_back
from wholestory.paperwork.views.tasks import tasks

__all__ = [
    "blank_excel", "blank_pdf", "blank_word", "check", "comments", "compare", "excel_copy", "here", "load",
    "load_check", "page", "pdf", "printed", "printed_blank", "save", "says_back", "take_out", "tasks", "word_copy",
]  # fmt: skip
