"""Addresses of the board's own audit tools."""

from django.urls import path

from wholestory.assurance.views import own_tools as tools
from wholestory.assurance.views import own_tools_drafts as drafts
from wholestory.assurance.views import own_tools_preview as previews
from wholestory.assurance.views import own_tools_publishing as publishing
from wholestory.assurance.views import own_tools_reading as reading
from wholestory.assurance.views import own_tools_workbook as workbooks

DRAFT, TOOL = "tools/drafts/<uuid:draft>/", "tools/<slug:key>/<int:version>/"

urlpatterns = [
    path("tools/", tools.home, name="own_tools"),
    path("tools/new/", tools.new, name="own_tool_new"),
    path("tools/copy/", tools.copy, name="own_tool_copy"),
    path("tools/from-xlsform/", workbooks.begin, name="own_tool_from_xlsform"),
    path(DRAFT, drafts.draft, name="own_tool_draft"),
    path(f"{DRAFT}list/", reading.as_list, name="own_tool_list"),
    path(f"{DRAFT}columns/", reading.columns, name="own_tool_columns"),
    path(f"{DRAFT}workbook/", workbooks.made, name="own_tool_workbook"),
    path(f"{DRAFT}xlsform/", workbooks.of_draft, name="own_tool_draft_xlsform"),
    path(f"{DRAFT}about/", drafts.about, name="own_tool_about"),
    path(f"{DRAFT}heading/", drafts.heading, name="own_tool_heading_new"),
    path(f"{DRAFT}heading/<slug:part>/", drafts.heading, name="own_tool_heading"),
    path(f"{DRAFT}question/", drafts.question, name="own_tool_question_new"),
    path(f"{DRAFT}question/<slug:part>/", drafts.question, name="own_tool_question"),
    path(f"{DRAFT}move/<slug:part>/", drafts.move, name="own_tool_move"),
    path(f"{DRAFT}remove/<slug:part>/", drafts.remove, name="own_tool_remove"),
    path(f"{DRAFT}preview/", previews.preview, name="own_tool_preview"),
    path(f"{DRAFT}became/", publishing.became, name="own_tool_became"),
    path(f"{DRAFT}publish/", publishing.publish, name="own_tool_publish"),
    path(f"{DRAFT}discard/", publishing.discard, name="own_tool_discard"),
    path(TOOL, tools.tool, name="own_tool"),
    path(f"{TOOL}print/", previews.printed, name="own_tool_print"),
    path(f"{TOOL}xlsform/", workbooks.of_tool, name="own_tool_xlsform"),
    path(f"{TOOL}changes/", publishing.changes, name="own_tool_changes"),
    path(f"{TOOL}next/", tools.next_version, name="own_tool_next"),
    path(f"{TOOL}offer/", tools.offer, name="own_tool_offer"),
]
