"""All benchmarks, one after the other: `python -m bench`. Each prints ratios measured side by side in one run.

The last two, the whole chain and its memory, take longest; each of them also runs by itself (`python -m bench.chain 4`).
"""

from __future__ import annotations

import sys

from bench import chain, charset, codec, entities, figures, html, memory, misaligned, residue, sound, tagged

if __name__ == "__main__":
    for benchmark in (sound, misaligned, codec, residue, charset, html, entities, tagged, figures, chain, memory):
        print(f"\n== {benchmark.__name__.rpartition('.')[2]} ==")
        sys.argv = sys.argv[:1]
        benchmark.main()
