// Places, organizations, people, campaigns and mechanisms; and one of them with the documents that name it.
"use strict";
X.views.entities = async function (main, { parts, query }, alive) {
  const SIZE = 10000; // entities of a chunk, as they were written
  let chunks = [];
  const e = (name, i) => X.cell(chunks[Math.floor(i / SIZE)], name, i % SIZE);
  if (parts[1]) {
    let found = -1;
    await X.loadChunks("entities", (got, n) => {
      chunks = got;
      const k = got[n - 1].entity_id.indexOf(parts[1]);
      if (k >= 0) found = (n - 1) * SIZE + k;
      return alive() && found < 0;
    });
    return X.entity(main, e, found);
  }
  const values = { q: query.get("q") || "", type: query.get("type") || "", county: query.get("county") || "" };
  const pick = () => {
    const words = values.q.toLowerCase().split(/\s+/).filter(Boolean);
    const out = [];
    chunks.forEach((chunk, c) => {
      for (let k = 0; k < chunk.length; k++) {
        const i = c * SIZE + k;
        if (values.type && e("type", i) !== values.type) continue;
        if (values.county && e("county_code", i) !== values.county) continue;
        if (words.length && !words.every((word) => `${chunk.name[k]} ${chunk.aliases[k].join(" ")} ${chunk.code[k] || ""}`.toLowerCase().includes(word))) continue;
        out.push(i);
      }
    });
    return out;
  };
  const table = X.table({
    label: X.t("nav.entities"), rows: [], columns: [
      { key: "name", label: X.t("column.name"), wide: true, value: (i) => e("name", i), show: (i) => X.el("a", { class: "main-link", href: X.link(`entities/${e("entity_id", i)}`) }, e("name", i)) },
      { key: "type", label: X.t("column.type"), value: (i) => X.term("type", e("type", i)), show: (i) => X.el("span", { class: `chip type ${e("type", i)}` }, X.term("type", e("type", i))) },
      { key: "aliases", label: X.t("column.aliases"), wide: true, value: (i) => e("aliases", i).join("、") },
      { key: "county", label: X.t("column.county"), value: (i) => X.county(e("county_code", i)) },
      { key: "code", label: X.t("column.code"), value: (i) => e("code", i) },
      { key: "documents", label: X.t("nav.documents"), number: true, value: (i) => e("n_documents", i), show: (i) => X.number(e("n_documents", i)) },
      { key: "mentions", label: X.t("column.mentions"), number: true, value: (i) => e("n_mentions", i), show: (i) => X.number(e("n_mentions", i)) },
    ],
  });
  X.add(main, X.el("h1", { tabindex: "-1" }, X.t("nav.entities")), X.el("p", { class: "lead" }, X.t("entities.lead")),
    X.filters([
      { key: "q", label: X.t("filter.search"), placeholder: X.t("entities.search") },
      { key: "type", label: X.t("column.type"), options: X.summary.types.map((r) => [r.type, `${X.term("type", r.type)} (${X.number(r.n)})`]) },
      { key: "county", label: X.t("column.county"), options: X.countyOptions(true) },
    ], values, () => { X.remember("entities", values); table.set(pick()); }), table.node);
  await X.loadChunks("entities", (got) => { chunks = got; if (alive()) table.set(pick(), true); return alive(); });
};

X.entity = async function (main, e, i) {
  if (i < 0) { X.add(main, X.el("h1", { tabindex: "-1" }, X.t("entity.missing"))); return; }
  const documents = await X.load("documents");
  const docs = e("docs", i) || [];
  const fact = (label, value) => value && [X.el("dt", null, label), X.el("dd", null, value)];
  X.add(main, X.el("p", { class: "crumbs" }, X.el("a", { href: "#/entities" }, X.t("nav.entities")), " / ", X.el("code", null, e("entity_id", i))),
    X.el("h1", { tabindex: "-1" }, e("name", i)),
    X.el("p", null, X.el("span", { class: `chip type ${e("type", i)}` }, X.term("type", e("type", i)))),
    X.el("dl", { class: "facts" },
      fact(X.t("column.aliases"), e("aliases", i).join("、")), fact(X.t("column.level"), e("level", i) && X.term("level", e("level", i))),
      fact(X.t("column.code"), e("code", i)), fact(X.t("column.county"), X.county(e("county_code", i))),
      fact(X.t("column.mentions"), X.number(e("n_mentions", i))), fact(X.t("nav.documents"), X.number(e("n_documents", i)))),
    X.el("h2", null, X.t("entity.documents")),
    X.el("ul", { class: "list" }, docs.map((n) => X.el("li", null, X.el("a", { href: X.link(`document/${documents.doc_id[n]}`) }, documents.title[n] || documents.source[n]), " ", X.el("small", { class: "quiet" }, [X.cell(documents, "county", n), X.cell(documents, "published_on", n)].filter(Boolean).join(" · "))))));
};
