// All figures as one table: search, filter by county, kind, unit, year and trust, sort, download.
"use strict";
X.views.figures = async function (main, { query }, alive) {
  const documents = await X.load("documents");
  const keys = ["q", "metric", "county", "kind", "unit", "year", "trust"];
  const values = Object.fromEntries(keys.map((key) => [key, query.get(key) || ""]));
  let chunks = [];
  const SIZE = 10000; // figures of a chunk, as they were written
  const f = (name, i) => X.cell(chunks[Math.floor(i / SIZE)], name, i % SIZE);
  const row = (i) => ({ value: f("value", i), lower: f("lower", i), upper: f("upper", i), qualifier: f("qualifier", i) });
  const years = (i) => [(f("period_start", i) || "").slice(0, 4), (f("period_end", i) || "").slice(0, 4)];
  const title = (i) => documents.title[f("doc", i)] || documents.source[f("doc", i)];
  // The rows of the chunks from `first` on that the filters let through.
  const pick = (first = 0) => {
    const words = values.q.toLowerCase().split(/\s+/).filter(Boolean);
    const out = [];
    chunks.slice(first).forEach((chunk, past) => {
      const c = first + past;
      // Values of a coded column are compared once a chunk, not once a row.
      const code = (name, value) => (value ? chunk[name].values.indexOf(value) : null);
      const county = code("county_code", values.county), kind = code("kind", values.kind), unit = code("unit", values.unit), trust = code("trust", values.trust);
      if ([county, kind, unit, trust].includes(-1)) return;
      const metrics = values.metric ? new Set(chunk.metric.values.flatMap((name, k) => ((name || "").includes(values.metric.trim()) ? [k] : []))) : null;
      for (let k = 0; k < chunk.length; k++) {
        if (county !== null && chunk.county_code.codes[k] !== county) continue;
        if (kind !== null && chunk.kind.codes[k] !== kind) continue;
        if (unit !== null && chunk.unit.codes[k] !== unit) continue;
        if (metrics !== null && !metrics.has(chunk.metric.codes[k])) continue;
        if (trust !== null && chunk.trust.codes[k] !== trust) continue;
        const i = c * SIZE + k;
        if (values.year) { const [from, to] = years(i); if (!from || values.year < from || values.year > (to || from)) continue; }
        if (words.length) {
          const hay = `${f("metric", i) || ""} ${chunk.surface[k]} ${X.county(f("county_code", i))} ${f("per", i) || ""} ${title(i)} ${chunk.figure_id[k]}`.toLowerCase();
          if (!words.every((word) => hay.includes(word))) continue;
        }
        out.push(i);
      }
    });
    return out;
  };
  const table = X.table({
    label: X.t("nav.figures"), rows: [], columns: [
      { key: "metric", label: X.t("column.metric"), wide: true, value: (i) => f("metric", i), show: (i) => X.el("a", { class: "main-link", href: X.link(`document/${documents.doc_id[f("doc", i)]}`, { at: f("start", i) }) }, f("metric", i) || X.t("figure.no_metric")) },
      { key: "value", label: X.t("column.value"), number: true, value: (i) => f("value", i) ?? f("lower", i), show: (i) => X.value(row(i)) },
      { key: "unit", label: X.t("column.unit"), value: (i) => f("unit", i), show: (i) => [f("unit", i), f("per", i) && X.el("small", { class: "quiet" }, ` ${f("per", i)}`)] },
      { key: "change", label: X.t("column.change"), value: (i) => (f("change", i) === "none" ? "" : f("change", i)), show: (i) => (f("change", i) === "none" ? "" : X.term("change", f("change", i))) },
      { key: "surface", label: X.t("column.surface"), value: (i) => f("surface", i) },
      { key: "county", label: X.t("column.county"), value: (i) => X.county(f("county_code", i)) },
      { key: "period", label: X.t("column.period"), value: (i) => X.period(f("period_start", i), f("period_end", i)) },
      { key: "trust", label: X.t("column.trust"), value: (i) => f("trust", i), show: (i) => X.el("span", { class: `chip ${f("trust", i)}` }, X.term("trust", f("trust", i))) },
    ],
  });
  const point = (i) => ({
    value: f("value", i) ?? f("lower", i), unit: f("unit", i), metric: f("metric", i), surface: f("surface", i), county: X.county(f("county_code", i)), trust: f("trust", i),
    start: f("period_start", i), end: f("period_end", i), title: title(i), href: X.link(`document/${documents.doc_id[f("doc", i)]}`, { at: f("start", i) }),
  });
  const chart = X.figuresChart(f, point);
  let view = "table";
  const both = ["table", "chart"].map((name) => X.el("button", { type: "button", "aria-pressed": String(name === view), "data-view": name, ...(name === "chart" ? { onpointerenter: X.plot.library, onfocus: X.plot.library } : {}), onclick: () => {
    view = name;
    both.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.view === name)));
    show();
  } }, X.t(`figures.${name}`)));
  let picked = [];
  const draw = (rows, keepPage) => { picked = rows; table.set(rows, keepPage); if (view === "chart") show(); };
  function show() {
    table.node.hidden = view !== "table";
    chart.node.hidden = view !== "chart";
    if (view === "chart") chart.set(table.rows());
  }
  const progress = X.el("progress", { max: 1, value: 0, "aria-label": X.t("loading") });
  const save = async () => {
    progress.hidden = false;
    const names = ["surface", "value", "lower", "upper", "qualifier", "unit", "kind", "metric", "per", "change", "county_code", "period_start", "period_end", "trust"];
    await X.download("xianqing-figures.csv", ["figure_id", "doc_id", "title", "county", ...names], table.rows(),
      (i) => [f("figure_id", i), documents.doc_id[f("doc", i)], title(i), X.county(f("county_code", i)), ...names.map((name) => f(name, i))],
      (part) => { progress.value = part; });
    progress.hidden = true;
  };
  const thisYears = new Set();
  const yearOptions = () => [...thisYears].sort().reverse().map((year) => [year, year]);
  const form = X.filters([
    { key: "q", label: X.t("filter.search"), placeholder: X.t("figures.search") },
    { key: "metric", label: X.t("column.metric"), placeholder: X.t("figures.metric"), suggestions: X.summary.metrics },
    { key: "county", label: X.t("column.county"), options: X.countyOptions(true) },
    { key: "kind", label: X.t("column.kind"), options: X.summary.kinds.map((r) => [r.kind, `${X.term("kind", r.kind)} (${X.number(r.n)})`]) },
    { key: "unit", label: X.t("column.unit"), options: X.summary.units.map((r) => [r.unit, `${r.unit} (${X.number(r.n)})`]) },
    { key: "year", label: X.t("column.year"), options: values.year ? [[values.year, values.year]] : [] },
    { key: "trust", label: X.t("column.trust"), options: [["sound", X.t("trust.sound")], ["suspect", X.t("trust.suspect")]] },
  ], values, () => { X.remember("figures", values); draw(pick()); });
  X.add(main, X.el("h1", { tabindex: "-1" }, X.t("nav.figures")), X.el("p", { class: "lead" }, X.t("figures.lead")), form, progress,
    X.el("div", { class: "controls" }, X.summary.charts && X.el("div", { class: "segmented", role: "group", "aria-label": X.t("figures.view") }, both), X.el("button", { type: "button", class: "button", onclick: save }, X.t("figures.download"))), table.node, chart.node);
  show();
  await X.loadChunks("figures", (got, n, all) => {
    if (!alive()) return false;
    chunks = got;
    const last = got[n - 1];
    const rows = pick(n - 1);
    for (const name of ["period_start", "period_end"]) for (const day of last[name].values) if (day) thisYears.add(day.slice(0, 4));
    progress.value = n / all;
    // While the rest comes in, what is seen already stays; a filter chosen meanwhile picks from all there is.
    if (n === 1 || picked.length < X.PAGE) draw([...picked, ...rows], true);
    else picked.push(...rows);
    return true;
  });
  if (!alive()) return;
  draw(picked, true);
  progress.hidden = true;
  const select = form.querySelector("[name=year]");
  select.append(...yearOptions().filter(([year]) => year !== values.year).map(([year]) => X.el("option", { value: year }, year)));
};
