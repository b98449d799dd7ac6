"""The statements of a survey stand in one order, on its own page and wherever its results are shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from django.core.cache import cache
from django.test import Client

from tests.assurance.conftest import Round
from tests.assurance.surveying import Asked

Browse = Callable[[str], Client]


def order_on(page: str, statements: list[str]) -> list[str]:
    """The statements as they stand in the first table that holds them."""
    table = re.search(r"What people say.*?</table>", unescape(page), re.DOTALL)
    assert table is not None
    return sorted(statements, key=table[0].index)


def test_the_team_the_board_and_an_organisation_read_them_in_the_surveys_order(
    cycle_round: Round, browse: Browse
) -> None:
    cache.clear()
    asked = Asked(cycle_round)
    asked.reply("police", "front_line", {"escalation": "agree", "refer": "disagree"}, times=12)
    asked.reply("health", "front_line", {"escalation": "disagree", "refer": "agree"}, times=15)
    asked.close()
    asked.share()
    wanted = [text for _, text in asked.fresh().published["statements"]]
    assert len(wanted) > 5
    cycle, ret = asked.round.cycle.record.reference, asked.round.returns["health"].record.reference
    for who, url in (
        ("quality_officer", f"/self-audits/surveys/{asked.reference}/results/"),
        ("lay_member", f"/self-audits/cycles/{cycle}/survey-results/"),
        ("quality_officer", f"/self-audits/returns/{ret}/survey/"),
    ):
        page = browse(who).get(url)
        assert page.status_code == 200
        assert order_on(page.content.decode(), wanted) == wanted, url
