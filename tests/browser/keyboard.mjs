// SPDX-License-Identifier: EUPL-1.2
// Walks through a page with the Tab key, as someone without a mouse does.

/** Complaints about the skip link: it must come first, show itself, and lead to the main content. */
export async function skipLinkProblems(page) {
  await page.keyboard.press('Tab');
  const link = await page.evaluate(() => {
    const { localName, hash } = document.activeElement;
    const box = document.activeElement.getBoundingClientRect();
    const shown = box.width > 0 && box.top >= 0 && box.left >= 0;
    return { isLink: localName === 'a' && Boolean(hash), shown, target: decodeURIComponent(hash ?? '').slice(1) };
  });
  if (!link.isLink) return ['the first Tab does not reach a skip link'];
  if (!link.shown) return ['the skip link stays out of sight when it has focus'];

  await page.keyboard.press('Enter');
  const arrived = await page.evaluate((id) => document.getElementById(id)?.closest('main') !== null
    && document.getElementById(id) !== null && location.hash.slice(1) === encodeURIComponent(id), link.target);
  if (!arrived) return [`the skip link does not lead into main (#${link.target})`];

  // The next stop must lie behind the header, or the link skipped nothing.
  await page.keyboard.press('Tab');
  const skipped = await page.evaluate(() => !document.activeElement.closest('header, body > nav'));
  return skipped ? [] : ['after the skip link, Tab is still in the header'];
}

/** Complaints about focus: what cannot be reached, what does not show that it has focus. */
export async function focusProblems(page) {
  const expected = await page.evaluate(watchFocus);
  for (let i = 0; i < expected + 2; i++) await page.keyboard.press('Tab');
  return page.evaluate(() => window.focusReport());
}

/**
 * Runs in the page: lists what should take focus, and notes at each stop whether it looks different from before.
 * Returns the number of stops to make.
 */
function watchFocus() {
  const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const describe = (element) => {
    const text = (element.textContent || element.getAttribute('aria-label') || element.name || '').trim().slice(0, 30);
    return `${element.localName}${element.id ? `#${element.id}` : ''} "${text.replace(/\s+/g, ' ')}"`;
  };
  const look = (element) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor } = getComputedStyle(element);
    const outline = outlineStyle === 'none' || outlineWidth === '0px' ? 'none' : outlineStyle + outlineWidth + outlineColor;
    return [outline, boxShadow, backgroundColor].join();
  };
  const inTabOrder = (element) =>
    element.tabIndex >= 0 && !element.disabled && element.type !== 'hidden' && element.checkVisibility({ visibilityProperty: true });
  // Of a group of radio buttons only one is a stop.
  const isSilentRadio = (element) => {
    if (element.type !== 'radio') return false;
    const group = [...document.querySelectorAll('input[type=radio]')]
      .filter((other) => other.name === element.name && other.form === element.form);
    return element !== (group.find((other) => other.checked) ?? group[0]);
  };

  document.activeElement.blur();
  window.scrollTo(0, 0);
  const expected = [...document.querySelectorAll(FOCUSABLE)].filter((e) => inTabOrder(e) && !isSilentRadio(e));
  // Cards show the focus of their link on themselves.
  const frames = (element) => [element, element.closest('.card')].filter(Boolean);
  const looksBefore = new Map(expected.map((element) => [element, frames(element).map(look).join()]));

  const reached = new Set();
  const invisible = new Set();
  document.addEventListener('focusin', ({ target }) => {
    reached.add(target);
    const box = target.getBoundingClientRect();
    const onScreen = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const changed = frames(target).map(look).join() !== looksBefore.get(target);
    if (!onScreen || !changed) invisible.add(target);
  });

  window.focusReport = () => [
    ...expected.filter((element) => !reached.has(element)).map((element) => `not reached by Tab: ${describe(element)}`),
    ...[...invisible].map((element) => `focus not visible: ${describe(element)}`),
  ];
  return expected.length;
}
