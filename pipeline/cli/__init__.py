"""The command line: what a person types, and what it says back.

One module a command. Commands parse arguments, call the plain functions of the steps and print; they decide nothing else.
"""

from __future__ import annotations

import click

from pipeline import __version__
from pipeline.cli.repair import repair
from pipeline.cli.run import run
from pipeline.cli.verify import verify


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="xianqing")
def main() -> None:
    """Xianqing (县情): facts out of Chinese local-government web text."""


for _command in (run, repair, verify):
    main.add_command(_command)
