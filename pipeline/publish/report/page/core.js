// What every view needs: data that loads when asked for, words in two languages, elements, numbers.
"use strict";
const X = { views: {}, language: "zh" };

// --- data: each file under data/ calls xianqing(name, value) ---------------------------------------
const arrived = new Map();
const waiting = new Map();
function xianqing(name, value) { arrived.set(name, value); }

X.load = function (name, path) {
  if (arrived.has(name)) return Promise.resolve(arrived.get(name));
  if (!waiting.has(name)) {
    waiting.set(name, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `data/${path || name + ".js"}`;
      script.onload = () => (arrived.has(name) ? resolve(arrived.get(name)) : reject(new Error(script.src)));
      script.onerror = () => { waiting.delete(name); reject(new Error(script.src)); };
      script.addEventListener("load", () => script.remove());
      document.head.append(script);
    }));
  }
  return waiting.get(name);
};

// Documents are kept no longer than they are looked at, so that a long visit does not fill the memory.
X.loadDocument = async function (id) {
  const firsts = await X.load("documents/parts");
  const part = firsts.findLastIndex((first) => first <= id);
  const name = `documents/part-${String(part).padStart(5, "0")}`;
  const value = (await X.load(name))[id];
  arrived.delete(name);
  waiting.delete(name);
  if (!value) throw new Error(id);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, part?.length >= 0 && !Array.isArray(part) && typeof part === "object" ? X.rowsOf(part) : part]));
};

// Rows of what was written column by column; a column that was left out has no values.
X.rowsOf = ({ length, ...columns }) => Array.from({ length }, (_, i) => Object.fromEntries(Object.entries(columns).map(([key, values]) => [key, values[i]])));

// A library that was copied beside the page; `there()` gives it once it is loaded.
X.loadScript = function (path, there) {
  if (!waiting.has(path)) {
    waiting.set(path, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = path;
      script.onload = () => resolve(there());
      script.onerror = () => { waiting.delete(path); reject(new Error(path)); };
      document.head.append(script);
    }));
  }
  return waiting.get(path);
};

// A column is a list, or a list of values and numbers into it.
X.cell = (columns, name, i) => {
  const column = columns[name];
  if (Array.isArray(column)) return column[i];
  const code = column.codes[i];
  return code === null ? null : column.values[code];
};

// All chunks of a long table, as they come; `step` is called after each.
X.loadChunks = async function (name, step) {
  const { chunks } = await X.load(name);
  const out = [];
  for (let k = 0; k < chunks; k++) {
    const key = `${name}-${String(k).padStart(3, "0")}`;
    out.push(await X.load(key));
    if (step && step(out, k + 1, chunks) === false) break;
  }
  return out;
};

// --- words ------------------------------------------------------------------------------------------
X.t = (key, values) => {
  const pair = X.words[key];
  let text = pair ? pair[X.language === "zh" ? 1 : 0] : key;
  for (const [name, value] of Object.entries(values || {})) text = text.replaceAll(`{${name}}`, value);
  return text;
};
X.term = (group, value) => (X.words[`${group}.${value}`] ? X.t(`${group}.${value}`) : value);
// What the pipeline says in English, why a figure is suspect or a file could not be read, in the reader's language.
// A sentence that the page does not know stays as it is.
X.told = function (text) {
  if (!text || X.language !== "zh") return text || "";
  const term = (name, value) => (name === "status" || name === "damage" || name === "step" ? X.term(name, value) : value);
  for (const [pattern, names, sentence] of X.sentences) {
    const found = text.match(pattern);
    if (found) return sentence.replace(/\{(\w+)\}/g, (_, name) => term(name, found[names.indexOf(name) + 1]));
  }
  return text;
};
X.sentencesOf = (table) => Object.entries(table).map(([english, chinese]) => {
  const names = [];
  const pattern = english.replace(/[.*+?^$|()[\]\\]/g, "\\$&").replace(/\{(\w+)\}/g, (_, name) => { names.push(name); return "(.+?)"; });
  return [new RegExp(`^${pattern}$`, "s"), names, chinese];
});
X.both = (pair) => pair[X.language === "zh" ? 1 : 0];

