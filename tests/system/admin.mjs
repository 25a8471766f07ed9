// "Beheer" over HTTP on the finished program, signed in as the fictitious people of a demo. Runs on each store.

import assert from 'node:assert/strict';
import { serve } from './program.mjs';
import { Suite } from './suite.mjs';

const field = (html, name) => new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1];

// Somebody with a browser: keeps the cookie, and takes the token of the form from the page.
class Visitor {
  constructor(base) {
    this.base = base;
    this.cookie = '';
  }

  async send(path, options = {}) {
    const response = await fetch(this.base + path, { redirect: 'manual', ...options, headers: { cookie: this.cookie, ...options.headers } });
    const set = response.headers.getSetCookie().find((text) => text.startsWith('__Host-') && !/Max-Age=0/.test(text));
    if (set) [this.cookie] = set.split(';');
    return { status: response.status, location: response.headers.get('location'), type: response.headers.get('content-type'), body: await response.text() };
  }

  async page(path) {
    const { status, body } = await this.send(path);
    assert.equal(status, 200, path);
    return body;
  }

  // Sends a form that stands on PAGE to ACTION.
  async form(page, action, fields = {}) {
    const csrf = field(await this.page(page), 'csrf');
    assert.ok(csrf, `no form on ${page}`);
    return this.send(action, { method: 'POST', body: new URLSearchParams({ csrf, ...fields }) });
  }

  async signIn(link) {
    const { pathname, search } = new URL(link);
    const html = await this.page(pathname + search);
    const body = new URLSearchParams([...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]));
    const { status } = await this.send(/<form[^>]*method="post" action="([^"]+)"/.exec(html)[1].replaceAll('&amp;', '&'), { method: 'POST', body });
    assert.equal(status, 303, 'signing in');
  }
}

const almere = '/beheer/organisaties/zorg-almere';

async function asProgramme(suite, manager) {
  await suite.test('an organisation is added and stands on the page of its municipality', async () => {
    const made = await manager.form('/beheer/organisaties/nieuw', '/beheer/organisaties/nieuw',
      { naam: 'Zorg Almere', soort: 'sociaal-werk', website: 'https://zorg.example', gemeenten: 'Almere\nDen Haag' });
    assert.equal(made.location, `${almere}?gedaan=toegevoegd`);
    assert.match(await manager.page(made.location), /De organisatie is toegevoegd/);
    assert.match(await manager.page('/gemeenten/almere'), /Organisaties die hier meedoen[\s\S]*href="\/organisaties\/zorg-almere"/);
    assert.match(await manager.page('/organisaties/zorg-almere'), /href="\/gemeenten\/s-gravenhage"/);
    assert.doesNotMatch(await manager.page('/gemeenten/borne'), /Organisaties die hier meedoen/);
  });
  await suite.test('a mistake shows the form again with what was typed', async () => {
    const wrong = await manager.form('/beheer/organisaties/nieuw', '/beheer/organisaties/nieuw',
      { naam: 'Zorg Bergen', soort: 'sociaal-werk', website: '', gemeenten: 'Bergen' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.body, /<title>Fout: [\s\S]*Bedoelt u [^?]*Bergen \(L\.\) of Bergen \(NH\.\)[^?]*\?[\s\S]*value="Zorg Bergen"/);
  });
  await suite.test('an invitation waits in the outbox, is sent again and taken back', async () => {
    const sent = await manager.form(`${almere}/uitnodigen`, `${almere}/uitnodigen`, { email: 'jo@almere.example', rol: 'trainer' });
    assert.equal(sent.location, `${almere}?gedaan=uitgenodigd`);
    const [again] = /\/beheer\/organisaties\/zorg-almere\/uitnodigingen\/\d+\/opnieuw/.exec(await manager.page(almere));
    assert.equal((await manager.form(almere, again)).status, 303);
    assert.equal((await manager.form(almere, again.replace('opnieuw', 'intrekken'))).location, `${almere}?gedaan=uitnodiging-weg`);
    assert.doesNotMatch(await manager.page(almere), /jo@almere\.example/);
  });
  await suite.test('no role above one\'s own is given', async () => {
    const refused = await manager.form(`${almere}/uitnodigen`, `${almere}/uitnodigen`, { email: 'jo@almere.example', rol: 'beheerder' });
    assert.equal(refused.status, 422);
    assert.equal((await manager.send('/beheer/veiligheid')).status, 403);
  });
}

async function asManager(suite, manager) {
  await suite.test('a manager sees her own organisation and no other', async () => {
    const hub = await manager.page('/beheer');
    assert.match(hub, /href="\/beheer\/organisaties\/demogemeente-fictief"/);
    assert.doesNotMatch(hub, /zorg-almere|\/beheer\/veiligheid/);
    assert.match(hub, /<nav class="site-nav"[\s\S]*href="\/beheer" aria-current="page"/);
    assert.match(await manager.page('/beheer/organisaties/demogemeente-fictief'), /gangmaker@demo\.invalid/);
    for (const path of [almere, `${almere}/bewerken`, '/beheer/organisaties', '/beheer/mensen', '/beheer/organisaties/bestaat-niet']) {
      assert.equal((await manager.send(path)).status, 403, path);
    }
  });
  await suite.test('nor changes another by sending a form of her own to it', async () => {
    const page = '/beheer/organisaties/demogemeente-fictief/bewerken';
    const sent = await manager.form(page, `${almere}/bewerken`, { naam: 'Van mij', soort: 'gemeente', website: '', gemeenten: '' });
    assert.equal(sent.status, 403);
    assert.match(await manager.page('/organisaties/zorg-almere'), /<h1>Zorg Almere<\/h1>/);
  });
  await suite.test('a role is taken after a question, and its holder is signed out', async () => {
    const html = await manager.page('/beheer/organisaties/demogemeente-fictief');
    const [, role] = /href="([^"]+\/rollen\/\d+)">trek in<span class="visually-hidden">: rol Trainer/.exec(html);
    assert.match(await manager.page(role), /Rol intrekken\?/);
    assert.match((await manager.form(role, `${role}/intrekken`)).location, /gedaan=ingetrokken$/);
    assert.match((await manager.form('/beheer/organisaties/demogemeente-fictief/bewerken', `${role}/intrekken`)).location, /gedaan=al-besloten$/);
  });
}

