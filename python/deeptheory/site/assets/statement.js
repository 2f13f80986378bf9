// The constants of a statement open in place; their definitions are loaded when first asked for.
(function () {
  "use strict";

  var statement = document.getElementById("statement");
  if (!statement) return;
  var root = document.body.dataset.root || "", waiting = null, loaded = null, opened = 0;

  function definitions(then) {
    if (loaded) { then(loaded); return; }
    if (waiting) { waiting.push(then); return; }
    waiting = [then];
    var script = document.createElement("script");
    script.src = root + "assets/definitions.js" + statement.dataset.stamp;
    script.onload = script.onerror = function () {
      loaded = new Map(Object.entries(window.deepTheoryDefinitions || {}));
      waiting.forEach(function (each) { each(loaded); });
    };
    document.head.append(script);
  }

  function key(link) {
    return decodeURIComponent(link.getAttribute("href").split("#")[0].split("/").pop());
  }

  // Gives each constant of a piece of Lean a button, the first time that it occurs there.
  function equip(code, known) {
    var seen = new Set();
    Array.from(code.querySelectorAll("a.const, a.name")).forEach(function (link) {
      var name = key(link);
      if (seen.has(name) || !known.has(name)) return;
      seen.add(name);
      var button = document.createElement("button");
      button.type = "button";
      button.className = "unfold";
      button.setAttribute("aria-expanded", "false");
      button.setAttribute("aria-label", "Definition of " + link.textContent);
      button.addEventListener("click", function () { toggle(button, name); });
      link.after(button);
    });
  }

  // The place after the line that a node stands in.
  function lineEnd(node) {
    var next = node.nextSibling;
    while (next) {
      var at = next.nodeType === 3 ? next.data.indexOf("\n") : -1;
      if (at >= 0) { next.splitText(at + 1); return next; }
      if (!next.nextSibling) return next;
      next = next.nextSibling;
    }
    return node;
  }

  function toggle(button, name) {
    var open = button.getAttribute("aria-expanded") === "true";
    if (open) {
      document.getElementById(button.getAttribute("aria-controls")).remove();
      button.removeAttribute("aria-controls");
      button.setAttribute("aria-expanded", "false");
      return;
    }
    definitions(function (all) {
      if (button.getAttribute("aria-expanded") === "true") return;
      var box = document.createElement("span");
      box.className = "unfolded";
      box.id = "unfolded-" + (++opened);
      if (all.has(name)) box.innerHTML = all.get(name);
      else box.textContent = "Its definition could not be loaded: the link leads to its page.";
      lineEnd(button).after(box);
      equip(box, all);
      button.setAttribute("aria-controls", box.id);
      button.setAttribute("aria-expanded", "true");
    });
  }

  var own = new Set(statement.dataset.known.split(" "));
  document.querySelectorAll("#statement code, #behind").forEach(function (code) {
    equip(code, own);
  });

  // The citation, copied where the browser allows it.
  var copy = document.getElementById("copy-bibtex");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", function () {
      navigator.clipboard.writeText(document.getElementById("bibtex").textContent).then(function () {
        copy.textContent = "Copied";
      }, function () { copy.textContent = "Select it and copy it by hand"; });
    });
  }
})();
