// One document before and after: every repair marked and explained, entities and figures in place.
"use strict";
X.views.document = async function (main, { parts, query }) {
  let doc;
  try { doc = await X.loadDocument(parts[1]); } catch { X.add(main, X.el("h1", { tabindex: "-1" }, X.t("document.missing")), X.el("p", null, X.el("a", { href: "#/documents" }, X.t("nav.documents")))); return; }
  doc.repairs.forEach((repair, seq) => { repair.seq = seq; });
  const whole = doc.text !== null;
  const chars = whole ? X.chars(doc.text) : [];
  doc.repairs.forEach((repair) => { repair.after = chars.slice(repair.text_start, repair.text_end).join(""); });
  const fact = (label, value) => value && [X.el("dt", null, label), X.el("dd", null, value)];

  X.add(main, X.el("p", { class: "crumbs" }, X.el("a", { href: "#/documents" }, X.t("nav.documents")), " / ", X.el("code", null, doc.doc_id)),
    X.el("h1", { tabindex: "-1" }, doc.title || doc.source), doc.subtitle && X.el("p", { class: "lead" }, doc.subtitle),
    X.el("dl", { class: "facts" },
      fact(X.t("column.county"), doc.county && X.el("a", { href: X.link("documents", { county: doc.county_code }) }, [doc.province, doc.prefecture, doc.county].filter(Boolean).join(" · "))),
      fact(X.t("column.date"), doc.published_on && [doc.published_on, " ", X.el("small", { class: "quiet" }, X.term("basis", doc.published_on_basis))]),
      fact(X.t("column.publisher"), [doc.publisher, doc.section].filter(Boolean).join(" · ")),
      fact(X.t("column.author"), doc.author), fact(X.t("column.editor"), doc.editor),
      fact(X.t("column.source"), `${doc.source} · ${doc.encoding} · ${X.number(doc.n_bytes)} B`),
      fact(X.t("document.duplicate"), doc.duplicate_of && X.el("a", { href: X.link(`document/${doc.duplicate_of}`) }, doc.duplicate_of)),
      fact(X.t("column.damage"), doc.damage.length ? X.el("span", { class: "chips" }, doc.damage.map((name) => X.damageChip(doc, name, whole))) : X.t("damage.clean"))));

  if (whole) X.panes(main, doc, query);
  else X.add(main, X.el("p", { class: "notice" }, X.t("document.facts_only")));

  const goTo = (layer, ref) => (whole ? { type: "button", class: "link", onclick: () => X.goToMark(layer, ref) } : null);
  const go = (layer, ref, text) => (whole && (ref.start === undefined || ref.start >= 0) ? X.el("button", goTo(layer, ref), text) : text);
  if (doc.figures.length) X.add(main, X.el("section", { class: "block" }, X.el("h2", null, X.t("document.figures", { n: X.number(doc.figures.length) })), X.table({
    label: X.t("nav.figures"), rows: [...doc.figures.keys()], columns: [
      { key: "metric", label: X.t("column.metric"), wide: true, value: (i) => doc.figures[i].metric || "", show: (i) => go("figure", doc.figures[i], doc.figures[i].metric || X.t("figure.no_metric")) },
      { key: "surface", label: X.t("column.surface"), value: (i) => doc.figures[i].surface },
      { key: "value", label: X.t("column.value"), number: true, value: (i) => doc.figures[i].value ?? doc.figures[i].lower, show: (i) => X.value(doc.figures[i]) },
      { key: "unit", label: X.t("column.unit"), value: (i) => doc.figures[i].unit },
      { key: "period", label: X.t("column.period"), value: (i) => X.period(doc.figures[i].period_start, doc.figures[i].period_end) },
      { key: "trust", label: X.t("column.trust"), value: (i) => doc.figures[i].trust, show: (i) => [X.el("span", { class: `chip ${doc.figures[i].trust}`, }, X.term("trust", doc.figures[i].trust)), doc.figures[i].trust_reason && X.el("small", { class: "quiet" }, ` ${X.told(doc.figures[i].trust_reason)}`)] },
    ] }).node));

  const named = new Map();
  for (const mention of doc.mentions) (named.get(mention.entity_id) || named.set(mention.entity_id, []).get(mention.entity_id)).push(mention);
  if (named.size) X.add(main, X.el("section", { class: "block" }, X.el("h2", null, X.t("document.entities", { n: X.number(named.size) })),
    X.summary.vocabulary.type.map((type) => {
      const of = [...named.values()].filter((mentions) => mentions[0].type === type);
      return of.length > 0 && X.el("div", { class: "named" }, X.el("h3", null, X.term("type", type)), X.el("ul", { class: "cloud" }, of.map((mentions) =>
        X.el("li", null, X.el("a", { href: X.link(`entities/${mentions[0].entity_id}`), title: mentions.find((m) => m.role)?.role }, mentions[0].name || mentions[0].surface),
          mentions.length > 1 && X.el("small", null, ` ×${mentions.length}`), mentions.every((m) => m.start < 0) && X.el("small", { class: "quiet" }, ` ${X.t("document.byline")}`)))));
    })));
  if (doc.practices.length) X.add(main, X.el("section", { class: "block" }, X.el("h2", null, X.t("document.practices")), doc.practices.map((practice) =>
    X.el("blockquote", null, X.el("b", null, practice.name), practice.components.length > 0 && `${X.t("colon")}${practice.components.join("、")}`, practice.quote && X.el("p", null, practice.quote)))));
  if (doc.repairs.length) X.add(main, X.el("section", { class: "block" }, X.el("h2", null, X.t("document.ledger", { n: X.number(doc.repairs.length) })), X.table({
    label: X.t("tile.repairs"), rows: [...doc.repairs.keys()], columns: [
      { key: "n", label: "#", number: true, value: (i) => i, show: (i) => (whole ? X.el("button", goTo("repair", doc.repairs[i]), String(i + 1)) : String(i + 1)) },
      { key: "damage", label: X.t("column.damage"), value: (i) => X.term("damage", doc.repairs[i].damage) },
      { key: "status", label: X.t("column.status"), value: (i) => doc.repairs[i].status, show: (i) => X.el("span", { class: `chip status ${doc.repairs[i].status}` }, X.term("status", doc.repairs[i].status)) },
      { key: "before", label: X.t("pane.before"), wide: true, value: (i) => doc.repairs[i].before || "", show: (i) => X.el("del", null, X.visible(doc.repairs[i].before || "").slice(0, 200)) },
      { key: "after", label: X.t("pane.after"), wide: true, value: (i) => doc.repairs[i].after, show: (i) => X.el("ins", null, X.visible(doc.repairs[i].after).slice(0, 200)) },
      { key: "confidence", label: X.t("column.confidence"), number: true, value: (i) => doc.repairs[i].confidence, show: (i) => X.percent(doc.repairs[i].confidence) },
    ] }).node));
};

