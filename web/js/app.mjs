// SPDX-License-Identifier: EUPL-1.2
// Everything here is extra: each page works without it. A part that fails must not take the others with it.

import { enhanceCharts } from './chart.mjs';
import { enhanceCopyButtons } from './copy-link.mjs';
import { focusErrorSummary } from './error-summary.mjs';
import { enhanceLiveForms } from './live-form.mjs';
import { enhancePasskeys } from './passkey.mjs';
import { enhanceSuggestions } from './suggest.mjs';
import { enhanceTables } from './table-sort.mjs';

for (const enhance of [focusErrorSummary, enhanceLiveForms, enhanceCharts, enhanceTables, enhanceCopyButtons,
  enhancePasskeys, enhanceSuggestions]) {
  try {
    enhance(document);
  } catch (error) {
    console.error(error);
  }
}