async function asAdministrator(suite, admin) {
  await suite.test('every page of the hub works', async () => {
    const paths = [...(await admin.page('/beheer')).matchAll(/href="(\/beheer\/[a-z/-]+)"/g)].map(([, path]) => path);
    assert.ok(paths.length >= 9, paths.join());
    for (const path of paths) assert.match(await admin.page(path), /<h1>/, path);
  });
  await suite.test('the trail knows who did it, and as a file it has no names', async () => {
    assert.match(await admin.page('/beheer/spoor?actie=organisation.add'), /Organisatie toegevoegd[\s\S]*Zorg Almere[\s\S]*door Programmamanager/);
    const csv = await admin.send('/beheer/spoor.csv?actie=role.take');
    assert.match(csv.type, /^text\/csv/);
    assert.equal(csv.body.trim().split('\r\n').length, 2);
    assert.doesNotMatch(csv.body, /demo/);
  });
  await suite.test('the trail is checked in the background when asked', async () => {
    assert.match((await admin.form('/beheer/spoor', '/beheer/spoor/controleren')).location, /gedaan=controle$/);
    let html = '';
    for (let i = 0; i < 100 && !/vond het spoor heel/.test(html); i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      html = await admin.page('/beheer/spoor');
    }
    assert.match(html, /De laatste controle vond het spoor heel/);
  });
  await suite.test('security names what is weak about a demo', async () => {
    const html = await admin.page('/beheer/veiligheid');
    for (const text of ['Het adres van de site is niet ingesteld', 'Er is maar één beheerder', 'Dit is een demo', 'Er is geen reservekopie']) {
      assert.ok(html.includes(text), text);
    }
  });
  await suite.test('somebody is found and locked out, also from where she was signed in', async () => {
    const [, person] = /href="(\/beheer\/mensen\/\d+)">Programmamanager/.exec(await admin.page('/beheer/mensen?q=programma'));
    assert.match((await admin.form(`${person}/sluiten`, `${person}/sluiten`)).location, /gedaan=account-dicht$/);
    assert.match(await admin.page(person), /Het account is gesloten/);
  });
  await suite.test('the last administrator stays', async () => {
    const html = await admin.page('/beheer/organisaties/demoprogrammabureau-fictief');
    const [, role] = /href="([^"]+\/rollen\/\d+)">trek in<span class="visually-hidden">: rol Beheerder /.exec(html);
    const refused = await admin.form(role, `${role}/intrekken`);
    assert.equal(refused.status, 422);
    assert.match(refused.body, /Dit is de laatste beheerder/);
  });
}

async function walk(suite, base, output) {
  const as = async (role) => {
    const visitor = new Visitor(base);
    await visitor.signIn(new RegExp(`^  ${role} +(http\\S+)`, 'm').exec(output)[1]);
    return visitor;
  };
  const [programme, manager, admin] = [await as('Programmamanager'), await as('Beheerder van de organisatie'), await as('Beheerder')];
  await suite.test('nobody gets in without signing in', async () => {
    const stranger = new Visitor(base);
    assert.equal((await stranger.send('/beheer/spoor?wie=x')).location, '/inloggen?verder=%2Fbeheer%2Fspoor%3Fwie%3Dx');
    assert.equal((await stranger.send('/beheer/organisaties/nieuw', { method: 'POST' })).status, 403);
  });
  await asProgramme(suite, programme);
  await asManager(suite, manager);
  await asAdministrator(suite, admin);
  await suite.test('who was locked out is', async () => assert.match((await programme.send('/beheer')).location, /^\/inloggen/));
}

export async function testAdmin(name, binary, store) {
  const suite = new Suite(name);
  const program = await serve(binary, [...store, '--demo']);
  try {
    await program.printed(/Beoordelaar +http\S+\n/);
    await walk(suite, program.url, program.output());
  } finally {
    await program.stop();
  }
  suite.finish();
}
