"""Lighthouse on the pages that sell, phone and desktop: `python -m bench.lighthouse [--base URL] [PAGE ...]`.

The shop has to run already (`make demo`). Node is needed here and nowhere else: Lighthouse is fetched with npm into
`.cache/lighthouse` at the first use. Prints each page's four scores and what cost a point, and ends with 1 where a
score is under its goal: 98 for performance, 100 for accessibility, best practices and SEO.

Cart and checkout are measured as a shopper has them, with something in the cart, in a visit of their own. They and
searches must not be indexed, so the one audit that asks for it is left out there.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import httpx
import msgspec

from app.runtime import browser

ROOT: Final = Path(__file__).resolve().parents[1]
HOME: Final = ROOT / ".cache" / "lighthouse"
VERSION: Final = "12.8.2"
GOALS: Final = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
FORMS: Final = ("mobile", "desktop")


class Target(msgspec.Struct, frozen=True):
    """A page to look at; `private` ones are a shopper's own, `unlisted` ones are not for search engines."""

    name: str
    path: str
    private: bool = False
    unlisted: bool = False


PAGES: Final = (
    Target("home", "/"),
    Target("category", "/categories/kitchen"),
    Target("product", "/products/harbor-stoneware-mug"),
    Target("search", "/search?q=mug", unlisted=True),
    Target("cart", "/cart", private=True),
    Target("checkout", "/checkout", private=True),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.lighthouse", description="Lighthouse on the running shop.")
    parser.add_argument("--base", default="http://127.0.0.1:8000", help="where the shop runs")
    parser.add_argument("--runs", type=int, default=1, help="runs a page; the median is told")
    parser.add_argument("pages", nargs="*", metavar="PAGE", help=f"of {', '.join(page.name for page in PAGES)}; all")
    asked = parser.parse_args()
    program = _installed()
    missed = 0
    print(f"{'page':<10} {'form':<8} " + " ".join(f"{name[:13]:>14}" for name in GOALS) + "    LCP ms   CLS  TBT ms")
    for page in PAGES:
        if asked.pages and page.name not in asked.pages:
            continue
        headers = _shopper(asked.base) if page.private else {}
        for form in FORMS:
            reports = [_report(program, asked.base + page.path, form, headers, page) for _run in range(asked.runs)]
            missed += _tell(page, form, reports)
    return 1 if missed else 0


def _installed() -> Path:
    """Lighthouse, fetched if it is not there yet."""
    program = HOME / "node_modules" / ".bin" / "lighthouse"
    if program.exists():
        return program
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("Lighthouse needs Node 20 or newer with npm; install it, the shop itself does not need it.")
    HOME.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [npm, "install", "--prefix", str(HOME), "--no-audit", "--no-fund", "--silent", f"lighthouse@{VERSION}"],
        check=True,
    )
    return program


def _shopper(base: str) -> dict[str, str]:
    """The cookies of a shopper who has put a mug into the cart."""
    with httpx.Client(base_url=base, headers={"Origin": base, "Sec-Fetch-Site": "same-origin"}) as http:
        product = http.get("/products/line-ballpoint-pen").text
        fields = dict(_hidden_and_first(product))
        if http.post("/cart/lines", data={**fields, "quantity": "1"}).status_code != 303:
            sys.exit("The shop did not take the pen into the cart.")
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in http.cookies.jar)
    return {"Cookie": cookies}


def _hidden_and_first(page: str) -> list[tuple[str, str]]:
    """What the form of a product sends when the first value of each option is chosen."""
    form = re.search(r'<form class="product__form".*?</form>', page, re.DOTALL)
    found: dict[str, str] = {}
    for field in re.findall(r"<input[^>]*>", form[0] if form else ""):
        values = dict(re.findall(r'(\w+)="([^"]*)"', field))
        if values.get("type") in ("hidden", "radio"):
            found.setdefault(values["name"], values.get("value", ""))
    return list(found.items())


def _report(program: Path, url: str, form: str, headers: dict[str, str], page: Target) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "report.json"
        words = [str(program), url, "--quiet", "--output=json", f"--output-path={answer}"]
        words.append(f"--only-categories={','.join(GOALS)}")
        words.append("--chrome-flags=--headless=new " + " ".join(browser.ARGUMENTS))
        if form == "desktop":
            words.append("--preset=desktop")
        if page.private or page.unlisted:
            words.append("--skip-audits=is-crawlable")
        if headers:
            words.append(f"--extra-headers={json.dumps(headers)}")
        environment = {**os.environ, "CHROME_PATH": str(browser.require(whole=True))}
        # now and then the browser loses its trace; Lighthouse asks to be run again then
        for more_tries in (2, 1, 0):
            if subprocess.run(words, check=not more_tries, env=environment).returncode == 0:
                break
        return dict(json.loads(answer.read_text()))


def _tell(page: Target, form: str, reports: list[dict[str, Any]]) -> int:
    """A line for the page; how many goals it missed."""
    scores = {
        name: round(100 * statistics.median(report["categories"][name]["score"] or 0 for report in reports))
        for name in GOALS
    }
    figures = [
        statistics.median(report["audits"][audit]["numericValue"] for report in reports)
        for audit in ("largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time")
    ]
    line = f"{page.name:<10} {form:<8} " + " ".join(f"{scores[name]:>14}" for name in GOALS)
    print(f"{line}  {figures[0]:>8.0f} {figures[1]:>5.3f} {figures[2]:>7.0f}", flush=True)
    for audit in _failed(reports[-1]):
        print(f"  {audit}", flush=True)
    return sum(scores[name] < goal for name, goal in GOALS.items())


def _failed(report: dict[str, Any]) -> list[str]:
    """What cost a point, and on what element."""
    found = []
    for name in GOALS:
        if report["categories"][name]["score"] == 1:
            continue
        for reference in report["categories"][name]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                items = (audit.get("details") or {}).get("items") or []
                snippet = next((item["node"]["snippet"] for item in items if "node" in item), "")
                found.append(f"{name}: {audit['title']} {audit.get('displayValue', '')} {snippet[:120]}")
    return found


if __name__ == "__main__":
    sys.exit(main())
