// Search over the library: words, beginnings of words, parts of words, and words with a typo.
(function () {
  "use strict";

  var FIELDS = [
    ["name", 12], ["title", 9], ["controls", 5], ["family", 5], ["assumes", 4],
    ["source", 3], ["prose", 3], ["statement", 2]
  ];
  var LETTERS = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "Δ": "delta", "ε": "epsilon",
    "η": "eta", "θ": "theta", "λ": "lambda", "μ": "mu", "ν": "nu", "π": "pi", "ρ": "rho",
    "σ": "sigma", "Σ": "sigma", "τ": "tau", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "∇": "gradient", "∑": "sum", "∏": "prod", "√": "sqrt", "‖": " norm ", "⟪": " inner ",
    "ł": "l", "Ł": "l", "ø": "o", "ß": "ss", "æ": "ae"
  };

  // Words of the field that the library says otherwise.
  var ALIKE = {
    capacity: ["complexity", "dimension"], convergence: ["descent", "rate"],
    divergence: ["entropy", "kl"], expressiveness: ["approximation"],
    expressivity: ["approximation"], kullback: ["kl", "entropy"], leibler: ["kl", "entropy"],
    neural: ["network", "relu"], nn: ["network"], optimisation: ["optimization"],
    overfit: ["generalization", "gap"], overfitting: ["generalization", "gap"],
    perceptron: ["network", "layer"], rectifier: ["relu"], shatter: ["vc", "growth"],
    shattering: ["vc", "growth"], universality: ["universal"], vapnik: ["vc"]
  };

  function plain(text) {
    return text
      .replace(/[αβγδΔεηθλμνπρσΣτφχψω∇∑∏√‖⟪łŁøßæ]/g, function (c) { return LETTERS[c]; })
      .normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }

  function words(text) {
    var found = [];
    var pieces = plain(text).match(/[\p{L}\p{N}]+/gu) || [];
    pieces.forEach(function (piece) {
      found.push(piece.toLowerCase());
      var parts = piece.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+/gu) || [];
      if (parts.length > 1) parts.forEach(function (part) { found.push(part.toLowerCase()); });
    });
    return found;
  }

  // Edits between two words (a swap of neighbours is one), or more than `most`.
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    var before = [], last = [], row, i, j;
    for (j = 0; j <= b.length; j++) last[j] = j;
    for (i = 1; i <= a.length; i++) {
      row = [i];
      var least = i;
      for (j = 1; j <= b.length; j++) {
        var cost = a[i - 1] === b[j - 1] ? 0 : 1;
        var value = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          value = Math.min(value, before[j - 2] + 1);
        }
        row[j] = value;
        if (value < least) least = value;
      }
      if (least > most) return most + 1;
      before = last; last = row;
    }
    return last[b.length];
  }

  function Index(entries) {
    this.entries = entries;
    this.postings = new Map();
    var postings = this.postings;
    entries.forEach(function (entry, number) {
      FIELDS.forEach(function (field) {
        var value = entry[field[0]];
        if (!value || !value.length) return;
        words(Array.isArray(value) ? value.join(" ") : value).forEach(function (word) {
          var docs = postings.get(word);
          if (!docs) postings.set(word, docs = new Map());
          if ((docs.get(number) || 0) < field[1]) docs.set(number, field[1]);
        });
      });
    });
    this.vocabulary = Array.from(postings.keys());
  }

  // The words of the library that a word of the query may mean, each with its quality.
  Index.prototype.meanings = function (word) {
    var close = [], parts = [], postings = this.postings;
    var alike = (Object.hasOwn(ALIKE, word) ? ALIKE[word] : [])
      .filter(function (known) { return postings.has(known); })
      .map(function (known) { return [known, 0.4]; });
    this.vocabulary.forEach(function (known) {
      if (known === word) close.push([known, 1]);
      else if (known.startsWith(word)) close.push([known, 0.55 + 0.3 * word.length / known.length]);
      else if (word.length >= 3 && known.includes(word)) parts.push([known, 0.35]);
    });
    if (close.length || alike.length) return close.concat(alike, parts);
    if (word.length >= 3) {
      var most = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
      this.vocabulary.forEach(function (known) {
        if (!most || known.length < 3) return;
        var edits = distance(word, known, most);
        if (edits > most && known.length > word.length) {
          edits = distance(word, known.slice(0, word.length), most) + 0.5;
        }
        if (edits <= most + 0.5) parts.push([known, 0.5 - 0.12 * edits]);
      });
    }
    return parts;
  };

  // Entries that match the query, best first; those that match every word, where there are any.
  Index.prototype.search = function (query) {
    var asked = (plain(query).toLowerCase().match(/[\p{L}\p{N}]+/gu) || []).slice(0, 12);
    if (!asked.length) return null;
    var self = this, totals = new Map();
    asked.forEach(function (word) {
      var best = new Map();
      self.meanings(word).forEach(function (meaning) {
        self.postings.get(meaning[0]).forEach(function (weight, number) {
          var score = weight * meaning[1];
          if (score > (best.get(number) || 0)) best.set(number, score);
        });
      });
      best.forEach(function (score, number) {
        var total = totals.get(number) || { words: 0, score: 0 };
        total.words += 1; total.score += score;
        totals.set(number, total);
      });
    });
    var most = 0;
    totals.forEach(function (total) { if (total.words > most) most = total.words; });
    var hits = [];
    totals.forEach(function (total, number) {
      if (total.words < most) return;
      var entry = self.entries[number];
      var score = total.score * (entry.headline ? 1.35 : 1) - entry.name.length / 200;
      hits.push({ entry: entry, score: score });
    });
    hits.sort(function (a, b) {
      return b.score - a.score || (a.entry.name < b.entry.name ? -1 : 1);
    });
    return hits.map(function (hit) { return hit.entry; });
  };

  window.DeepTheorySearch = { Index: Index };
})();
