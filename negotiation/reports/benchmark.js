// The page of a benchmark: suites, rounds, pins and a comparison of two agents, over the data in the page itself.
"use strict";
const { found, figures, groups, texts } = JSON.parse(document.getElementById("data").textContent);
const scopes = Object.keys(found.scopes), agents = found.agents;
const order = Object.keys(found.scopes[scopes[0]].agents).sort((a, b) => rated(scopes[0], b) - rated(scopes[0], a) || (a < b ? -1 : 1));
const now = { scope: scopes[0], round: 0, pins: order.slice(0, 2), a: order[0], b: order[1], by: "rating", down: true, line: "" };
const byRound = Object.keys(figures).filter((name) => figures[name].group === "beliefs" && !name.endsWith("_unlearnt"));
const SVG = "http://www.w3.org/2000/svg", place = (id) => document.getElementById(id);

function rated(scope, agent) { return found.scopes[scope].agents[agent].rating.value; }
function colour(agent) { return `var(--p${[6, 0, 4, 2, 1, 8, 5, 7, 3, 9, 10, 11][order.indexOf(agent) % 12]})`; }
function here() { return found.scopes[now.scope]; }
function rounds() {
  const all = Object.values(here().agents).flatMap((one) => Object.values(one.rounds).flatMap((some) => Object.keys(some).map(Number)));
  return Math.max(0, ...all);
}
function worded(text, values = {}) { return text.replace(/\{(\w+)\}/g, (_, name) => values[name]); }
function node(tag, settings = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(settings)) {
    if (name in made && name !== "list") made[name] = value; else made.setAttribute(name, value);
  }
  made.append(...inside);
  return made;
}
function drawn(tag, settings = {}, text = "") {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(settings)) made.setAttribute(name, value);
  if (text) made.textContent = text;
  return made;
}
// A figure of an agent: over all rounds, or after the round that is chosen.
function value(agent, name, at = now.round) {
  const one = here().agents[agent];
  if (name === "rating") return one.rating;
  return at && figures[name].group === "beliefs" ? one.rounds[name]?.[at] : one.figures[name];
}
function number(name, amount, sign = false) {
  const { share = false, decimals = 0 } = figures[name] ?? {}, told = share ? 100 * amount : amount;
  const text = Math.abs(told).toFixed(decimals), minus = told < 0 && Number(text) !== 0;
  return `${minus ? "−" : sign && Number(text) ? "+" : ""}${text}${share ? " %" : ""}`;
}
function span(name, one) { return one.low === null ? "" : `${number(name, one.low)} … ${number(name, one.high)}`; }

