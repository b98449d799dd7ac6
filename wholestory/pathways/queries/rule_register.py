"""The rule register as one board sees it: every clock and threshold with what the board has found about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wholestory.partners.models import Board
from wholestory.pathways import register
from wholestory.pathways.models import Finding, RuleCheck
from wholestory.pathways.rules import telling
from wholestory.pathways.rules.terms import Clock, Status, Threshold

#: What a status looks like on a page: a meaning of the design system's tags.
COLOURS = {
    "unchecked": "waiting",
    "found": "in_progress",
    "local": "not_needed",
    "checked": "done",
    "differs": "overdue",
    "changed": "returned",
}
LABELS = {
    "unchecked": "Not checked",
    "found": "Found, not checked",
    "local": "Local",
    "checked": "Checked",
    "differs": "Differs",
    "changed": "Changed since checked",
}


@dataclass(frozen=True)
class RuleRow:
    """One rule with its standing for this board."""

    rule_id: str
    key: str
    title: str
    duty: str
    editions: str
    kind: str
    says: str
    status: str
    status_label: str
    standing: str
    sentence: str
    document: str
    seen_in: str
    evidence: str
    checked_by: str
    checked_on: date | None
    against: str
    note: str
    is_clock: bool

    @property
    def colour(self) -> str:
        """The tag's colour."""
        return COLOURS[self.status]


def _newest(board: Board) -> dict[str, RuleCheck]:
    """The newest finding about each rule. One query."""
    found = (
        RuleCheck.objects.filter(board=board)
        .order_by("rule", "-created_at", "-id")
        .distinct("rule")
        .select_related("checked_by")
    )
    return {check.rule: check for check in found}


def _status(rule: Clock | Threshold, check: RuleCheck | None) -> str:
    if check is None or check.finding == Finding.TAKEN_BACK:
        return rule.status.value
    if check.fingerprint != rule.fingerprint:
        return "changed"
    return str(check.finding)


def _standing(rule: Clock | Threshold, status: str, check: RuleCheck | None) -> str:
    if status == "checked" and check is not None:
        return f"Checked by {check.checked_by.full_name} against: {check.against}"
    if status == "differs" and check is not None:
        return f"The guidance says something else: {check.note}"
    if status == "local":
        return "A local rule; no national one is claimed."
    if status == "changed":
        return "It was checked, and the rule held here has changed since. Check it again."
    if status == Status.FOUND.value:
        seen = rule.source.seen_in
        return f"Found in a public source{f' ({seen})' if seen else ''}; not yet checked by this board."
    return f"Not checked against the guidance ({rule.source.evidence.label}). Do not rely on it as a rule of law."


def _row(rule: Clock | Threshold, check: RuleCheck | None) -> RuleRow:
    status = _status(rule, check)
    holds = check if check is not None and status in {"checked", "differs", "local", "changed"} else None
    kind = telling.kind_words(rule) if isinstance(rule, Clock) else rule.kind.label.lower()
    if status == "checked":
        kind = rule.kind.label.lower()
    return RuleRow(
        rule_id=register.rule_id(rule),
        key=rule.key,
        title=rule.title,
        duty=rule.duty,
        editions=", ".join(rule.editions),
        kind=kind[:1].upper() + kind[1:],
        says=says(rule),
        status=status,
        status_label=LABELS[status],
        standing=_standing(rule, status, holds),
        sentence=rule.source.sentence,
        document=rule.source.document,
        seen_in=rule.source.seen_in,
        evidence=rule.source.evidence.label,
        checked_by=holds.checked_by.full_name if holds else "",
        checked_on=holds.checked_on if holds else None,
        against=holds.against if holds else "",
        note=holds.note if holds else "",
        is_clock=isinstance(rule, Clock),
    )


def says(rule: Clock | Threshold) -> str:
    """What a rule says in one line."""
    if isinstance(rule, Threshold):
        return rule.value
    facts = " or, if later, ".join(fact.words for fact in rule.starts)
    return f"{rule.limit_words}; counted from: {facts}"


def rows(board: Board) -> list[RuleRow]:
    """Every rule with its standing for ``board``. One query."""
    checks = _newest(board)
    return [_row(rule, checks.get(register.rule_id(rule))) for rule in register.rules()]


def row(board: Board, rule_id: str) -> RuleRow:
    """One rule. Raises UnknownRule."""
    rule = register.by_id(rule_id)
    check = (
        RuleCheck.objects.filter(board=board, rule=rule_id)
        .order_by("-created_at", "-id")
        .select_related("checked_by")
        .first()
    )
    return _row(rule, check)


def history(board: Board, rule_id: str) -> list[RuleCheck]:
    """Everything found about a rule, newest first."""
    found = RuleCheck.objects.filter(board=board, rule=rule_id).select_related("checked_by")
    return list(found.order_by("-created_at", "-id"))
