"""Takes the pictures of `docs/images` again, from a demo that was just reset.

    make demo-reset && make demo
    WHOLESTORY_DEMO=on .venv/bin/wholestory start --membership example_area/membership-spreadsheet.xlsx
    .venv/bin/python scripts/take-pictures.py http://localhost:8000 THE-LINK-IT-PRINTED

The board started in the second line is thrown away with the demo. Only what is invented is photographed, and the notice
that says so is moved down to what the picture shows; nothing else on a page is touched. Look at each picture before
committing it. A test checks that each is used, small and described.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, FloatRect, Locator, Page, sync_playwright

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "images"
MOST_BYTES = 150_000
DESK, PHONE = (1080, 760), (390, 800)


@contextmanager
def signed_in(browser: Browser, address: str, name: str, seat: str, size: tuple[int, int]) -> Iterator[Page]:
    """A page of the demo as one of the example people."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="en-GB")
    page = context.new_page()
    page.goto(f"{address}/sign-in/")
    page.locator("main li", has_text=name).filter(has_text=seat).first.get_by_role("button").click()
    page.wait_for_load_state()
    yield page
    context.close()


class TooLarge(Exception):
    """A picture has more bytes than a document should load."""


def keep(page: Page, name: str, start: str, last: Locator) -> None:
    """The part of the page from the element ``start`` to the end of ``last``, with the notice on top."""
    page.locator(start).first.evaluate(
        "here => { const notice = document.querySelector('.ws-example'); notice.style.marginBottom = '12px';"
        " document.activeElement.blur(); here.before(notice); }"
    )
    top, wide = box(page.locator(".ws-example"))["y"], box(page.locator("body"))["width"]
    end = box(last)
    path = PICTURES / f"{name}.png"
    clip: FloatRect = {"x": 0.0, "y": top, "width": wide, "height": end["y"] + end["height"] + 3 - top}
    page.screenshot(path=path, full_page=True, clip=clip)
    if path.stat().st_size > MOST_BYTES:
        raise TooLarge(f"{path.name} has {path.stat().st_size} bytes")


def box(part: Locator) -> FloatRect:
    """Where a part stands on the page. Raises LookupError when it is not to be seen."""
    found = part.bounding_box()
    if found is None:
        raise LookupError(f"{part} is not on the page")
    return found


def set_up(browser: Browser, address: str, link: str) -> None:
    """The steps of a new board, some of them done."""
    page = browser.new_page(viewport={"width": 620, "height": 760}, locale="en-GB")
    page.goto(link)
    page.get_by_role("button", name="Sign in and begin").click()
    page.goto(f"{address}/start/board/")
    page.get_by_role("button", name="Save and continue").click()
    page.goto(f"{address}/start/areas/")
    page.get_by_label("Name of the area").fill("Fenland Vale")
    page.get_by_role("button", name="Add this area").click()
    page.goto(f"{address}/start/framework/")
    page.get_by_label("Ten questions on keeping children safe").check()
    page.get_by_role("button", name="Save and continue").click()
    keep(page, "set-up-steps", "h1", page.locator(".govuk-task-list__item").last)


def take(browser: Browser, address: str) -> None:
    """Those of the example board."""
    with signed_in(browser, address, "Gwen Ashby-Cole", "Business manager", DESK) as page:
        page.goto(f"{address}/self-audits/")
        page.get_by_role("link", name="2015/16 cycle").click()
        cycle = page.url
        page.goto(f"{cycle}chase/")
        keep(page, "chase-list", "h1", page.locator("tbody tr").nth(2))
    with signed_in(browser, address, "Gwen Ashby-Cole", "Business manager", (1400, 900)) as page:
        page.goto(f"{cycle}heat-map/")
        keep(page, "heat-map", "table", page.locator("tbody tr").nth(9))
    with signed_in(browser, address, "Abena Whitlock", "Agency lead", PHONE) as page:
        page.get_by_role("link", name="Go on with your self-audit").click()
        page.get_by_role("button", name="Go on with your answers").click()
        page.get_by_role("link", name="A senior lead").click()
        keep(page, "still-true-on-a-phone", "h1", page.get_by_text("Yes, this is still true").first)


def main() -> int:
    """Take them from the demo at the first argument; the second is the one-time link of a new board in it."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        found = shutil.which(os.environ.get("WHOLESTORY_BROWSER", "chromium"))
        flags = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        browser = playwright.chromium.launch(executable_path=found, args=flags)
        take(browser, sys.argv[1].rstrip("/"))
        set_up(browser, sys.argv[1].rstrip("/"), sys.argv[2])
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
