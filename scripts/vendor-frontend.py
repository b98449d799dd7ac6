#!/usr/bin/env python3
"""Bring the browser files we ship into the repository: fetched, checked, patched and recorded.

Run through vendor-frontend.sh by a developer who moves to a newer version; nobody else needs Node.

    scripts/vendor-frontend.py --wanted       name the packages, for npm pack
    scripts/vendor-frontend.py FOLDER         from the packages in FOLDER write the files and vendored.json

GOV.UK Frontend is licensed under the MIT licence, but its typeface and the royal crest are not: they
are for gov.uk domains only, so the patch below takes them out. `tests/govuk/test_vendored.py` proves it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "wholestory" / "govuk" / "static" / "govuk" / "vendor"
FOR_TESTS = ROOT / "tests" / "journeys" / "axe"

# name -> (version, integrity of the package as the registry publishes it)
PACKAGES = {
    "govuk-frontend": (
        "6.6.0",
        "sha512-xctkWrQvLnvQt7fyjQ3MGX9S0wz0x0RQuLxCeoXF+s8EjGICG81/DYQGKN5qgO+0KVT12UAaRwUsGY6fulRcRg==",
    ),
    "htmx.org": (
        "2.0.10",
        "sha512-kdeJe7ZVwaS6QMz/ebBIVtZdpwen6L0OQ5GOhPV9MKBb196TCZeZu4yA7ZIQsaLKv7EpXz+So7KSXNuHXhj7Cw==",
    ),
    "axe-core": (
        "4.14.1",
        "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
    ),
}

# (package, path inside it, where it goes)
FILES = (
    ("govuk-frontend", "dist/govuk/govuk-frontend.min.css", SHIPPED / "govuk-frontend.min.css"),
    ("govuk-frontend", "dist/govuk/govuk-frontend.min.js", SHIPPED / "govuk-frontend.min.js"),
    ("htmx.org", "dist/htmx.min.js", SHIPPED / "htmx.min.js"),
    ("htmx.org", "LICENSE", SHIPPED / "htmx.LICENSE.txt"),
    ("axe-core", "axe.min.js", FOR_TESTS / "axe.min.js"),
    ("axe-core", "LICENSE", FOR_TESTS / "LICENSE.txt"),
)

# The design system's own examples of a component, against which ours are compared.
FIXTURES = ROOT / "tests" / "govuk" / "fixtures" / "govuk-frontend.json"
EXAMPLES: dict[str, tuple[str, ...]] = {
    "back-link": ("default",),
    "breadcrumbs": ("with collapse on mobile",),
    "button": ("default", "disabled", "link", "start", "secondary", "warning", "inverse"),
    "character-count": (
        "with count type 'words'",
        "with count type 'words' and error message",
        "with threshold",
    ),
    "checkboxes": (
        "with hint",
        "with pre-checked values",
        "with divider and None",
        "with error message",
        "with conditional items",
        "small",
    ),
    "date-input": (
        "default",
        "with values",
        "with error message and hint",
        "with error on day input",
        "with error on month input",
        "with error on year input",
    ),
    "details": ("default", "expanded"),
    "error-summary": ("default", "without links", "mixed with and without links"),
    "file-upload": ("enhanced", "enhanced, with error message and hint", "enhanced, multiple files"),
    "input": (
        "default",
        "with hint text",
        "with error message",
        "with error and hint",
        "with width-2 class",
        "with width-10 class",
        "with label as page heading",
        "with prefix",
        "with suffix",
        "with prefix and suffix",
        "with prefix and suffix and error",
        "with extra letter spacing",
    ),
    "inset-text": ("default",),
    "notification-banner": ("default", "with type as success"),
    "pagination": ("default", "first page", "last page"),
    "panel": ("default",),
    "password-input": ("default", "with hint text", "with error message"),
    "radios": (
        "default",
        "with hint",
        "inline",
        "with legend as page heading",
        "with fieldset and error message",
        "with conditional items",
        "with conditional item checked",
        "small inline",
    ),
    "select": ("default", "with hint text and error message", "with label as page heading"),
    "summary-list": ("default", "with actions", "no-border"),
    "tabs": ("default",),
    "tag": ("default", "grey", "green", "purple", "red", "orange", "yellow"),
    "textarea": ("default", "with hint", "with error message", "with default value", "with custom rows"),
    "warning-text": ("default",),
}

OUR_FONTS = "Helvetica,Arial,sans-serif"


def without_source_map(text: str) -> str:
    """Drop the pointer to a map we do not ship: collecting static files stops when it is missing."""
    text = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", text)
    return re.sub(r"//# sourceMappingURL=\S*", "", text).rstrip() + "\n"


def without_font_and_crest(css: str) -> str:
    """Take out the typeface and the crest, which are licensed to gov.uk domains only."""
    css = re.sub(r"/\*! Copyright \(c\) 2011 by Margaret Calvert.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", OUR_FONTS)
    css = re.sub(r"url\([^)]*govuk-crest\.svg\)", "none", css)
    for left_over in ("url(", "GDS Transport", "@font-face", "crest"):
        if left_over in css:
            sys.exit(f"the style sheet still holds {left_over!r}: look at what changed and extend the patch")
    return css


def opened(name: str, version: str, integrity: str, folder: Path) -> tarfile.TarFile:
    """The published package, refused when it is not the one whose integrity is written above."""
    packed = folder / f"{name}-{version}.tgz"
    found = "sha512-" + base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode()
    if found != integrity:
        sys.exit(f"{name} {version}: integrity is {found}, expected {integrity}")
    return tarfile.open(packed)


def examples_of(
    package: tarfile.TarFile, component: str, wanted: tuple[str, ...]
) -> dict[str, dict[str, object]]:
    """The chosen examples of one component: what goes in and the HTML that comes out."""
    member = package.extractfile(f"package/dist/govuk/components/{component}/fixtures.json")
    if member is None:
        sys.exit(f"govuk-frontend no longer holds examples of {component}")
    known = {one["name"]: one for one in json.load(member)["fixtures"]}
    missing = [name for name in wanted if name not in known]
    if missing:
        sys.exit(f"{component} has no example called {', '.join(missing)}; it has {', '.join(known)}")
    return {name: {"options": known[name]["options"], "html": known[name]["html"]} for name in wanted}


def main(argv: list[str]) -> int:
    """Write every vendored file and the record of what each one is."""
    if argv == ["--wanted"]:
        sys.stdout.write(" ".join(f"{name}@{version}" for name, (version, _) in PACKAGES.items()) + "\n")
        return 0
    (folder,) = map(Path, argv)
    record: dict[str, dict[str, str]] = {}
    packed = {name: opened(name, *pin, folder) for name, pin in PACKAGES.items()}
    for package, inside, target in FILES:
        member = packed[package].extractfile(f"package/{inside}")
        if member is None:
            sys.exit(f"{package} no longer holds {inside}")
        original = member.read()
        text = original.decode()
        if package == "govuk-frontend":
            text = without_source_map(text)
        if target.suffix == ".css":
            text = without_font_and_crest(text)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        record[str(target.relative_to(ROOT))] = {
            "package": package,
            "version": PACKAGES[package][0],
            "file": inside,
            "sha256_as_published": hashlib.sha256(original).hexdigest(),
            "sha256_here": hashlib.sha256(text.encode()).hexdigest(),
        }
    FIXTURES.parent.mkdir(parents=True, exist_ok=True)
    examples = {
        name: examples_of(packed["govuk-frontend"], name, wanted) for name, wanted in EXAMPLES.items()
    }
    FIXTURES.write_text(json.dumps(examples, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (SHIPPED / "vendored.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(record)} files written\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
