"""How the command line fails: with one sentence that says what to do, and an exit code that means something."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

NO, UNUSABLE = 1, 3
CODES = """\
  0  done, and all is well
  1  done, and the answer is no: a check failed, a release was refused, releases differ, something is amiss
  2  the command was not understood
  3  what the command was pointed at cannot be used: no raw files, no release, a broken file, a faulty query
"""


class Refused(click.ClickException):
    """The work was done, and its outcome is that something must not go on."""

    exit_code = NO


class Unusable(click.ClickException):
    """What the user pointed at cannot be used; the message says what to do."""

    exit_code = UNUSABLE


class Commands(click.Group):
    """The group of all commands, in the order in which they were added; a file that cannot be had is no traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # `| head` has seen enough; click knows what to do
            raise
        except OSError as problem:
            _unusable(problem)


def _unusable(problem: OSError) -> NoReturn:
    where = f"{problem.filename}: " if problem.filename else ""
    raise Unusable(
        f"{where}{problem.strerror or problem}; look whether it is there, may be used, and the disk has room"
    ) from None


@contextmanager
def release(folder: Path) -> Iterator[Path]:
    """The release that the user means; what is wrong with it is told without a traceback."""
    import pyarrow as pa

    from pipeline.publish.opened import NotARelease, find

    try:
        yield find(folder)
    except NotARelease as problem:
        raise Unusable(str(problem)) from None
    except pa.ArrowException as problem:
        raise Unusable(f"{folder}: a Parquet file is broken ({problem}); `xianqing verify {folder}` says which") from None
