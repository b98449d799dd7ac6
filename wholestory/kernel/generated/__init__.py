"""Files the system makes itself: every one says its marking, who made it and when.

Kept on the lowest floor because every room hands out pages. Lists as CSV and Excel are ``govuk.downloads``' business.
"""

from wholestory.kernel.generated.pdf import PageFault, picture, render, typeset
from wholestory.kernel.generated.stamp import Marking, Stamp

__all__ = ["Marking", "PageFault", "Stamp", "picture", "render", "typeset"]
