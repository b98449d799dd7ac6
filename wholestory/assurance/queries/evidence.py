"""The dates of the files and links that returns rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from wholestory.assurance.models import EvidenceUse
from wholestory.assurance.rules.freshness import Counted, Freshness, count, freshness
from wholestory.documents.models import EvidenceLink, newest_versions


def freshness_by_record(records: Iterable[UUID], today: date) -> dict[UUID, Counted]:
    """Each return's evidence counted by how fresh it is: three queries. A link has no dates, so it is undated."""
    wanted = list(records)
    pieces: dict[UUID, list[Freshness]] = defaultdict(list)
    files = newest_versions().filter(about__in=wanted).order_by()
    for about, document_on, review_on in files.values_list("about_id", "document_on", "review_on"):
        pieces[about].append(freshness(document_on, review_on, today))
    links = EvidenceLink.objects.filter(about__in=wanted, removed_at=None).order_by()
    for about in links.values_list("about_id", flat=True):
        pieces[about].append(Freshness.UNDATED)
    # Files chosen from an agency's list are among the files above.
    chosen = EvidenceUse.objects.filter(return_of__record__in=wanted, file=None, to_confirm=False).order_by()
    for about, document_on, review_on in chosen.values_list(
        "return_of__record_id", "document_on", "review_on"
    ):
        pieces[about].append(freshness(document_on, review_on, today))
    return {about: count(some) for about, some in pieces.items()}


def freshness_of(records: Iterable[UUID], today: date) -> Counted:
    """The evidence of all these returns together."""
    every: dict[str, int] = defaultdict(int)
    for one in freshness_by_record(records, today).values():
        for kind, number in one.counts.items():
            every[kind] += number
    return Counted(dict(every))
