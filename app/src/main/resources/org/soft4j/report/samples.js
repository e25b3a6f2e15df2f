'use strict';
// Shows the items of one benchmark from the JSON in the page. Whatever a model or a file wrote becomes
// text by textContent alone; nothing is fetched.
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const STEP = 50;
  const by = id => document.getElementById(id);
  const list = by('items');
  let found = [];
  let drawn = 0;

  function add(parent, tag, text, name) {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (name) element.className = name;
    parent.append(element);
    return element;
  }

  function choices(id, names, values) {
    names.forEach((name, i) => { add(by(id), 'option', name).value = values ? values[i] : i; });
    by(id).parentElement.hidden = names.length < 2;
  }

  const sample = (item, round) => (item.rounds[round] || {})[by('shots').value];

  function value(item, round) {
    const given = sample(item, round);
    const metric = by('metric').value;
    return given && metric in given.metrics ? given.metrics[metric] : undefined;
  }

  const right = (item, round) => value(item, round) > 0.5;
  const wrong = (item, round) => value(item, round) <= 0.5;

  function letters(item) {
    if (item.all === undefined) {
      const prompts = Object.values(item.prompts).map(p => p.contexts.concat(p.asked.map(a => a[1])));
      const said = item.rounds.map(r => Object.values(r).map(s => [s.chosen, s.texts, s.judge, s.caveats]));
      item.all = [item.id, item.category, item.question, item.answer, prompts, said].flat(9).join('\n').toLowerCase();
    }
    return item.all;
  }

  const FILTERS = {
    all: () => true,
    right: item => right(item, by('after').value),
    wrong: item => wrong(item, by('after').value),
    gained: item => wrong(item, by('before').value) && right(item, by('after').value),
    lost: item => right(item, by('before').value) && wrong(item, by('after').value),
    odd: item => data.rounds.some((r, i) => (sample(item, i) || {caveats: []}).caveats.length > 0),
  };

  function refresh() {
    const words = by('search').value.toLowerCase().split(/\s+/).filter(w => w);
    const category = by('category').value;
    const filter = FILTERS[by('filter').value];
    found = data.items.filter(item => (!category || item.category === category) && filter(item)
      && words.every(word => letters(item).includes(word)));
    list.replaceChildren();
    drawn = 0;
    by('count').textContent = found.length + ' of ' + data.items.length + ' items';
    more();
  }

  function more() {
    found.slice(drawn, drawn + STEP).forEach(draw);
    drawn = Math.min(drawn + STEP, found.length);
    by('more').hidden = drawn >= found.length;
    by('more').textContent = 'Show ' + Math.min(STEP, found.length - drawn) + ' more';
  }

  function mark(item, round) {
    const v = value(item, round);
    if (v === undefined) return '–';
    return data.verdicts.includes(by('metric').value) ? (v > 0.5 ? '✓' : v === 0.5 ? '½' : '✗') : number(v);
  }

  const number = v => Number.isInteger(v) ? String(v) : v.toFixed(3);

  function draw(item) {
    const details = add(list, 'details');
    const summary = add(details, 'summary');
    add(summary, 'span', data.rounds.map((r, i) => mark(item, i)).join(' '), 'marks').title = data.rounds.join(', ');
    if (item.category) add(summary, 'span', item.category, 'type');
    add(summary, 'span', item.question.length > 160 ? item.question.slice(0, 160) + '…' : item.question);
    details.addEventListener('toggle', () => {
      if (details.open && details.children.length === 1) fill(details, item);
    });
  }

  function fill(details, item) {
    add(details, 'p', 'item ' + item.id, 'who');
    const prompt = item.prompts[by('shots').value];
    if (prompt) {
      prompt.contexts.forEach((context, i) => {
        add(details, 'p', prompt.contexts.length > 1 ? 'prompt ' + (i + 1) : 'prompt, word for word', 'who');
        add(details, 'div', context || '(empty)', 'text');
      });
    } else {
      add(details, 'p', 'question; the prompt word for word was not kept', 'who');
      add(details, 'div', item.question, 'text');
    }
    if (item.answer) {
      add(details, 'p', 'right answer', 'who');
      add(details, 'div', item.answer, 'text');
    }
    scores(details, item, prompt);
    data.rounds.forEach((round, i) => written(details, round, sample(item, i)));
    metrics(details, item);
  }

  function table(parent, head) {
    const wide = add(parent, 'div', undefined, 'wide');
    const made = add(wide, 'table');
    const row = add(add(made, 'thead'), 'tr');
    head.forEach((name, i) => add(row, 'th', name, i ? 'number' : ''));
    return add(made, 'tbody');
  }

  function scores(parent, item, prompt) {
    const given = data.rounds.map((r, i) => sample(item, i));
    const count = Math.max(0, ...given.map(s => s ? s.log_probabilities.length : 0));
    if (!count) return;
    const asked = prompt ? prompt.asked.filter(a => a[1] !== '') : [];
    add(parent, 'p', 'log-probability of each choice; the highest of a column is bold', 'who');
    const body = table(parent, ['choice', ...data.rounds]);
    const best = given.map(s => s ? Math.max(...s.log_probabilities) : NaN);
    for (let i = 0; i < count; i++) {
      const text = asked[i] ? asked[i][1] : 'choice ' + (i + 1);
      const row = add(body, 'tr');
      const sure = item.answer && text.trim() === item.answer.trim();
      add(row, 'td', (sure ? '✓ ' : '') + text, 'choice');
      given.forEach((s, r) => {
        const p = s ? s.log_probabilities[i] : undefined;
        add(row, 'td', p === undefined ? '' : p.toFixed(3), p === best[r] ? 'number best' : 'number');
      });
    }
  }

  function written(parent, round, given) {
    if (!given) return;
    if (given.caveats.length) add(parent, 'p', round + ': ' + given.caveats.join('; '), 'note');
    if (!given.texts.length) {
      if (given.chosen) add(parent, 'p', round + ' chose: ' + given.chosen, 'who');
      return;
    }
    given.texts.forEach((text, i) => {
      add(parent, 'p', round + (given.texts.length > 1 ? ', answer ' + (i + 1) : ''), 'who');
      add(parent, 'div', text || '(empty)', 'text');
    });
    if (given.judge) add(parent, 'div', 'the judge: ' + given.judge, 'text verdict');
  }

  function metrics(parent, item) {
    const names = data.metrics.filter(m => data.rounds.some((r, i) => m in ((sample(item, i) || {}).metrics || {})));
    if (!names.length) return;
    const body = table(parent, ['metric', ...data.rounds]);
    names.forEach(name => {
      const row = add(body, 'tr');
      add(row, 'td', name);
      data.rounds.forEach((r, i) => {
        const v = ((sample(item, i) || {}).metrics || {})[name];
        add(row, 'td', v === undefined ? '' : number(v), 'number');
      });
    });
  }

  choices('shots', data.shots.map(k => k === 0 ? 'zero-shot' : k === 1 ? 'one-shot' : k + '-shot'), data.shots);
  choices('metric', data.metrics, data.metrics);
  choices('before', data.rounds);
  choices('after', data.rounds);
  by('after').value = data.after;
  const categories = [...new Set(data.items.map(item => item.category).filter(c => c))];
  choices('category', ['any category', ...categories], ['', ...categories]);
  // An address such as #filter=lost&search=Paris opens the page at what it names.
  new URLSearchParams(location.hash.slice(1)).forEach((v, k) => {
    if (['search', 'filter', 'shots', 'metric', 'before', 'after', 'category'].includes(k)) by(k).value = v;
  });
  if (!FILTERS[by('filter').value]) by('filter').value = 'all';
  by('controls').addEventListener('input', refresh);
  by('controls').addEventListener('submit', event => event.preventDefault());
  by('more').addEventListener('click', more);
  window.addEventListener('beforeprint', () => list.querySelectorAll('details').forEach((d, i) => {
    if (!d.open) { d.open = true; if (d.children.length === 1) fill(d, found[i]); }
  }));
  refresh();
  if (found.length === 1) list.firstChild.open = true;
})();
