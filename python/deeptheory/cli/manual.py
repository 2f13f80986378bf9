"""Help of the quality of a manual page: after the options come examples, exit codes and more.

Synopsis, description and options come from the commands themselves; `manual_pages` holds the rest.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import typer
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["BAD_INPUT", "ManualCommand", "ManualGroup", "Page", "attach"]

BAD_INPUT = "the usage, the input or the machine is at fault; the message says what to do"
"""What exit code 2 means, for every command."""
INTERRUPTED = "it was interrupted"
"""What exit code 130 means, for every command."""
ERRORS = (
    'With --json, the last line of standard error says what is wrong: {"error": "…", "exit": 2}.'
)
"""What becomes of an error, for every command."""


@dataclass(frozen=True)
class Page:
    """What the help of a command says beyond synopsis, description and options.

    Attributes
    ----------
    panel : str
        The heading under which the list of commands shows it.
    examples : tuple of (str, str)
        Command lines, each with what it does.
    done : str
        What exit code 0 means.
    failed : str
        What exit code 1 means; empty where the command never ends with it.
    files : tuple of (str, str)
        Files that it reads or writes.
    see_also : tuple of str
        Other commands.
    """

    panel: str
    examples: tuple[tuple[str, str], ...]
    done: str = "done"
    failed: str = ""
    files: tuple[tuple[str, str], ...] = ()
    see_also: tuple[str, ...] = field(default=())

    @property
    def exits(self) -> tuple[tuple[str, str], ...]:
        """The exit codes with what they mean."""
        one = (("1", self.failed),) if self.failed else ()
        return (("0", self.done), *one, ("2", BAD_INPUT), ("130", INTERRUPTED))


def _pages() -> dict[str, Page]:
    from deeptheory.cli.manual_pages import PAGES

    return PAGES


def page_of(context: Any) -> Page | None:
    """Return the page of the command that a context is about."""
    words: list[str] = []
    while context.parent is not None:
        words.insert(0, str(context.info_name))
        context = context.parent
    return _pages().get(" ".join(words))


class ManualCommand(TyperCommand):
    """A command whose help ends with its page."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help, then the page."""
        super().format_help(ctx, formatter)
        _add_page(self.rich_markup_mode is not None, page_of(ctx), formatter)


class ManualGroup(TyperGroup):
    """A group of commands whose help ends with its page."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help, then the page."""
        super().format_help(ctx, formatter)
        _add_page(self.rich_markup_mode is not None, page_of(ctx), formatter)


def attach(app: typer.Typer, prefix: str = "") -> None:
    """Give every command of an application its page and its place in the list.

    Parameters
    ----------
    app : Typer
        The application, with all its commands registered.
    prefix : str
        The names of the groups around it.
    """
    pages = _pages()
    for command in app.registered_commands:
        name = command.name or (command.callback.__name__ if command.callback else "")
        command.cls = ManualCommand
        if command.help is None and command.callback is not None:
            command.help = _paragraphs(inspect.getdoc(command.callback) or "")
        page = pages.get(f"{prefix}{name}".strip())
        if page is not None:
            command.rich_help_panel = page.panel
    for group in app.registered_groups:
        inner = group.typer_instance
        if inner is not None:
            name = str(group.name or inner.info.name or "")
            inner.info.cls = ManualGroup
            page = pages.get(f"{prefix}{name}".strip())
            if page is not None:
                group.rich_help_panel = page.panel
            attach(inner, f"{prefix}{name} ")


def _paragraphs(text: str) -> str:
    """Join the lines of each paragraph, which break where the terminal breaks them.

    Lines that are indented keep their place.
    """
    return "\n\n".join(
        part if re.search(r"^\s", part, re.MULTILINE) else " ".join(part.split())
        for part in re.split(r"\n{2,}", text)
    )


def _add_page(rich: bool, page: Page | None, formatter: Any) -> None:
    """Print a page after help that was printed; add it to help that is collected as a text."""
    from deeptheory.cli.app import console

    if page is None:
        return
    if rich:
        _print_page(page, console)
        return
    with console.capture() as captured:
        _print_page(page, console)
    formatter.write(captured.get())


def _print_page(page: Page, console: Console) -> None:
    _section(console, "Examples")
    for command, what in page.examples:
        console.print(Text(f"   # {what}", style="dim"), soft_wrap=True)
        console.print(Text(f"   {command}", style="bold"), soft_wrap=True)
    _table(console, "Exit status", page.exits)
    console.print(Padding(Text(ERRORS), (0, 0, 0, 3)))
    if page.files:
        _table(console, "Files", page.files)
    if page.see_also:
        _section(console, "See also")
        console.print(Text("   " + ", ".join(f"deeptheory {n}" for n in page.see_also)))
    console.print()


def _section(console: Console, title: str) -> None:
    console.print(Text(f"\n {title}", style="bold yellow"))


def _table(console: Console, title: str, rows: tuple[tuple[str, str], ...]) -> None:
    _section(console, title)
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for key, value in rows:
        table.add_row(Text(key), Text(value))
    console.print(Padding(table, (0, 0, 0, 3)))
