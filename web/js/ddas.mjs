// SPDX-License-Identifier: EUPL-1.2
// Loaded on the page where a municipality hands in figures from DDAS files. The files are read here, by WebAssembly, and stay here: what
// is sent is the table on the page, after the reader said so. Expects
//
//   <form method="post" data-ddas data-wasm="ADDRESS">
//     <input type="file" multiple>                       without name, so that no browser sends it
//     <p data-ddas-status role="status"></p>
//     <div data-ddas-busy hidden><progress max="1"></progress><button type="button"></button></div>
//     <ul data-ddas-mistakes></ul>
//     <div data-ddas-result hidden>
//       <table><tbody></tbody></table>                   six columns: gemeente, indicator, periode, onderdeel, teller, noemer
//       <input type="checkbox" data-ddas-agree>
//       <textarea name="aggregates" hidden readonly></textarea>
//       <button type="submit" disabled>
//     </div>
//   </form>

import { openReader } from './ddas-reader.mjs';
import { startAll } from './start.mjs';

const SHOWN = 20;

function listMistakes(list, files, reader) {
  const lines = [];
  for (const soft of [false, true]) {
    for (const mistake of reader.mistakes(soft).slice(0, SHOWN)) {
      const where = mistake.path ? `, ${mistake.path}` : '';
      lines.push(`${files[mistake.file]?.name ?? ''}: ${soft ? 'let op' : 'fout'}, regel ${mistake.line}, byte ${mistake.offset}${where}: ${mistake.reason}`);
    }
    for (const kind of reader.kinds(soft)) lines.push(`${soft ? 'Let op' : 'Fout'}: ${kind.times} keer ${kind.name}`);
  }
  list.replaceChildren(...lines.map((line) => {
    const item = document.createElement('li');
    item.textContent = line;
    return item;
  }));
}

/** The lines for a whole period; classes of a distribution are sent but not shown. */
function fillTable(body, csv) {
  const rows = [];
  for (const line of csv.trimEnd().split('\r\n').slice(1)) {
    const [place, indicator, period, whole, detail, numerator, denominator] = line.split(',');
    if (detail.startsWith('klasse ')) continue;
    const row = document.createElement('tr');
    for (const text of [place, indicator, whole === 'ja' ? period : `${period} (deels)`, detail, numerator, denominator]) {
      row.insertCell().textContent = text;
    }
    rows.push(row);
  }
  body.replaceChildren(...rows);
}

function summary(counts) {
  const n = (value) => value.toLocaleString('nl-NL');
  const parts = [];
  if (counts.trajectories) parts.push(`${n(counts.trajectories)} trajecten (${n(counts.merged)} na samenloop)`);
  if (counts.signals) parts.push(`${n(counts.signals)} vroegsignalen`);
  if (counts.cases) parts.push(`${n(counts.cases)} vroegsignaalzaken`);
  return parts.length ? `Gelezen: ${parts.join(', ')}.` : 'In dit bestand staan geen trajecten en geen vroegsignalen.';
}

function enhance(form) {
  const part = (name) => form.querySelector(name);
  const [input, status, list, result] = ['input[type=file]', '[data-ddas-status]', '[data-ddas-mistakes]', '[data-ddas-result]'].map(part);
  const [busy, bar, stop] = ['[data-ddas-busy]', 'progress', '[data-ddas-busy] button'].map(part);
  const [body, agree, field, button] = ['tbody', '[data-ddas-agree]', 'textarea[name=aggregates]', 'button[type=submit]'].map(part);
  let csv = '';
  let turn = 0;

  function forget() {
    csv = field.value = '';
    agree.checked = false;
    button.disabled = true;
    result.hidden = true;
    list.replaceChildren();
    busy.hidden = true;
  }

  function letGo(message) {
    turn++;
    forget();
    status.textContent = message;
  }

  async function read(files) {
    const mine = ++turn;
    const isOld = () => mine !== turn;
    status.textContent = 'Bezig met lezen. Het bestand blijft op uw computer.';
    bar.value = 0;
    busy.hidden = false;
    const reader = await openReader(form.dataset.wasm);
    let told = 0;
    const done = await reader.read(files, (share, round) => {
      if (isOld()) return;
      bar.value = share;
      const tenth = Math.floor(share * 10);     // a screen reader says each of them
      if (tenth === told) return;
      told = tenth;
      status.textContent = `${round > 1 ? `Bezig met lezen, keer ${round}` : 'Bezig met lezen'}: ${tenth * 10}%. Het bestand blijft op uw computer.`;
    }, isOld);
    if (!done || isOld()) return;
    busy.hidden = true;
    listMistakes(list, files, reader);
    if (reader.counts().errors > 0) {
      status.textContent = 'Er zijn fouten, dus er zijn geen cijfers gemaakt. Verbeter de fouten en kies het bestand opnieuw.';
      return;
    }
    csv = reader.csv();
    fillTable(body, csv);
    result.hidden = false;
    status.textContent = `${summary(reader.counts())} Bekijk de cijfers hieronder. Er is nog niets verstuurd.`;
  }

  input.addEventListener('change', () => {
    forget();
    if (input.files.length === 0) {
      letGo('');
      return;
    }
    const reading = read([...input.files]);
    const mine = turn;
    reading.catch((error) => {
      console.error(error);
      if (mine === turn) letGo('Het bestand is niet te lezen. Kies het opnieuw, of gebruik het programma op uw computer.');
    });
  });
  stop.addEventListener('click', () => {
    letGo('Gestopt met lezen. Er is niets geteld en niets verstuurd.');
    input.value = '';
    input.focus();
  });
  agree.addEventListener('change', () => {
    field.value = agree.checked ? csv : '';
    button.disabled = !agree.checked || csv === '';
  });
  forget();     // a browser that comes back may have kept what was filled in
}

startAll([(root) => root.querySelectorAll('form[data-ddas]').forEach(enhance)]);
