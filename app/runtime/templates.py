"""The Jinja environment of pages and mails: strict, translated, with the components and filters every template sees.

A block that is rendered alone sees nothing that its file imports, so the macros of `templates/components/` are one
global, `ui`: `{{ ui.button(_("Add to cart")) }}`. Those of the back office are another, `staff`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from gettext import NullTranslations
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import NumberPattern, format_decimal
from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from domains.kit.money import Money, exponent
from domains.kit.rich_text import clean

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"

_CODE_BEFORE_DIGIT = re.compile(r"([A-Z])(?=\d)")  # CLDR wants a space between KWD and 1.500, Babel sets none
_YEAR = re.compile(r"(?:\s*'[^']*')?[,\s]*y+(?:年|년)?")


class Regional(Protocol):
    """Where the shop is: what decides how money and time are written."""

    @property
    def locale(self) -> str: ...
    @property
    def time_zone(self) -> str: ...


class Rendition(Protocol):
    """One size of a picture in one format ("avif", "webp")."""

    @property
    def key(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def format(self) -> str: ...


class Components:
    """Every macro of `templates/components/` (or the folder `area`) by its own name, used once over all files."""

    def __init__(self, templates: Environment, folder: Path = TEMPLATES, area: str = "components") -> None:
        self._templates = templates
        self._folder = folder
        self._area = area
        self._macros: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if not self._macros or self._templates.auto_reload:
            self._macros = self._load()
        if name not in self._macros:
            raise AttributeError(f"no component is named {name!r}")
        return self._macros[name]

    def _load(self) -> dict[str, Any]:
        macros: dict[str, Any] = {}
        for file in sorted((self._folder / self._area).glob("*.html")):
            module = self._templates.get_template(f"{self._area}/{file.name}").module
            for name, macro in vars(module).items():
                if name.startswith("_"):
                    continue
                if name in macros:
                    raise ValueError(f"two components are named {name!r}")
                macros[name] = macro
        return macros


class Kept:
    """Pieces of pages that are rendered once for the same values: `{{ kept("catalog/_card.html", card=card) }}`.

    A piece sees nothing but what it is given, all of it frozen, so what is kept is never anything but what would be
    rendered now. The least used go when there are too many.
    """

    def __init__(self, templates: Environment, regional: Callable[[], Regional], *, most: int = 4000) -> None:
        self._templates = templates
        self._regional = regional
        self._kept = lru_cache(maxsize=most)(self._render)

    def __call__(self, name: str, /, **values: Any) -> Markup:
        render = self._render if self._templates.auto_reload else self._kept
        return render(name, self._regional().locale, tuple(values.items()))

    def _render(self, name: str, _locale: str, values: tuple[tuple[str, Any], ...]) -> Markup:
        return Markup(self._templates.get_template(name).render(values))  # noqa: S704 - escaped by the template


def environment(
    *,
    url: Callable[..., str],
    static: Callable[[str], str],
    regional: Callable[[], Regional],
    media: Callable[[str], str] = "/media/{}".format,
    folder: Path = TEMPLATES,
    reload: bool = False,
) -> Environment:
    """Make the environment that renders every page.

    `url` turns a route name into an address, `static` a file's name into its hashed one, `media` a picture's key into
    its address; `regional` says the shop's locale and time zone at the moment of rendering; `reload` looks for
    changed files on every use.
    """
    templates = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=reload,
        cache_size=-1,
    )
    templates.policies["ext.i18n.trimmed"] = True
    install_translations(templates, NullTranslations())
    templates.globals.update(url=url, static=static, media=media)
    templates.globals.update(ui=Components(templates, folder), kept=Kept(templates, regional))
    templates.globals.update(staff=Components(templates, folder, "components/staff"))
    templates.filters.update(_filters(regional))
    templates.filters.update(attributes=attributes, srcset=partial(srcset, media=media), rich=rich)
    return templates


def kept_compiled(folder: Path) -> BytecodeCache:
    """Keeps compiled templates in `folder` between starts."""
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def install_translations(templates: Environment, translations: NullTranslations) -> None:
    """Let `_()` and `{% trans %}` speak the language of `translations`; placeholders are `%(name)s`."""
    templates.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]


def render_blocks(templates: Environment, name: str, blocks: Iterable[str], values: Mapping[str, Any]) -> str:
    """Render only `blocks` of the template `name`, one after the other.

    Raises `LookupError` for a block that the file itself does not define.
    """
    template: Template = templates.get_template(name)
    parts: list[str] = []
    for block in blocks:
        if block not in template.blocks:
            raise LookupError(f"{name} has no block {block!r}")
        context = template.new_context(dict(values))
        parts.extend(template.blocks[block](context))
    return "".join(parts)


def _filters(regional: Callable[[], Regional]) -> dict[str, Callable[..., str]]:
    def zone() -> ZoneInfo:
        return _zone(regional().time_zone)

    def day_of(value: date | datetime) -> date:
        return value.astimezone(zone()).date() if isinstance(value, datetime) else value

    def money(value: Money) -> str:
        return money_text(value, regional().locale)

    def date_text(value: date | datetime, style: str = "long") -> str:
        return format_date(day_of(value), style, locale=_locale(regional().locale))

    def weekday(value: date | datetime) -> str:
        """Tuesday, November 24"""
        locale = regional().locale
        return format_date(day_of(value), _weekday_pattern(locale), locale=_locale(locale))

    def datetime_text(value: datetime, style: str = "medium") -> str:
        """Nov 24, 2026, 3:30 PM: seconds are for logs."""
        locale = _locale(regional().locale)
        local = value.astimezone(zone())
        order = str(locale.datetime_formats[style])
        time = format_time(local, "short", locale=locale)
        return order.replace("{0}", time).replace("{1}", format_date(local, style, locale=locale)).replace("'", "")

    def time_text(value: datetime, style: str = "short") -> str:
        return format_time(value, style, tzinfo=zone(), locale=_locale(regional().locale))

    def number(value: int) -> str:
        return format_decimal(value, locale=_locale(regional().locale))

    return {
        "money": money,
        "amount": _amount,
        "date": date_text,
        "weekday": weekday,
        "datetime": datetime_text,
        "time": time_text,
        "number": number,
        "iso": _iso,
    }


@lru_cache(maxsize=64)
def _locale(name: str) -> Locale:
    return Locale.parse(name)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=64)
def _weekday_pattern(locale: str) -> str:
    """The locale's full date without the year: a delivery is never a year away."""
    return _YEAR.sub("", str(_locale(locale).date_formats["full"].pattern)).strip()


