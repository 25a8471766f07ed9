// The indicators of debt help once more, straight from docs/ddas.md: all records at hand, no hurry, and nothing shared with src/ddas.
// tests/system/ddas.mjs holds what the program says against it.

const DAY = 86_400_000;
const dayOf = (text) => (text ? Date.parse(`${text}T00:00:00Z`) / DAY : null);
const textOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const first = (...days) => days.find((day) => day !== null) ?? null;
const earliest = (days) => days.filter((day) => day !== null).sort((a, b) => a - b)[0] ?? null;

function addMonths(day, n) {
  const date = new Date(day * DAY);
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + n + 1, 0)).getUTCDate();
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + n, Math.min(date.getUTCDate(), length)) / DAY;
}

// Easter and the days that hang on it, written out for the years that are generated.
const HOLIDAYS = new Set([2021, 2022, 2023, 2024, 2025].flatMap((year, i) => {
  const easter = dayOf(`${year}-${['04-04', '04-17', '04-09', '03-31', '04-20'][i]}`);
  const kingsDay = `${year}-04-${year === 2025 ? 26 : 27}`;
  return [easter - 2, easter + 1, easter + 39, easter + 50, ...['01-01', '05-05', '12-25', '12-26'].map((day) => dayOf(`${year}-${day}`)), dayOf(kingsDay)];
}));

function workingDays(from, until) {
  let n = 0;
  for (let day = from + 1; day <= until; day += 1) n += ![0, 6].includes(new Date(day * DAY).getUTCDay()) && !HOLIDAYS.has(day);
  return n;
}

const CLASSES = {
  days: [0, 7, 14, 21, 28, 42, 56, 84, 120, 182, 365],
  euros: [0, 2500, 5000, 10000, 15000, 20000, 30000, 40000, 60000, 100000, 150000],
  creditors: [1, 2, 4, 6, 8, 10, 12, 15, 20, 30, 50],
};

function className(scale, value) {
  const edges = CLASSES[scale];
  let i = edges.length - 1;
  while (i > 0 && value <= edges[i]) i -= 1;
  const from = i === 0 ? edges[0] : edges[i] + 1;
  return i === edges.length - 1 ? `klasse ${from}+` : `klasse ${from}-${edges[i + 1]}`;
}

const SETTLEMENTS = ['Saneringskrediet', 'Schuldbemiddeling', '0%-aanbod'];
const DROPPED = ['Nietverschenen', 'Ingetrokken', 'Voldoet niet', 'Niet passend'];

/** One record as the file tells it. */
function read(t) {
  const on = (part, name) => dayOf(t[part]?.[name]);
  const debts = t.schulden ?? [];
  const r = {
    place: t.gemeentecode, people: t.client.map((one) => one.Burgerservicenummer),
    start: dayOf(t.startdatum), applied: on('aanmelding', 'startdatum'), intake: on('intake', 'startdatum'), crisis: t.aanmelding.crisisinterventie,
    decision: t.intake?.beschikkingssoort ?? null, stable: on('stabilisatie', 'startdatum'), stableEnd: on('stabilisatie', 'einddatum'),
    proposed: on('schuldregeling', 'datum'), agreed: on('schuldregeling', 'toegekend'), court: t.schuldregeling?.dwangakkoord === true,
    solution: t.oplossing?.soort ?? null, solved: on('oplossing', 'startdatum'), solvedEnd: on('oplossing', 'einddatum'),
    left: on('uitstroom', 'datum'), reason: t.uitstroom?.reden ?? null, end: first(dayOf(t.einddatum), on('uitstroom', 'datum')),
    guided: t.begeleiding !== undefined, aftercare: t.nazorg !== undefined,
    debts: debts.length > 0, debt: debts.reduce((sum, one) => sum + one.bedrag, 0), creditors: new Set(debts.map((one) => one.schuldeiser.naam)).size,
    business: debts.some((one) => one.zakelijkeSchuld),
  };
  r.decided = r.decision ? on('intake', 'beschikkingsdatum') : null;
  return r;
}

