"""How the sample documents get damaged: forward models of what happens to real pages.

Each mechanism takes a whole page as text and gives it back damaged, the same way every time. Truth files
name their mechanisms in `raw.steps`; `STEPS` says which function a name means. Undoing damage belongs in
`pipeline.repair`; nothing here is imported from there, so that a repair is never tested against itself.
"""

from __future__ import annotations

from collections.abc import Callable

from scripts.samples import chinese, codec, injected, markup, misaligned

STEPS: dict[str, Callable[[str], str]] = {
    "traditional": chinese.traditional,
    "traditional_taiwan": chinese.traditional_taiwan,
    "fold_width": chinese.fold_width,
    "pinyin_toned": chinese.pinyin_toned,
    "pinyin_toneless": chinese.pinyin_toneless,
    "misalign_mark": misaligned.with_replacement,
    "misalign_drop": misaligned.with_loss,
    "misalign_quotes": misaligned.with_quotes,
    "html_residue": markup.residue,
    "nbsp_indent": markup.nbsp_indent,
    "indent": markup.indent,
    "double_commas": markup.double_commas,
    "hard_wrap": markup.hard_wrap,
    "zero_width": markup.zero_width,
    "spam_head": injected.spam_head,
    "brand_for_place": injected.brand_for_place,
    "anti_copy": injected.anti_copy,
    "jammer": injected.jammer,
    "drop_years": injected.drop_years,
    "mask_years": injected.mask_years,
    "lose_ratio_marks": injected.lose_ratio_marks,
    "utf8_as_cp1252": codec.utf8_as_cp1252,
    "utf8_as_gbk": codec.utf8_as_gbk,
    "gbk_as_latin1": codec.gbk_as_latin1,
    "big5_as_gbk": codec.big5_as_gbk,
    "kunjinkao": codec.kunjinkao,
}
