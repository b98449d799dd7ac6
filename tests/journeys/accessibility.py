"""Whether a page can be used by everyone, as far as a machine can tell: axe, headings, titles, narrow screens.

axe-core is vendored in `axe/` and runs inside the page, through the content security policy. Findings in parts that
come from GOV.UK Frontend unchanged are allowed by rule and element, each with its reason; the rules stay on.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).parent / "axe" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# (rule, elements it is allowed on, why)
ALLOWED: tuple[tuple[str, str, str], ...] = (
    (
        "label-content-name-mismatch",
        ".govuk-accordion__section-button",
        "GOV.UK Frontend names the button by heading and action; what is seen is contained in what is read out.",
    ),
    (
        "label-content-name-mismatch",
        ".govuk-file-upload-button",
        "GOV.UK Frontend names the drop zone's button by label, state and instruction, in another order than shown.",
    ),
    (
        "aria-allowed-attr",
        ".govuk-radios__input[aria-expanded]",
        "GOV.UK Frontend says with aria-expanded that a choice opens a question; the other ways are announced worse.",
    ),
)

RUN = """
async ([rules, allowed]) => {
  const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
  const excused = (rule, target) => allowed.some(([name, selector]) => {
    if (name !== rule) return false;
    const element = document.querySelector(target);
    return element !== null && element.matches(selector);
  });
  return found.violations.map(one => ({
    rule: one.id, help: one.help,
    elements: one.nodes.filter(node => !excused(one.id, node.target[0])).map(node => node.html.slice(0, 200)),
  })).filter(one => one.elements.length);
}
"""


@dataclass(frozen=True)
class Finding:
    """One rule that does not hold, and where."""

    rule: str
    help: str
    elements: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.rule}: {self.help}\n    " + "\n    ".join(self.elements)


#: Parts of the browser that are off. Chromium takes only the last such list, so it begins with what Playwright leaves
#: out. The last two are pages Chromium loads in each new window, behind its address bar, which nobody types in here:
#: half a second of a processor for every person on screen.
FEATURES_OFF = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    "PreconnectToSearch", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
)  # fmt: skip


def launch_arguments() -> dict[str, Any]:
    """How Chromium is started here; for a fixture `browser_type_launch_args`. Skips the test when there is none."""
    chromium = (
        os.environ.get("WHOLESTORY_BROWSER") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if not chromium:
        pytest.skip("there is no Chromium to drive: install it, or name one in WHOLESTORY_BROWSER")
    args = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    args += ["--disable-component-update", "--disable-sync", f"--disable-features={','.join(FEATURES_OFF)}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        args.append("--no-sandbox")
    return {"executable_path": chromium, "args": args}


def findings(page: Page) -> list[Finding]:
    """What axe finds on the page as it is now, without what is allowed."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, [RULES, [[rule, selector] for rule, selector, _ in ALLOWED]])
    return [Finding(one["rule"], one["help"], tuple(one["elements"])) for one in found]


def everyone_can_use(page: Page) -> None:
    """Fails with every finding: axe, one h1, a title that says the page and any error, no sideways scrolling."""
    problems = [str(one) for one in findings(page)]
    heads = page.locator("h1").count()
    if heads != 1:
        problems.append(f"the page has {heads} h1, not one")
    title = page.title()
    if not title.endswith("– Wholestory") or title.startswith("–"):
        problems.append(f"the title {title!r} does not say what the page is")
    if page.locator(".govuk-error-summary").count() and not title.startswith("Error: "):
        problems.append(f"the page shows errors and its title {title!r} does not say so")
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wider > 0:
        problems.append(f"the page is {wider} pixels wider than its window and scrolls sideways")
    assert not problems, f"{page.url}\n" + "\n".join(problems)


def everyone_can_use_on_every_screen(page: Page) -> None:
    """The same on a desk and on the narrowest phone, which is also what 400 % zoom shows."""
    before = page.viewport_size
    for width, height in ((1280, 900), (320, 800)):
        page.set_viewport_size({"width": width, "height": height})
        everyone_can_use(page)
    if before:
        page.set_viewport_size(before)
