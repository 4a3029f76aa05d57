// One kind of table for all views: sorted by its headings, shown in pages, as cards on a phone.
"use strict";
X.PAGE = 50;

// columns: [{key, label, number?, wide?, short? (kept on one line), value(i) (to sort by), show?(i) (node or text)}]; rows: numbers i.
X.table = function ({ columns, rows, sort, label, empty }) {
  const state = { rows, page: 0, sort: sort || null, down: false };
  const body = X.el("tbody");
  const head = X.el("tr");
  const pager = X.el("div", { class: "pager" });
  const table = X.el("table", { "aria-label": label }, X.el("thead", null, head), body);
  const node = X.el("div", null, X.el("div", { class: "scroll" }, table), pager);
  const collator = new Intl.Collator("zh-Hans-CN", { numeric: true });

  // Each value's place among all: values that differ are few beside the rows, and setting texts side by side is dear.
  const places = (values) => {
    const missing = (v) => v === null || v === undefined || v === "";
    const known = [...new Set(values)].filter((v) => !missing(v)).sort((a, b) => (typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b)));
    const place = new Map(known.map((v, k) => [v, state.down ? known.length - k : k]));
    return values.map((v) => place.get(v) ?? Infinity); // what is missing stands last, whichever way
  };
  const sorted = () => {
    const column = columns.find((c) => c.key === state.sort);
    if (!column) return state.rows;
    const place = places(state.rows.map(column.value));
    const keyed = Array.from(state.rows, (row, k) => k);
    keyed.sort((a, b) => (place[a] === place[b] ? state.rows[a] - state.rows[b] : place[a] - place[b]));
    return keyed.map((k) => state.rows[k]);
  };
  let shown = null;

  function draw() {
    shown = shown || sorted();
    const pages = Math.max(1, Math.ceil(shown.length / X.PAGE));
    state.page = Math.min(state.page, pages - 1);
    const from = state.page * X.PAGE;
    head.replaceChildren(...columns.map((column) => {
      const now = state.sort === column.key;
      const press = () => {
        state.down = now ? !state.down : !!column.number;
        state.sort = column.key;
        state.page = 0;
        shown = null;
        draw();
        head.children[columns.indexOf(column)].firstChild.focus();
      };
      return X.el("th", { scope: "col", class: column.number ? "number" : null, "aria-sort": now ? (state.down ? "descending" : "ascending") : null },
        X.el("button", { type: "button", onclick: press }, column.label, X.el("span", { class: "way", "aria-hidden": "true" }, now ? (state.down ? "↓" : "↑") : "")));
    }));
    body.replaceChildren(...shown.slice(from, from + X.PAGE).map((i) => X.el("tr", null, columns.map((column) =>
      X.el("td", { class: [column.number && "number", column.wide && "wide", column.short && "short"].filter(Boolean).join(" ") || null, "data-label": column.label },
        X.el("span", null, (column.show || column.value)(i) ?? ""))))));
    if (!shown.length) body.replaceChildren(X.el("tr", null, X.el("td", { colspan: columns.length, class: "empty" }, empty || X.t("table.empty"))));
    const turn = (by) => () => { state.page += by; draw(); node.scrollIntoView({ block: "start" }); };
    pager.replaceChildren();
    X.add(pager,
      X.el("span", null, X.t("table.shown", { from: X.number(shown.length ? from + 1 : 0), to: X.number(Math.min(from + X.PAGE, shown.length)), all: X.number(shown.length) })),
      pages > 1 && X.el("button", { type: "button", disabled: state.page === 0, onclick: turn(-1) }, X.t("table.back")),
      pages > 1 && X.el("button", { type: "button", disabled: state.page >= pages - 1, onclick: turn(1) }, X.t("table.next")));
  }
  draw();
  return {
    node,
    set(rows, keepPage) { state.rows = rows; shown = null; if (!keepPage) state.page = 0; draw(); },
    rows: () => shown,
  };
};

// A row of filters; `fields`: [{key, label, options?: [[value, label]], suggestions?: [value]}]. Changes are told after a pause.
X.filters = function (fields, values, changed) {
  let timer = null;
  const tell = () => { clearTimeout(timer); timer = setTimeout(() => changed(values), 120); };
  return X.el("form", { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() }, fields.map((field) => {
    const set = (event) => { values[field.key] = event.target.value; tell(); };
    const input = field.options
      ? X.el("select", { name: field.key, onchange: set }, [["", X.t("filter.all")], ...field.options].map(([value, label]) =>
          X.el("option", { value, selected: values[field.key] === value }, label)))
      : X.el("input", { type: "search", name: field.key, value: values[field.key] || "", placeholder: field.placeholder || "", list: field.suggestions && `list-${field.key}`, oninput: set });
    return X.el("label", { class: field.options ? null : field.suggestions ? "mid" : "grow" }, X.el("span", null, field.label), input,
      field.suggestions && X.el("datalist", { id: `list-${field.key}` }, field.suggestions.map((value) => X.el("option", { value }))));
  }));
};