@lru_cache(maxsize=64)
def _pattern(locale: str, currency: str) -> NumberPattern:
    """The locale's way to write `currency`, with as many decimals as the kit counts (CLDR's differ for some)."""
    standard = _locale(locale).currency_formats["standard"]
    places = exponent(currency)
    return NumberPattern(
        standard.pattern,
        standard.prefix,
        standard.suffix,
        standard.grouping,
        standard.int_prec,
        (places, places),
        standard.exp_prec,
        standard.exp_plus,
    )


@lru_cache(maxsize=20_000)
def money_text(value: Money, locale: str) -> str:
    """`value` as a person of `locale` writes it, to the last minor unit."""
    pattern = _pattern(locale, value.currency)
    text: str = pattern.apply(value.decimal, _locale(locale), currency=value.currency, currency_digits=False)
    return _CODE_BEFORE_DIGIT.sub("\\1\u00a0", text)


def _amount(value: Money) -> str:
    """The plain decimal, for machines: 12.50."""
    return f"{value.decimal:f}"


def _iso(value: date | datetime) -> str:
    """For the `datetime` attribute of `<time>`."""
    return value.isoformat()


def srcset(
    renditions: Sequence[Rendition], format: str, widest: int | None = None, *, media: Callable[[str], str]
) -> str:
    """The `srcset` attribute of the sizes in `format`, smallest first; empty where there is none.

    `widest` is for pictures that are never shown large: addresses hardly compress, so a grid names none it cannot use.
    """
    fitting = sorted((one for one in renditions if one.format == format), key=lambda one: one.width)
    if widest is not None:
        fitting = [one for one in fitting if one.width <= widest] or fitting[:1]
    return ", ".join(f"{media(one.key)} {one.width}w" for one in fitting)


def attributes(values: Mapping[str, Any]) -> Markup:
    """Keywords of a macro as HTML attributes: `hx_post` is `hx-post`, `true` an attribute without a value, `false` and
    `none` no attribute.
    """
    written = (
        f" {escape(name.rstrip('_').replace('_', '-'))}" + ("" if value is True else f'="{escape(value)}"')
        for name, value in values.items()
        if value is not None and value is not False
    )
    return Markup("".join(written))  # noqa: S704 - every name and value is escaped above


def rich(html: str) -> Markup:
    """Rich text as HTML. It was cleaned when it was stored and is cleaned again here, so that no way around the first
    makes a page unsafe."""
    return Markup(clean(html))  # noqa: S704 - cleaned one call before
