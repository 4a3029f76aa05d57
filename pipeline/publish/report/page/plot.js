// Figures as a chart: by county or over time. Plotly is loaded when a chart is first asked for.
"use strict";
X.plot = {};
X.plot.MOST = 1000; // points drawn at once
X.plot.COUNTIES = 30; // rows of a chart by county, the greatest first

X.plot.library = () => X.loadScript("vendor/plotly.min.js", () => window.Plotly);

// The unit that most of the rows have: values of different units have no place on one axis.
X.plot.unit = function (units) {
  const counted = new Map();
  for (const unit of units) counted.set(unit, (counted.get(unit) || 0) + 1);
  return [...counted].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0];
};

X.plot.colours = () => {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(`--${name}`).trim();
  return { ink: of("ink"), quiet: of("quiet"), line: of("line"), sheet: of("sheet"), sound: of("plain"), suspect: of("inferred"), font: getComputedStyle(document.body).fontFamily };
};

// Round values along an axis, so that they can be told in the reader's own large numbers (万, 亿; K, M).
X.plot.ticks = function (values, log, most) {
  const low = Math.min(...values), high = Math.max(...values);
  if (log) {
    const from = Math.floor(Math.log10(low)), to = Math.ceil(Math.log10(high)), by = Math.max(1, Math.ceil((to - from) / most));
    return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, k) => 10 ** (from + k * by));
  }
  const bottom = Math.min(0, low), rough = (Math.max(high, bottom + 1e-9) - bottom) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const by = power * [1, 2, 5, 10].find((step) => step * power >= rough);
  const first = Math.ceil(bottom / by);
  return Array.from({ length: Math.floor(high / by) - first + 1 }, (_, k) => (first + k) * by);
};

// Plotly reads a few tags and entities in its texts as markup; data is to be read as it is.
X.plot.plain = (text) => X.shown(String(text ?? "")).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

// From the first to the last day with room on both sides, and how its days are written. A single day has a year around it.
X.plot.days = function (days) {
  const DAY = 864e5, at = days.map((day) => Date.parse(day)).sort((a, b) => a - b);
  const first = at[0], last = at[at.length - 1], room = Math.max((last - first) * 0.04, last - first < 200 * DAY ? 180 * DAY : 0);
  const day = (time) => new Date(time).toISOString().slice(0, 10);
  return { type: "date", range: [day(first - room), day(last + room)], tickformat: last - first > 1500 * DAY ? "%Y" : "%Y-%m", nticks: 8 };
};

// points: [{value, unit, metric, surface, county, start, end, trust, title, href}]; by: "county" or "time"
X.plot.draw = async function (node, points, { by, log }) {
  const Plotly = await X.plot.library();
  const colour = X.plot.colours();
  const text = X.plot.plain;
  const hover = points.map((p) => `<b>${text(p.metric || X.t("figure.no_metric"))}</b><br>${text(p.surface)} · ${text(p.county)}${p.start ? `<br>${text(X.period(p.start, p.end))}` : ""}<br>${text(X.clip(p.title, 40))}`);
  const trusts = ["sound", "suspect"].filter((trust) => points.some((p) => p.trust === trust));
  const counties = [...new Set(points.map((p) => p.county))].reverse();
  const day = (p) => p.end || p.start;
  const places = []; // of each point among the traces
  const traces = trusts.map((trust, curveNumber) => {
    const of = points.map((_, i) => i).filter((i) => points[i].trust === trust);
    of.forEach((i, pointNumber) => { places[i] = { curveNumber, pointNumber }; });
    const values = of.map((i) => points[i].value);
    return {
      type: "scatter", mode: "markers", name: X.t(`trust.${trust}`), text: of.map((i) => hover[i]), customdata: of.map((i) => points[i].href), hoverinfo: "text",
      x: by === "time" ? of.map((i) => day(points[i])) : values,
      y: by === "time" ? values : of.map((i) => text(points[i].county)),
      marker: { size: 9, opacity: 0.75, color: colour[trust], symbol: trust === "sound" ? "circle" : "diamond-open", line: { width: trust === "sound" ? 0 : 1.5 } },
    };
  });
  const grid = { gridcolor: colour.line, zerolinecolor: colour.line, linecolor: colour.line, automargin: true };
  const ticks = X.plot.ticks(points.map((p) => p.value), log, node.clientWidth < 600 && by !== "time" ? 4 : 7);
  const values = { ...grid, type: log ? "log" : "linear", fixedrange: true, tickmode: "array", tickvals: ticks, ticktext: ticks.map(X.short), tickangle: 0 };
  const layout = {
    font: { family: colour.font, size: 13, color: colour.ink }, paper_bgcolor: colour.sheet, plot_bgcolor: colour.sheet, hovermode: "closest", dragmode: false,
    margin: { l: 12, r: 16, t: 12, b: 12, pad: 4 }, showlegend: trusts.length > 1, legend: { orientation: "h", x: 0.5, xanchor: "center", y: 1.02, yanchor: "bottom" },
    hoverlabel: { bgcolor: colour.sheet, bordercolor: colour.line, font: { color: colour.ink, family: colour.font }, align: "left" },
    annotations: [{ text: text(points[0]?.unit), showarrow: false, xref: "paper", yref: "paper", font: { color: colour.quiet }, ...(by === "time" ? { x: 0, y: 1, xanchor: "left", yanchor: "bottom" } : { x: 1, y: 0, xanchor: "right", yanchor: "bottom" }) }],
    height: by === "time" ? 460 : Math.max(260, 90 + counties.length * 24),
    xaxis: by === "time" ? { ...grid, ...X.plot.days(points.map(day)), fixedrange: true } : values,
    yaxis: by === "time" ? values : { ...grid, type: "category", fixedrange: true, categoryorder: "array", categoryarray: counties.map(text) },
  };
  await Plotly.react(node, traces, layout, { responsive: true, displaylogo: false, modeBarButtons: [["toImage"]], toImageButtonOptions: { filename: "xianqing-figures", scale: 2 } });
  node.removeAllListeners("plotly_click");
  node.on("plotly_click", (event) => { location.hash = event.points[0].customdata; });
  // By keyboard: the arrows go from point to point, as they stand in the chart, and Enter opens one.
  const order = places.map((_, i) => i);
  if (by === "time") order.sort((a, b) => (day(points[a]) < day(points[b]) ? -1 : day(points[a]) > day(points[b]) ? 1 : a - b));
  let now = -1;
  node.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      now = now < 0 ? (step > 0 ? 0 : order.length - 1) : (now + step + order.length) % order.length;
      Plotly.Fx.hover(node, [places[order[now]]]);
      const p = points[order[now]];
      X.say([p.metric, p.surface, p.county, p.title].filter(Boolean).join(", "));
    } else if (event.key === "Enter" && now >= 0) location.hash = points[order[now]].href;
    else if (event.key === "Escape") Plotly.Fx.unhover(node);
  };
};

