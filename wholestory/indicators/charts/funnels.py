"""Many areas at once, on a funnel: how far chance alone would take each from the target, and where ours is."""

from __future__ import annotations

import numpy as np

from wholestory.govuk.charts.drawing import INK, LIGHT, QUIET, SIGNAL, Drawing, said, ticks, ticks_between
from wholestory.indicators.charts.picture import OURS, Picture, number, unit, within, without
from wholestory.indicators.rules.among_areas import POSITIONS, Among, Area

_WIDE, _HIGH, _LEFT, _RIGHT, _TOP, _BOTTOM = 760, 420, 62, 740, 40, 340
_STEPS = 60


def funnel(found: Among, title: str, label: str = "the mean of these areas") -> Picture:
    """The areas by their size, the target (``label`` says whose it is) and exact limits at 95 and 99.8%."""
    per, measure = found.measure.multiplier, found.measure
    alt = _alt(title, found, label)
    rows = [
        (area.label, number(value * per, measure), f"{x:,g} of {n:,g}", POSITIONS[position])
        for area, value, x, n, position in zip(
            found.areas, found.values.tolist(), found.numerators.tolist(), found.denominators.tolist(),
            found.positions, strict=True,
        )
    ]  # fmt: skip
    rows += [(each, "no counts", "", "") for each in found.left_out]
    return Picture(
        title, alt, _drawn(title, alt, found, label), ("Area", "Value", "Counts", "Where it lies"),
        tuple(sorted(rows)), _notes(found, label),
    )  # fmt: skip


def _drawn(
    title: str, alt: str, found: Among, label: str
) -> Drawing:  # fmt: skip
    measure, per = found.measure, found.measure.multiplier
    drawing = Drawing(_WIDE, _HIGH, title, without(title, alt))
    largest = float(found.denominators.max()) * 1.05
    sizes = np.unique(np.maximum(1, np.linspace(largest / _STEPS, largest, _STEPS).astype(int)))
    curves, values, target = (
        found.limits_at(sizes.astype(float)) * per,
        found.values * per,
        found.target * per,
    )
    # The narrow end of the funnel would stretch the scale; most of the limits must be on it, and every area.
    limits = [within(float(each), measure) for each in curves[len(curves) // 8 :].ravel()]
    low, high = min([*values.tolist(), *limits, target]), max([*values.tolist(), *limits, target])
    marks = ticks_between(max(0.0, low - (high - low) * 0.05), high + (high - low) * 0.05)
    if measure.unit == "percent":
        marks = [each for each in marks if each <= 100]

    def x(size: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * size / largest

    def y(value: float) -> float:
        low, high = marks[0], marks[-1]
        return _BOTTOM - (_BOTTOM - _TOP) * (min(max(value, low), high) - low) / (high - low)

    for mark in marks:
        drawing.line(_LEFT, y(mark), _RIGHT, y(mark), colour=LIGHT)
        drawing.text(_LEFT - 8, y(mark) + 5, said(mark), at="end", colour=QUIET, size=14)
    cut = "; the scale does not begin at 0" if marks[0] > 0 else ""
    drawing.text(4, 18, f"{unit(measure)}{cut}", colour=QUIET, size=14)
    for place, dashes in ((0, "6 4"), (1, "6 4"), (2, ""), (3, "")):
        run = [
            (x(float(size)), y(float(row[place])))
            for size, row in zip(sizes, curves, strict=True)
            if marks[0] <= row[place] <= marks[-1]
        ]
        drawing.path(run, colour=QUIET, wide=1.5, dashes=dashes)
    drawing.line(_LEFT, y(target), _RIGHT, y(target), wide=1.5)
    drawing.text(_RIGHT, 18, f"line: {label}, {said(round(target, 1))}", at="end", size=14)
    placed = zip(found.areas, found.positions, found.denominators.tolist(), values.tolist(), strict=True)
    for area, position, size, value in sorted(placed, key=lambda each: each[0].ours):
        _place(drawing, area, position, x(size), y(value))
    for mark in ticks(largest, 4):
        if mark <= largest:
            drawing.text(x(mark), _BOTTOM + 21, said(mark), at="middle", colour=QUIET, size=14)
    drawing.line(_LEFT, _BOTTOM, _RIGHT, _BOTTOM)
    across = "cases looked at" if measure.unit == "percent" else "children, or what it is counted among"
    drawing.text(_RIGHT, _BOTTOM + 42, across, at="end", colour=QUIET, size=14)
    _key(drawing)
    return drawing


def _place(drawing: Drawing, area: Area, position: str, x: float, y: float) -> None:
    """The mark of one area; ours is a large square with its name, and those outside are diamonds."""
    if not area.ours:
        outside = position.endswith("998")
        drawing.shape(x, y, "diamond" if outside else "circle", colour=SIGNAL if outside else QUIET, size=4)
        return
    drawing.shape(x, y, "square", colour=OURS, size=8)
    half = len(area.label) * 4.4
    across = min(max(x, _LEFT + half), _RIGHT - half)
    drawing.text(across, y - 15, area.label, at="middle", colour=OURS, size=15, bold=True)


def _key(drawing: Drawing) -> None:
    y = _HIGH - 10
    drawing.shape(_LEFT + 6, y - 5, "circle", colour=QUIET, size=4)
    drawing.text(_LEFT + 18, y, "an area", size=14)
    drawing.shape(_LEFT + 96, y - 5, "diamond", colour=SIGNAL, size=4)
    drawing.text(_LEFT + 108, y, "outside the outer limits", size=14)
    drawing.line(_LEFT + 280, y - 5, _LEFT + 310, y - 5, colour=QUIET, wide=1.5, dashes="6 4")
    drawing.text(_LEFT + 316, y, "95%", size=14)
    drawing.line(_LEFT + 360, y - 5, _LEFT + 390, y - 5, colour=QUIET, wide=1.5)
    drawing.text(_LEFT + 396, y, "99.8%", size=14, colour=INK)


def _notes(found: Among, label: str) -> tuple[str, ...]:
    notes = [
        f"The line is: {label}. Nothing is ranked: within the limits areas differ no more than chance would give."
    ]
    if found.adjusted and found.phi is not None:
        notes.append(
            f"Adjusted limits: the areas differ {found.phi:.1f} times as much as chance alone would make them, so the "
            "limits are wider."
        )
    if found.phi is None:
        notes.append(
            "With fewer than ten areas nobody can see whether areas differ more than chance would make them."
        )
    if found.left_out:
        notes.append(f"Without counts, and left out: {', '.join(found.left_out)}.")
    return tuple(notes)


def _alt(title: str, found: Among, label: str) -> str:
    about = number(found.target * found.measure.multiplier, found.measure)
    adjusted = " (adjusted limits)" if found.adjusted else ""
    words = [f"{title}. Funnel of {len(found.areas)} areas about {label}, {about}{adjusted}."]
    for area, position, value in zip(found.areas, found.positions, found.values.tolist(), strict=True):
        if area.ours:
            own = number(value * found.measure.multiplier, found.measure)
            words.append(f"{area.label}: {own}, {POSITIONS[position]}.")
    outside = sum(1 for each in found.positions if each.endswith("998"))
    words.append(f"Outside the outer limits: {outside}.")
    return " ".join(words)
