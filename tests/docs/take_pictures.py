"""Takes the pictures of `docs/images` again, from a demo that was just reset.

    make demo-reset && make demo
    WHOLESTORY_DEMO=on .venv/bin/wholestory start --membership example_area/membership-spreadsheet.xlsx ...
    .venv/bin/python -m tests.docs.take_pictures http://localhost:8000 THE-LINK-IT-PRINTED

Only what is invented is photographed, and the notice that says so is brought into each picture. Look at each before
committing it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.accessibility import launch_arguments

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "images"
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


def keep(page: Page, name: str, start: str, height: int) -> None:
    """The part of the page that begins at the element ``start``, ``height`` pixels high."""
    first = page.locator(start).first
    first.evaluate(
        "here => { const notice = document.querySelector('.ws-example'); notice.style.marginBottom = '12px';"
        " document.activeElement.blur(); here.before(notice); }"
    )
    box = page.locator(".ws-example").bounding_box()
    assert box is not None
    wide = page.viewport_size
    assert wide is not None
    top = max(0.0, box["y"])
    path = PICTURES / f"{name}.png"
    clip = {"x": 0.0, "y": top, "width": float(wide["width"]), "height": float(height)}
    page.screenshot(path=path, full_page=True, clip=clip)  # type: ignore[arg-type]
    assert path.stat().st_size < MOST_BYTES, f"{path.name} has {path.stat().st_size} bytes"


def set_up(browser: Browser, address: str, link: str) -> None:
    """The steps of a new board, some of them done."""
    page = browser.new_page(viewport={"width": 760, "height": 760}, locale="en-GB")
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
    keep(page, "set-up-steps", "h1", 760)


def take(browser: Browser, address: str) -> None:
    """Those of the example board."""
    with signed_in(browser, address, "Gwen Ashby-Cole", "Business manager", DESK) as page:
        page.goto(f"{address}/self-audits/")
        page.get_by_role("link", name="2015/16 cycle").click()
        cycle = page.url
        page.goto(f"{cycle}chase/")
        keep(page, "chase-list", "h1", 660)
    with signed_in(browser, address, "Gwen Ashby-Cole", "Business manager", (1400, 900)) as page:
        page.goto(f"{cycle}heat-map/")
        keep(page, "heat-map", "table", 760)
    with signed_in(browser, address, "Abena Whitlock", "Agency lead", PHONE) as page:
        page.get_by_role("link", name="Go on with your self-audit").click()
        page.get_by_role("button", name="Go on with your answers").click()
        page.get_by_role("link", name="A senior lead").click()
        keep(page, "still-true-on-a-phone", "h1", 1150)


def main() -> int:
    """Take them from the demo at the first argument; the second is the one-time link of a new board in it."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_arguments())
        take(browser, sys.argv[1].rstrip("/"))
        set_up(browser, sys.argv[1].rstrip("/"), sys.argv[2])
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
