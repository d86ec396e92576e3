/*
 * plots.js - the report's plots: each empty .plot is drawn from the table that follows it, so that the numbers are read where
 * everybody can read them. Debian's Chart.js, from its package's folder. A plot's colours and height are the style sheet's.
 */
import '/vendor/chart/chart.min.js';

const Chart = globalThis.Chart, style = getComputedStyle(document.documentElement), colour = (name) => style.getPropertyValue(`--plot-${name}`).trim();
const number = (cell) => Number(cell.textContent.replace(/[^0-9]/g, ''));
const words = (cell) => (cell.firstChild?.textContent ?? '').trim();

/** { labels, columns: [{ name, values }] } of a table; reverse: its last row first. */
function read(table, reverse) {
  const rows = [...table.tBodies[0].rows].filter((row) => row.querySelector('th'));
  if (reverse) rows.reverse();
  const names = [...table.tHead.rows[0].cells].slice(1).map(words);
  return { labels: rows.map((row) => words(row.cells[0])), columns: names.map((name, i) => ({ name, values: rows.map((row) => number(row.cells[i + 1])) })) };
}

const bars = (columns, colours) => columns.map(({ name, values }, i) => ({ type: 'bar', label: name, data: values, backgroundColor: colour(colours[i]), maxBarThickness: 48 }));
const KINDS = ['completed', 'refused', 'talked', 'voicemail', 'unanswered', 'wrong'];

/** What a table's numbers are drawn as: data sets, and whether they stand on each other. */
const kinds = {
  kinds: ({ columns }) => ({ sets: bars(columns.slice(3), KINDS), stacked: true }),
  reached: ({ columns: [calls, reached] }, words) => ({ stacked: true, sets: bars([reached,
    { name: words.rest, values: calls.values.map((n, i) => n - reached.values[i]) }], ['completed', 'unanswered']) }),
  rate: ({ columns: [calls, reached, share] }) => ({ percent: true, sets: [{ type: 'line', label: share.name, data: calls.values.map((n, i) => (n ? reached.values[i] * 100 / n : null)),
    borderColor: colour('completed'), backgroundColor: colour('completed'), borderWidth: 2, pointRadius: 3, spanGaps: true }] }),
  band: ({ columns: [likely, few, many] }) => ({ sets: [
    { type: 'line', label: many.name, data: many.values, borderColor: colour('band-edge'), borderDash: [4, 3], borderWidth: 1, pointRadius: 0, fill: '+1', backgroundColor: colour('band') },
    { type: 'line', label: few.name, data: few.values, borderColor: colour('band-edge'), borderDash: [4, 3], borderWidth: 1, pointRadius: 0 },
    { type: 'line', label: likely.name, data: likely.values, borderColor: colour('completed'), backgroundColor: colour('completed'), borderWidth: 2, pointRadius: 2 }] }),
};

function draw(place) {
  const kind = place.dataset.plot, table = place.closest('section').querySelector('table');
  const data = read(table, kind === 'kinds' || kind === 'rate'), { sets, stacked = false, percent = false } = kinds[kind](data, { rest: place.dataset.rest });
  const canvas = document.createElement('canvas');

  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', place.dataset.label);
  place.append(canvas);
  return new Chart(canvas, {
    type: 'bar',
    data: { labels: data.labels, datasets: sets },
    options: {
      animation: false, maintainAspectRatio: false, locale: document.documentElement.lang,
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: { stacked, grid: { display: false }, ticks: { maxRotation: 0, autoSkipPadding: 12 } },
        y: { stacked, beginAtZero: true, ...(percent ? { max: 100 } : {}), ticks: { precision: 0, maxTicksLimit: 6, ...(percent ? { callback: (v) => `${v}\u00a0%` } : {}) }, grid: { color: colour('grid') } },
      },
      plugins: {
        legend: { display: sets.length > 1, position: 'bottom', labels: { boxWidth: 12, boxHeight: 12 } },
        tooltip: percent ? { callbacks: { label: ({ parsed }) => `${Math.round(parsed.y)}\u00a0%` } } : {},
        title: { display: true, text: place.dataset.title, align: 'start', font: { size: 14, weight: '600' }, padding: { bottom: 12 } },
      },
    },
  });
}

Object.assign(Chart.defaults, { color: colour('text') });
Object.assign(Chart.defaults.font, { family: getComputedStyle(document.body).fontFamily, size: 12 });
await document.fonts.ready;
const plots = [...document.querySelectorAll('.plot')].map(draw);

// Paper has another width than the window.
addEventListener('beforeprint', () => { for (const plot of plots) plot.resize(640, 250); });
addEventListener('afterprint', () => { for (const plot of plots) plot.resize(); });
