"""The rule register: every limit and threshold, where it comes from, and who has checked it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column, Row, Tag
from wholestory.kernel.moments import shown_day
from wholestory.pathways import operations, register
from wholestory.pathways.forms import MarkForm, RuleFilter
from wholestory.pathways.models import Finding
from wholestory.pathways.operations.checks import CannotMark
from wholestory.pathways.queries import rule_register

KIND = "pathways.rules"
NO_RECORD = "the rule register holds rules, not records"
COLUMNS = (
    Column("link", "Rule", sortable=True, sort_by=("title",)),
    Column("says", "What it says"),
    Column("duty", "Duty", sortable=True),
    Column("tag", "Status", sortable=True, sort_by=("status_label",)),
    Column("checked_on", "Checked on", sortable=True),
)
IN_A_FILE = (
    Column("rule_id", "Rule"),
    Column("title", "Title"),
    Column("duty", "Duty"),
    Column("editions", "Editions"),
    Column("kind", "Kind"),
    Column("says", "What it says"),
    Column("sentence", "Source sentence, in our words"),
    Column("document", "Document"),
    Column("seen_in", "Seen in"),
    Column("evidence", "Evidence"),
    Column("status_label", "Status"),
    Column("checked_by", "Checked by"),
    Column("checked_on", "Checked on"),
    Column("against", "Checked against"),
    Column("note", "Note"),
)
MARKING = "OFFICIAL: rules and who checked them; no records"


class RuleLine:
    """A rule's row with its link and tag."""

    def __init__(self, row: rule_register.RuleRow) -> None:
        url = reverse("pathways:rule", args=[row.rule_id])
        self.link = format_html('<a class="govuk-link" href="{}">{}</a>', url, row.title)
        self.says, self.duty, self.checked_on = row.says, row.duty, row.checked_on
        self.tag = Tag(row.status_label, row.colour)


@asks(Verb.LIST, KIND, no_line=NO_RECORD)
def rules(request: Request) -> HttpResponse:
    """Every rule, with search, filters and a file to take away."""
    everything = rule_register.rows(request.board)
    filters = RuleFilter(request.GET or None)
    page = ListPage(
        request.GET,
        rows=everything,
        columns=COLUMNS,
        sort="link",
        filters=filters,
        caption="Rules",
        shape=lambda found: [RuleLine(row) for row in found],
    )
    if page.wants_export:
        if not asking.may(request.seats, Verb.EXPORT, KIND, request.board):
            raise Http404
        ledger.line("pathways.rules_exported", kind=KIND, board_id=request.board.id, writes=False)
        whole = ListPage(request.GET, rows=everything, columns=IN_A_FILE, sort="title", filters=filters)
        return whole.export(request, "Rule register", marking=MARKING)
    counts = {key: sum(row.status == key for row in everything) for key in rule_register.LABELS}
    return render(
        request,
        "pathways/rules.html",
        {
            "page": page,
            "counts": [(rule_register.LABELS[key], number) for key, number in counts.items() if number],
        },
    )


@asks(Verb.LIST, KIND, no_line=NO_RECORD)
def rule(request: Request, rule_id: str) -> HttpResponse:
    """One rule: what it says, where from, and everything found about it."""
    row = _row(request, rule_id)
    facts = [
        Row("What it says", row.says),
        Row("Kind", row.kind),
        Row("Editions", row.editions),
        Row("Source, in our words", row.sentence),
        Row("Document", row.document),
        Row("How we know", row.evidence + (f": {row.seen_in}" if row.seen_in else "")),
        Row("Status", Tag(row.status_label, row.colour)),
        Row("What that means", row.standing),
    ]
    found = rule_register.history(request.board, rule_id)
    history = [
        (
            shown_day(each.checked_on),
            Finding(each.finding).label,
            each.checked_by.full_name,
            each.against,
            each.note,
        )
        for each in found
    ]
    return render(
        request,
        "pathways/rule.html",
        {
            "row": row,
            "facts": facts,
            "history": history,
            "history_columns": ["Looked at on", "Finding", "By", "Against", "Note"],
            "may_mark": asking.may(request.seats, Verb.MANAGE, KIND, request.board),
        },
    )


@asks(Verb.MANAGE, KIND, no_line=NO_RECORD)
def mark(request: Request, rule_id: str) -> HttpResponse:
    """Say what you found about a rule."""
    row = _row(request, rule_id)
    form = MarkForm(request.POST or None, today=request.today)
    if form.is_valid():
        wanted = form.cleaned_data
        try:
            operations.mark_rule(
                actor=request.person,
                board=request.board,
                rule=rule_id,
                finding=Finding(wanted["finding"]),
                checked_on=wanted["checked_on"],
                against=wanted["against"],
                note=wanted["note"],
                today=request.today,
            )
        except CannotMark as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "What you found is recorded.")
            return redirect("pathways:rule", rule_id)
    return render(request, "pathways/mark.html", {"form": form, "row": row})


def _row(request: Request, rule_id: str) -> rule_register.RuleRow:
    try:
        return rule_register.row(request.board, rule_id)
    except register.UnknownRule:
        raise Http404 from None
