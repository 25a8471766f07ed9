// Generated items for the load test: files like those in content/items, the same for the same seed. The words are drawn
// with the frequencies of the shipped texts; a few are new compounds, because a larger collection has more words.

import fs from 'node:fs';
import path from 'node:path';

const SECTIONS = ['Kort gezegd', 'Voor wie', 'Zo werkt het', 'Wat heb je nodig', 'Wat weten we ervan', 'Bronnen'];
const WORDS_PER_SECTION = [25, 35, 110, 60, 90];
const NEW_WORDS = 0.02;

// A small generator with a period long enough for this (mulberry32).
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function read(folder) {
  return fs.readdirSync(folder).filter((name) => name.endsWith('.md'))
    .map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));
}

function lists(share) {
  const all = {};
  for (const line of fs.readFileSync(path.join(share, 'content/lijsten.txt'), 'utf8').split('\n')) {
    const found = /^(\w+)\s+(\S+)\s/.exec(line);
    if (found) (all[found[1]] ??= []).push(found[2]);
  }
  return all;
}

function municipalities(share) {
  return fs.readFileSync(path.join(share, 'data/network/municipalities.csv'), 'utf8').split('\n')
    .filter((line) => /^GM\d{4},[^",]+,.*,$/.test(line)).map((line) => line.split(',')[1]);
}

class Writer {
  constructor(share, seed) {
    this.random = generator(seed);
    this.words = read(path.join(share, 'content/items'))
      .flatMap((text) => text.split('## ').slice(1, 6).join(' ').match(/[a-zà-ÿ]{2,}/g));
    this.long = [...new Set(this.words.filter((word) => word.length > 5))];
    this.lists = lists(share);
    // stories and toolkits have parts of their own (docs/content.md)
    this.lists.soort = this.lists.soort.filter((code) => !['verhaal', 'toolkit'].includes(code));
    this.indicators = read(path.join(share, 'content/indicatoren')).map((text) => /^code: (\S+)/m.exec(text)[1]);
    this.municipalities = municipalities(share);
  }

  pick(from) {
    return from[Math.floor(this.random() * from.length)];
  }

  some(from, most) {
    const chosen = new Set();
    for (let n = 1 + Math.floor(this.random() * most); n > 0; n -= 1) chosen.add(this.pick(from));
    return [...chosen].join(', ');
  }

  word() {
    return this.random() < NEW_WORDS ? this.pick(this.long) + this.pick(this.long) : this.pick(this.words);
  }

  text(words) {
    const sentences = [];
    while (words > 0) {
      const n = 6 + Math.floor(this.random() * 10);
      const sentence = Array.from({ length: n }, () => this.word()).join(' ');
      sentences.push(`${sentence[0].toUpperCase()}${sentence.slice(1)}.`);
      words -= n;
    }
    return sentences.join(' ');
  }

  uses() {
    if (this.random() > 0.2) return [];
    const names = new Set(Array.from({ length: 1 + Math.floor(this.random() * 3) }, () => this.pick(this.municipalities)));
    return [...names].map((name) => `gebruik: ${name} | 2024 | ${this.text(8)} | https://example.org/gebruik`);
  }

  item(n) {
    const title = `${this.pick(this.long)} ${this.pick(this.long)} ${n}`;
    const head = [
      `titel: ${title[0].toUpperCase()}${title.slice(1)}`, `soort: ${this.pick(this.lists.soort)}`,
      `samenvatting: ${this.text(12).slice(0, 250)}`, `fase: ${this.some(this.lists.fase, 2)}`,
      `doelgroep: ${this.some(this.lists.doelgroep, 3)}`, `thema: ${this.some(this.lists.thema, 3)}`,
      `indicator: ${this.some(this.indicators, 2)}`, `sinds: ${1995 + Math.floor(this.random() * 30)}`, ...this.uses(),
      'bron: Verzonnen bron | Belastingproef | 2026 | https://example.org/bron', 'bijgewerkt: 2026-11-22',
    ];
    const body = SECTIONS.map((name, i) => `## ${name}\n\n${i < 5 ? this.text(WORDS_PER_SECTION[i]) : '- Verzonnen.'}\n`);
    return `---\n${head.join('\n')}\n---\n\n${body.join('\n')}`;
  }
}

// FOLDER/share: the shipped files next to COUNT generated ones.
export function generatedShare(root, folder, count, seed) {
  const share = path.join(folder, 'share');
  for (const part of ['data', 'content']) fs.cpSync(path.join(root, part), path.join(share, part), { recursive: true });
  fs.mkdirSync(path.join(share, 'web'));
  fs.symlinkSync(path.join(root, 'web', 'dist'), path.join(share, 'web', 'dist'));
  const writer = new Writer(share, seed);
  for (let n = 1; n <= count; n += 1)
    fs.writeFileSync(path.join(share, `content/items/belastingproef-${n}.md`), writer.item(n));
  return share;
}
