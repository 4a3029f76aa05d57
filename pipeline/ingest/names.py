"""What files and archive members are called: text, whatever bytes a file system or an archive holds for a name."""

from __future__ import annotations

import os


def readable(name: str | bytes) -> str:
    """A name as text that can be stored: UTF-8, else GB 18030, which archives made in China hold without saying so; else
    with the number of each byte that is no text.

    Args:
        name: bytes, or text in which undecodable bytes stand as surrogates, as the system gives it.
    """
    raw = name if isinstance(name, bytes) else os.fsencode(name)
    for charset in ("utf-8", "gb18030"):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")  # two names stay two
