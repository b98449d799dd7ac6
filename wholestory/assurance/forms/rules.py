"""What a cycle may change about its figures: every one off, or as usual, unless somebody chooses it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.forms import BoundField

from wholestory.assurance.definitions import modules
from wholestory.assurance.definitions.composing import with_level, with_module
from wholestory.assurance.definitions.framework import Framework, FrameworkCannotWork
from wholestory.assurance.rules.chosen import CycleRules
from wholestory.assurance.rules.rollup import Weighting
from wholestory.assurance.rules.scales import Scale
from wholestory.govuk import forms

CAP, REWEIGHT, PANEL = "cap", "reweight", "panel"


class RulesForm(forms.Form):
    """Board priorities, the level for compliant, and the switches. ``framework`` is asked by the form built on this."""

    module = forms.RadiosField(
        label="Board priorities (optional)",
        hint="One more part for this round. Next round it can be another; everything else comes forward.",
        choices=(),
        required=False,
        small=True,
    )
    level = forms.SelectField(
        label="From which score is a line compliant? (optional)",
        hint="It is said beside every figure, and cannot be changed once agencies were asked.",
        prompt="As the questions say",
        required=False,
    )
    switches = forms.ManyChoicesField(
        label="Rules that are off unless you tick them",
        hint="Each is said beside the figures it touches.",
        choices=[
            (CAP, "A lowest score on a critical line holds its standard down"),
            (REWEIGHT, "The points of a line that does not apply go to the others of its standard"),
            (PANEL, "A peer challenge panel talks with some agencies"),
        ],
        hints={
            CAP: "Critical lines are those where a gap cannot be made good elsewhere, such as checks before somebody"
            " starts. The standard then shows no more than the second lowest score.",
            REWEIGHT: "The standard keeps its whole weight in the agency's figure. Without it, the points leave the"
            " reckoning together with the line. Either way, what does not apply is never a nought.",
            PANEL: "Agencies in pairs, with questions sent beforehand and a letter afterwards.",
        },
        required=False,
        small=True,
    )
    cap_at = forms.SelectField(
        label="Hold it down to (optional)", prompt="The second lowest score", required=False
    )
    weighting = forms.RadiosField(
        label="When standards become one figure for an agency",
        choices=[(way.value, way.label) for way in Weighting],
        hints={
            Weighting.STANDARDS.value: "The usual way: a standard of two lines weighs as much as one of seven.",
            Weighting.ITEMS.value: "Standards with more lines, or more points, weigh more.",
        },
        initial=Weighting.STANDARDS.value,
        required=False,
        small=True,
    )
    RULES = ("level", "switches", "cap_at", "weighting")

    def offer_rules(self, offered: Sequence[Framework]) -> None:
        """Say what can be chosen beside these sets of questions."""
        self._offered = {framework.key: framework for framework in offered}
        self.offer(
            "module",
            [("", "None this time"), *[(one.key, one.title) for one in modules()]],
            {one.key: one.about for one in modules()},
        )
        scales = {framework.scale.code: framework.scale for framework in offered if framework.scored}
        prompt = [("", "As the questions say")]
        self.offer("level", [*prompt, *[each for scale in scales.values() for each in _levels(scale)]])
        self.offer(
            "cap_at",
            [
                ("", "The second lowest score"),
                *[
                    (
                        f"{scale.code}:{point.value}",
                        f"{_named(scale, point.value)}, where it is {scale.title}",
                    )
                    for scale in scales.values()
                    for point in scale.points[1:-1]
                    if len(scale.points) <= 5
                ],
            ],
        )

    def check_rules(self, answers: dict[str, Any]) -> None:
        """Make what is asked (``asks``) and its rules (``rules``) of the answers; each fault beside its field."""
        framework = self._offered.get(answers.get("framework", ""))
        if framework is None:
            return
        try:
            if answers.get("module"):
                chosen = next(one for one in modules() if one.key == answers["module"])
                framework = with_module(framework, chosen)
        except FrameworkCannotWork as reason:
            self.add_error("module", str(reason))
            return
        framework = self._levelled(framework, answers.get("level", ""))
        switches = answers.get("switches") or ()
        scale, _, cap_at = str(answers.get("cap_at", "")).partition(":")
        if cap_at and CAP not in switches:
            self.add_error("cap_at", "Tick the rule about critical lines as well, or leave this as it is.")
        elif cap_at and scale != framework.scale.code:
            self.add_error(
                "cap_at", f"These questions are answered on another scale: {framework.scale.title}."
            )
        answers["asks"] = framework
        answers["rules"] = CycleRules(
            critical_cap=CAP in switches,
            cap_at=cap_at,
            reweight=REWEIGHT in switches,
            weighting=answers.get("weighting") or Weighting.STANDARDS.value,
            has_panel=PANEL in switches,
        )

    def _levelled(self, framework: Framework, chosen: str) -> Framework:
        scale, _, level = chosen.partition(":")
        if not level:
            if not framework.compliant_from and not framework.scale.compliant_from:
                self.add_error(
                    "level",
                    f"Choose the score from which a line is compliant: {framework.title} leaves it to you.",
                )
            return framework
        if scale != framework.scale.code:
            self.add_error(
                "level", f"These questions are answered on another scale: {framework.scale.title}."
            )
            return framework
        try:
            return with_level(framework, level)
        except FrameworkCannotWork as reason:
            self.add_error("level", str(reason))
            return framework

    def asked_first(self) -> Iterator[BoundField]:
        """The questions everybody answers."""
        return (field for field in self.visible_fields() if field.name not in self.RULES)

    def asked_of_few(self) -> Iterator[BoundField]:
        """The questions most officers leave as they are."""
        return (self[name] for name in self.RULES)

    @property
    def rules_have_errors(self) -> bool:
        """Whether one of those must be put right."""
        return any(name in self.errors for name in self.RULES)


def _levels(scale: Scale) -> list[tuple[str, str]]:
    best = scale.points[-1].value
    return [
        (
            f"{scale.code}:{level}",
            f"{level if level == best else f'{level} or more'}, where it is {scale.title}",
        )
        for level in scale.levels
    ]


def _named(scale: Scale, value: str) -> str:
    return value if scale.numeric else scale.point(value).label
