"""The command line: what a person types, and what it says back.

One module a command, or two that are close; `output` shows things, `errors` says what exit codes mean. Commands
parse arguments, call the plain functions of the steps and print; they decide nothing else.
"""

from __future__ import annotations

import click

from pipeline import __version__
from pipeline.cli.describe import describe
from pipeline.cli.diff import diff
from pipeline.cli.doctor import doctor
from pipeline.cli.errors import CODES, Commands
from pipeline.cli.query import query, sample
from pipeline.cli.repair import repair
from pipeline.cli.run import run
from pipeline.cli.verify import verify


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="\b\nExit codes:\n" + CODES,
)
@click.version_option(__version__, prog_name="xianqing")
def main() -> None:
    """Xianqing (县情): facts out of Chinese local-government web text."""


for _command in (run, repair, describe, sample, query, verify, diff, doctor):
    main.add_command(_command)
