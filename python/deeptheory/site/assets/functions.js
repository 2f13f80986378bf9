// The operations of formulas in double precision. Outside its domain an operation gives NaN.
(function () {
  "use strict";

  var TERMS = 200000;

  function relation(test) {
    return function (a, b) { return a !== a || b !== b ? NaN : test(a, b) ? 1 : 0; };
  }

  function fold(start, combine) {
    return function (size, term) {
      if (!(size >= 0 && size <= TERMS)) return NaN;
      var total = start;
      for (var index = 0; index < size; index++) total = combine(total, term(index));
      return total;
    };
  }

  function choose(n, k) {
    if (n !== n || k !== k) return NaN;
    if (k > n) return 0;
    var steps = Math.min(k, n - k), total = 1;
    for (var i = 1; i <= steps && total !== Infinity; i++) total = total * (n - steps + i) / i;
    return total <= 9007199254740991 ? Math.round(total) : total;
  }

  // The largest mean p whose relative entropy from q is at most c, by halving in
  // w = log((1 - q) / (1 - p)), in which no digits are lost near either end.
  function klInv(q, c) {
    if (!(q >= 0 && q <= 1 && c >= 0 && c < Infinity)) return NaN;
    if (q === 1 || c === 0) return q;
    function entropy(w) {
      var away = -Math.expm1(-w);
      return (1 - q) * w - (q === 0 ? 0 : q * Math.log1p((1 - q) / q * away));
    }
    var high = 1, low = 0, steps = 0;
    while (entropy(high) < c && steps++ < 1100) high *= 2;
    for (steps = 0; steps < 1100; steps++) {
      var middle = low > 0 ? (low + high) / 2 : high / 2;
      if (middle === low || middle === high) break;
      if (entropy(middle) >= c) high = middle; else low = middle;
    }
    return q - (1 - q) * Math.expm1(-high);
  }

  window.DeepTheoryFunctions = {
    div: function (a, b) { return b === 0 ? NaN : a / b; },
    pow: function (a, n) { return a !== a || n !== n ? NaN : Math.pow(a, n); },
    sqrt: Math.sqrt,
    exp: Math.exp,
    log: function (a) { return a > 0 ? Math.log(a) : NaN; },
    rpow: function (a, b) {
      return a !== a || b !== b || a < 0 || a === 0 && b < 0 ? NaN : Math.pow(a, b);
    },
    abs: Math.abs,
    min: Math.min,
    max: Math.max,
    choose: choose,
    klInv: klInv,
    nat_sub: function (a, b) { return Math.max(a - b, 0); },
    nat_div: function (a, b) { return b === 0 ? NaN : Math.floor(a / b); },
    sum: fold(0, function (a, b) { return a + b; }),
    prod: fold(1, function (a, b) { return a * b; }),
    at: function (vector, index) {
      return vector && vector[index] !== undefined ? vector[index] : NaN;
    },
    lt: relation(function (a, b) { return a < b; }),
    le: relation(function (a, b) { return a <= b; }),
    eq: relation(function (a, b) { return a === b; }),
    ne: relation(function (a, b) { return a !== b; }),
    ite: function (test, then, otherwise) {
      return test !== test ? NaN : test ? then() : otherwise();
    }
  };
})();
