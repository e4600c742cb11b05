"""Typer in French: the few English words of its help and of its errors."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from bot.errors import Refused
from bot.words.french import printable
from knowledge.model.typography import french

_EXTRA = re.compile(r"unexpected extra argument\S* \((.*)\)")


class _AsTyped:
    """
    Take a word as it was typed: every parameter here is a string or a flag.

    Typer would import pydantic (a third of the start) to turn a string into a string.
    """

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ARG002 - the names are Typer's
        """Return the value; for a list of words, a list."""
        if param.nargs == -1:
            return list(value or ())
        return value


class FrenchCommand(TyperCommand):
    """A command whose help is in French, and whose words stay the strings that were typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for param in self.params:
            if hasattr(param, "_runtime_param"):
                param._runtime_param = _AsTyped()

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Usage : ")

    def get_help_option(self, ctx: Any) -> Any:
        """Return `--help`, explained in French."""
        return _french_help(super().get_help_option(ctx))


class FrenchGroup(TyperGroup):
    """A group of commands whose help and errors are in French."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Usage : ")

    def get_help_option(self, ctx: Any) -> Any:
        """Return `--help`, explained in French."""
        return _french_help(super().get_help_option(ctx))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands."""
        found = [(n, c) for n in self.list_commands(ctx) if (c := self.get_command(ctx, n)) is not None]
        width = formatter.width - 6 - max(len(n) for n, _ in found)
        with formatter.section("Commandes"):
            formatter.write_dl([(n, c.get_short_help_str(width)) for n, c in found if not c.hidden])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command named, or say which exist."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            names = self.list_commands(ctx)
            near = get_close_matches(name, names, n=3, cutoff=0.5) or names
            raise Refused(french(f"commande inconnue « {printable(name)} » ; commandes : {', '.join(near)}"))
        return super().resolve_command(ctx, args)


def say(error: typer.TyperException) -> str:
    """Say an error of Typer in French."""
    kind = type(error).__name__
    message = str(getattr(error, "message", error))
    param = getattr(error, "param", None)
    extra = _EXTRA.search(message)
    if kind == "NoSuchOption":
        possible = getattr(error, "possibilities", None)
        near = f" ; peut-être {' ou '.join(sorted(possible))}" if possible else " ; « --help » dit celles qui existent"
        return french(f"option inconnue « {printable(str(getattr(error, 'option_name', '')))} »{near}")
    if kind == "MissingParameter" and param is not None:
        name = param.metavar or (param.opts[0] if param.opts else param.name)
        return french(f"il manque « {name} » ; « --help » montre comment écrire la commande")
    if extra is not None:
        return french(f"mots en trop : {printable(extra.group(1))} ; « --help » montre comment écrire la commande")
    if "requires" in message and "argument" in message:
        return french(f"l'option « {getattr(error, 'option_name', '')} » attend une valeur")
    return french(f"commande mal écrite ({printable(message)}) ; « --help » montre comment l'écrire")


def _french_help(option: Any) -> Any:
    if option is not None:
        option.help = "Affiche cette aide."
        option._runtime_param = _AsTyped()
    return option
