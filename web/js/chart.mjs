// SPDX-License-Identifier: EUPL-1.2
// <figure class="chart" data-chart="x">: shows the name and value of a mark, by pointer and by keyboard.
//
// A mark is any SVG element with data-n (name) and data-v (value in words). The value of data-chart says in which
// order the marks are walked through: "x" left to right, "y" top to bottom, "name" by alphabet (maps).
// All numbers are in the table below the chart too; nothing is only here.

const REACH_PX = 30; // how far from a mark the pointer may be

const ORDERS = {
  x: (a, b) => a.x - b.x,
  y: (a, b) => a.y - b.y,
  name: (a, b) => a.name.localeCompare(b.name, 'nl'),
};

export function enhanceCharts(root) {
  for (const figure of root.querySelectorAll('[data-chart]')) {
    const plot = figure.querySelector('svg.plot');
    if (plot?.querySelector('[data-n]')) new Chart(figure, plot);
  }
}

class Chart {
  #figure;
  #plot;
  #tip;
  #points = []; // { mark, name, text, x, y }, places relative to the drawing
  #current = null;

  constructor(figure, plot) {
    this.#figure = figure;
    this.#plot = plot;
    this.#tip = document.createElement('div');
    this.#tip.className = 'chart__tip';
    this.#tip.hidden = true;
    figure.append(this.#tip);

    plot.addEventListener('pointerenter', () => this.#measure());
    plot.addEventListener('pointermove', (event) => this.#show(this.#under(event)));
    plot.addEventListener('pointerdown', (event) => this.#show(this.#under(event)));
    plot.addEventListener('pointerleave', (event) => {
      if (event.pointerType !== 'touch') this.#show(null); // a finger always leaves; the tip stays to be read
    });
    document.addEventListener('pointerdown', (event) => {
      if (!figure.contains(event.target)) this.#show(null);
    });
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#show(null);
    });

    this.#measure();
    this.#addWalk();
  }

  /** Measured once per visit of the pointer: the drawing may have been resized since. */
  #measure() {
    const frame = this.#plot.getBoundingClientRect();
    this.#points = [...this.#plot.querySelectorAll('[data-n]')].map((mark) => {
      const box = mark.getBoundingClientRect();
      return {
        mark,
        name: mark.dataset.n,
        text: `${mark.dataset.n}: ${mark.dataset.v}`,
        x: box.x + box.width / 2 - frame.x,
        y: box.y + box.height / 2 - frame.y,
        top: box.y - frame.y,
      };
    });
    this.#points.sort(ORDERS[this.#figure.dataset.chart] ?? ORDERS.x);
  }

  #under(event) {
    const mark = event.target.closest('[data-n]');
    if (mark) return this.#points.find((point) => point.mark === mark);
    if (this.#figure.dataset.chart === 'name') return null; // on a map the neighbour is not what you point at

    const frame = this.#plot.getBoundingClientRect();
    let nearest = null;
    let reach = REACH_PX;
    for (const point of this.#points) {
      const distance = Math.hypot(point.x - event.clientX + frame.x, point.y - event.clientY + frame.y);
      if (distance < reach) [nearest, reach] = [point, distance];
    }
    return nearest;
  }

  #show(point) {
    if (point?.mark === this.#current?.mark) return;
    this.#current?.mark.classList.remove('is-on');
    this.#current = point;
    this.#tip.hidden = !point;
    if (!point) return;
    point.mark.classList.add('is-on');
    this.#tip.textContent = point.text;
    this.#placeTip(point);
  }

  /** Above the mark, but inside the figure. Set through the object model: style attributes are forbidden here. */
  #placeTip(point) {
    const frame = this.#plot.getBoundingClientRect();
    const figure = this.#figure.getBoundingClientRect();
    const middle = point.x + frame.x - figure.x - this.#tip.offsetWidth / 2;
    const x = Math.min(Math.max(0, middle), figure.width - this.#tip.offsetWidth);
    const y = point.top + frame.y - figure.y - this.#tip.offsetHeight - 8;
    this.#tip.style.transform = `translate(${x}px, ${y}px)`;
  }

  /** A slider walks through the marks: known to every keyboard, touch screen and screen reader. */
  #addWalk() {
    const slider = document.createElement('input');
    slider.type = 'range';
    slider.min = '1';
    slider.max = String(this.#points.length);
    slider.value = '1';

    const caption = document.createElement('span');
    caption.textContent = 'Loop langs de punten met de pijltjestoetsen';
    const label = document.createElement('label');
    label.append(caption, slider);
    const output = document.createElement('output'); // is a status region by itself
    const walk = document.createElement('div');
    walk.className = 'chart__walk';
    walk.append(label, output);
    (this.#plot.closest('.chart__scroll') ?? this.#plot).after(walk);

    const step = () => {
      this.#measure();
      const point = this.#points[slider.valueAsNumber - 1];
      slider.setAttribute('aria-valuetext', `punt ${slider.value} van ${slider.max}`);
      output.textContent = point.text;
      this.#show(point);
    };
    slider.setAttribute('aria-valuetext', `punt 1 van ${slider.max}`);
    slider.addEventListener('input', step);
    slider.addEventListener('focus', step);
    slider.addEventListener('blur', () => this.#show(null));
  }
}
