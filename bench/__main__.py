"""All benchmarks, one after the other: `python -m bench`. Each prints ratios measured side by side in one run."""

from __future__ import annotations

import sys

from bench import charset, codec, entities, figures, misaligned, residue, sound

if __name__ == "__main__":
    for benchmark in (sound, misaligned, codec, residue, charset, entities, figures):
        print(f"\n== {benchmark.__name__.rpartition('.')[2]} ==")
        sys.argv = sys.argv[:1]
        benchmark.main()
