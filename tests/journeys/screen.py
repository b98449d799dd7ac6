"""A person in front of a screen: what they open, follow, press, type and read.

Every page they come to is looked at once per run: axe, one h1, its title, no sideways scrolling on a desk and on the
narrowest phone. Anything a browser complains of (a failed script, something the content security policy stopped) fails
the journey.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import ConsoleMessage, Locator, Page, Response, expect

from tests.journeys.accessibility import everyone_can_use_on_every_screen

PICTURES = os.environ.get("SCREENSHOTS", "")
"""A folder for a picture of each page on a desk and on a phone; none are taken without it."""
DESK, PHONE = (1280, 900), (360, 740)


@dataclass(frozen=True)
class Looking:
    """What has been looked at in this run, by all its workers, so that a page is examined once and not at every step.

    ``folder`` is one they share: each page leaves a mark in it.
    """

    folder: Path

    def first_time(self, key: tuple[str, ...]) -> bool:
        """Whether this page is new."""
        mark = self.folder / hashlib.sha256(repr(key).encode()).hexdigest()
        try:
            mark.touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


class Screen:
    """One person's browser window."""

    def __init__(
        self, page: Page, who: str, looking: Looking, *, side: str = "", script: bool = True
    ) -> None:
        self.who, self.side, self.script, self._looking = who, side, script, looking
        self.complaints: list[str] = []
        self.status = 200
        self._may_be_missing = False
        self.continues_in(page)

    def continues_in(self, page: Page) -> Screen:
        """From now on in this tab."""
        self.page = page
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", self._console)
        page.on("response", self._answered)
        return self

    def _answered(self, answer: Response) -> None:
        if answer.request.is_navigation_request() and answer.frame == self.page.main_frame:
            self.status = answer.status

    def _console(self, said: ConsoleMessage) -> None:
        if said.type != "error" or (self._may_be_missing and "status of 404" in said.text):
            return
        self.complaints.append(f"{self.page.url}: {said.text}")

    # ---- going somewhere ----

    def opens(self, address: str) -> Screen:
        """Type an address."""
        self.page.goto(address)
        return self._arrived()

    def is_turned_away_from(self, address: str) -> Screen:
        """Type an address and meet the "not found" page."""
        with self.being_turned_away():
            self.page.goto(address)
            assert self.status == 404, f"{self.who} got {self.status} at {address}"
            self.sees("Page not found")
        return self._arrived()

    @contextmanager
    def being_turned_away(self) -> Iterator[None]:
        """Meanwhile the browser may say in its console that a page was not there."""
        self._may_be_missing = True
        yield
        self._may_be_missing = False

    def goes_to(self, label: str) -> Screen:
        """Choose from the menu, opening it first on a phone."""
        size = self.page.viewport_size
        if self.script and size is not None and size["width"] < 640:
            self.page.get_by_role("button", name="Menu", exact=True).click()
        menu = self.page.get_by_role("navigation", name="Menu")
        return self.going(menu.get_by_role("link", name=label, exact=True))

    def follows(self, link: str, beside: str = "") -> Screen:
        """Follow a link of the page's content, also one that is drawn as a button; ``beside`` names its table row."""
        if beside:
            return self.going(self.main.get_by_role("row").filter(has_text=beside).get_by_role("link").first)
        inside = self.page.locator("main a, .govuk-breadcrumbs a, a.govuk-back-link")
        drawn_as_button = self.page.get_by_role("button", name=link)
        return self.going(self.page.get_by_role("link", name=link).or_(drawn_as_button).and_(inside).first)

    def presses(self, button: str) -> Screen:
        """Press a button that leads on."""
        inside = self.page.locator("main, header")
        return self.going(inside.get_by_role("button", name=button).last)

    def is_let_in_as(self, name: str) -> Screen:
        """Choose somebody on the demo's sign-in page."""
        return self.going(self.page.get_by_role("button", name=re.compile(rf"^{re.escape(name)}\s+\(")).first)

    def going(self, there: Locator) -> Screen:
        """Click on something that leads to another page, and look at where it led."""
        # A click waits for the page it leads to only when it is told to.
        with self.page.expect_event("load"):
            there.click()
        return self._arrived()

    def downloads(self, link: str) -> bytes:
        """Follow a link to a file; its bytes."""
        with self.page.expect_download() as coming:
            self.page.locator("main").get_by_role("link", name=link).first.click()
        return Path(coming.value.path()).read_bytes()

    # ---- reading ----

    def sees(self, *words: str) -> Screen:
        """The words are on the page, in view or in a part that opens."""
        for some in words:
            try:
                expect(self.page.locator("body")).to_contain_text(some)
            except AssertionError:
                # Playwright would print the whole page.
                raise AssertionError(f"{self.who} does not see {some!r} at {self.page.url}") from None
        return self

    def never_sees(self, *words: str) -> Screen:
        """The words are nowhere in what the server sent, hidden parts and addresses included."""
        sent = self.page.content()
        for some in words:
            assert some not in sent, f"{self.who} can read {some!r} at {self.page.url}"
        return self

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    @property
    def title(self) -> str:
        return self.page.title()

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def reference(self) -> str:
        """The reference in the page's address."""
        found = re.search(r"/([A-Z]{2}-[A-Z0-9]{8})/", self.path)
        assert found, f"{self.page.url} names no record"
        return found[1]

    # ---- answering ----

    def types(self, label: str, words: str, at: int = 0) -> Screen:
        """Put words into a field, in place of what it holds. ``at`` counts fields of the same label."""
        self.main.get_by_label(label).nth(at).fill(words)
        return self

    def chooses(self, label: str, at: int = 0) -> Screen:
        """Choose a radio button or tick a box."""
        self.main.get_by_label(label).nth(at).check()
        return self

    def picks(self, label: str, option: str | re.Pattern[str]) -> Screen:
        """Choose from a list that drops down, by the beginning of the option."""
        box = self.main.get_by_label(label, exact=True)
        options = box.locator("option").all_text_contents()
        chosen = next((one for one in options if re.match(option, one.strip())), None)
        assert chosen is not None, f"{label} offers {options}, not {option}"
        box.select_option(label=chosen)
        return self

    def dates(self, question: str, day: int, month: int, year: int, at: int = 0) -> Screen:
        """Fill the three boxes of a date."""
        boxes = self.main.get_by_role("group", name=question).nth(at)
        for box, value in (("Day", day), ("Month", month), ("Year", year)):
            boxes.get_by_label(box).fill(str(value))
        return self

    def is_saved(self) -> Screen:
        """Wait until the page says that what was typed is kept. Without a script, pressing a button keeps it."""
        if not self.script:
            return self
        expect(self.page.locator("#draft-status")).to_contain_text("Saved", timeout=15000)
        return self

    # ---- the page itself ----

    def _arrived(self) -> Screen:
        assert self.status < 500, f"{self.who}: {self.page.url} answered {self.status}"
        if self.script and self._looking.first_time(self._kind_of_page()):
            self.looks_closely()
        return self

    def looks_closely(self) -> Screen:
        """Everyone can use this page as it is now; a picture of it where somebody asked for pictures."""
        everyone_can_use_on_every_screen(self.page)
        return self.takes_a_picture()

    def _kind_of_page(self) -> tuple[str, ...]:
        try:
            found = resolve(self.path)
        except Resolver404:
            return ("missing",)
        which = [str(value) for key, value in found.kwargs.items() if key in ("page", "number")]
        troubles = "problem" if self.page.locator(".govuk-error-summary").count() else ""
        done = "notice" if self.page.locator(".ws-messages").count() else ""
        # Pages look different to an agency, to the team and to the board's members, hardly from person to person.
        side = "" if found.namespace == "access" else self.side
        return (found.view_name, *which, side, troubles, done)

    def takes_a_picture(self, how: str = "") -> Screen:
        """Keep a picture for somebody to look at, where they asked for pictures."""
        if not PICTURES:
            return self
        before = self.page.viewport_size
        name = (
            "-".join(part for part in (*self._kind_of_page(), how) if part)
            .replace(":", "-")
            .replace(" ", "_")
        )
        for width, height in (DESK, PHONE):
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)
        if before:
            self.page.set_viewport_size(before)
        return self

    def closes_the_tab(self) -> None:
        """Close the page without a word, as people do."""
        self.page.close(run_before_unload=False)
