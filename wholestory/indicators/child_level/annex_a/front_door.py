"""Contacts, early help, referrals and assessments, from lists 1 to 4 and 6 to 7."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from wholestory.indicators.child_level.annex_a.counting import Counting, figure
from wholestory.indicators.child_level.annex_a.reader import Row
from wholestory.indicators.child_level.counts import NOT_KNOWN, PEOPLE, Item, children_among, children_of
from wholestory.indicators.child_level.window import twelve_months_before

PARTIAL = "partial_look_back"
BANDS = ((0, "same day"), (10, "1-10"), (20, "11-20"), (30, "21-30"), (40, "31-40"), (45, "41-45"), (50, "46-50"),
         (60, "51-60"))  # fmt: skip


def _days_by_child(rows: list[Row], key: str) -> dict[bytes | None, list[date]]:
    days: dict[bytes | None, list[date]] = defaultdict(list)
    for row in rows:
        if day := row.get(key):
            days[row.child].append(day)
    return days


def referrals(counting: Counting) -> list[tuple[Row, date]]:
    """Referrals of the period, one for each child and day."""
    seen: set[tuple[bytes | None, date]] = set()
    found = []
    for row, day in counting.in_window(3, "referred_on"):
        if (row.child, day) not in seen:
            seen.add((row.child, day))
            found.append((row, day))
    return found


@figure("CON-1", "CON-1c", needs=((1, "contact_on"),))
def contacts(counting: Counting) -> None:
    """Contacts in the period, and the children they were about."""
    items = [
        counting.item(row, day, source_group=row.get("source"))
        for row, day in counting.in_window(1, "contact_on")
    ]
    by = ("source_group", *PEOPLE)
    left_out = counting.left_out(1, "contact_on")
    counting.counts.tally("CON-1", items, by=by, left_out=left_out)
    counting.counts.tally("CON-1c", children_of(items), left_out=left_out)


@figure("CON-2", needs=((1, "contact_on"), (3, "referred_on")))
def contacts_to_referrals(counting: Counting) -> None:
    """Contacts followed by a referral of the same child."""
    within = counting.settings.referral_within_days
    days = _days_by_child(counting.rows(3), "referred_on")
    every: list[Item] = []
    led: list[Item] = []
    for row, day in counting.in_window(1, "contact_on"):
        item = counting.item(row, day, source_group=row.get("source"))
        every.append(item)
        if any(0 <= (referred - day).days <= within for referred in days[row.child]):
            led.append(item)
    note = f"A referral of the child on the day of the contact or within {within} days after it: a local definition."
    left_out = counting.left_out(1, "contact_on") + counting.left_out(3, "referred_on")
    counting.counts.tally(
        "CON-2", led, of=every, by=("source_group", *PEOPLE), left_out=left_out, notes=(note,)
    )


@figure("REF-1", "REF-1c", "REF-2", "REF-2c", "REF-5", needs=((3, "referred_on"),))
def referrals_of_the_period(counting: Counting) -> None:
    """Referrals, the children, and those who had been referred in the twelve months before."""
    left_out = counting.left_out(3, "referred_on")
    found = referrals(counting)
    days = _days_by_child(counting.rows(3), "referred_on")
    items, again = [], []
    for row, day in found:
        items.append(counting.item(row, day, source_group=row.get("source")))
        if any(twelve_months_before(day) <= earlier < day for earlier in days[row.child]):
            again.append(items[-1])
    counts = counting.counts
    counts.tally("REF-1", items, left_out=left_out)
    sent = [item for item in items if item.parts["source_group"] != NOT_KNOWN]
    counts.tally("REF-5", sent, of=items, by=("source_group",), left_out=left_out, whole=("source_group",))
    counts.tally("REF-1c", children_of(items), left_out=left_out)
    counts.tally("REF-2", again, of=items, by=("source_group", *PEOPLE), left_out=left_out, marks=(PARTIAL,))
    counts.tally("REF-2c", children_among(items, again), of=children_of(items), by=(), left_out=left_out,
          marks=(PARTIAL,))  # fmt: skip


@figure("REF-2s", needs=((3, "referred_on"), (3, "number")))
def rereferrals_as_sent(counting: Counting) -> None:
    """Re-referrals as the council's own column has them, beside ours."""
    known = [(row, day) for row, day in referrals(counting) if row.get("number") is not None]
    items = {row.line: counting.item(row, day) for row, day in known}
    again = [items[row.line] for row, _ in known if row.get("number") >= 1]
    left_out = counting.left_out(3, "referred_on", "number")
    counting.counts.tally("REF-2s", again, of=list(items.values()), by=(), left_out=left_out)


@figure("REF-3", needs=((3, "referred_on"), (3, "no_further_action")))
def no_further_action(counting: Counting) -> None:
    """Referrals that ended in no further action."""
    known = [(row, counting.item(row, day)) for row, day in referrals(counting)]
    nothing = [item for row, item in known if row.get("no_further_action") == "yes"]
    counting.counts.tally("REF-3", nothing, of=[item for _, item in known],
          left_out=counting.left_out(3, "referred_on"))  # fmt: skip