// ---- the table
function columns() {
  return ["rating", ...Object.keys(figures).filter((name) => agents.some((agent) => here().agents[agent].figures[name]))];
}
function worth(agent) { return now.by === "agent" ? agent : value(agent, now.by)?.value; }
function sorted() {
  const all = [...order].sort((a, b) => {
    const [x, y] = [worth(a), worth(b)];
    if (x === undefined || y === undefined) return (x === undefined) - (y === undefined);
    return (x < y ? -1 : x > y ? 1 : 0) * (now.down ? -1 : 1);
  });
  return [...all.filter((agent) => now.pins.includes(agent)), ...all.filter((agent) => !now.pins.includes(agent))];
}
function head(name, title, about) {
  const on = now.by === name, button = node("button", { type: "button", title: about }, title, node("span", { className: "mark", ariaHidden: "true" }, on ? (now.down ? " ↓" : " ↑") : ""));
  button.dataset.key = `sort ${name}`;
  button.onclick = () => {
    now.down = on ? !now.down : name === "agent" ? false : figures[name]?.more ?? true;
    now.by = name;
    draw();
  };
  return node("th", { scope: "col", ariaSort: on ? (now.down ? "descending" : "ascending") : "none" }, button);
}
function pin(agent) {
  const on = now.pins.includes(agent);
  const button = node("button", { type: "button", className: "pin", ariaPressed: String(on), title: texts.pin }, on ? "★" : "☆");
  button.setAttribute("aria-label", worded(on ? texts.unpin_agent : texts.pin_agent, { agent }));
  button.dataset.key = `pin ${agent}`;
  button.onclick = () => {
    now.pins = on ? now.pins.filter((one) => one !== agent) : [...now.pins, agent];
    draw();
  };
  return button;
}
function cell(agent, name) {
  const one = value(agent, name);
  if (!one) {
    const none = figures[name].group === "beliefs" && !here().agents[agent].figures[name];
    return node("td", { className: "n none" }, none ? texts.states_none : "–");
  }
  const main = node("b", {}, number(name, one.value)), about = node("small", {}, span(name, one));
  return node("td", { className: "n", title: one.n === undefined ? "" : worded(texts.of, { n: one.n.toLocaleString("en") }) }, main, about);
}
function table() {
  const names = columns(), top = node("tr");
  top.append(head("agent", texts.agent, texts.agent), ...names.map((name) => name === "rating" ? head(name, texts.rating, texts.rating_about) : head(name, figures[name].title, figures[name].about)));
  const rows = sorted().map((agent) => {
    const who = node("th", { scope: "row", className: "agent" }, pin(agent), node("span", { className: "dot", style: `--c:${colour(agent)}` }), agent);
    return node("tr", { className: now.pins.includes(agent) ? "pinned" : "" }, who, ...names.map((name) => cell(agent, name)));
  });
  const groupsOf = node("tr", { className: "groups" }, node("td", {}), node("td", {}));
  for (const [group, title] of Object.entries(groups)) {
    const many = names.filter((name) => figures[name]?.group === group).length;
    if (many) groupsOf.append(node("th", { colSpan: many, scope: "colgroup" }, title));
  }
  place("table").replaceChildren(node("thead", {}, groupsOf, top), node("tbody", {}, ...rows));
}

