// The indicators of early signalling once more, straight from docs/ddas.md, as ddas_count.mjs does for debt help.

const HELP = new Map([
  ['(Budget)advies en/of quick fix', 'advies of quick fix'], ['Vervolghulp en/of verwijzing financieel', 'vervolghulp financieel'],
  ['Verwijzing zonder contact', 'verwijzing zonder contact'], ['Vervolghulp en/of verwijzing niet financieel', 'vervolghulp niet financieel'],
]);
const PARTNERS = ['Energie', 'Huur', 'Hypotheek', 'CAK Zorgverzekeringen', 'Zorg', 'Water', 'DUO', 'Belastingdienst', 'CAK Eigen bijdrage', 'Overige', 'Dienst Toeslagen', 'Onbekend'];
const monthOf = (day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));

/** The reports of one address: its signals month by month, with the months since the one before. */
function reports(days) {
  const months = days.reduce((all, day) => all.set(monthOf(day), [...(all.get(monthOf(day)) ?? []), day]), new Map());
  const found = [...months].sort(([a], [b]) => a - b);
  return found.map(([month, signals], i) => ({ day: [...signals].sort()[0], n: signals.length, since: i > 0 ? month - found[i - 1][0] : Infinity }));
}

/** The lines that the program should write for the municipalities of FILE, from LINES, which says which there are. */
export function countSignals(file, lines) {
  const cells = new Map();
  const share = (place, code, detail, day, counts) => {
    for (const period of [day.slice(0, 4), `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`]) {
      const name = `${place},${code},${period},${detail}`;
      const { n, of } = cells.get(name) ?? { n: 0, of: 0 };
      cells.set(name, { n: n + (counts ? 1 : 0), of: of + 1 });
    }
  };
  for (const { gemeentecode: place, vroegsignalen: signals, vroegsignaalzaken: cases } of file.leveringen) {
    const addresses = new Map();
    for (const { signaaldatum: day, signaalpartner: partner, client } of signals) {
      share(place, 'VS01', '', day, true);
      for (const kind of PARTNERS) share(place, 'VS06', kind, day, partner.type === kind);
      const address = `${client.Postcode} ${client.Huisnummer}`;
      addresses.set(address, [...(addresses.get(address) ?? []), day]);
    }
    for (const { day, n, since } of [...addresses.values()].flatMap(reports)) {
      share(place, 'VS02', '', day, true);
      share(place, 'VS03', 'enkelvoudig', day, n === 1);
      share(place, 'VS03', 'meervoudig', day, n > 1);
      share(place, 'VS03', 'opeenvolgend', day, since <= 6);
    }
    for (const { matchingsdatum: day, resultaat, contactpogingen } of cases) {
      const reached = contactpogingen.some(({ bereikt }) => bereikt);
      const help = HELP.get(resultaat);
      share(place, 'VS02', 'zaken', day, true);
      share(place, 'VS04', '', day, reached);
      for (const code of reached ? ['VS05a', 'VS05b'] : ['VS05b']) {
        share(place, code, '', day, help !== undefined);
        for (const kind of HELP.values()) share(place, code, kind, day, help === kind);
      }
    }
  }
  return lines.map((line) => {
    const [place, code, period, whole, detail] = line.split(',');
    const { n, of } = cells.get(`${place},${code},${period},${detail}`) ?? { n: 0, of: 0 };
    return `${place},${code},${period},${whole},${detail},${['VS01', 'VS02'].includes(code) ? `${of},,,${of}` : `${n},${of},,${of}`}`;
  });
}
