"""Files the system makes itself: every one says its marking, who made it and when.

Kept on the lowest floor because every room hands out tables and pages.
"""

from wholestory.kernel.generated.pdf import PageFault, render
from wholestory.kernel.generated.stamp import Marking, Stamp
from wholestory.kernel.generated.tables import as_csv, as_excel

__all__ = ["Marking", "PageFault", "Stamp", "as_csv", "as_excel", "render"]