// ---- pictures
function scale(low, high, from, to) { return (x) => from + (x - low) / (high - low || 1) * (to - from); }
function ends(values) { const all = values.filter((x) => x !== null && x !== undefined); return [Math.min(...all), Math.max(...all)]; }
function sheet(id, height, title) {
  const wide = Math.max(300, place(id).clientWidth), made = drawn("svg", { viewBox: `0 0 ${wide} ${height}`, role: "img", "aria-label": title });
  made.style.height = `${height}px`;
  place(id).replaceChildren(made);
  return [made, wide];
}
function whiskers() {
  const line = 30, rows = sorted(), all = rows.flatMap((agent) => Object.values(value(agent, "rating")));
  const [svg, wide] = sheet("whiskers", rows.length * line + 34, texts.rating_about), left = Math.min(210, wide * 0.36), [low, high] = ends(all);
  const x = scale(low, high, left + 8, wide - 16), step = Math.max(50, Math.ceil((high - low) / (wide / 110) / 50) * 50);
  for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) {
    svg.append(drawn("line", { x1: x(tick), x2: x(tick), y1: 0, y2: rows.length * line, class: "grid" }), drawn("text", { x: x(tick), y: rows.length * line + 20, "text-anchor": "middle" }, String(tick)));
  }
  rows.forEach((agent, n) => {
    const one = value(agent, "rating"), y = n * line + line / 2, on = now.pins.includes(agent), short = Math.floor(left / 8.2);
    const label = drawn("text", { x: left, y: y + 5, "text-anchor": "end", class: on ? "strong" : "" }, agent.length > short ? `${agent.slice(0, short - 1)}…` : agent);
    svg.append(label);
    if (one.low !== null) svg.append(drawn("line", { x1: x(one.low), x2: x(one.high), y1: y, y2: y, stroke: colour(agent), "stroke-width": on ? 6 : 3, "stroke-linecap": "round", opacity: 0.55 }));
    const dot = drawn("circle", { cx: x(one.value), cy: y, r: on ? 7 : 5, fill: colour(agent) });
    dot.append(drawn("title", {}, `${agent}: ${number("rating", one.value)}  ${span("rating", one)}`));
    svg.append(dot);
  });
}
function beliefs() {
  const name = now.line, told = Object.keys(here().agents).filter((agent) => here().agents[agent].rounds[name]), most = rounds();
  place("beliefs-none").hidden = told.length > 0;
  place("beliefs").hidden = told.length === 0;
  if (!told.length) return;
  const shown = (agent) => now.pins.includes(agent) || agent === now.a || agent === now.b;
  const points = (agent, what) => Object.entries(here().agents[agent].rounds[what] ?? {}).map(([at, one]) => [Number(at), one]);
  const rest = name.endsWith("_error") ? name.replace("_error", "_unlearnt") : "";
  const values = told.flatMap((agent) => points(agent, name).flatMap(([, one]) => shown(agent) ? [one.value, one.low, one.high] : [one.value]));
  if (rest) values.push(...told.filter(shown).flatMap((agent) => points(agent, rest).map(([, one]) => one.value)));
  const [svg, wide] = sheet("beliefs", 300, figures[name].about), [low, high] = ends(values);
  const x = scale(1, Math.max(2, most), 58, wide - 16), y = scale(low, high, 258, 12);
  const path = (all) => all.map(([at, amount], n) => `${n ? "L" : "M"}${x(at).toFixed(1)} ${y(amount).toFixed(1)}`).join("");
  for (let n = 0; n <= 4; n++) {
    const amount = low + (high - low) * n / 4;
    svg.append(drawn("line", { x1: 58, x2: wide - 16, y1: y(amount), y2: y(amount), class: "grid" }), drawn("text", { x: 52, y: y(amount) + 4, "text-anchor": "end" }, number(name, amount)));
  }
  for (let at = 1; at <= most; at += Math.ceil(most / (wide / 60))) svg.append(drawn("text", { x: x(at), y: 278, "text-anchor": "middle" }, String(at)));
  svg.append(drawn("text", { x: wide - 16, y: 296, "text-anchor": "end" }, texts.rounds));
  for (const agent of rest ? told.filter(shown) : []) {
    svg.append(drawn("path", { d: path(points(agent, rest).map(([at, one]) => [at, one.value])), class: "rest", stroke: colour(agent) }));
  }
  for (const agent of [...told].sort((a, b) => shown(a) - shown(b))) {
    const all = points(agent, name), on = shown(agent);
    if (on && all.every(([, one]) => one.low !== null)) {
      const band = [...all.map(([at, one]) => [at, one.high]), ...all.map(([at, one]) => [at, one.low]).toReversed()];
      svg.append(drawn("path", { d: `${path(band)}Z`, fill: colour(agent), opacity: 0.16 }));
    }
    svg.append(drawn("path", { d: path(all.map(([at, one]) => [at, one.value])), class: on ? "curve" : "curve faint", stroke: on ? colour(agent) : "var(--dot)" }));
    const one = here().agents[agent].rounds[name][now.round];
    if (on && one) svg.append(drawn("circle", { cx: x(now.round), cy: y(one.value), r: 5, fill: colour(agent) }));
  }
  if (now.round) svg.append(drawn("line", { x1: x(now.round), x2: x(now.round), y1: 8, y2: 262, class: "now" }));
  const legend = told.filter(shown).map((agent) => {
    const one = value(agent, name);
    return node("li", {}, node("span", { className: "dot", style: `--c:${colour(agent)}` }), `${agent}: `, one ? node("b", {}, number(name, one.value)) : "–", one ? ` (${span(name, one)})` : "");
  });
  if (rest) legend.push(node("li", {}, node("span", { className: "dash" }), figures[rest].title));
  place("legend").replaceChildren(...legend);
}

