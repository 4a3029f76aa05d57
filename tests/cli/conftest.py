"""The command line as a user meets it."""

import pytest
from click.testing import CliRunner

from pipeline.cli import main


@pytest.fixture
def cli():
    return lambda *args, **kw: CliRunner().invoke(main, [str(a) for a in args], **kw)
