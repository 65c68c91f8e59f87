"""The templates, compiled once for each language: messages are translated then, not at every request."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app, request
from jinja2 import Environment, FileSystemLoader, Template, nodes, select_autoescape
from jinja2.runtime import Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from webui.addresses.request import archive
from webui.languages import (
    gettext,
    language_links,
    locale_code,
    ngettext,
    number_label,
    offered_languages,
    text_direction,
)

_FOLDER = Path(__file__).parent / "templates"


class _Constants(NodeTransformer):
    """Replaces what is the same on all pages of a language by its text, so that Jinja joins it with the text around it.

    These are each `_("message")` without placeholders, `part("name")` without a link, `locale`, `direction` and values of `site`.
    """

    def __init__(self, known: Mapping[str, Any]) -> None:
        self._known = known

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # the name is Jinja's, as the two below
        self.generic_visit(node)
        stated = node.args[0] if len(node.args) == 1 and not node.kwargs else None
        if isinstance(node.node, nodes.Name) and isinstance(stated, nodes.Const) and node.node.name in ("_", "part"):
            text = nodes.Const(self._known[node.node.name](stated.value), lineno=node.lineno)
            return nodes.MarkSafe(text, lineno=node.lineno) if node.node.name == "part" else text
        return node

    def visit_Name(self, node: nodes.Name) -> nodes.Node:
        is_constant = node.ctx == "load" and node.name in ("locale", "direction")
        return nodes.Const(self._known[node.name], lineno=node.lineno) if is_constant else node

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:
        self.generic_visit(node)
        is_of_site = isinstance(node.node, nodes.Name) and node.node.name == "site"
        return nodes.Const(getattr(self._known["site"], node.attr), lineno=node.lineno) if is_of_site else node


class _Environment(Environment):
    """Templates of one language: that of the request which first uses one of them."""

    def _generate(self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False) -> str:
        return super()._generate(_Constants(self.globals).visit(source), name, filename, defer_init)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return all names a template knows as one mapping; with Jinja's two, each `import` on a page looks up all of ours."""
        return {**self.globals, **(d or {})}


class _Parts:
    """The parts that all pages of a language share, such as head and foot: each template is rendered once."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._printed: dict[str, str] = {}

    def print(self, name: str, here: str = "") -> Markup:
        """Return what the template prints, its link to `here` marked as the current page."""
        text = self._printed.get(name)
        if text is None:
            text = self._printed[name] = self._environment.get_template(name).render()
        return Markup(text.replace(f'href="{here}"', f'href="{here}" aria-current="page"', 1))


class Templates:
    """The templates of an application. All of them know the names in `values` and the `filters`."""

    def __init__(self, values: Mapping[str, object], filters: Mapping[str, Any]) -> None:
        self.values = {"_": gettext, "ngettext": ngettext, **values}
        self._filters = {"thousands": number_label, **filters}
        self._environments: dict[str, Environment] = {}

    def environment(self) -> Environment:
        """Return the templates in the language of the page."""
        code = locale_code()
        kept = self._environments.get(code)
        return kept or self._environments.setdefault(code, self._make(code))

    def _make(self, code: str) -> Environment:
        made = _Environment(
            loader=FileSystemLoader(_FOLDER),
            autoescape=select_autoescape(("html", "xml", "svg")),
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        made.globals.update(self.values, locale=code, direction=text_direction(code), part=_Parts(made).print)
        made.filters.update(self._filters)
        macros = made.get_template("_parts.html").module
        made.globals.update({name: value for name, value in vars(macros).items() if isinstance(value, Macro)})
        return made


def render(name: str, **values: object) -> str:
    """Return a template rendered with these values, in the language of the page."""
    languages = language_links()
    address = archive().config.site.address
    alternates = [(code, address + url) for code, _, url in languages]
    return template(name).render(values, here=request.path, languages=languages, alternates=alternates)


def template(name: str) -> Template:
    """Return a template in the language of the page."""
    return templates(current_app).environment().get_template(name)


def macro(name: str) -> Macro:
    """Return a macro of `_parts.html` in the language of the page."""
    return cast(Macro, templates(current_app).environment().globals[name])


def compile_templates(app: Flask) -> None:
    """Compile all templates in every language that the archive offers."""
    with app.app_context():
        offered = offered_languages()
    for code in offered:
        with app.test_request_context(f"/?lang={code}"):
            for name in templates(app).environment().list_templates(["html", "xml"]):
                template(name)


def templates(app: Flask) -> Templates:
    """Return the templates of an application."""
    return cast(Templates, app.extensions["templates"])