// --- elements: text always goes in as text, never as markup ----------------------------------------
// Controls that would turn the reading direction of what follows are shown by their numbers instead.
X.shown = (text) => text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (c) => `[U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);

X.el = function (tag, attributes, ...children) {
  const svg = X.svgTags.has(tag);
  const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "width%") node.style.width = `${value}%`;
    else if (key === "title" || key === "aria-label") node.setAttribute(key, X.shown(value));
    else if (key === "value" || key === "checked") node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  return X.add(node, ...children);
};
X.add = function (node, ...children) {
  const given = children.flat(4).filter((child) => child !== null && child !== undefined && child !== false && child !== "");
  node.append(...given.map((child) => (typeof child === "string" ? X.shown(child) : child)));
  return node;
};
X.svgTags = new Set(["svg", "path", "circle", "g", "title", "rect", "text"]);
X.clip = (text, most) => { const all = Array.from(text); return all.length > most ? `${all.slice(0, most).join("")}…` : text; };
X.say = (text) => { document.getElementById("said").textContent = text; };

// --- numbers and dates ------------------------------------------------------------------------------
X.number = (value, digits = 0) =>
  value === null || value === undefined
    ? "–"
    : new Intl.NumberFormat(X.language === "zh" ? "zh-CN" : "en", { maximumFractionDigits: digits }).format(value);
X.percent = (value) => (value === null || !isFinite(value) ? "–" : `${X.number(value * 100, 1)}%`);
X.short = (value) =>
  new Intl.NumberFormat(X.language === "zh" ? "zh-CN" : "en", { notation: "compact", maximumFractionDigits: 1 }).format(value);
X.period = (start, end) => {
  if (!start && !end) return "";
  if (!start || !end || start === end) return start || end;
  if (start.endsWith("-01-01") && end.endsWith("-12-31") && start.slice(0, 4) === end.slice(0, 4)) return start.slice(0, 4);
  return `${start} – ${end}`;
};
X.value = (f) => {
  if (f.qualifier === "range") return `${X.number(f.lower, 4)}–${X.number(f.upper, 4)}`;
  const sign = { about: "≈ ", nearly: "≲ ", more_than: "> ", at_least: "≥ ", less_than: "< ", at_most: "≤ " }[f.qualifier] || "";
  return sign + X.number(f.value, 4);
};

// --- where the reader is: #/view/part?key=value ------------------------------------------------------
X.route = () => {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  return { parts: path.split("/").map(decodeURIComponent), query: new URLSearchParams(query || "") };
};
X.remember = (view, values) => {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value));
  history.replaceState(null, "", `#/${view}${query.size ? `?${query}` : ""}`);
};
X.link = (view, values) => `#/${view}${values ? `?${new URLSearchParams(values)}` : ""}`;
X.ready = (view) => document.body.setAttribute("data-ready", view);

// A file of the rows that are shown, for spreadsheets: marked as UTF-8, formulas disarmed. `line(row)` gives the
// values of one row; between some thousands of rows the page is let go on, and `told` hears how far it is.
X.download = async function (name, header, rows, line, told) {
  const cell = (value) => {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return String(value);
    const text = /^['=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
    return `"${text.replaceAll('"', '""')}"`;
  };
  const text = (values) => `${values.map(cell).join(",")}\r\n`;
  const parts = ["\ufeff", text(header)];
  for (let from = 0; from < rows.length; from += 5000) {
    parts.push(rows.slice(from, from + 5000).map((row) => text(line(row))).join(""));
    told?.(Math.min(1, (from + 5000) / rows.length));
    await new Promise((go) => setTimeout(go));
  }
  const url = URL.createObjectURL(new Blob(parts, { type: "text/csv" }));
  X.el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
};
