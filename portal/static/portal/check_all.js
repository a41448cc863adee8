/* One tick for all rows of a table; without this file they are ticked one by one. */
"use strict";

document.querySelectorAll("[data-check-all]").forEach(function (label) {
  var all = label.querySelector("input");
  var rows = label.closest("table").querySelectorAll("tbody input[type=checkbox]");
  label.hidden = rows.length < 2;
  all.addEventListener("change", function () {
    rows.forEach(function (row) { row.checked = all.checked; });
  });
});