// A class of damage with its number of repairs; each press goes to the next of them.
X.damageChip = function (doc, name, whole) {
  const of = doc.repairs.filter((repair) => repair.damage === name);
  const label = [X.term("damage", name), " ", X.el("small", null, X.number(of.length))];
  let next = 0;
  const go = () => { X.goToMark("repair", of[next]); next = (next + 1) % of.length; };
  return whole && of.length ? X.el("button", { type: "button", class: "chip jump", title: X.t("step.class"), onclick: go }, label) : X.el("span", { class: "chip" }, label);
};

// The two panes and what governs them.
X.panes = function (main, doc, query) {
  const before = X.el("div", { class: "text raw", tabindex: "0", role: "region", "aria-label": X.t("pane.before"), lang: "zh" });
  const after = X.el("div", { class: "text", tabindex: "0", role: "region", "aria-label": X.t("pane.after"), lang: "zh" });
  for (const { piece, repair } of X.rawPieces(doc.text, doc.repairs)) before.append(repair ? X.mark([{ layer: "repair", ref: repair }], X.visible(piece)) : X.visible(piece));
  const layers = { repair: true, entity: true, figure: true };
  const draw = () => {
    const marks = [];
    if (layers.repair) for (const ref of doc.repairs) marks.push({ start: ref.text_start, end: ref.text_end, layer: "repair", ref });
    if (layers.entity) for (const ref of doc.mentions) if (ref.start >= 0) marks.push({ start: ref.start, end: ref.end, layer: "entity", ref });
    if (layers.figure) for (const ref of doc.figures) marks.push({ start: ref.start, end: ref.end, layer: "figure", ref });
    X.markText(doc.text, marks, after);
    before.classList.toggle("plain", !layers.repair);
  };
  draw();

  const panes = X.el("div", { class: "panes both" },
    X.el("section", { class: "pane before" }, X.el("h2", null, X.t("pane.before"), X.el("small", null, X.t("pane.before_note"))), before),
    X.el("section", { class: "pane after" }, X.el("h2", null, X.t("pane.after"), X.el("small", null, X.t("pane.after_note"))), after));
  const shows = ["both", "before", "after"].map((show) => X.el("button", { type: "button", "aria-pressed": String(show === "both"), "data-show": show, onclick: () => {
    panes.className = `panes ${show}`;
    shows.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.show === show)));
  } }, X.t(`pane.${show}`)));
  const toggles = [["repair", doc.repairs.length], ["entity", doc.mentions.length], ["figure", doc.figures.length]].map(([layer, n]) => X.el("label", { class: `toggle layer-${layer}` },
    X.el("input", { type: "checkbox", checked: true, onchange: (event) => { layers[layer] = event.target.checked; draw(); } }), X.t(`layer.${layer}`), X.el("small", null, X.number(n))));
  const step = (by) => () => X.step(panes.classList.contains("before") ? before : after, by);
  X.add(main, X.el("div", { class: "controls" },
    X.el("div", { class: "segmented", role: "group", "aria-label": X.t("pane.show") }, shows),
    X.el("div", { class: "toggles", role: "group", "aria-label": X.t("layer.show") }, toggles),
    X.el("div", { class: "segmented" }, X.el("button", { type: "button", onclick: step(-1), "aria-label": X.t("step.back") }, "←"), X.el("button", { type: "button", onclick: step(1), "aria-label": X.t("step.next") }, "→"))),
    X.legend(X.summary.vocabulary.status.map((status) => [`line ${status}`, X.term("status", status)])),
    panes);

  for (const pane of [before, after]) {
    const other = pane === before ? after : before;
    const at = (event) => event.target.closest(".mark");
    // Text that scrolls under a resting mouse is not asked about.
    pane.addEventListener("mouseover", (event) => { if (!event.movementX && !event.movementY) return; const mark = at(event); if (mark) X.showTip(mark); else X.hideTip(); });
    pane.addEventListener("mouseleave", (event) => { if (!event.relatedTarget?.closest?.("#tip")) X.hideTip(); });
    pane.addEventListener("focusin", (event) => { const mark = at(event); if (mark) { X.showTip(mark); X.pair(mark, other); } });
    pane.addEventListener("scroll", X.followTip, { passive: true });
    pane.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, j: 1, n: 1, ArrowLeft: -1, k: -1, p: -1 }[event.key];
      if (by && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); X.step(pane, by); }
      if (event.key === "Escape") { X.hideTip(); pane.focus(); }
    });
  }
  X.goToMark = (layer, ref) => {
    if (panes.classList.contains("before")) shows[2].click();
    const mark = [...after.querySelectorAll(".mark")].find((node) => node.marks.some((m) => m.layer === layer && m.ref === ref));
    if (mark) X.focusMark(mark);
  };
  const wanted = query.get("at");
  if (wanted !== null) {
    const figure = doc.figures.find((ref) => String(ref.start) === wanted);
    const mention = doc.mentions.find((ref) => String(ref.start) === wanted);
    if (figure || mention) setTimeout(() => X.goToMark(figure ? "figure" : "entity", figure || mention), 60);
  }
};

