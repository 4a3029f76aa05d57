"""From linked tables to a release: Parquet, CSV, descriptors and the page, verified and then swapped in.

`release` builds and publishes, `parquet` and `csv` write tables, `checksums` seals the files, `checks` looks
at the release as a reader would, `verify` and `diff` do so later, `report` makes the page for people.
"""
