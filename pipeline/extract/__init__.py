"""What a document says: the places, bodies, people and initiatives it names, and the figures it reports.

Finders are plain functions on text: `places` (over `gazetteer`), `organizations`, `people`, `initiatives`, all of
which return `mentions`; and `figures`, over `numerals`, `units`, `metrics` and `periods`. `shard` runs them over one
shard. Joining what several documents say belongs in `pipeline.link`.
"""
