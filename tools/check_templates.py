"""Reads every template without rendering it: it compiles, what it names exists, and it obeys the security policy.

python tools/check_templates.py
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, TemplateError, nodes

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.runtime.templates import environment  # noqa: E402 (the path must be set first)

TEMPLATES = ROOT / "templates"
KINDS = (".html", ".mjml", ".txt", ".xml")

INLINE = (
    (re.compile(r"<script(?![^>]*\b(src=|type=\"application/ld\+json\"))[^>]*>", re.I), "a script in the page"),
    (re.compile(r"<style[\s>]", re.I), "a style sheet in the page"),
    (re.compile(r"\s(style|on[a-z]+)=[\"']", re.I), "a style or a handler in an attribute"),
    (re.compile(r"(href|src|action)=[\"']\s*javascript:", re.I), "a javascript: address"),
)


def names() -> list[str]:
    """Every template by the name that the environment knows it by."""
    return sorted(
        str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file() and path.suffix in KINDS
    )


def macros(templates: Environment) -> dict[str, tuple[set[str], bool]]:
    """The arguments of every component, and whether it takes any by `kwargs`."""
    found: dict[str, tuple[set[str], bool]] = {}
    for path in sorted((TEMPLATES / "components").glob("*.html")):
        for macro in templates.parse(path.read_text()).find_all(nodes.Macro):
            open_ended = any(name.name == "kwargs" for name in macro.find_all(nodes.Name))
            found[macro.name] = ({argument.name for argument in macro.args}, open_ended)
    return found


def problems(templates: Environment, name: str, known: dict[str, tuple[set[str], bool]]) -> Iterator[str]:
    """What is wrong with the template `name`, a line each."""
    source = (TEMPLATES / name).read_text()
    try:
        tree = templates.parse(source, name, str(TEMPLATES / name))
        templates.compile(source, name, str(TEMPLATES / name))
    except TemplateError as error:
        yield f"{name}:{getattr(error, 'lineno', 0)}: {error}"
        return
    yield from _missing_files(tree, name)
    yield from _unknown_components(tree, name, known)
    yield from _outside_blocks(tree, name)
    if name.endswith(".html") and not name.startswith("emails/"):
        for number, line in enumerate(source.splitlines(), 1):
            for pattern, what in INLINE:
                if pattern.search(line):
                    yield f"{name}:{number}: {what}, which the content security policy blocks"


def _missing_files(tree: nodes.Template, name: str) -> Iterator[str]:
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        wanted = getattr(node, "template", None)
        if (
            isinstance(wanted, nodes.Const)
            and not getattr(node, "ignore_missing", False)
            and not (TEMPLATES / str(wanted.value)).is_file()
        ):
            yield f"{name}:{node.lineno}: there is no template {wanted.value!r}"


def _unknown_components(tree: nodes.Template, name: str, known: dict[str, tuple[set[str], bool]]) -> Iterator[str]:
    for call in tree.find_all(nodes.Call):
        target = call.node
        if not (isinstance(target, nodes.Getattr) and isinstance(target.node, nodes.Name) and target.node.name == "ui"):
            continue
        if target.attr not in known:
            yield f"{name}:{call.lineno}: there is no component {target.attr!r}"
            continue
        arguments, open_ended = known[target.attr]
        for keyword in call.kwargs:
            if keyword.key not in arguments and keyword.key != "caller" and not open_ended:
                yield f"{name}:{call.lineno}: the component {target.attr!r} takes no {keyword.key!r}"
        if len(call.args) > len(arguments):
            yield f"{name}:{call.lineno}: the component {target.attr!r} takes {len(arguments)} arguments"


def _outside_blocks(tree: nodes.Template, name: str) -> Iterator[str]:
    """A block rendered alone sees nothing that stands beside it at the top of its file."""
    blocks = list(tree.find_all(nodes.Block))
    if not blocks:
        return
    for node in tree.body:
        if isinstance(node, nodes.Assign | nodes.AssignBlock | nodes.Import | nodes.FromImport):
            yield f"{name}:{node.lineno}: a fragment of this page will not see what is set or imported here"


def main() -> int:
    templates = environment(
        url=lambda *_, **__: "",
        static=lambda _: "",
        regional=lambda: SimpleNamespace(locale="en_US", time_zone="UTC"),
    )
    known = macros(templates)
    found = [problem for name in names() for problem in problems(templates, name, known)]
    print("\n".join(found), end="\n" if found else "")
    linted = subprocess.run(
        [sys.executable, "-m", "djlint", "--lint", "--quiet", str(TEMPLATES)], cwd=ROOT, check=False
    )
    return 1 if found or linted.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
