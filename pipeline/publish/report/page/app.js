// Which view is shown, in which language, in which light.
"use strict";
(async function () {
  const $ = (id) => document.getElementById(id);
  const store = (key, value) => { try { if (value === undefined) return localStorage.getItem(key); localStorage.setItem(key, value); } catch { /* storage is off */ } return null; };
  const NAV = ["overview", "documents", "figures", "entities", "counties", "checks"];
  let turn = 0;

  const [words, summary] = await Promise.all([X.load("words"), X.load("summary")]);
  Object.assign(X, { words: words.words, sentences: X.sentencesOf(words.sentences), summary });
  const [counties, documents] = await Promise.all([X.load("counties"), X.load("documents")]);
  // Counties that no document is about are named in figures and entities all the same.
  const told = new Map(counties.map((row) => [row.code, { name: row.name || row.code, above: row.province }]));
  const named = new Map([...X.summary.places.map((row) => [row.code, row]), ...told]);
  X.county = (code) => (code ? named.get(code)?.name || code : "");
  X.countyOptions = (every) => [...(every ? named : told)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, { name, above }]) => [code, above ? `${name}（${above}）` : name]);
  X.documentsId = (n) => documents.doc_id[n];
  X.titleOf = (n) => documents.title[n] || documents.source[n];
  X.language = store("xianqing-language") || (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");

  function frame() {
    document.documentElement.lang = X.language === "zh" ? "zh-Hans" : "en";
    const dark = document.documentElement.dataset.theme === "dark";
    $("skip").textContent = X.t("skip");
    $("language").textContent = X.language === "zh" ? "English" : "中文";
    $("language").lang = X.language === "zh" ? "en" : "zh-Hans";
    $("theme").textContent = dark ? "☀" : "☾";
    $("theme").setAttribute("aria-label", X.t(dark ? "theme.light" : "theme.dark"));
    const now = X.route().parts[0] || "overview";
    $("nav").setAttribute("aria-label", X.t("nav.label"));
    $("nav").replaceChildren(...NAV.map((view) => X.el("a", { href: view === "overview" ? "#/" : `#/${view}`, "aria-current": view === now || (now === "document" && view === "documents") ? "page" : null }, X.t(`nav.${view}`))));
    const current = $("nav").querySelector("[aria-current]"); // on a phone not all of them fit
    if (current) $("nav").scrollLeft = current.offsetLeft - $("nav").offsetLeft - ($("nav").clientWidth - current.offsetWidth) / 2;
    $("foot").replaceChildren(X.el("p", null, X.t(X.summary.facts_only ? "foot.facts" : "foot.rights")), X.el("p", { class: "quiet" }, X.t("foot.made"), " ", X.el("a", { href: "../README.md" }, "README.md"), " · ", X.el("a", { href: "../datapackage.json" }, "datapackage.json"), " · ", X.el("a", { href: "../croissant.json" }, "croissant.json"), " · ", X.el("a", { href: "../CHECKSUMS.sha256" }, "CHECKSUMS.sha256")));
  }

  async function show(focus) {
    const mine = ++turn;
    const route = X.route();
    const name = X.views[route.parts[0]] ? route.parts[0] : "overview";
    X.hideTip();
    X.onTheme = null;
    document.body.removeAttribute("data-ready");
    frame();
    const main = $("main");
    main.className = `view-${name}`;
    main.replaceChildren();
    try {
      await X.views[name](main, route, () => mine === turn);
    } catch (problem) {
      X.add(main, X.el("p", { class: "notice" }, X.t("problem"), " ", String(problem.message || problem)));
    }
    if (mine !== turn) return;
    const heading = main.querySelector("h1");
    document.title = `${heading && name !== "overview" ? `${heading.textContent} · ` : ""}${X.t("page.title")}`;
    if (focus && !route.query.get("at")) { scrollTo(0, 0); heading?.focus({ preventScroll: true }); }
    X.ready(location.hash);
  }

  $("language").addEventListener("click", () => { X.language = X.language === "zh" ? "en" : "zh"; store("xianqing-language", X.language); show(false); });
  $("theme").addEventListener("click", () => { const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark"; document.documentElement.dataset.theme = theme; store("xianqing-theme", theme); frame(); X.onTheme?.(); });
  $("skip").addEventListener("click", (event) => { event.preventDefault(); $("main").focus(); });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") X.hideTip();
    if (event.key === "/" && !event.target.closest("input, select, textarea")) { const field = document.querySelector("[type=search]"); if (field) { event.preventDefault(); field.focus(); } }
  });
  addEventListener("click", (event) => { if (!event.target.closest(".mark, #tip")) X.hideTip(); });
  $("tip").addEventListener("mouseleave", X.hideTip);
  addEventListener("hashchange", () => show(true));
  show(false);
})();
