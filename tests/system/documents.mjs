// docs/threat-model.md promises tests by name: each is there, in the folder or file that it names.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Suite } from './suite.mjs';

// Where the tests stand of what is neither a folder of src, as "search", nor a file in one, as "search-bets".
const PLACES = {
  access: 'tests/http/access_test.c', 'http-post': 'tests/http/post_test.c', 'http-upload': 'tests/http', 'http-wire': 'tests/http/wire_test.c', roles: 'tests/system/roles.mjs', link: 'src/people/link_test.c',
  session: 'src/people/session_test.c', 'audit-closed': 'src/audit',
};

function textOf(root, place) {
  const [room, ...rest] = place.split('-');
  const candidates = [PLACES[place], place, `src/${place}`, `src/${room}/${rest.join('_')}_test.c`].filter(Boolean);
  const at = candidates.map((name) => path.join(root, name)).find((name) => fs.existsSync(name));
  assert.ok(at, `${place} is no place of tests`);
  if (fs.statSync(at).isFile()) return fs.readFileSync(at, 'utf8');
  const tests = fs.readdirSync(at).filter((name) => /(_test|post.*)\.c$|\.mjs$/.test(name));
  return tests.map((name) => fs.readFileSync(path.join(at, name), 'utf8')).join('\n');
}

// "`signin`: `a`, `b`; `link`: `c`" gives [signin, a], [signin, b], [link, c].
function promises(text) {
  return text.split('\n').flatMap((line) => {
    let place;
    return [...line.matchAll(/`([^`]+)`(:?)/g)].flatMap(([, name, colon]) => {
      if (colon) place = name;
      return !colon && place && !name.includes('/') && !/^[a-z]+(-[a-z0-9]+)+$/.test(name) && !name.startsWith('-') ? [[place, name]] : [];
    });
  });
}

export async function testDocuments(root) {
  const suite = new Suite('documents');
  const threats = fs.readFileSync(path.join(root, 'docs/threat-model.md'), 'utf8');
  await suite.test('every test that the threat model names is there', () => {
    const all = promises(threats);
    assert.ok(all.length > 100, `only ${all.length}`);
    assert.deepEqual(all.filter(([place, name]) => !textOf(root, place).includes(name)), []);
  });
  suite.finish();
}
