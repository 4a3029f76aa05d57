// Text with marks: where repairs, entities and figures begin and end, and what a mark says when asked.
"use strict";

// Positions in the data count code points, so texts are handled as lists of characters.
X.chars = (text) => Array.from(text);
X.visible = (text) => X.shown(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, (c) => String.fromCodePoint(0x2400 + c.codePointAt(0))).replace(/\u007f/g, "␡");

// Marks are {start, end, layer, ref}; an empty one (something was taken out) stands between two characters.
X.markText = function (text, marks, node) {
  const chars = X.chars(text);
  const cuts = new Set([0, chars.length]);
  for (const mark of marks) { cuts.add(mark.start); cuts.add(mark.end); }
  chars.forEach((c, i) => { if (c === "\n") { cuts.add(i); cuts.add(i + 1); } });
  const places = [...cuts].sort((a, b) => a - b);
  const points = new Map();
  const spans = [];
  for (const mark of marks) {
    if (mark.start === mark.end) (points.get(mark.start) || points.set(mark.start, []).get(mark.start)).push(mark);
    else spans.push(mark);
  }
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  let next = 0, open = [];
  let paragraph = X.el("p");
  const out = [paragraph];
  places.forEach((start, k) => {
    for (const mark of points.get(start) || []) paragraph.append(X.mark([mark], ""));
    const end = places[k + 1];
    if (end === undefined) return;
    if (chars[start] === "\n") { paragraph = X.el("p"); out.push(paragraph); return; }
    open = open.filter((mark) => mark.end > start);
    while (next < spans.length && spans[next].start <= start) open.push(spans[next++]);
    open = open.filter((mark) => mark.end > start);
    const piece = X.visible(chars.slice(start, end).join(""));
    paragraph.append(open.length ? X.mark(open, piece) : piece);
  });
  node.replaceChildren(...out);
};

X.mark = function (marks, piece) {
  const repair = marks.find((mark) => mark.layer === "repair");
  const entity = marks.find((mark) => mark.layer === "entity");
  const figure = marks.find((mark) => mark.layer === "figure");
  const classes = ["mark"];
  if (repair) classes.push("repair", repair.ref.status);
  if (repair && piece === "") classes.push("gone");
  if (entity) classes.push("entity", entity.ref.type);
  if (figure) classes.push("figure", figure.ref.trust);
  const node = X.el("span", { class: classes.join(" "), tabindex: "-1", "data-repair": repair && repair.ref.seq, "data-damage": repair && repair.ref.damage }, piece);
  if (repair && piece === "") node.append(X.el("span", { "aria-hidden": "true" }, "‸"));
  node.marks = marks;
  return node;
};

// The text as it came: what stands between the repairs is the same, so the ledger alone gives the rest.
X.rawPieces = function (text, repairs) {
  const chars = X.chars(text);
  const out = [];
  let at = 0;
  for (const repair of repairs) {
    if (repair.text_start > at) out.push({ piece: chars.slice(at, repair.text_start).join("") });
    if (repair.before) out.push({ piece: repair.before, repair });
    at = repair.text_end;
  }
  out.push({ piece: chars.slice(at).join("") });
  return out;
};

// --- what a mark says --------------------------------------------------------------------------------
X.explain = function (marks) {
  const out = [];
  for (const { layer, ref } of marks) {
    if (layer === "repair") {
      const clip = (text) => { const c = X.chars(X.visible(text)); return c.length > 80 ? c.slice(0, 80).join("") + "…" : c.join(""); };
      out.push(X.el("section", null,
        X.el("h4", null, X.el("span", { class: `chip status ${ref.status}` }, X.term("status", ref.status)), " ", X.term("damage", ref.damage)),
        X.el("p", { class: "change" }, X.el("del", null, clip(ref.before) || "∅"), " → ", X.el("ins", null, ref.status === "unresolved" ? "?" : clip(ref.after) || "∅")),
        X.el("p", null, X.t(`why.${ref.damage}`), " ", X.t(`why.${ref.status}`)),
        ref.suggestion && X.el("p", null, X.t("tip.suggestion"), X.el("b", null, ref.suggestion)),
        ref.confidence < 1 && X.el("p", { class: "quiet" }, X.t("tip.confidence", { n: X.percent(ref.confidence) }))));
    } else if (layer === "entity") {
      out.push(X.el("section", null,
        X.el("h4", null, X.el("span", { class: `chip type ${ref.type}` }, X.term("type", ref.type)), " ", ref.name || ref.surface),
        ref.role && X.el("p", null, X.t("tip.role"), ref.role),
        X.el("p", null, X.el("a", { href: X.link(`entities/${ref.entity_id}`) }, X.t("tip.entity")))));
    } else {
      out.push(X.el("section", null,
        X.el("h4", null, X.el("span", { class: "chip figure" }, X.term("kind", ref.kind)), " ", ref.metric || X.t("figure.no_metric")),
        X.el("p", { class: "big" }, X.value(ref), " ", ref.unit, ref.per && ` · ${ref.per}`, ref.change !== "none" && ` · ${X.term("change", ref.change)}`),
        X.period(ref.period_start, ref.period_end) && X.el("p", { class: "quiet" }, X.period(ref.period_start, ref.period_end)),
        ref.trust === "suspect" && X.el("p", { class: "warn" }, `${X.t("trust.suspect")}${X.t("colon")}${X.told(ref.trust_reason)}`),
        X.el("p", null, X.el("a", { href: X.link("figures", { q: ref.figure_id }) }, X.t("tip.figure")))));
    }
  }
  return out;
};

X.showTip = function (mark) {
  const tip = document.getElementById("tip");
  tip.replaceChildren(...X.explain(mark.marks));
  tip.hidden = false;
  const box = (mark.getClientRects()[0]) || mark.getBoundingClientRect();
  const gap = 8, wide = tip.offsetWidth, high = tip.offsetHeight;
  const below = box.bottom + gap + high < innerHeight || box.top < high + gap;
  tip.style.left = `${Math.max(gap, Math.min(box.left, innerWidth - wide - gap))}px`;
  tip.style.top = `${Math.max(gap, below ? Math.min(box.bottom + gap, innerHeight - high - gap) : box.top - high - gap)}px`;
};
X.hideTip = () => { document.getElementById("tip").hidden = true; };
// While the text scrolls, what is said of the focused mark goes with it.
X.followTip = () => {
  const mark = document.activeElement?.closest(".mark");
  const pane = mark?.closest(".text").getBoundingClientRect();
  const box = mark?.getBoundingClientRect();
  if (mark && box.bottom > pane.top && box.top < pane.bottom) X.showTip(mark);
  else X.hideTip();
};
addEventListener("scroll", X.followTip, { passive: true });
