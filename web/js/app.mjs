// SPDX-License-Identifier: EUPL-1.2
// On every page.

import { enhanceCharts } from './chart.mjs';
import { enhanceCopyButtons } from './copy-link.mjs';
import { forgetAtSignOut } from './draft-copy.mjs';
import { focusErrorSummary } from './error-summary.mjs';
import { enhanceLiveForms } from './live-form.mjs';
import { enhancePasskeys } from './passkey.mjs';
import { startAll } from './start.mjs';
import { enhanceTables } from './table-sort.mjs';

startAll([focusErrorSummary, enhanceLiveForms, enhanceCharts, enhanceTables, enhanceCopyButtons, enhancePasskeys,
  forgetAtSignOut]);