// Values that span many powers of ten lie on each other on a plain axis.
X.plot.spread = function (values) {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity), high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  return low > 0 && high / low > 1000;
};

// Which of very many figures are drawn: those of one unit that have a place, the greatest of them.
// `cell(name, i)` gives one value; points are made of the chosen alone, as making one costs more than looking.
X.plot.choose = function (rows, cell, { by, log }) {
  const value = (i) => cell("value", i) ?? cell("lower", i);
  const placed = rows.filter((i) => {
    const v = value(i);
    return v !== null && (!log || v > 0) && (by === "time" ? cell("period_start", i) || cell("period_end", i) : cell("county_code", i));
  });
  const unit = X.plot.unit(placed.map((i) => cell("unit", i)));
  const all = placed.filter((i) => cell("unit", i) === unit).map((i) => ({ i, value: value(i), county: cell("county_code", i) }));
  if (by === "time") all.sort((a, b) => b.value - a.value || a.i - b.i);
  let chosen = all;
  if (by === "county") {
    const best = new Map();
    for (const { county, value } of all) best.set(county, Math.max(best.get(county) ?? -Infinity, value));
    const order = [...best].sort((a, b) => b[1] - a[1]).slice(0, X.plot.COUNTIES).map(([county]) => county);
    const rank = new Map(order.map((county, k) => [county, k]));
    const most = Math.floor(X.plot.MOST / Math.max(1, order.length));
    const left = new Map(order.map((county) => [county, most]));
    // Every county keeps its greatest, so that one with many figures does not push out the rest.
    chosen = all.filter(({ county }) => rank.has(county)).sort((a, b) => rank.get(a.county) - rank.get(b.county) || b.value - a.value || a.i - b.i)
      .filter(({ county }) => left.get(county) > 0 && left.set(county, left.get(county) - 1));
  }
  return { unit, all: all.length, rows: chosen.slice(0, X.plot.MOST).map(({ i }) => i) };
};

// The chart with what governs it. `cell(name, i)` gives a value of a figure, `point(i)` all that is drawn of it;
// `set(rows)` draws others.
X.figuresChart = function (cell, point) {
  const state = { by: "county", log: null, rows: [] }; // log: null until the reader chooses
  const holder = X.el("div", { class: "plot", role: "application", tabindex: "0" });
  const note = X.el("p", { class: "quiet" });
  const choice = (name) => X.el("button", { type: "button", "aria-pressed": String(state.by === name), "data-name": name, onclick: () => {
    state.by = name;
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.name === name)));
    draw();
  } }, X.t(`plot.${name}`));
  const buttons = ["county", "time"].map(choice);
  const log = X.el("label", { class: "toggle" }, X.el("input", { type: "checkbox", name: "log", onchange: (event) => { state.log = event.target.checked; draw(); } }), X.t("plot.log"));
  const box = log.querySelector("input");
  async function draw() {
    const { unit, all, rows } = X.plot.choose(state.rows, cell, state);
    const points = rows.map(point);
    if (!window.Plotly) note.textContent = X.t("loading");
    if (points.length) await X.plot.library();
    note.textContent = points.length
      ? X.t("plot.note", { n: X.number(points.length), unit, all: X.number(state.rows.length) }) + (all > points.length ? ` ${X.t("plot.more")}` : "")
      : X.t(state.by === "time" ? "plot.no_time" : "table.empty");
    box.checked = state.log ?? X.plot.spread(points.map((p) => p.value));
    holder.hidden = !points.length;
    holder.setAttribute("aria-label", note.textContent);
    if (points.length) await X.plot.draw(holder, points, { by: state.by, log: box.checked });
  }
  X.onTheme = () => { if (holder.isConnected && !holder.hidden) draw(); };
  return {
    node: X.el("section", { class: "block chart" }, X.el("div", { class: "controls" }, X.el("div", { class: "segmented", role: "group", "aria-label": X.t("plot.by") }, buttons), log), note, holder),
    set(rows) { state.rows = rows; return draw(); },
  };
};