/** Samenloop: PARTS overlap, in the order of their start. */
function merge(parts) {
  if (parts.length === 1) return parts[0];
  const firstWith = (test) => parts.find(test);
  const whole = { ...parts[0] };
  const open = parts.some((part) => part.end === null);
  const applied = parts.filter((part) => part.applied === earliest(parts.map((one) => one.applied)))[0];
  const decided = firstWith((part) => part.decided !== null && part.decided === earliest(parts.map((one) => one.decided)));
  const settled = firstWith((part) => part.agreed !== null) ?? firstWith((part) => part.proposed !== null);
  const solved = firstWith((part) => part.solution !== null);
  const owing = firstWith((part) => part.debts);
  const leaving = parts.filter((part) => part.left !== null).reduce((last, part) => (last && last.left > part.left ? last : part), null);
  Object.assign(whole, { applied: applied.applied, crisis: applied.crisis, intake: earliest(parts.map((part) => part.intake)) });
  Object.assign(whole, decided && { decided: decided.decided, decision: decided.decision });
  Object.assign(whole, settled && { proposed: settled.proposed, agreed: settled.agreed, court: settled.court });
  Object.assign(whole, solved && { solution: solved.solution, solved: solved.solved, solvedEnd: solved.solvedEnd });
  Object.assign(whole, owing && { debts: true, debt: owing.debt, creditors: owing.creditors, business: owing.business });
  const stable = parts.filter((part) => part.stable !== null);
  whole.stable = earliest(stable.map((part) => part.stable));
  whole.stableEnd = stable.length && stable.every((part) => part.stableEnd !== null) ? Math.max(...stable.map((part) => part.stableEnd)) : null;
  whole.end = open ? null : Math.max(...parts.map((part) => part.end));
  Object.assign(whole, { left: open ? null : leaving?.left ?? null, reason: leaving?.reason ?? null });
  whole.guided = parts.some((part) => part.guided);
  whole.aftercare = parts.some((part) => part.aftercare);
  return whole;
}

/** Records of people who have anybody in common. */
function byPeople(records) {
  const groupOf = new Map();
  for (const record of records) {
    const groups = [...new Set(record.people.map((who) => groupOf.get(who)).filter(Boolean))];
    const whole = [...groups.flat(), record];
    for (const one of whole) for (const who of one.people) groupOf.set(who, whole);
  }
  return new Set(groupOf.values());
}

/** Trajectories after samenloop, each with the end of the one before. */
function trajectories(records) {
  const found = [];
  records.forEach((record, i) => { record.order = i; });
  for (const group of byPeople(records)) {
    group.sort((a, b) => a.start - b.start || a.order - b.order);
    let before = null;
    for (let i = 0; i < group.length;) {
      const parts = [group[i]];
      let { end } = group[i];
      for (i += 1; i < group.length && (end === null || group[i].start <= end); i += 1) {
        end = end === null || group[i].end === null ? null : Math.max(end, group[i].end);
        parts.push(group[i]);
      }
      found.push({ ...merge(parts), before });
      before = end;
    }
  }
  return found;
}

function countStart(r, share, mean) {
  share('SHV01', r.applied);
  share('SHV12', r.applied, r.before !== null && r.applied <= addMonths(r.before, 60));
  const inOrder = r.intake !== null && r.intake >= r.applied;
  if (r.crisis) {
    share('SHV04', r.applied, inOrder && workingDays(r.applied, r.intake) <= 3);
  } else if (inOrder) {
    mean('SHV02', r.intake, r.intake - r.applied, 'days');
    share('SHV03', r.intake, r.intake - r.applied <= 28);
  }
  if (!r.decision) return;
  share('SHV06', r.decided, r.decision === 'Toelatingsbeschikking');
  if (r.intake !== null && r.decided >= r.intake) mean('SHV05', r.decided, r.decided - r.intake, 'days', '', r.decided - r.intake <= 56);
}

