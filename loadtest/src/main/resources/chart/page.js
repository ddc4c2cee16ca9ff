'use strict';

// The language: ?lang=zh, else the reader's own, else English.
const speak = language => {
  document.documentElement.lang = language;
  document.querySelectorAll('[data-language]').forEach(button =>
    button.setAttribute('aria-pressed', String(button.dataset.language === language)));
};
const wanted = new URLSearchParams(location.search).get('lang') || navigator.language || '';
speak(wanted.startsWith('zh') ? 'zh' : 'en');
document.querySelectorAll('[data-language]').forEach(button =>
  button.addEventListener('click', () => speak(button.dataset.language)));

// The read-out: pointing at one chart, or the arrow keys on it, reads all charts out at that place of the axis, each from its own table.
const readable = figure => {
  const plot = figure.querySelector('svg[data-from]');
  const from = Number(plot.dataset.from);
  const span = Number(plot.dataset.to) - from;
  const rows = [...figure.querySelectorAll('tbody tr')];
  const outputs = [...figure.querySelectorAll('.legend output')];
  const moment = document.createElement('li');
  moment.className = 'moment';
  figure.querySelector('.legend').append(moment);
  const cursor = plot.querySelector('.cursor');
  const place = row => Number(row.dataset.x);
  return {
    plot,
    moment,
    from,
    span,
    step: span / 100,
    show(at) {
      if (rows.length === 0) {
        return;
      }
      const row = rows.reduce((best, next) => (Math.abs(place(best) - at) > Math.abs(place(next) - at) ? next : best));
      const x = 100 * (place(row) - from) / span + '%';
      cursor.setAttribute('x1', x);
      cursor.setAttribute('x2', x);
      cursor.classList.add('on');
      const cells = [...row.children].map(cell => cell.textContent);
      moment.textContent = cells[0];
      outputs.forEach((output, i) => { output.textContent = cells[i + 1] || '–'; });
    },
    clear() {
      cursor.classList.remove('on');
      moment.textContent = '';
      outputs.forEach(output => { output.textContent = ''; });
    },
  };
};

const figures = [...document.querySelectorAll('figure.chart')]
  .filter(figure => figure.querySelector('svg[data-from]')).map(readable);
figures.forEach(figure => {
  let at = figure.from;
  const showAll = place => {
    at = Math.max(figure.from, Math.min(figure.from + figure.span, place));
    figures.forEach(each => each.show(at));
  };
  figure.plot.addEventListener('pointermove', event => {
    const box = figure.plot.getBoundingClientRect();
    showAll(figure.from + figure.span * (event.clientX - box.left) / box.width);
  });
  figure.plot.addEventListener('pointerleave', () => figures.forEach(each => each.clear()));
  figure.plot.addEventListener('focus', () => figure.moment.setAttribute('aria-live', 'polite'));
  figure.plot.addEventListener('blur', () => {
    figure.moment.removeAttribute('aria-live');
    figures.forEach(each => each.clear());
  });
  figure.plot.addEventListener('keydown', event => {
    const steps = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (steps) {
      event.preventDefault();
      showAll(at + steps * figure.step);
    }
  });
});
