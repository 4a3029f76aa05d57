"""All benchmarks, one after the other: `python -m bench`. Each prints ratios measured side by side in one run."""

from __future__ import annotations

from bench import figures, repair_misaligned

if __name__ == "__main__":
    repair_misaligned.main()
    figures.main()
