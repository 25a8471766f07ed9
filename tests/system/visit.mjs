// What walks through the program as somebody in a role share: signing in by a link of --demo, following links, and looking at pages as
// everybody may meet them.

import assert from 'node:assert/strict';
import path from 'node:path';
import { allowTestCode, axeViolations, NARROW, screenshot, WIDE } from '../browser/lib.mjs';

const linkOf = (server, role) => new RegExp(`^ *${role} +https?://[^/]+(/\\S+)$`, 'm').exec(server.output())[1];

export async function signIn(walk, server, role) {
  await walk.goto(linkOf(server, role));
  await Promise.all([walk.page.waitForNavigation(), walk.page.locator('main button[type=submit]').first().click()]);
}

export async function follow(walk, name) {
  await Promise.all([walk.page.waitForNavigation(), walk.page.getByRole('link', { name }).first().click()]);
  await walk.looksRight();
}

// A picture of the page on a wide and a narrow screen, to look at.
async function keepPictures(walk, folder) {
  const name = walk.path().slice(1).replace(/[^a-z0-9-]+/gi, '_').slice(0, 100);
  const size = walk.page.viewportSize();
  for (const viewport of [WIDE, NARROW]) {
    await walk.page.setViewportSize(viewport);
    await screenshot(walk.page, path.join(folder, `${name}.${viewport.width}.png`));
  }
  await walk.page.setViewportSize(size);
}

/** The page that is shown now, looked at as everybody may meet it. SCHOUDERS_PICTURES is a folder that keeps a picture of each. */
export async function isForEverybody(walk) {
  await allowTestCode(walk);
  assert.deepEqual(await axeViolations(walk), [], walk.path());
  if (process.env.SCHOUDERS_PICTURES) await keepPictures(walk, process.env.SCHOUDERS_PICTURES);
  await walk.cdp.send('Emulation.setScriptExecutionDisabled', { value: true });
}

/** Reloads the page of releases until the one that was asked for is made: a job does that. At most two minutes. */
export async function releaseIsMade(walk) {
  for (let i = 0; await walk.page.locator('#bezig').count(); i += 1) {
    assert.ok(i < 240, await walk.text());
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    await walk.goto('/beheer/uitgaven');
  }
}
