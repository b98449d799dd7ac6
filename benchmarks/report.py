"""The figures as tables: on the terminal, and in docs/reference/performance.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import report_deaths, report_files
from benchmarks.shown import aim, ms, table

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
PAGE_AIM, SAVE_AIM, QUERIES_AIM, SECURITY_AIM = 100, 50, 12, 1.10
RESULTS_AIM, WORKBOOK_AIM = 150, 10


def write(path: Path, figures: dict[str, Any]) -> None:
    """Put the tables between the marks. Raises ValueError when the document has none."""
    text = path.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        raise ValueError(f"{path} has no place for the figures: {BEGIN} … {END}")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n{tables(figures)}\n{END}{after}", encoding="utf-8")


def tables(figures: dict[str, Any]) -> str:
    """Everything there is figures for, as Markdown."""
    one = figures["machine"]
    lines = [
        f"Measured on {one['cores']} cores ({one['processor']}), {one['memory_gb']} GB, {one['system']},"
        f" Python {one['python']}, the embedded PostgreSQL with every commit synced.",
        "",
    ]
    for name, write_one in PARTS.items():
        if name in figures:
            part = figures[name]
            lines += [*write_one(part["figures"]), ""]
            lines += [_busy(part["load"], part["on"], one["cores"]), ""]
    return "\n".join(lines).strip()


def _busy(load: float, on: str, cores: int) -> str:
    busy = "; other work shared the cores, so quiet figures are better" if load > cores else ""
    return f"Measured on {on} at a load of {load:g}{busy}."


def _pages(found: dict[str, Any]) -> Iterator[str]:
    for title, key in (
        ("The ten commonest pages", "commonest"),
        ("Heavier pages", "heavier"),
    ):
        yield f"### {title}"
        yield ""
        yield from table(
            ("page", "p50 ms", "p95 ms", "of it processor: ours", "PostgreSQL", "queries"),
            [
                (
                    row["page"], ms(row["p50"]), aim(row["p95"], PAGE_AIM, ms(row["p95"])),
                    ms(row["own"]), ms(row["database"]),
                    aim(row["queries"], QUERIES_AIM, str(row["queries"])),
                )
                for row in found[key]
            ],
        )  # fmt: skip
        yield ""


def _results(found: list[dict[str, Any]]) -> Iterator[str]:
    yield "### Pages of results: 600 agencies, 40 items, four cycles"
    yield ""
    yield from table(
        (
            "page", "p50 ms", "p95 ms", "of it processor: ours", "PostgreSQL", "queries", "for 40 agencies, p50 ms",
            "ratio",
        ),
        [
            (
                row["page"], ms(row["p50"]), aim(row["p95"], RESULTS_AIM, ms(row["p95"])), ms(row["own"]),
                ms(row["database"]), _same(row["queries"], row["queries_small"]), ms(row["small"]),
                f"{row['ratio']:.1f}",
            )
            for row in found
        ],
    )  # fmt: skip


def _same(queries: int, fewer: int) -> str:
    """How many queries; where forty agencies ask fewer, that too."""
    return str(queries) if queries <= fewer else f"**{queries}** ({fewer} for 40)"


def _workbook(found: dict[str, Any]) -> Iterator[str]:
    yield "### The workbook of a whole cycle, in the background"
    yield ""
    yield from table(
        ("returns", "fastest, s", "slowest, s", "of it processor: ours", "PostgreSQL", "kB"),
        [
            (
                str(row["returns"]), f"{row['fastest']:.1f}",
                aim(row["slowest"], WORKBOOK_AIM, f"{row['slowest']:.1f}"), f"{row['own']:.1f}",
                f"{row['database']:.1f}", f"{row['kilobytes']:,}",
            )
            for row in (found["large"], found["small"])
        ],
    )  # fmt: skip
    yield ""
    yield f"{found['more_returns']:.1f} times the returns take {found['ratio']:.1f} times as long."


def _row_security(found: dict[str, Any]) -> Iterator[str]:
    yield "### Row-level security on against off"
    yield ""
    yield from table(
        ("page", "who", "on ms", "off ms", "ratio"),
        [
            (
                row["page"] + ("" if row["same"] else " (off shows more)"), row["who"], ms(row["on"]), ms(row["off"]),
                aim(row["ratio"], SECURITY_AIM, f"{row['ratio']:.2f}"),
            )
            for row in found["pages"]
        ],
    )  # fmt: skip
    yield ""
    yield from table(
        ("query alone", "who", "on ms", "off ms", "ratio"),
        [
            (row["query"], row["who"], f"{row['on']:.2f}", f"{row['off']:.2f}", f"{row['ratio']:.2f}")
            for row in found["queries"]
        ],
    )
    yield ""
    stated = "; ".join(
        f"{row['who']} ({row['circles']} circles) {row['milliseconds']:.2f} ms" for row in found["stating"]
    )
    yield f"Working out who may see what, once in each request: {stated}."


def _heat_map(found: list[dict[str, Any]]) -> Iterator[str]:
    yield "### The heat map of 600 agencies by nine standards"
    yield ""
    yield from table(
        ("as", "p50 ms", "slowest ms", "kB"),
        [(row["form"], ms(row["p50"]), ms(row["slowest"]), f"{row['kilobytes']:,}") for row in found],
    )


def _issuing(found: dict[str, Any]) -> Iterator[str]:
    yield "### Issuing a cycle"
    yield ""
    yield from table(
        ("agencies", "issued, ms", "invitations written, ms", "queries"),
        [
            (str(row["agencies"]), ms(row["issued"]), ms(row["invited"]), str(row["queries"]))
            for row in (found["all"], found["tenth"])
        ],
    )


def _drafts(found: dict[str, Any]) -> Iterator[str]:
    alone, burst, typing = found["alone"], found["at_once"], found["typing"]
    yield f"### {found['people']} people saving drafts"
    yield ""
    yield from table(
        ("how", "saves", "a second", "server p50 ms", "server p95 ms", "waited p50 ms", "waited p95 ms"),
        [
            (
                "one after another",
                "120",
                "",
                ms(alone["p50"]),
                aim(alone["p95"], SAVE_AIM, ms(alone["p95"])),
                "",
                "",
            ),
            _saves(f"all typing, each saving every {found['every_seconds']} s", typing, with_aim=True),
            _saves("all in the same moment", burst, with_aim=False),
        ],
    )


def _saves(how: str, found: dict[str, Any], *, with_aim: bool) -> tuple[str, ...]:
    p95 = ms(found["server_p95"])
    return (
        how, str(found["saves"]), f"{found['per_second']:.0f}", ms(found["server_p50"]),
        aim(found["server_p95"], SAVE_AIM, p95) if with_aim else p95, ms(found["p50"]), ms(found["p95"]),
    )  # fmt: skip


def _counting(found: list[dict[str, Any]]) -> Iterator[str]:
    yield "### Counts"
    yield ""
    yield from table(
        ("rows a manager may see", "there are", "shown as", "counted so, ms", "counted to the end, ms", "ratio"),
        [
            (
                row["rows"], f"{row['there_are']:,}", row["shown"], f"{row['capped']:.2f}", f"{row['whole']:.2f}",
                f"{row['whole'] / row['capped']:.1f}",
            )
            for row in found
        ],
    )  # fmt: skip


def _access_record(found: dict[str, Any]) -> Iterator[str]:
    yield f"### The access record, {found['writers']} writers"
    yield ""
    yield from table(
        ("each transaction writes", "a second", "p95 ms"),
        [(row["script"], f"{row['per_second']:,.0f}", f"{row['p95']:.1f}") for row in found["written"]],
    )
    proof = found["proof"]
    yield ""
    whole = "whole" if proof["broken"] == 0 else "**broken**"
    yield (
        f"Proving it: {proof['lines']:,} lines in {proof['lanes']} lanes in {proof['seconds']:.1f} s,"
        f" {proof['per_second']:,.0f} lines a second ({whole})."
    )


PARTS: dict[str, Callable[[Any], Iterator[str]]] = {
    "pages": _pages,
    "results": _results,
    "workbook": _workbook,
    "row_security": _row_security,
    "heat_map": _heat_map,
    "issuing": _issuing,
    "drafts": _drafts,
    "counting": _counting,
    "access_record": _access_record,
    "duplicates": report_deaths.duplicates,
    "numbers": report_deaths.numbers,
    "patterns": report_deaths.patterns,
    "national": report_deaths.national,
    "censuses": report_files.censuses,
    "looked_after": report_files.looked_after,
}
