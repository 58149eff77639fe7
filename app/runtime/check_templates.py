"""Reads every template before a browser does: `python -m app.runtime.check_templates` (part of `make check`).

Refuses what does not compile; names of components, filters, files and parents that are not there; variables that no
call of `page()` hands over; what would switch off escaping; and what the security policy would block: inline scripts
and styles, `style=` and `on…=` attributes, htmx's own ways to evaluate code. Says `file:line: what is wrong`, exit 1
if anything is.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, TemplateError, TemplateSyntaxError, meta, nodes
from jinja2.exceptions import TemplateNotFound

from app.runtime.static_files import StaticFiles
from app.runtime.templates import ROOT, TEMPLATES, environment

FORBIDDEN = {
    r"\|\s*safe\b": "`|safe` switches escaping off",
    r"\bMarkup\s*\(": "`Markup` switches escaping off",
    r"{%-?\s*autoescape\s+false": "`autoescape false` switches escaping off",
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/ld\+json\")[^>]*>": "a script stands in the page",
    r"<style[\s>]": "a style stands in the page",
    r"\sstyle\s*=": "a style attribute",
    r"\son[a-z]+\s*=": "an event attribute",
    r"\shx-on\b": "`hx-on` evaluates code",
    r"\shx-(?:vals|headers|confirm|vars)\s*=\s*[\"'](?:js|javascript):": "htmx would evaluate code",
    r"\shx-trigger\s*=\s*[\"'][^\"']*\[": "a filter of `hx-trigger` evaluates code",
    r"javascript:": "a script as an address",
    r"\b(?:href|src|action)\s*=\s*[\"']?https?://": "something from another site",
}
_MAILS = "emails/"
# What `page()` and the application hand to every page.
_ALWAYS_GIVEN = frozenset({"shop", "here", "is_acting", "acting_for", "desk", "as_cell", "maybe_url"})
_ANOTHER_SITE = r"\b(?:href|src|action)\s*=\s*[\"']?https?://"
_COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
_ALLOWED_IN_MAILS = {r"<style[\s>]", r"\sstyle\s*=", _ANOTHER_SITE}


class _Regional:
    locale = "en_US"
    time_zone = "UTC"


def problems(folder: Path = TEMPLATES, code: Path = ROOT / "app") -> list[str]:
    """Everything that is wrong with the templates in `folder` and with the calls of `page()` in `code`."""
    static = StaticFiles()
    templates = environment(url=lambda name: name, static=static.url, regional=_Regional, folder=folder)
    found: list[str] = []
    for file in sorted(folder.rglob("*")):
        if not file.is_file() or file.name.startswith("."):
            continue
        name = file.relative_to(folder).as_posix()
        source = file.read_text()
        found += [
            f"{name}:{line}: {what}"
            for line, what in sorted({*_written(name, source), *_meant(templates, name, source)})
        ]
    return found if found else [*_unseen(templates, folder), *_not_handed_over(templates, code)]


def _written(name: str, source: str) -> Iterator[tuple[int, str]]:
    """What must not stand in a template, by its text; comments may speak of it."""
    text = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), source)
    for pattern, what in FORBIDDEN.items():
        if name.startswith(_MAILS) and pattern in _ALLOWED_IN_MAILS:
            continue
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield text.count("\n", 0, match.start()) + 1, what


def _meant(templates: Environment, name: str, source: str) -> Iterator[tuple[int, str]]:
    """What does not hold together, by its syntax tree."""
    try:
        tree = templates.parse(source)
        templates.compile(source)
    except TemplateSyntaxError as error:
        yield error.lineno, f"does not compile: {error.message}"
        return
    node: Any
    for node in tree.find_all(
        (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport, nodes.Filter, nodes.Getattr, nodes.Call)
    ):
        if isinstance(node, (nodes.Extends, nodes.Include)) and isinstance(node.template, nodes.Const):
            try:
                templates.get_template(node.template.value)
            except TemplateNotFound:
                yield node.lineno, f"no template is named {node.template.value!r}"
            except TemplateError:
                pass  # said where that file is looked at
        elif isinstance(node, (nodes.Import, nodes.FromImport)):
            if name.startswith(_MAILS):
                continue  # a mail is always rendered whole
            yield node.lineno, "imports are not seen by a block rendered alone; components are in `ui`"
        elif isinstance(node, nodes.Filter) and node.name not in templates.filters:
            yield node.lineno, f"no filter is named {node.name!r}"
        elif isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "ui":
            try:
                getattr(templates.globals["ui"], node.attr)
            except AttributeError:
                yield node.lineno, f"no component is named {node.attr!r}"
            except (TemplateError, ValueError) as error:
                yield node.lineno, f"the components do not load: {error}"
        elif isinstance(node, nodes.Call):
            yield from _static_call(templates, node)


def _static_call(templates: Environment, call: nodes.Call) -> Iterator[tuple[int, str]]:
    if not (isinstance(call.node, nodes.Name) and call.node.name == "static" and call.args):
        return
    argument = call.args[0]
    static = cast(Callable[[str], str], templates.globals["static"])
    if isinstance(argument, nodes.Const):
        try:
            static(argument.value)
        except LookupError as error:
            yield call.lineno, str(error)


def _unseen(templates: Environment, folder: Path) -> Iterator[str]:
    """Macros see their own arguments and what is global, not what the page was given."""
    for file in sorted((folder / "components").glob("*.html")):
        name = f"components/{file.name}"
        for variable in sorted(_wanted(templates, templates.parse(file.read_text())) - {"kwargs", "caller", "varargs"}):
            yield f"{name}:1: nothing hands {variable!r} to a component"


def _not_handed_over(templates: Environment, code: Path) -> Iterator[str]:
    """For every `page(request, "file.html", …)` with its context written out: what the template wants and does not get.

    A call that answers a plain form by a redirect (`at`) renders only its fragments.
    """
    for file in sorted(code.rglob("*.py")):
        if "tests" in file.parts:
            continue
        for call in ast.walk(ast.parse(file.read_text())):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "page"):
                continue
            given = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
            name = call.args[1] if len(call.args) > 1 else None
            if not (isinstance(name, ast.Constant) and isinstance(name.value, str)) or len(given) < len(call.keywords):
                continue
            only = _fragments(given) if "at" in given and "status" not in given else None
            where = f"../{file.relative_to(code.parent)}:{call.lineno}"
            try:
                wanted = _wanted_by(templates, name.value, only)
            except TemplateNotFound as error:
                yield f"{where}: no template is named {error.name!r}"
                continue
            missing = wanted - given.keys() - _ALWAYS_GIVEN
            for variable in sorted(missing):
                yield f"{where}: {name.value} wants {variable!r}"


def _fragments(given: dict[str, ast.expr]) -> set[str]:
    named = [
        node.value
        for part in ("fragment", "also")
        if part in given
        for node in ast.walk(given[part])
        if isinstance(node, ast.Constant)
    ]
    return {name for name in named if isinstance(name, str)}


def _wanted_by(templates: Environment, name: str, only: set[str] | None = None) -> set[str]:
    """The variables that `name` needs, with its parents and what it includes; or `only` some blocks of it."""
    assert templates.loader is not None
    source, _, _ = templates.loader.get_source(templates, name)
    tree = templates.parse(source)
    if only is not None:
        tree = nodes.Template([block for block in tree.find_all(nodes.Block) if block.name in only], lineno=1)
        tree.set_environment(templates)
    wanted = _wanted(templates, tree)
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx in ("store", "param")}
    blocks = {block.name for block in tree.find_all(nodes.Block)}
    node: Any
    for node in tree.find_all((nodes.Extends, nodes.Include)):
        if isinstance(node.template, nodes.Const):
            wanted |= _wanted_by(templates, node.template.value) - own
    return wanted - blocks


def _wanted(templates: Environment, tree: nodes.Template) -> set[str]:
    """Undeclared and not global, without those that the template asks about (`is defined`, `|default`).

    A `set` in one branch counts as declared, though Jinja cannot know that the branch is taken.
    """
    known = {node.name for node in _asked(tree)} | {
        node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"
    }
    return meta.find_undeclared_variables(tree) - templates.globals.keys() - known


def _asked(tree: nodes.Template) -> Iterable[nodes.Name]:
    for test in tree.find_all(nodes.Test):
        if test.name in ("defined", "undefined") and isinstance(test.node, nodes.Name):
            yield test.node
    for chosen in tree.find_all(nodes.Filter):
        if chosen.name in ("default", "d") and isinstance(chosen.node, nodes.Name):
            yield chosen.node


def main() -> int:
    found = problems()
    for line in found:
        sys.stdout.write(f"templates/{line}\n")
    sys.stdout.write(f"{len(found)} problems in the templates\n" if found else "The templates are sound.\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
