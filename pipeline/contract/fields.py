"""The columns: each is declared once, here, whatever number of tables carries it.

A field has a name, an Arrow type, a description in English and Chinese, and where they apply a unit and
the values it may take. Which table has which columns is said in `pipeline.contract.tables`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pyarrow as pa

TEXT = pa.string()
COUNT = pa.int64()
NUMBER = pa.float64()
DATE = pa.date32()
BYTES = pa.binary()
COUNTS = pa.list_(pa.field("element", pa.int64(), nullable=False))
TEXTS = pa.list_(pa.field("element", pa.string(), nullable=False))


@dataclass(frozen=True, slots=True)
class Field:
    """One column.

    Args:
        name: English snake_case.
        type: Arrow type.
        description: what it holds, in English.
        description_zh: the same in Chinese.
        unit: what a number counts, None where that does not apply.
        values: the values it may take, empty where anything may stand.
        nullable: whether a row may leave it out.
        source_text: whether it repeats its authors' words (left out of a facts-only release).
        pattern: a regular expression that every value matches as a whole.
    """

    name: str
    type: pa.DataType
    description: str
    description_zh: str
    unit: str | None = None
    values: tuple[str, ...] = ()
    nullable: bool = True
    source_text: bool = False
    pattern: str | None = None

    @property
    def arrow(self) -> pa.Field:
        """The Arrow field, with description and unit as metadata."""
        metadata = {"description": self.description, "description_zh": self.description_zh}
        if self.unit:
            metadata["unit"] = self.unit
        return pa.field(self.name, self.type, self.nullable, metadata)

    def required(self) -> Field:
        """The same column where no row may leave it out."""
        return replace(self, nullable=False)

    def means(self, description: str, description_zh: str, **changes: object) -> Field:
        """The same column with what it holds in one particular table."""
        return replace(self, description=description, description_zh=description_zh, **changes)  # type: ignore[arg-type]


# --- the vocabularies -------------------------------------------------------------------------------
DAMAGE = ("misaligned_gbk", "pinyin", "script", "html", "injected", "furniture", "codec", "layout", "control")
STATUS = ("restored", "inferred", "removed", "unresolved")
SCRIPT = ("Hans", "Hant", "mixed")
DATE_BASIS = ("stated", "inferred", "unknown")
ENTITY_TYPE = ("place", "organization", "person", "campaign", "mechanism")
LEVEL = ("province", "prefecture", "county", "township", "village", "natural")
QUALIFIER = ("exact", "about", "nearly", "more_than", "at_least", "less_than", "at_most", "range")
KIND = (
    "money",
    "count",
    "ratio",
    "area",
    "length",
    "mass",
    "volume",
    "power",
    "energy",
    "duration",
    "angle",
    "temperature",
    "other",
)
BASE_UNIT = ("CNY", "m2", "m", "kg", "m3", "W", "J", "s", "1")
CHANGE = ("增长", "下降", "none")
TRUST = ("sound", "suspect")
SEVERITY = ("error", "warning")
STEP = ("ingest", "repair", "entities", "figures", "link", "release")
REASON = (
    "unsupported_format",
    "unreadable",
    "undecodable",
    "empty",
    "too_large",
    "malformed_record",
    "no_text",
    "identical",
    "failed",
)

# --- documents --------------------------------------------------------------------------------------
doc_id = Field(
    "doc_id",
    TEXT,
    "First 16 hex digits of the SHA-256 of the document's raw bytes.",
    "文档编号：原始字节 SHA-256 的前 16 位十六进制。",
    nullable=False,
    pattern="[0-9a-f]{16}",
)
source = Field(
    "source",
    TEXT,
    "Path below the raw folder; #n is the n-th record of a container.",
    "原始文件夹内的路径；#n 表示容器中的第 n 条记录。",
    nullable=False,
)
sha256 = Field(
    "sha256",
    TEXT,
    "SHA-256 of the raw bytes, in hex.",
    "原始字节的 SHA-256（十六进制）。",
    nullable=False,
    pattern="[0-9a-f]{64}",
)
n_bytes = Field("n_bytes", COUNT, "Length of the raw bytes.", "原始字节数。", unit="byte", nullable=False)
encoding = Field("encoding", TEXT, "Charset in which the bytes were read.", "解码所用的字符编码。", nullable=False)
encoding_confidence = Field(
    "encoding_confidence", NUMBER, "How sure the charset is, 0 to 1.", "编码判定的置信度，0 到 1。", nullable=False
)
media_type = Field(
    "media_type",
    TEXT,
    "What the bytes are: text/plain or text/html.",
    "内容类型。",
    nullable=False,
    values=("text/plain", "text/html"),
)
raw_text = Field(
    "raw_text",
    TEXT,
    "The document as decoded, before any repair.",
    "解码后的原文，未经任何修复。",
    nullable=False,
    source_text=True,
)
hint_title = Field("hint_title", TEXT, "Title that the container gave beside the text.", "容器随文给出的标题。")
hint_date = Field("hint_date", DATE, "Date of publication that the container gave beside the text.", "容器随文给出的发布日期。")
script = Field("script", TEXT, "Script of the decoded text.", "原文字形：简体、繁体或混用。", values=SCRIPT, nullable=False)
damages = Field("damage", TEXTS, "Damage classes found.", "发现的损伤类别。", values=DAMAGE, nullable=False)
n_repairs = Field(
    "n_repairs",
    COUNT,
    "Rows of the ledger that change this document.",
    "账本中改动本文的行数。",
    unit="1",
    nullable=False,
)
n_unresolved = Field(
    "n_unresolved", COUNT, "Damaged spans left standing.", "未能修复而保留原样的损伤处数。", unit="1", nullable=False
)
title = Field(
    "title", TEXT, "Title, repaired; empty where the page shows none.", "标题（已修复）；页面未见标题时为空串。", nullable=False
)
subtitle = Field("subtitle", TEXT, "Subtitle, repaired.", "副标题（已修复）。")
text = Field(
    "text",
    TEXT,
    "Body, repaired and in Simplified Chinese; paragraphs are separated by one newline.",
    "正文（已修复，简体），段落之间以一个换行分隔。",
    nullable=False,
    source_text=True,
)
author = Field("author", TEXT, "Authors as the byline names them, separated by 、.", "署名作者，以顿号分隔。")
editor = Field("editor", TEXT, "Editors, separated by 、.", "编辑，以顿号分隔。")
publisher = Field("publisher", TEXT, "Site or paper that published the document.", "发布媒体或网站。")
section = Field("section", TEXT, "Section of the site, from the breadcrumbs.", "栏目（取自面包屑导航）。")
published_on = Field("published_on", DATE, "Date of publication.", "发布日期。")
published_on_basis = Field(
    "published_on_basis", TEXT, "How the date is known.", "发布日期的依据。", values=DATE_BASIS, nullable=False
)
page_context = Field(
    "page_context",
    TEXT,
    "Lines removed from the page, for hints of where it is from.",
    "从页面移除的文字，供判断来源地之用。",
    source_text=True,
)
bylines = Field(
    "bylines",
    TEXTS,
    "Names in the bylines with their roles, as role:name.",
    "署名及身份，形如“身份:姓名”。",
    nullable=False,
)
province = Field("province", TEXT, "Province of the county the document is mainly about.", "文档主要涉及的省级行政区。")
prefecture = Field("prefecture", TEXT, "Its prefecture.", "所属地级行政区。")
county = Field("county", TEXT, "The county the document is mainly about.", "文档主要涉及的县级行政区。")
county_code = Field(
    "county_code",
    TEXT,
    "GB/T 2260 code of the county concerned.",
    "相关县级行政区的 GB/T 2260 代码。",
    pattern="[0-9]{6}",
)
county_reason = Field(
    "county_reason",
    TEXT,
    "How the county was found, or why there is none.",
    "县的判定依据，或无法判定的原因。",
    nullable=False,
)
duplicate_of = Field(
    "duplicate_of",
    TEXT,
    "The document that this one nearly repeats.",
    "与本文近乎重复的在先文档。",
    pattern="[0-9a-f]{16}",
)
n_chars = Field("n_chars", COUNT, "Length of the text.", "正文字符数。", unit="character", nullable=False)

# --- repairs ----------------------------------------------------------------------------------------
seq = Field("seq", COUNT, "Place of the change in its document, from 0.", "该改动在文档中的序号，从 0 起。", nullable=False)
raw_start = Field(
    "raw_start",
    COUNT,
    "Where the change begins in the decoded raw text.",
    "改动在原文中的起点。",
    unit="code point",
    nullable=False,
)
raw_end = Field("raw_end", COUNT, "Where it ends there.", "改动在原文中的终点。", unit="code point", nullable=False)
text_start = Field(
    "text_start",
    COUNT,
    "Where the result begins in the text.",
    "结果在正文中的起点。",
    unit="code point",
    nullable=False,
)
text_end = Field("text_end", COUNT, "Where it ends there.", "结果在正文中的终点。", unit="code point", nullable=False)
before = Field("before", TEXT, "What stood in the decoded raw text.", "原文。", nullable=False, source_text=True)
after = Field("after", TEXT, "What stands in the text.", "改后文字。", nullable=False, source_text=True)
damage = Field("damage", TEXT, "Damage class.", "损伤类别。", values=DAMAGE, nullable=False)
status = Field(
    "status",
    TEXT,
    "restored: the original is certain; inferred: most likely; removed; unresolved.",
    "restored 确定复原；inferred 推断；removed 移除；unresolved 未决。",
    values=STATUS,
    nullable=False,
)
confidence = Field("confidence", NUMBER, "How sure this is, 0 to 1.", "置信度，0 到 1。", nullable=False)
suggestion = Field(
    "suggestion",
    TEXT,
    "What may have stood there, where it is not sure enough to put in.",
    "可能的原文；把握不足，未写入正文。",
)

# --- entities and mentions --------------------------------------------------------------------------
entity_id = Field(
    "entity_id",
    TEXT,
    "Stable id made of type, name and place.",
    "实体编号，由类型、名称与属地确定，跨版本不变。",
    nullable=False,
    pattern="[0-9a-f]{16}",
)
entity_type = Field("type", TEXT, "What kind of thing it is.", "实体类型。", values=ENTITY_TYPE, nullable=False)
name = Field("name", TEXT, "Canonical name.", "规范名称。", nullable=False)
aliases = Field("aliases", TEXTS, "Other names under which it is mentioned.", "其他称呼。", nullable=False)
code = Field(
    "code",
    TEXT,
    "Places: GB/T 2260 down to county, 12-digit statistical code below.",
    "地点代码：县及以上为 GB/T 2260 六位，以下为 12 位统计代码。",
    pattern="[0-9]{6}|[0-9]{9}|[0-9]{12}",
)
level = Field("level", TEXT, "Places: administrative level, or natural.", "地点层级；natural 为自然地理实体。", values=LEVEL)
parent_id = Field("parent_id", TEXT, "The place that contains it.", "上级地点的实体编号。", pattern="[0-9a-f]{16}")
parent_code = Field(
    "parent_code", TEXT, "Code of the place that contains it.", "上级地点代码。", pattern="[0-9]{6}|[0-9]{9}|[0-9]{12}"
)
n_documents = Field(
    "n_documents",
    COUNT,
    "Documents that mention it, duplicates counted once.",
    "提及该实体的文档数，重复文档只计一次。",
    unit="1",
    nullable=False,
)
n_mentions = Field("n_mentions", COUNT, "Mentions of it.", "提及次数。", unit="1", nullable=False)
start = Field(
    "start",
    COUNT,
    "Where it begins in the text; -1 where it stands in removed lines or the title only.",
    "在正文中的起点；-1 表示仅见于标题或已移除的文字。",
    unit="code point",
    nullable=False,
)
end = Field(
    "end",
    COUNT,
    "Where it ends in the text; -1 likewise.",
    "在正文中的终点；-1 同上。",
    unit="code point",
    nullable=False,
)
surface = Field("surface", TEXT, "As written.", "原样文字。", nullable=False)
role = Field("role", TEXT, "What the person or body is here.", "此处的身份或职务。")

# --- figures ----------------------------------------------------------------------------------------
figure_id = Field(
    "figure_id",
    TEXT,
    "Stable id made of document and position.",
    "数据编号，由文档与位置确定。",
    nullable=False,
    pattern="[0-9a-f]{16}",
)
value = Field("value", NUMBER, "Value with multipliers resolved; null for a range.", "数值（已折算万、亿）；区间为空。")
lower = Field("lower", NUMBER, "Lower bound of a range.", "区间下限。")
upper = Field("upper", NUMBER, "Upper bound of a range.", "区间上限。")
qualifier = Field("qualifier", TEXT, "How the value is meant.", "限定。", values=QUALIFIER, nullable=False)
unit = Field("unit", TEXT, "Unit as counted, multiplier resolved.", "计量单位（已折算万、亿）。", nullable=False)
kind = Field("kind", TEXT, "Kind of quantity.", "量的类别。", values=KIND, nullable=False)
base_value = Field("base_value", NUMBER, "Value in the base unit.", "折算为基本单位的数值。")
base_unit = Field("base_unit", TEXT, "Base unit of the kind.", "该类量的基本单位。", values=BASE_UNIT)
metric = Field("metric", TEXT, "What is measured.", "指标，即所计量的事物。")
per = Field("per", TEXT, "Per whom or when: 人均, 户均, 年均, 每周 …", "分摊或周期，如人均、户均、年均、每周。")
change = Field("change", TEXT, "Whether the figure is a growth or a fall.", "变化方向。", values=CHANGE, nullable=False)
whole = Field(
    "whole", TEXT, "Level of the place that the text spoke of as a whole last.", "文中最近整体提及的地方层级。", values=LEVEL
)
named_from = Field(
    "named_from",
    COUNT,
    "Code point from which on a name in the text can be the figure's subject.",
    "自该码点起文中出现的名称方可作为数据主体。",
    unit="1",
    nullable=False,
)
said_at = Field(
    "said_at",
    COUNT,
    "Where the text last went back to something named before (该村, 公司).",
    "文中最近回指前文名称之处。",
    unit="1",
)
said_sort = Field("said_sort", TEXT, "What sort of thing it went back to there.", "该处回指对象的类别。")
aside = Field(
    "aside",
    pa.bool_(),
    "Whether the name stands beside the matter: who led, praised or was told.",
    "该名称是否仅为旁及（领导、表彰、汇报对象等）。",
    nullable=False,
)
subject_id = Field("subject_id", TEXT, "Entity that the figure is about.", "数据所属实体。", pattern="[0-9a-f]{16}")
period_start = Field("period_start", DATE, "First day that the figure covers.", "统计期首日。")
period_end = Field("period_end", DATE, "Last day that it covers.", "统计期末日。")
context = Field("context", TEXT, "Its sentence.", "所在句子。", nullable=False, source_text=True)
trust = Field("trust", TEXT, "Whether anything speaks against it.", "可信度。", values=TRUST, nullable=False)
trust_reason = Field("trust_reason", TEXT, "What speaks against it.", "存疑的理由。")

# --- issue resolution and practices -----------------------------------------------------------------
issues_found = Field("issues_found", NUMBER, "Problems raised.", "发现（收集、检视）的问题数。", unit="1")
issues_resolved = Field("issues_resolved", NUMBER, "Problems solved.", "解决（整改）的问题数。", unit="1")
resolution_rate = Field("resolution_rate", NUMBER, "Solved by raised.", "解决率：解决数除以发现数。", unit="1")
found_figure_id = Field(
    "found_figure_id", TEXT, "The figure of problems raised.", "发现数所据的数据编号。", pattern="[0-9a-f]{16}"
)
resolved_figure_id = Field(
    "resolved_figure_id", TEXT, "The figure of problems solved.", "解决数所据的数据编号。", pattern="[0-9a-f]{16}"
)
components = Field("components", TEXTS, "What the mechanism consists of.", "机制的组成部分。", nullable=False)
quote = Field("quote", TEXT, "Its sentence.", "所在句子。", source_text=True)

# --- quarantine and quality -------------------------------------------------------------------------
reason = Field("reason", TEXT, "Why it could not be read.", "未能读取的原因。", values=REASON, nullable=False)
detail = Field("detail", TEXT, "What exactly went wrong, and what to do next.", "具体问题与处理建议。", nullable=False)
step = Field("step", TEXT, "Step of the pipeline.", "流程步骤。", values=STEP, nullable=False)
check = Field("check", TEXT, "Name of the check.", "检查名称。", nullable=False)
severity = Field(
    "severity",
    TEXT,
    "error stops the release; warning is only told.",
    "error 阻止发布；warning 仅提示。",
    values=SEVERITY,
    nullable=False,
)
passed = Field("passed", pa.bool_(), "Whether it passed.", "是否通过。", nullable=False)
measured = Field("value", NUMBER, "What was measured.", "测得的值。", nullable=False)
threshold = Field("threshold", NUMBER, "Bound that the value must keep.", "阈值。", nullable=False)
description = Field("description", TEXT, "What the check holds.", "检查内容。", nullable=False)

# --- likeness ---------------------------------------------------------------------------------------
signature = Field(
    "signature", BYTES, "MinHash of the text, 128 little-endian 32-bit numbers.", "文本的 MinHash 签名。", nullable=False
)
bands = Field("bands", COUNTS, "A hash of each band of the signature.", "签名各段的散列值。", nullable=False)
