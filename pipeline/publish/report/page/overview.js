// The front view: what is in the release, what the checks said, what was damaged, what was found.
"use strict";
X.views.overview = async function (main) {
  const s = X.summary;
  const rows = Object.fromEntries(s.tables.map((table) => [table.name, table.rows]));
  const failed = s.quality.filter((check) => !check.passed);
  const stopped = failed.filter((check) => check.severity === "error");
  const tile = (n, label, href, note) => X.el("a", { class: "tile", href }, X.el("b", null, n), X.el("span", null, label), note && X.el("small", null, note));
  const block = (title, note, ...content) => X.el("section", { class: "block" }, X.el("h2", null, title), note && X.el("p", { class: "quiet" }, note), ...content);

  X.add(main, X.el("section", { class: "hero" },
    X.el("p", { class: "kicker" }, X.t("hero.kicker")),
    X.el("h1", { tabindex: "-1" }, X.t("hero.title")),
    X.el("p", { class: "lead" }, X.t("hero.lead")),
    X.el("p", { class: "quiet" }, [s.period[0] && X.t("hero.period", { from: s.period[0], to: s.period[1] }), s.version && X.t("hero.release", { version: s.version })].filter(Boolean).join(" · "))));

  X.add(main, X.el("div", { class: "tiles" },
    tile(X.number(rows.documents), X.t("tile.documents"), "#/documents", s.duplicates ? X.t("tile.duplicates", { n: X.number(s.duplicates) }) : X.t("tile.characters", { n: X.short(s.characters) })),
    tile(X.number(s.counties), X.t("tile.counties"), "#/counties"),
    tile(X.number(rows.repairs), X.t("tile.repairs"), X.link("documents"), X.t("tile.unresolved", { n: X.number(s.unresolved) })),
    tile(X.number(rows.figures), X.t("tile.figures"), "#/figures", X.t("tile.suspect", { n: X.number(s.suspect) })),
    tile(X.number(rows.entities), X.t("tile.entities"), "#/entities", X.t("tile.mentions", { n: X.number(rows.mentions) })),
    tile(X.number(rows.quarantine), X.t("tile.quarantine"), X.link("checks", { at: "quarantine" }), rows.quarantine > 0 && X.t("tile.quarantine_note"))));

  X.add(main, X.el("a", { class: `verdict ${stopped.length ? "bad" : failed.length ? "warn" : "good"}`, href: "#/checks" },
    X.el("span", { class: "sign", "aria-hidden": "true" }, stopped.length ? "✕" : failed.length ? "!" : "✓"),
    X.el("span", null, X.el("b", null, X.t("verdict.passed", { n: X.number(s.quality.length - failed.length), all: X.number(s.quality.length) })),
      failed.length ? X.el("small", null, failed.slice(0, 3).map(X.said).join(X.t("semicolon"))) : X.el("small", null, X.t("verdict.all")))));

  const statuses = s.vocabulary.status;
  const byDamage = s.vocabulary.damage.map((damage) => {
    const of = s.damage.filter((row) => row.damage === damage);
    const documents = (s.damaged_documents.find((row) => row.damage === damage) || { n: 0 }).n;
    return { damage, documents, total: of.reduce((sum, row) => sum + row.n, 0), of };
  }).filter((row) => row.total || row.documents).sort((a, b) => b.total - a.total);
  X.add(main, X.el("div", { class: "columns-2" },
    block(X.t("damage.title"), X.t("damage.note"),
      byDamage.length > 0 && X.legend(statuses.map((status) => [status, X.term("status", status)])),
      X.bars(byDamage.map((row) => ({
        label: X.term("damage", row.damage), hint: X.t(`why.${row.damage}`), href: X.link("documents", { damage: row.damage }),
        parts: statuses.map((status) => ({ kind: status, label: X.term("status", status), n: row.of.filter((r) => r.status === status).reduce((sum, r) => sum + r.n, 0) })),
      })), { label: X.t("damage.title") }),
      !byDamage.length && X.el("p", { class: "quiet" }, X.t("damage.none"))),
    s.kinds.length > 0 && block(X.t("kinds.title"), X.t("kinds.note"),
      X.bars(s.kinds.slice(0, 9).map((row) => ({ label: X.term("kind", row.kind), href: X.link("figures", { kind: row.kind }), parts: [{ n: row.n, kind: "plain" }] })), { label: X.t("kinds.title") })),
    s.years.length > 1 && block(X.t("years.title"), null, X.columns(s.years.map((row) => ({ label: String(row.year), n: row.n })), { label: X.t("years.title") })),
    s.issues.length > 0 && block(X.t("issues.title"), X.t("issues.note"),
      X.legend([["resolved", X.t("issues.resolved")], ["open", X.t("issues.open")]]),
      X.bars(s.issues.slice(0, 10).map((row) => ({
        label: `${row.county || X.titleOf(row.doc)}${row.period_end ? ` ${row.period_end.slice(0, 4)}` : ""}`,
        href: X.link(`document/${X.documentsId(row.doc)}`),
        parts: [{ n: Math.min(row.resolved, row.found), kind: "resolved", label: X.t("issues.resolved") }, { n: Math.max(0, row.found - row.resolved), kind: "open", label: X.t("issues.open") }],
        note: `${X.number(row.resolved)} / ${X.number(row.found)}`,
      })), { label: X.t("issues.title") })),
    s.practices.length > 0 && block(X.t("practices.title"), X.t("practices.note"),
      X.el("ul", { class: "cloud" }, s.practices.slice(0, 24).map((row) => X.el("li", null, X.el("a", { href: X.link(`entities/${row.entity_id}`), title: row.components.join("、") }, row.name, row.n > 1 && X.el("small", null, ` ×${X.number(row.n)}`))))))));

  X.add(main, block(X.t("tables.title"), [X.t("tables.note"), " ", X.t("tables.database"), " ", X.el("a", { href: "../xianqing.duckdb" }, "xianqing.duckdb"), X.t("stop")], X.el("div", { class: "cards" }, s.tables.map((table) => X.el("details", { class: "card" },
    X.el("summary", null, X.el("code", null, table.name), X.el("b", null, X.number(table.rows)), X.el("span", null, X.both(table.description))),
    X.el("dl", null, table.columns.map(([name, ...description]) => [X.el("dt", null, X.el("code", null, name)), X.el("dd", null, X.both(description))])),
    X.el("p", null, X.el("a", { href: `../csv/${table.name}.csv` }, "CSV"), " · ", X.el("a", { href: `../parquet/${table.name}/` }, "Parquet")))))));
};
