"""Xianqing (县情): an open dataset of what China's counties report, made from garbled web text.

The way of the data, one folder a step: `ingest` reads raw files, `repair` mends their text, `extract`
finds entities and figures, `link` joins them across documents, `publish` makes the release. `contract`
declares every table and column once, `engine` runs the steps over shards, `reference` holds the data
files that ship. `definitions` is what Dagster sees and `cli` what the command line sees.
"""

__version__ = "0.1.0"
