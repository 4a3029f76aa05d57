// Light or dark before the first paint: what the reader chose last, else what the system says.
"use strict";
(function () {
  let chosen = null;
  try { chosen = localStorage.getItem("xianqing-theme"); } catch { /* storage is off: the system decides */ }
  const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
