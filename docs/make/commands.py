"""Reference pages of the command line and the settings."""

import argparse

from docs.make.markdown import note, plain, table
from hytegraph.server.cli.main import EXIT_CODES, parser
from hytegraph.server.settings import SETTINGS, Setting

# A command with more shows them as `[OPTION…]`.
MOST_OPTIONS = 8


def commands() -> str:
    """Every command of `hytegraph` with its usage, arguments and options."""
    top = parser()
    chooser = next(action for action in top._actions if isinstance(action, argparse._SubParsersAction))
    helps = {choice.dest: choice.help or "" for choice in chooser._choices_actions}
    text = note("server.cli.main.py") + "# Commands\n\n"
    text += "`hytegraph COMMAND --help` prints the same. "
    text += (
        "Without a release, commands use `build/release`; without a folder, the packaged Kemi documents.\n\n"
    )
    text += table(
        ("command", "what it does"), ((f"[`{name}`](#{name})", words) for name, words in helps.items())
    )
    text += "\n## Exit codes\n\n"
    codes = (line.split(maxsplit=1) for line in EXIT_CODES.splitlines()[1:])
    text += table(("code", "meaning"), ((f"`{code}`", meaning) for code, meaning in codes))
    for name, command in chooser.choices.items():
        text += f"\n## {name}\n\n{helps[name][:1].upper()}{helps[name][1:]}.\n\n"
        text += f"```\n{_usage(command)}\n```\n"
        rows = [_argument(action) for action in command._actions if not _is_help(action)]
        text += "\n" + table(("argument or option", "meaning"), rows) if rows else ""
    return text


def _usage(command: argparse.ArgumentParser) -> str:
    """The usage of a command on one line; argparse's own differs between versions of Python."""
    options = [action for action in command._actions if action.option_strings and not _is_help(action)]
    arguments = [action for action in command._actions if not action.option_strings]
    parts = ["[OPTION…]"] if len(options) > MOST_OPTIONS else [_option(action) for action in options]
    for action in arguments:
        name = str(action.metavar or action.dest)
        forms = {None: name, "?": f"[{name}]", "+": f"{name} [{name} …]", "*": f"[{name} …]"}
        parts.append(forms[action.nargs if isinstance(action.nargs, str) else None])
    return " ".join([command.prog, *parts])


def _option(action: argparse.Action) -> str:
    words = action.option_strings[0] + _value(action)
    return words if action.required else f"[{words}]"


def _value(action: argparse.Action) -> str:
    """The value of an option as it is shown behind its name."""
    if action.choices:
        return f" {{{','.join(map(str, action.choices))}}}"
    name = action.metavar or action.dest.upper()
    if action.nargs == "+":
        return f" {name} [{name} …]"
    return "" if action.nargs == 0 else f" {name}"


def _is_help(action: argparse.Action) -> bool:
    return isinstance(action, argparse._HelpAction)


def _argument(action: argparse.Action) -> tuple[str, str]:
    name = ", ".join(action.option_strings) or str(action.metavar or action.dest)
    value = _value(action) if action.option_strings or action.choices else ""
    return f"`{name}{value}`", plain(action.help or "")


def settings() -> str:
    """Every setting with its option, environment variable, default, values and meaning."""
    text = note("server/settings.py") + "# Settings\n\n"
    text += "Each setting is an option of `hytegraph serve` and an environment variable. "
    text += "The option has precedence over the variable, the variable over the default.\n\n"
    return text + table(("option", "variable", "default", "values", "meaning"), map(_setting, SETTINGS))


def _setting(setting: Setting) -> tuple[str, ...]:
    values = ", ".join(f"`{choice}`" for choice in setting.choices)
    if isinstance(setting.default, int):
        values = f"from {setting.minimum}"
    option = "argument" if setting.name == "release" else f"`{setting.option}`"
    default = f"`{setting.default}`" if setting.default != "" else ""
    return option, f"`{setting.environment}`", default, values, plain(setting.help)
