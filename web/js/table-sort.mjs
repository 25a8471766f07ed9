// SPDX-License-Identifier: EUPL-1.2
// <table data-sortable>: a click on a column heading sorts the rows. A heading with class "num" sorts as numbers;
// a cell may carry data-value when its text is not what should be compared. A heading with data-no-sort stays put.

import { announce, prepareStatus } from './status.mjs';

const collator = new Intl.Collator('nl', { numeric: true, sensitivity: 'base' });

export function enhanceTables(root) {
  for (const table of root.querySelectorAll('table[data-sortable]')) {
    if (table.tBodies.length !== 1 || table.tHead?.rows.length !== 1) continue;
    prepareStatus();
    for (const heading of table.tHead.rows[0].cells) {
      if (!('noSort' in heading.dataset)) addSortButton(table, heading);
    }
  }
}

function addSortButton(table, heading) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'sort-button';
  button.append(...heading.childNodes);
  heading.append(button);
  button.addEventListener('click', () => sortBy(table, heading));
}

function sortBy(table, heading) {
  const descending = heading.getAttribute('aria-sort') === 'ascending';
  for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
  heading.setAttribute('aria-sort', descending ? 'descending' : 'ascending');

  const numeric = heading.classList.contains('num');
  const rows = [...table.tBodies[0].rows].map((row) => ({ row, key: sortKey(row.cells[heading.cellIndex], numeric) }));
  rows.sort((a, b) => compareKeys(a.key, b.key, descending));
  table.tBodies[0].append(...rows.map((item) => item.row));
  announce(`Gesorteerd op ${heading.textContent.trim()}, ${descending ? 'aflopend' : 'oplopend'}.`);
}

/** What a cell is compared by; null means "no value". */
function sortKey(cell, numeric) {
  const text = (cell?.dataset.value ?? cell?.textContent ?? '').trim();
  if (!numeric) return text || null;
  return cell?.dataset.value === undefined ? dutchNumber(text) : finiteOrNull(Number.parseFloat(text));
}

/** "1.204" is 1204 and "-41,2%" is -41.2; words ("te klein") are no number. */
function dutchNumber(text) {
  const match = /[-−]?\d[\d.]*(?:,\d+)?/.exec(text);
  if (!match) return null;
  return finiteOrNull(Number(match[0].replaceAll('.', '').replace(',', '.').replace('−', '-')));
}

function finiteOrNull(number) {
  return Number.isFinite(number) ? number : null;
}

/** Rows without a value stay at the end, whichever way the others run: they are not the lowest. */
function compareKeys(a, b, descending) {
  if (a === null || b === null) return (a === null) - (b === null);
  const order = typeof a === 'number' ? a - b : collator.compare(a, b);
  return descending ? -order : order;
}
