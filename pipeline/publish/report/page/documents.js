// The list of documents: search by title, county and file; filter by damage.
"use strict";
X.views.documents = async function (main, { query }) {
  const d = await X.load("documents");
  const cell = (name, i) => X.cell(d, name, i);
  const values = { q: query.get("q") || "", county: query.get("county") || "", damage: query.get("damage") || "" };
  const all = [...Array(d.length).keys()];
  const pick = () => {
    const words = values.q.toLowerCase().split(/\s+/).filter(Boolean);
    return all.filter((i) =>
      (!values.county || cell("county_code", i) === values.county) &&
      (!values.damage || (values.damage === "none" ? !d.damage[i].length : d.damage[i].includes(values.damage))) &&
      words.every((word) => `${d.title[i] || ""} ${d.source[i]} ${cell("county", i) || ""} ${d.doc_id[i]}`.toLowerCase().includes(word)));
  };
  const table = X.table({
    label: X.t("nav.documents"), rows: pick(), columns: [
      { key: "title", label: X.t("column.title"), wide: true, value: (i) => d.title[i] || d.source[i],
        show: (i) => [X.el("a", { href: X.link(`document/${d.doc_id[i]}`), class: "main-link" }, d.title[i] || d.source[i]), d.duplicate[i] && " ", d.duplicate[i] && X.el("span", { class: "chip" }, X.t("document.duplicate"))] },
      { key: "county", short: true, label: X.t("column.county"), value: (i) => cell("county", i) },
      { key: "date", short: true, label: X.t("column.date"), value: (i) => cell("published_on", i) },
      { key: "damage", label: X.t("column.damage"), value: (i) => d.damage[i].length, show: (i) => (d.damage[i].length ? X.el("span", { class: "chips" }, d.damage[i].map((name) => X.el("span", { class: "chip" }, X.term("damage", name)))) : X.el("span", { class: "quiet" }, X.t("damage.clean"))) },
      { key: "repairs", label: X.t("column.repairs"), number: true, value: (i) => d.n_repairs[i], show: (i) => X.number(d.n_repairs[i]) },
      { key: "unresolved", label: X.t("column.unresolved"), number: true, value: (i) => d.n_unresolved[i], show: (i) => X.el("span", { class: d.n_unresolved[i] ? "warn" : "quiet" }, X.number(d.n_unresolved[i])) },
      { key: "figures", label: X.t("column.figures"), number: true, value: (i) => d.n_figures[i], show: (i) => X.number(d.n_figures[i]) },
    ],
  });
  X.add(main, X.el("h1", { tabindex: "-1" }, X.t("nav.documents")), X.el("p", { class: "lead" }, X.t("documents.lead")),
    X.filters([
      { key: "q", label: X.t("filter.search"), placeholder: X.t("documents.search") },
      { key: "county", label: X.t("column.county"), options: X.countyOptions() },
      { key: "damage", label: X.t("column.damage"), options: [...X.summary.vocabulary.damage.filter((name) => X.summary.damaged_documents.some((row) => row.damage === name)).map((name) => [name, X.term("damage", name)]), ["none", X.t("damage.clean")]] },
    ], values, () => { X.remember("documents", values); table.set(pick()); }),
    table.node);
};