function countSettlement(r, share, mean) {
  const made = first(r.proposed, r.agreed);
  if (r.proposed !== null && r.agreed !== null && r.agreed >= r.proposed) mean('SHV08', r.agreed, r.agreed - r.proposed, 'days', '', r.agreed - r.proposed > 120);
  share('SHV09a', made, r.agreed !== null && !r.court);
  share('SHV09a', made, r.agreed !== null && r.court, 'dwangakkoord');
  for (const kind of ['Betalingsregeling', 'Herfinanciering', ...SETTLEMENTS]) if (r.solution) share('SHV15', r.solved, r.solution === kind, kind);
  if (r.agreed === null && !SETTLEMENTS.includes(r.solution)) return;
  const start = first(r.solved, r.agreed);
  const kind = r.business ? 'ondernemer' : 'particulier';
  if (r.debts) {
    mean('SHV13', start, r.debt, 'euros');
    mean('SHV13', start, r.debt, null, kind);
    mean('SHV14', start, r.creditors, 'creditors');
    mean('SHV14', start, r.creditors, null, kind);
  }
  share('SHV16', start, r.guided);
  if (r.left !== null && r.reason) share('SHV09b', first(r.solvedEnd, r.left), r.reason === 'Afgerond');
  share('SHV17', first(r.solvedEnd, r.left, r.end), r.aftercare);
}

/** "place,code,period,detail" -> { n, of, sum } for a whole YEAR of deliveries. */
function countCells(deliveries, year) {
  const cells = new Map();
  const periods = [String(year), ...[1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`)];
  const within = (period, day) => day !== null && textOf(day).startsWith(String(year))
    && (period.length === 4 || Math.ceil(Number(textOf(day).slice(5, 7)) / 3) === Number(period[6]));
  const cell = (r, code, period, detail) => {
    const name = `${r.place},${code},${period},${detail}`;
    if (!cells.has(name)) cells.set(name, { n: 0, of: 0, sum: 0 });
    return cells.get(name);
  };
  const records = deliveries.flatMap((file) => file.leveringen.flatMap((one) => one.schuldhulptrajecten.map(read)));
  for (const r of trajectories(records)) {
    const share = (code, day, counts = true, detail = '') => {
      for (const period of periods.filter((one) => within(one, day))) {
        const to = cell(r, code, period, detail);
        to.of += 1;
        to.n += counts ? 1 : 0;
      }
    };
    const mean = (code, day, value, scale, detail = '', counts = false) => {
      share(code, day, counts, detail);
      for (const period of periods.filter((one) => within(one, day))) {
        cell(r, code, period, detail).sum += value;
        if (scale) cell(r, code, period, className(scale, value)).n += 1;
      }
    };
    countStart(r, share, mean);
    countSettlement(r, share, mean);
    if (r.left !== null) {
      share('SHV10', r.left, DROPPED.includes(r.reason));
      share('SHV11', r.left, r.reason === 'Afgerond' && r.solution !== null);
    }
    const stableEnd = first(r.stableEnd, r.end);
    for (const period of r.stable === null ? [] : periods) {
      const quarter = Number(period[6] ?? 0);
      const from = Date.UTC(year, quarter ? quarter * 3 - 3 : 0, 1) / DAY;
      const until = addMonths(from, quarter ? 3 : 12) - 1;
      if (r.stable > until || (stableEnd !== null && (stableEnd < from || stableEnd < r.stable))) continue;
      const to = cell(r, 'SHV07', period, '');
      to.of += 1;
      to.n += Math.min(stableEnd ?? until, until) > addMonths(r.stable, 4) ? 1 : 0;
    }
  }
  return cells;
}

/** The lines that the program should write for DELIVERIES of a whole YEAR, from LINES, which says which there are. */
export function countHelp(deliveries, year, lines) {
  const cells = countCells(deliveries, year);
  const at = (...name) => cells.get(name.join(',')) ?? { n: 0, of: 0, sum: 0 };
  return lines.map((line) => {
    const [place, code, period, whole, detail] = line.split(',');
    const { n, of, sum } = at(place, code, period, detail);
    const all = at(place, code, period, '').of;
    let figures = `${n},${of},,${of}`;
    if (detail.startsWith('klasse')) figures = `${n},${all},,${all}`;
    else if (code === 'SHV01') figures = `${of},,,${of}`;
    else if (['SHV02', 'SHV13', 'SHV14'].includes(code)) figures = `${sum},${of},${sum},${of}`;
    else if (['SHV05', 'SHV08'].includes(code)) figures = `${n},${of},${sum},${of}`;
    return `${place},${code},${period},${whole},${detail},${figures}`;
  });
}
