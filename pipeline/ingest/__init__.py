"""From raw files to decoded documents: every file below the raw folder becomes documents or is quarantined.

`discovery` finds the files and cuts them into shards, `readers` know the formats, `charset` turns bytes
into text, `shard` does one shard, `checks` looks at the result. Mending text belongs in `pipeline.repair`.
"""
