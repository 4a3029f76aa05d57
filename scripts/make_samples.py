"""Make raw/ from the clean truth in tests/truth/, the same bytes every time.

    python scripts/make_samples.py            write raw/
    python scripts/make_samples.py --check    say what differs from raw/, and fail if anything does

Each raw file gets a sidecar `NAME.source.json` that says where it comes from. How pages are laid out and
damaged belongs in scripts/samples/.
"""

from __future__ import annotations

import argparse
import codecs
import gzip
import hashlib
import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.samples import STEPS  # noqa: E402  (the repository root has to be on the path first)
from scripts.samples.page import html_page, text_page  # noqa: E402
from scripts.samples.truth import FOLDER, Truth, load  # noqa: E402

SIDECAR = ".source.json"
WRITTEN_ON = "2026-11-23"
NOTE = (
    "Written for this project in the style of local-government pages. Places are real; persons, events and figures are invented."
)
# Records of the container that no reader can use; they belong in quarantine.
BAD_RECORDS = (
    '{"title": "半截记录", "text": "这一行在下载时被截断',
    '{"title": "只有标题的记录", "text": "", "date": "2022-01-01"}',
)
OFFICE_FILE = "other/notice.docx"


def build() -> dict[str, bytes]:
    """All files below raw/ by their path, sidecars included."""
    truths = load()
    files: dict[str, bytes] = {}
    sidecars: dict[str, dict[str, Any]] = {}
    for truth in truths:
        raw = truth["raw"]
        if raw["record"] is None:
            files[raw["path"]] = _encode(damaged(truth), raw["encoding"])
            sidecars[raw["path"]] = _origin(truth)
    for path in sorted({t["raw"]["path"] for t in truths if t["raw"]["record"] is not None}):
        held = sorted((t for t in truths if t["raw"]["path"] == path), key=lambda t: t["raw"]["record"])
        files[path] = _container(held)
        sidecars[path] = {"records": [_origin(t) for t in held]}
    files[OFFICE_FILE] = _office_file()
    sidecars[OFFICE_FILE] = {"title": "a word-processor file, to land in quarantine", "url": None, "damage": []}
    for path, origin in sidecars.items():
        files[path + SIDECAR] = _sidecar(files[path], origin)
    return files


def damaged(truth: Truth) -> str:
    """A document's page after its mechanisms, as text."""
    text = html_page(truth) if truth["raw"]["template"] else text_page(truth)
    for step in truth["raw"]["steps"]:
        text = STEPS[step](text)
    return text


def differences(folder: Path) -> list[str]:
    """What stands in a raw folder otherwise than this script would write it, one line a file."""
    files = build()
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    return sorted(
        [f"missing: {path}" for path in files.keys() - found]
        + [f"not made here: {path}" for path in found - files.keys()]
        + [f"differs: {path}" for path in files.keys() & found if (folder / path).read_bytes() != files[path]]
    )


def write(folder: Path) -> int:
    """Write all files below a folder; returns how many."""
    files = build()
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return len(files)


def _encode(text: str, encoding: str) -> bytes:
    # Python writes UTF-16 in the machine's own byte order; a sample must be the same on every machine.
    return codecs.BOM_UTF16_LE + text.encode("utf-16-le") if encoding == "utf-16" else text.encode(encoding)


def _container(truths: list[Truth]) -> bytes:
    lines = [
        json.dumps({"title": t["title"], "url": _url(t), "date": t["published_on"], "text": damaged(t)}, ensure_ascii=False)
        for t in truths
    ]
    buffer = io.BytesIO()
    # No name and no time in the header, so that the bytes do not change.
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0) as file:
        file.write("".join(f"{line}\n" for line in (*lines, *BAD_RECORDS)).encode("utf-8"))
    return buffer.getvalue()


def _office_file() -> bytes:
    """The smallest thing that looks like a .docx; its only member is stored uncompressed with a fixed time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        member = zipfile.ZipInfo("word/document.xml", (2020, 1, 1, 0, 0, 0))
        member.create_system = 3  # else it names the machine's own system
        archive.writestr(member, "<w:document><w:body><w:p>关于召开会议的通知</w:p></w:body></w:document>")
    return buffer.getvalue()


def _origin(truth: Truth) -> dict[str, Any]:
    return {
        "title": truth["title"],
        "url": _url(truth),
        "published_on": truth["published_on"],
        "damage": truth["damage"],
        "mechanisms": truth["raw"]["steps"],
        "truth": f"{FOLDER.relative_to(ROOT).as_posix()}/{truth['name']}.json",
    }


def _url(truth: Truth) -> str:
    return f"https://www.example.org/{truth['name']}.html"


def _sidecar(content: bytes, origin: dict[str, Any]) -> bytes:
    sidecar = {
        "producer": "scripts/make_samples.py",
        **origin,
        "written_on": WRITTEN_ON,
        "licence": "CC0-1.0",
        "n_bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "note": NOTE,
    }
    return (json.dumps(sidecar, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def main() -> int:
    """Run from the command line; 0 if all is well."""
    parser = argparse.ArgumentParser(description="Make raw/ from the clean truth in tests/truth/.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if raw/ differs")
    parser.add_argument("--out", type=Path, default=ROOT / "raw", help="folder to write or check (raw/)")
    args = parser.parse_args()
    if not args.check:
        print(f"{write(args.out)} files written to {args.out}")
        return 0
    lines = differences(args.out)
    print("\n".join(lines) if lines else f"{args.out} is as this script makes it")
    return 1 if lines else 0


if __name__ == "__main__":
    raise SystemExit(main())
