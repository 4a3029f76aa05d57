// What each check said, and what could not be read.
"use strict";

// What holds when a check passes, in the reader's language. Those that every table has are told by their kind;
// one that the page does not know yet is told as it was declared.
X.said = function ({ step, check, description }) {
  if (X.language !== "zh") return description;
  const own = X.words[`check.${step}.${check}`];
  if (own) return X.both(own);
  const table = X.summary.tables.filter(({ name }) => check.startsWith(`${name}_`)).sort((a, b) => b.name.length - a.name.length)[0]?.name;
  if (table) {
    const rest = check.slice(table.length + 1);
    return X.words[`check.of.${rest}`] ? X.t(`check.of.${rest}`, { table }) : X.t("check.of.reference", { table, column: rest });
  }
  return check.startsWith("reads_back_") ? X.t("check.of.reading", { reader: check.slice("reads_back_".length) }) : description;
};

X.views.checks = async function (main, { query }) {
  const { quality, quarantine } = X.summary;
  const steps = X.summary.vocabulary.step;
  const order = quality.map((_, i) => i).sort((a, b) => quality[a].passed - quality[b].passed || steps.indexOf(quality[a].step) - steps.indexOf(quality[b].step) || a - b);
  const sign = (check) => X.el("span", { class: `chip ${check.passed ? "sound" : check.severity === "error" ? "unsound" : "suspect"}` }, check.passed ? `✓ ${X.t("check.passed")}` : `✕ ${X.t(check.severity === "error" ? "check.failed" : "check.warned")}`);
  const show = (value) => (value > 0 && value < 1 ? X.percent(value) : X.number(value, 4));
  const title = X.el("h2", { tabindex: "-1" }, X.t("quarantine.title"));
  X.add(main, X.el("h1", { tabindex: "-1" }, X.t("nav.checks")), X.el("p", { class: "lead" }, X.t("checks.lead")), X.table({
    label: X.t("nav.checks"), rows: order, columns: [
      { key: "passed", label: X.t("column.verdict"), value: (i) => Number(quality[i].passed), show: (i) => sign(quality[i]) },
      { key: "step", label: X.t("column.step"), value: (i) => steps.indexOf(quality[i].step), show: (i) => X.term("step", quality[i].step) },
      { key: "description", label: X.t("column.check"), wide: true, value: (i) => X.said(quality[i]), show: (i) => [X.said(quality[i]), " ", X.el("code", { class: "quiet" }, quality[i].check)] },
      { key: "value", label: X.t("column.measured"), number: true, value: (i) => quality[i].value, show: (i) => show(quality[i].value) },
      { key: "threshold", label: X.t("column.threshold"), number: true, value: (i) => quality[i].threshold, show: (i) => show(quality[i].threshold) },
      { key: "severity", label: X.t("column.severity"), short: true, value: (i) => X.term("severity", quality[i].severity) },
    ] }).node,
    title, X.el("p", { class: "quiet" }, X.t("quarantine.note")),
    X.table({ label: X.t("quarantine.title"), rows: [...quarantine.keys()], empty: X.t("quarantine.none"), columns: [
      { key: "source", label: X.t("column.source"), wide: true, value: (i) => quarantine[i].source },
      { key: "reason", label: X.t("column.reason"), value: (i) => X.term("reason", quarantine[i].reason) },
      { key: "detail", label: X.t("column.detail"), wide: true, value: (i) => X.told(quarantine[i].detail) },
      { key: "bytes", label: X.t("column.bytes"), number: true, value: (i) => quarantine[i].n_bytes, show: (i) => X.number(quarantine[i].n_bytes) },
    ] }).node);
  if (query.get("at") === "quarantine") { title.scrollIntoView(); title.focus({ preventScroll: true }); }
};
