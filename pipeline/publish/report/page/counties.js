// The counties on a map and in a table: documents, figures, problems found and solved.
"use strict";
X.views.counties = async function (main) {
  const rows = await X.load("counties");
  const map = await X.load("map");
  const measures = {
    documents: (row) => row.documents,
    figures: (row) => row.figures,
    rate: (row) => (row.found ? Math.min(1, row.resolved / row.found) : null),
  };
  X.add(main, X.el("h1", { tabindex: "-1" }, X.t("nav.counties")), X.el("p", { class: "lead" }, X.t("counties.lead")));
  const holder = X.el("div", { class: "map-holder" });
  const note = X.el("p", { class: "quiet" });
  let measure = "documents";
  const buttons = Object.keys(measures).map((name) => X.el("button", { type: "button", "aria-pressed": String(name === measure), "data-name": name, onclick: () => {
    measure = name;
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.name === name)));
    draw();
  } }, X.t(`measure.${name}`)));
  const text = (row) => `${row.province || ""} ${row.name}${X.t("colon")}${X.t("counties.says", { documents: X.number(row.documents), figures: X.number(row.figures) })}${row.found ? ` ${X.t("counties.solved", { found: X.number(row.found), resolved: X.number(row.resolved) })}` : ""}`;
  function draw() {
    if (!map) return;
    const values = rows.map(measures[measure]).filter((value) => value !== null);
    const most = Math.max(...values, 1e-9);
    const shade = (value) => (value === null ? "none" : `s${Math.min(5, Math.max(1, Math.ceil(5 * (measure === "rate" ? value : Math.sqrt(value / most)))))}`);
    const drawn = rows.filter((row) => map.counties[row.code]);
    // With few counties their outlines are too small to see, so each has a dot as well.
    const radius = drawn.length > 400 ? 2.5 : drawn.length > 60 ? 4.5 : 7;
    const view = X.el("svg", { class: "map", viewBox: `0 0 ${map.width} ${map.height}`, role: "group", "aria-label": X.t("counties.map") },
      X.el("g", { class: "country" }, map.provinces.map((d) => X.el("path", { d }))),
      X.el("g", { class: "border" }, map.lines.map((d) => X.el("path", { d }))),
      X.el("g", null, drawn.map((row) => {
        const { path, middle } = map.counties[row.code];
        const node = X.el("g", { class: `county ${shade(measures[measure](row))}`, tabindex: "0", role: "link", "aria-label": text(row) },
          X.el("title", null, text(row)), X.el("path", { d: path }), X.el("circle", { cx: middle[0], cy: middle[1], r: radius }));
        const open = () => { location.hash = X.link("documents", { county: row.code }); };
        node.addEventListener("click", open);
        node.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); } });
        return node;
      })));
    const zoom = (factor) => () => {
      const [x, y, w, h] = view.getAttribute("viewBox").split(" ").map(Number);
      const focus = drawn.length ? map.counties[drawn[0].code].middle : [x + w / 2, y + h / 2];
      const centre = factor < 1 && w === map.width ? focus : [x + w / 2, y + h / 2];
      const wide = Math.min(map.width, w * factor), high = Math.min(map.height, h * factor);
      const keep = (at, size, all) => Math.max(0, Math.min(all - size, at - size / 2));
      view.setAttribute("viewBox", [keep(centre[0], wide, map.width), keep(centre[1], high, map.height), wide, high].join(" "));
    };
    holder.replaceChildren(view, X.el("div", { class: "zoom" },
      X.el("button", { type: "button", onclick: zoom(0.6), "aria-label": X.t("zoom.in") }, "+"), X.el("button", { type: "button", onclick: zoom(1 / 0.6), "aria-label": X.t("zoom.out") }, "−")));
    let drag = null;
    view.addEventListener("pointerdown", (event) => { drag = [event.clientX, event.clientY, view.getAttribute("viewBox").split(" ").map(Number)]; });
    view.addEventListener("pointermove", (event) => {
      if (!drag || !event.buttons) return;
      const [x0, y0, [x, y, w, h]] = drag;
      const scale = w / view.clientWidth;
      view.setAttribute("viewBox", [Math.max(0, Math.min(map.width - w, x - (event.clientX - x0) * scale)), Math.max(0, Math.min(map.height - h, y - (event.clientY - y0) * scale)), w, h].join(" "));
    });
    note.textContent = X.t("counties.missing", { n: X.number(rows.length - drawn.length) });
    note.hidden = rows.length === drawn.length;
  }
  const best = [...rows].sort((a, b) => b.figures - a.figures).slice(0, 16);
  const bars = best.length > 1 && X.el("section", { class: "block" }, X.el("h2", null, X.t("counties.most")), X.bars(best.map((row) => ({ label: row.name || row.code, href: X.link("figures", { county: row.code }), parts: [{ n: row.figures, kind: "plain" }] }))));
  if (map && rows.length) {
    X.add(main, X.el("div", { class: "controls" }, X.el("div", { class: "segmented", role: "group", "aria-label": X.t("counties.map") }, buttons)),
      X.el("div", { class: "map-and-bars" }, X.el("div", null, holder, note), bars || ""));
  } else if (bars) X.add(main, bars);
  draw();
  X.add(main, X.table({
    label: X.t("nav.counties"), rows: [...rows.keys()], columns: [
      { key: "name", label: X.t("column.county"), wide: true, value: (i) => rows[i].name || rows[i].code, show: (i) => X.el("a", { class: "main-link", href: X.link("documents", { county: rows[i].code }) }, rows[i].name || rows[i].code) },
      { key: "province", label: X.t("column.province"), value: (i) => [rows[i].province, rows[i].prefecture].filter(Boolean).join(" · ") },
      { key: "documents", label: X.t("nav.documents"), number: true, value: (i) => rows[i].documents, show: (i) => X.number(rows[i].documents) },
      { key: "figures", label: X.t("column.figures"), number: true, value: (i) => rows[i].figures, show: (i) => X.el("a", { href: X.link("figures", { county: rows[i].code }) }, X.number(rows[i].figures)) },
      { key: "found", label: X.t("column.found"), number: true, value: (i) => rows[i].found, show: (i) => X.number(rows[i].found) },
      { key: "resolved", label: X.t("column.resolved"), number: true, value: (i) => rows[i].resolved, show: (i) => X.number(rows[i].resolved) },
      { key: "rate", label: X.t("measure.rate"), number: true, value: (i) => measures.rate(rows[i]), show: (i) => X.percent(measures.rate(rows[i])) },
    ] }).node);
};
