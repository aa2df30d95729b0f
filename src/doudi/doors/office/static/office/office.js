/* Small comforts; every page works without them. */
"use strict";

/* What needs a script is shown only where scripts run. */
document.documentElement.classList.add("scripted");

/* "/" goes to the search box from anywhere but a field. */
document.addEventListener("keydown", function (event) {
  var place = event.target;
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(place.tagName) || place.isContentEditable) return;
  var search = document.querySelector(".search input[type=search]");
  if (search) {
    event.preventDefault();
    search.focus();
    search.select();
  }
});

/* Escape, or a click elsewhere, closes an open menu. */
document.addEventListener("click", function (event) {
  document.querySelectorAll("details.menu[open]").forEach(function (menu) {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
document.addEventListener("keydown", function (event) {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details.menu[open]").forEach(function (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

/* On a narrow screen the navigation starts closed. */
(function () {
  var menu = document.querySelector("details.nav-body");
  if (menu && window.matchMedia("(max-width: 900px)").matches) menu.open = false;
})();

/* The summary of faults takes the focus, so that it is read first. */
(function () {
  var faults = document.querySelector(".faults");
  if (faults) faults.focus();
})();

/* A print button prints. */
document.addEventListener("click", function (event) {
  if (event.target.closest("[data-print]")) window.print();
});

/* A table's head box selects its rows; batch acts wait for a selection. */
document.addEventListener("change", function (event) {
  var table = event.target.closest("[data-selectable]");
  if (!table) return;
  var rows = table.querySelectorAll("input[data-row]");
  if (event.target.matches("[data-all]")) {
    rows.forEach(function (box) { box.checked = event.target.checked; });
  }
  var chosen = table.querySelectorAll("input[data-row]:checked").length;
  table.querySelectorAll("[data-batch]").forEach(function (act) { act.disabled = !chosen; });
  var told = table.querySelector("[data-chosen]");
  if (told) told.textContent = told.dataset.chosen.replace("0", chosen);
});
