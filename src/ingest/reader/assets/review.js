// The review by keyboard: a, c, r decide on the record in hand; j and k go on and back. All of it works by mouse without.
"use strict";
const items = [...document.querySelectorAll(".doubt")];
const by = document.getElementById("by");
const inHand = () => Math.max(0, items.findIndex((item) => item.contains(document.activeElement)));
const go = (place) => items[Math.min(Math.max(place, 0), items.length - 1)]?.focus();

document.querySelectorAll(".decide").forEach((form) =>
  form.addEventListener("submit", () => {
    const own = form.querySelector("[name=by]");
    if (own && by) own.value = by.value;
  }),
);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  if (event.key === "j") return go(items[inHand()] === document.activeElement ? inHand() + 1 : inHand());
  if (event.key === "k") return go(inHand() - 1);
  const item = items[inHand()];
  const found = item?.querySelector(`[data-key="${["a", "c", "r"].includes(event.key) ? event.key : ""}"]`);
  if (!found) return;
  event.preventDefault();
  if (event.key !== "c") {
    if (by && !by.value.trim()) return by.focus();
    return found.click();
  }
  const details = found.parentElement;
  details.open = true;
  details.querySelector("input, select")?.focus();
});
go(0);