// To the next or the last mark of a pane; its words are read out too.
X.step = function (pane, by) {
  const marks = [...pane.querySelectorAll(".mark")];
  if (!marks.length) return;
  const now = marks.indexOf(pane.querySelector(".mark.now"));
  X.focusMark(marks[now < 0 ? (by > 0 ? 0 : marks.length - 1) : (now + by + marks.length) % marks.length]);
};
X.focusMark = function (mark) {
  document.querySelectorAll(".mark.now").forEach((node) => node.classList.remove("now"));
  mark.classList.add("now");
  mark.scrollIntoView({ block: "center" });
  mark.focus({ preventScroll: true });
  X.showTip(mark);
  X.say(document.getElementById("tip").innerText);
};
X.pair = function (mark, other) {
  document.querySelectorAll(".mark.paired").forEach((node) => node.classList.remove("paired"));
  if (!other.offsetParent) return;
  // What was not repaired has no twin; the repair before it still tells where to look.
  const repairs = [...mark.closest(".text").querySelectorAll("[data-repair]")];
  const near = repairs.findLast((node) => node === mark || node.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING);
  const twin = near && other.querySelector(`[data-repair="${CSS.escape(near.dataset.repair)}"]`);
  if (!twin) return;
  if (near === mark) twin.classList.add("paired");
  const depth = (node, pane) => node.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  other.scrollTop += depth(twin, other) - depth(near, mark.closest(".text"));
  X.showTip(mark);
};
