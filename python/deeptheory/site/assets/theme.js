// Sets the chosen theme before the page is painted.
(function () {
  "use strict";
  var key = "deeptheory-theme";
  var root = document.documentElement;
  function stored() {
    try { return localStorage.getItem(key); } catch (error) { return null; }
  }
  var chosen = stored();
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.getElementById("theme");
    if (!button) return;
    button.addEventListener("click", function () {
      var system = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
      var next = (root.dataset.theme || system) === "dark" ? "light" : "dark";
      root.dataset.theme = next;
      try { localStorage.setItem(key, next); } catch (error) { /* the choice lasts for this page */ }
    });
  });
})();