def _band(days: int | None) -> str | None:
    if days is None:
        return None
    return next((band for most, band in BANDS if days <= most), "61+")


@figure(
    "ASM-1", "ASM-2", "ASM-2t", "ASM-3", "ASM-4", "ASM-4o", needs=((4, "started_on"), (4, "authorised_on"))
)
def assessments(counting: Counting) -> None:
    """Assessments completed in the period and in 45 working days, and those still open."""
    left_out = counting.left_out(4, "authorised_on")
    done = []
    for row, day in counting.in_window(4, "authorised_on"):
        took = counting.lasted(row.get("started_on"), day)
        done.append((took, counting.item(row, day, band=_band(took))))
    every = [item for _, item in done]
    counts = counting.counts
    no_clock = sum(took is None for took, _ in done)
    note = (f"{no_clock} have no start that comes before their end.",) if no_clock else ()
    counts.tally("ASM-1", every, left_out=left_out)
    in_time = [item for took, item in done if took is not None and took <= 45]
    timed = [item for took, item in done if took is not None]
    counts.tally("ASM-2", in_time, of=every, by=("band", *PEOPLE), left_out=left_out, notes=note)
    counts.tally("ASM-2t", in_time, of=timed, by=(), left_out=left_out)
    counts.tally(
        "ASM-3",
        timed,
        by=("band",),
        left_out=left_out,
        lengths=[took for took, _ in done if took is not None],
    )
    end = counting.end
    waiting = [
        (counting.lasted(row.get("started_on"), end), counting.item(row, end))
        for row in counting.open_at_end(4, "authorised_on")
    ]
    left_out = counting.left_out(4, "started_on", "authorised_on")
    still = [item for _, item in waiting]
    late = [item for took, item in waiting if took is not None and took > 45]
    counts.tally("ASM-4", still, left_out=left_out, lengths=[took for took, _ in waiting if took is not None])
    counts.tally("ASM-4o", late, of=still, left_out=left_out)


@figure("EH-1", "EH-1e", "EH-1o", needs=((2, "started_on"), (2, "completed_on")))
def early_help(counting: Counting) -> None:
    """Early help assessments begun and finished in the period, and open at its end."""
    by = ("lead_organisation", *PEOPLE)
    for indicator, key in (("EH-1", "started_on"), ("EH-1e", "completed_on")):
        items = [
            counting.item(row, day, lead_organisation=row.get("organisation"))
            for row, day in counting.in_window(2, key)
        ]
        counting.counts.tally(indicator, items, by=by, left_out=counting.left_out(2, key))
    end = counting.end
    still = [
        counting.item(row, end, lead_organisation=row.get("organisation"))
        for row in counting.open_at_end(2, "completed_on")
    ]
    left_out = counting.left_out(2, "started_on", "completed_on")
    counting.counts.tally("EH-1o", still, by=by, left_out=left_out)


@figure(
    "EH-2", needs=((2, "started_on"), (2, "completed_on"), (6, "ended_on"), (6, "reason"), (7, "ended_on"))
)
def stepped_down(counting: Counting) -> None:
    """Closures to early help and plans that ended, followed by early help."""
    within = timedelta(days=counting.settings.early_help_within_days)
    starts = _days_by_child(counting.rows(2), "started_on")
    every, went = [], []
    closed = [(row, day) for row, day in counting.in_window(6, "ended_on") if row.get("reason") == "RC9"]
    for row, day in (*closed, *counting.in_window(7, "ended_on")):
        every.append(counting.item(row, day))
        if any(day <= start <= day + within for start in starts[row.child]):
            went.append(every[-1])
    note = f"Early help begun on the day or within {within.days} days after it: a local definition."
    left_out = counting.left_out(2, "started_on") + counting.left_out(6, "ended_on", "reason")
    counting.counts.tally("EH-2d", went, of=every, left_out=left_out, notes=(note,))


@figure("EH-2u", needs=((2, "started_on"), (2, "completed_on"), (3, "referred_on")))
def stepped_up(counting: Counting) -> None:
    """Referrals of children who had early help open at the time."""
    helped: dict[bytes | None, list[Row]] = defaultdict(list)
    for row in counting.rows(2):
        helped[row.child].append(row)
    every, up = [], []
    for row, day in referrals(counting):
        every.append(counting.item(row, day))
        if any(_had_open(one, day) for one in helped[row.child]):
            up.append(every[-1])
    left_out = counting.left_out(2, "started_on", "completed_on") + counting.left_out(3, "referred_on")
    counting.counts.tally("EH-2u", up, of=every, left_out=left_out)


def _had_open(row: Row, day: date) -> bool:
    start, done = row.get("started_on"), row.get("completed_on")
    return bool(start and start <= day and "completed_on" not in row.spoilt and not (done and done < day))
