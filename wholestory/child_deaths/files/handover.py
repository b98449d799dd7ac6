"""The file that goes with a case to another panel: a PDF locked with a password that is told by another way."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader, PdfWriter

from wholestory.child_deaths.models import Transfer
from wholestory.child_deaths.queries.notified import said_in
from wholestory.kernel.generated import Stamp, render

_SOURCE = """
#for line in data.said [#par(line)]
#for message in data.messages {
  heading(level: 1, message.title)
  table(
    columns: (1fr, 2fr), inset: 4pt, stroke: 0.5pt + gray,
    table.header([*Question*], [*Answer, as it came*]),
    ..message.rows.flatten().map(c => [#c])
  )
}
"""


def locked_pdf(transfer: Transfer, *, password: str, stamp: Stamp) -> bytes:
    """What was handed over, as an accessible PDF encrypted with AES-256. ``password`` opens it; it is kept nowhere."""
    parts = transfer.parts
    data = {
        "said": [
            f"From {transfer.from_panel.name} to {transfer.to_panel.name}.",
            f"Reference of the case at the sender: {parts.get('reference', '')}.",
            *([transfer.words] if transfer.words else []),
        ],
        "messages": [
            {
                "title": f"Message {number}, first received {one['received_at'][:10]}",
                "rows": [[label, words] for label, words in said_in(one["answers"])],
            }
            for number, one in enumerate(parts.get("messages", []), 1)
        ],
    }
    plain = render(_SOURCE, data, stamp=stamp, title=f"Case handed over: {transfer.record.reference}")
    writer = PdfWriter(clone_from=PdfReader(BytesIO(plain)))
    writer.encrypt(user_password=password, algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
