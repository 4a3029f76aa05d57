"""`python -m pipeline.cli` is `xianqing`."""

from pipeline.cli import main

main()
