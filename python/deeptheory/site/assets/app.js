// The search box, the filters of the landing page and the keyboard.
(function () {
  "use strict";

  var input = document.getElementById("q");
  if (!input || !window.deepTheoryIndex) return;
  var root = document.body.dataset.root || "";
  var status = document.getElementById("q-status");
  var index = null;

  function prepare() {
    if (!index) index = new window.DeepTheorySearch.Index(window.deepTheoryIndex);
    return index;
  }

  function search(query) {
    return prepare().search(query);
  }

  // The first key should find the index ready.
  window.DeepTheorySearch.ready = prepare;
  if (window.requestIdleCallback) window.requestIdleCallback(prepare);
  else setTimeout(prepare, 200);

  function make(tag, className, text) {
    var node = document.createElement(tag);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  }

  function count(number) {
    return number === 1 ? "1 result" : number + " results";
  }

  // A result that has no node of its own on the page.
  function row(entry) {
    var item = make("li", "hit" + (entry.headline ? " headline" : ""));
    var text = make("div", "hit-text");
    var title = make("p", "hit-title");
    var anchor = make("a", "", entry.title || entry.name);
    anchor.href = root + entry.page;
    title.append(anchor);
    text.append(title);
    var name = make("p", "hit-name");
    name.append(make("span", "kind", entry.headline ? "headline theorem" : entry.kind), " ", make("code", "", entry.name));
    text.append(name);
    item.append(text);
    return item;
  }

  // Moves through the results with the arrow keys; the links themselves take the focus.
  function arrows(container, event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    var links = Array.from(container.querySelectorAll(".hit-title a"));
    if (!links.length) return;
    var at = links.indexOf(document.activeElement);
    if (at < 0 && document.activeElement !== input) return;
    event.preventDefault();
    var next = at + (event.key === "ArrowDown" ? 1 : -1);
    if (next < 0) { input.focus(); return; }
    if (next < links.length) links[next].focus();
  }

  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName) &&
      document.activeElement.type !== "checkbox";
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });

  function first(container, event) {
    if (event.key !== "Enter" || event.isComposing) return;
    var link = container.querySelector(".hit-title a");
    if (link && input.value.trim()) { event.preventDefault(); link.click(); }
  }

  // ---- The landing page: the list itself is filtered.
  function landing(list, form) {
    var nothing = document.getElementById("nothing");
    var own = new Map();
    Array.from(list.children).forEach(function (node) {
      if (node.dataset.name) own.set(node.dataset.name, node);
    });
    var everything = Array.from(list.children);
    var LIMIT = 60;

    function chosen() {
      var picks = {};
      form.querySelectorAll("input:checked").forEach(function (box) {
        (picks[box.name] = picks[box.name] || []).push(box.value);
      });
      return picks;
    }

    function fits(entry, picks) {
      return Object.keys(picks).every(function (key) {
        var values = picks[key];
        if (key === "kind") {
          return values.includes(entry.kind) && !entry.headline || entry.headline && values.includes("headline");
        }
        if (key === "controls" || key === "needs") {
          return (entry[key] || []).some(function (c) { return values.includes(c); });
        }
        return values.includes(entry[key]);
      });
    }

    function address(query, picks) {
      var parts = new URLSearchParams();
      if (query) parts.set("q", query);
      Object.keys(picks).forEach(function (key) {
        picks[key].forEach(function (value) { parts.append(key, value); });
      });
      var text = parts.toString();
      try { history.replaceState(null, "", text ? "#" + text : "#"); } catch (error) { /* not needed */ }
    }

    function show(remember) {
      var query = input.value.trim(), picks = chosen();
      var idle = !query && !Object.keys(picks).length;
      if (remember) address(query, picks);
      if (idle) {
        list.replaceChildren.apply(list, everything);
        nothing.hidden = true;
        status.textContent = own.size === 1 ? "1 headline theorem" : own.size + " headline theorems";
        return;
      }
      var hits = search(query) || (query ? [] : window.deepTheoryIndex.filter(function (entry) {
        return entry.headline || picks.kind;
      }));
      hits = hits.filter(function (entry) { return fits(entry, picks); });
      list.replaceChildren.apply(list, hits.slice(0, LIMIT).map(function (entry) {
        return own.get(entry.name) || row(entry);
      }));
      nothing.hidden = hits.length > 0;
      status.textContent = count(hits.length) + (hits.length > LIMIT ? ", the first " + LIMIT + " shown" : "");
    }

    function restore() {
      var parts = new URLSearchParams(location.hash.slice(1));
      input.value = parts.get("q") || "";
      form.querySelectorAll("input").forEach(function (box) {
        box.checked = parts.getAll(box.name).includes(box.value);
        if (box.checked && box.closest("details")) box.closest("details").open = true;
      });
      show(false);
    }

    input.addEventListener("input", function () { show(true); });
    form.addEventListener("change", function () { show(true); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    input.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { input.value = ""; show(true); }
      first(list, event);
    });
    document.addEventListener("keydown", function (event) { arrows(list, event); });
    window.addEventListener("hashchange", restore);
    restore();
  }

  // ---- Every other page: a list under the box.
  function dropdown(drop) {
    var box = document.getElementById("search");

    function show() {
      var hits = search(input.value.trim());
      if (!hits) { hide(); status.textContent = ""; return; }
      var list = make("ol", "results");
      hits.slice(0, 8).forEach(function (entry) { list.append(row(entry)); });
      drop.replaceChildren(hits.length ? list : make("p", "empty", "Nothing matches."));
      status.textContent = count(hits.length);
      drop.hidden = false;
    }

    function hide() { drop.hidden = true; }

    input.addEventListener("input", show);
    input.addEventListener("focus", show);
    input.addEventListener("keydown", function (event) { first(drop, event); });
    box.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { hide(); input.focus(); hide(); }
      else arrows(drop, event);
    });
    document.addEventListener("click", function (event) {
      if (!box.contains(event.target)) hide();
    });
    box.addEventListener("focusout", function (event) {
      if (event.relatedTarget && !box.contains(event.relatedTarget)) hide();
    });
  }

  var list = document.getElementById("results"), drop = document.getElementById("drop");
  if (drop) dropdown(drop);
  else if (list) landing(list, document.getElementById("facets"));
})();
