"""Reference pages of the command line and the settings."""

import argparse

from docs.make.markdown import note, plain, table
from hytegraph.server.cli.main import EXIT_CODES, parser
from hytegraph.server.settings import SETTINGS, Setting

LONGEST_USAGE = 300


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
    """The usage of a command on one line; a command with many options shows them as `[OPTION…]`."""
    usage = " ".join(command.format_usage().removeprefix("usage: ").split())
    if len(usage) <= LONGEST_USAGE:
        return usage.replace(" [-h]", "")
    arguments = (action for action in command._actions if not action.option_strings)
    return f"{command.prog} [OPTION…] {' '.join(f'[{action.metavar}]' for action in arguments)}"


def _is_help(action: argparse.Action) -> bool:
    return isinstance(action, argparse._HelpAction)


def _argument(action: argparse.Action) -> tuple[str, str]:
    name = ", ".join(action.option_strings) or str(action.metavar or action.dest)
    value = ""
    if action.choices:
        value = f" {{{','.join(map(str, action.choices))}}}"
    elif action.option_strings and action.nargs != 0:
        value = f" {action.metavar or action.dest.upper()}"
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
