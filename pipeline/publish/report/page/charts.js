// Charts made of plain elements: each bar is read out with its label and number.
"use strict";

// rows: [{label, hint?, href?, parts: [{n, kind, label}], note?}]
X.bars = function (rows, { label } = {}) {
  const most = Math.max(1, ...rows.map((row) => row.parts.reduce((sum, part) => sum + part.n, 0)));
  return X.el("ul", { class: "bars", "aria-label": label }, rows.map((row) => {
    const total = row.parts.reduce((sum, part) => sum + part.n, 0);
    return X.el("li", { title: row.hint },
      X.el("span", { class: "bar-label" }, row.href ? X.el("a", { href: row.href }, row.label) : row.label),
      X.el("span", { class: "bar-track" }, row.parts.filter((part) => part.n > 0).map((part) =>
        X.el("span", { class: `bar ${part.kind || ""}`, "width%": (100 * part.n) / most, title: `${part.label || row.label}: ${X.number(part.n)}` }))),
      X.el("span", { class: "bar-number" }, row.note || X.number(total)));
  }));
};

X.legend = (kinds) =>
  X.el("ul", { class: "legend" }, kinds.map(([kind, label]) => X.el("li", null, X.el("span", { class: `key ${kind}`, "aria-hidden": "true" }), label)));

// Columns over years.
X.columns = function (rows, { label } = {}) {
  const most = Math.max(1, ...rows.map((row) => row.n));
  const high = 96, wide = 30;
  const left = (k) => k * wide + 4;
  return X.el("svg", { class: "columns", viewBox: `0 0 ${rows.length * wide + 8} ${high + 34}`, role: "img", "aria-label": `${label}: ${rows.map((r) => `${r.label} ${r.n}`).join(", ")}` },
    rows.map((row, k) => {
      const height = Math.max(2, (high * row.n) / most);
      return X.el("g", null,
        X.el("rect", { x: left(k), y: 14 + high - height, width: wide - 8, height, rx: 2, class: "column" }),
        X.el("text", { x: left(k) + 11, y: 10 + high - height, class: "column-number" }, X.short(row.n)),
        X.el("text", { x: left(k) + 11, y: high + 28, class: "column-label" }, row.label));
    }));
};
