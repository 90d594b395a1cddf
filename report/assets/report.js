// Sorting and filtering of tables. Without it every table is there all the same.
"use strict";

const words = document.body.dataset;

function keyOf(row, column) {
  const cell = row.cells[column];
  return cell.dataset.v ?? cell.textContent.trim();
}

// Numbers go by size, all else by the order of the page's language; the unknown comes last.
function compare(first, second, direction, collator) {
  if (first === "" || second === "") return (first === "") - (second === "");
  const difference = Number(first) - Number(second);
  return direction * (Number.isNaN(difference) ? collator.compare(first, second) : difference);
}

function makeSortable(table) {
  const collator = new Intl.Collator(document.documentElement.lang);
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    button.title = words.sort.replace("{column}", heading.textContent);
    heading.replaceChildren(button);
    button.addEventListener("click", () => {
      const direction = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
      const rows = [...table.tBodies[0].rows];
      rows.sort((a, b) => compare(keyOf(a, column), keyOf(b, column), direction, collator));
      table.tBodies[0].append(...rows);
    });
  });
}

function makeFilterable(table) {
  const rows = [...table.tBodies[0].rows];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const tools = document.createElement("p");
  const label = document.createElement("label");
  const input = document.createElement("input");
  const count = document.createElement("output");
  tools.className = "tools";
  input.type = "search";
  input.setAttribute("aria-controls", table.id);
  label.append(words.filter, input);
  const show = () => {
    const sought = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, number) => {
      row.hidden = !sought.every((word) => texts[number].includes(word));
      shown += !row.hidden;
    });
    count.textContent = words.shown.replace("{shown}", shown).replace("{all}", rows.length);
  };
  input.addEventListener("input", show);
  tools.append(label, count);
  table.parentElement.before(tools);
  show();
}

// On a narrow page each row of such a table is a card, whose lines are named by their columns.
function nameCells(table) {
  const names = [...table.tHead.rows[0].cells].map((heading) => heading.textContent);
  for (const row of table.tBodies[0].rows) {
    [...row.cells].forEach((cell, column) => { cell.dataset.name = names[column]; });
  }
}

// A region that need not scroll is no stop for the keyboard.
function settleScrolling() {
  document.querySelectorAll(".scroll").forEach((region) => {
    if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
    else region.removeAttribute("tabindex");
  });
}

document.querySelectorAll("table.stacked").forEach(nameCells);
document.querySelectorAll("table[data-tools]").forEach((table) => {
  makeSortable(table);
  if (table.tBodies[0].rows.length > 5) makeFilterable(table);
});
settleScrolling();
addEventListener("resize", settleScrolling);