// ---- two agents beside each other
function compare() {
  const { a, b } = now;
  const same = a === b, rows = [];
  place("same").hidden = !same;
  place("verdict").hidden = place("two").hidden = same;
  if (same) return;
  const [wins, ties] = here().better[a][b], [losses] = here().better[b][a], gap = here().ahead[a][b];
  const range = gap.low === null ? "" : ` (${number("rating", gap.low, true)} … ${number("rating", gap.high, true)})`;
  const clear = gap.low === null ? texts.one_block : gap.low > 0 || gap.high < 0 ? texts.clear : texts.unclear;
  place("verdict").textContent = `${worded(texts.chairs, { a, b, wins, ties, losses })} ${worded(texts.gap, { gap: number("rating", gap.value, true) })}${range}. ${clear}`;
  for (const name of columns()) {
    const [x, y] = [value(a, name), value(b, name)];
    if (!x && !y) continue;
    const title = name === "rating" ? texts.rating : figures[name].title;
    const better = x && y && figures[name]?.more !== undefined && !name.endsWith("_unlearnt") ? Math.sign(x.value - y.value) * (figures[name].more ? 1 : -1) : 0;
    rows.push(node("tr", {}, node("th", { scope: "row" }, title), ...[[a, better > 0], [b, better < 0]].map(([agent, ahead]) => {
      const made = cell(agent, name);
      if (ahead) made.classList.add("ahead");
      return made;
    }), node("td", { className: "n" }, x && y ? number(name, x.value - y.value, true) : "–"), node("td", { className: "bars" }, bar(name, x, a), bar(name, y, b))));
  }
  const top = node("tr", {}, ...[texts.figure, a, b, texts.difference, texts.interval].map((title) => node("th", { scope: "col" }, title)));
  place("two").replaceChildren(node("thead", {}, top), node("tbody", {}, ...rows));
}
// An interval as a bar, on the scale of all agents.
function bar(name, shown, agent) {
  const svg = drawn("svg", { viewBox: "0 0 160 14", class: "bar", "aria-hidden": "true" });
  if (!shown) return svg;
  const [low, high] = ends(agents.flatMap((other) => Object.values(value(other, name) ?? {}).slice(0, 3))), x = scale(low, high, 7, 153);
  if (shown.low !== null) svg.append(drawn("line", { x1: x(shown.low), x2: x(shown.high), y1: 7, y2: 7, stroke: colour(agent), "stroke-width": 4, "stroke-linecap": "round", opacity: 0.5 }));
  svg.append(drawn("circle", { cx: x(shown.value), cy: 7, r: 5, fill: colour(agent) }));
  return svg;
}

// ---- controls, and the address, which holds the view
function fill(id, names, key, title = (name) => name) {
  const box = place(id);
  box.replaceChildren(...names.map((name) => node("option", { value: name, selected: name === now[key] }, title(name))));
  box.onchange = () => { now[key] = box.value; draw(); };
}
function controls() {
  const most = rounds();
  now.round = Math.min(now.round, most);
  const lines = byRound.filter((name) => Object.values(here().agents).some((agent) => agent.rounds[name]));
  if (!lines.includes(now.line)) now.line = lines[0] ?? byRound[0];
  fill("scope", scopes, "scope", (name) => name === "all" ? texts.all : name);
  fill("a", order, "a");
  fill("b", order, "b");
  fill("line", lines, "line", (name) => figures[name].title);
  const slider = place("round");
  Object.assign(slider, { max: most, value: now.round, disabled: !most, oninput: () => { now.round = Number(slider.value); draw(); } });
  const told = now.round ? worded(texts.after, { round: now.round }) : texts.all_rounds;
  slider.setAttribute("aria-valuetext", told);
  place("told").textContent = told;
  place("about").textContent = worded(texts.scope_about, { blocks: here().blocks, games: here().games.toLocaleString("en") });
}
function draw() {
  const key = document.activeElement?.dataset?.key;
  controls();
  for (const part of [table, whiskers, beliefs, compare]) part();
  if (key) [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key)?.focus();
  const { scope, round, pins, a, b, by, down, line } = now;
  history.replaceState(null, "", `#${encodeURIComponent(JSON.stringify({ scope, round, pins, a, b, by, down, line }))}`);
}
function known(name) { return agents.includes(name); }
function recall() {
  let told = {};
  try { told = JSON.parse(decodeURIComponent(location.hash.slice(1))); } catch { return; }
  if (scopes.includes(told.scope)) now.scope = told.scope;
  if (Number.isInteger(told.round) && told.round >= 0) now.round = told.round;
  if (Array.isArray(told.pins)) now.pins = told.pins.filter(known);
  for (const name of ["a", "b"]) if (known(told[name])) now[name] = told[name];
  if (told.by === "agent" || told.by === "rating" || told.by in figures) Object.assign(now, { by: told.by, down: Boolean(told.down) });
  if (byRound.includes(told.line)) now.line = told.line;
}
recall();
draw();
addEventListener("resize", () => { whiskers(); beliefs(); });
