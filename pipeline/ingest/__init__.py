"""From raw files to decoded documents: every file below the raw folder becomes documents or is quarantined.

`discovery` finds the files and cuts them into shards, `readers` know the formats, `shard` does one shard, `checks`
looks at the result. Charsets are told apart in
`pipeline.charset`, text is mended in `pipeline.repair`.
"""
