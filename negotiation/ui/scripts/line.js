// The page's end of /api/live: one socket for all parts of a page, and the parts that it draws (messages: see live.py).
// Other people's text is only ever put into textContent.
const AGAIN = 2500;              // a trigger can be dropped: it is repeated until the page has caught up,
const LATEST = 40000;            // each time after twice as long: it also stops a page that is being drawn, which on a busy
                                 // server would otherwise begin again and again
const CALM = 1000;               // so long at most a page that was drawn late waits before it asks again
const LINGER = 2000;             // a part that is drawn anew finds the socket still open
const CROWDED = 30000;           // so long a page waits that has made room for others of the same person
const PING = 20000, IDLE = 120000;
const MARKS = new Set(["mark", "ballot", "signed", "news"]);   // lines that nobody says or does
const SPEECH = new Set(["say", "private"]);                    // words, which agents answer
const STALE = 600000;            // what a closed tab had not sent after ten minutes is not meant any more
const DEAF = 2;                  // triggers in vain after which a page whose line was cut is loaded again
const KEPT = "negotiation-unsent", ANEW = "negotiation-anew", DRAFT = "negotiation-draft";
const parts = new Map();         // element -> part
const wanted = new Map();        // log -> its latest version
const outbox = new Map();        // key -> {message, state: "unsent" | "sent" | "stored" | "refused", why, done}
const now = { lines: [], me: null, may: { table: false, to: [], people: true }, clock: null, here: null, mark: null, read: null, spoke: 0, online: false, gone: false, spoken: null };
const texts = {};                // what is said on the page, in its language (common/script_texts.py)
const worded = (name, parts = {}) => (texts[name] ?? "").replace(/\{(\w+)\}/g, (_, part) => parts[part]);
const figure = (number) => number.toLocaleString(texts.language);
let socket = null, dialling = 0, dialled = 0, wait = 500, asked = "", tongue = "", acted = 0, touched = Date.now(), unread = 0, title = "", trail = [];

// ---- the line
const say = (message) => { if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message)); };
const seated = () => [...parts.values()].some((part) => part.seat);

function dial() {
  clearTimeout(dialling);
  if (socket || !parts.size) return;
  const address = new URL("/api/live", location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  const mine = socket = new WebSocket(address);
  mine.onopen = () => { dialled += 1; wait = 500; asked = ""; now.hello = false; now.spoken = null; ask(); };
  mine.onmessage = (event) => { if (socket === mine) hear(JSON.parse(event.data)); };
  mine.onclose = (event) => {
    if (socket !== mine) return;
    socket = null; now.online = false; now.gone = event.code === 4403;
    for (const one of outbox.values()) if (one.state === "sent") one.state = "unsent";
    draw();
    if (now.gone || !parts.size) return;
    if (event.code === 4429) wait = CROWDED;
    dialling = setTimeout(dial, wait + Math.random() * 500);
    wait = Math.min(1.5 * wait, 2000);
  };
}
function ask() {
  if (socket?.readyState !== WebSocket.OPEN) return;
  if (seated() && (!now.hello || (now.spoken && tongue && now.spoken !== tongue))) {   // the page speaks another language by now
    now.hello = true; now.spoken = null;
    say(tongue ? { t: "hello", language: tongue } : { t: "hello" });
  }
  const logs = [...new Set([...parts.values()].flatMap((part) => Object.keys(part.seen ?? {})))].sort();
  if (logs.join() !== asked) { asked = logs.join(); say({ t: "watch", logs }); }
}
function hear(message) {
  switch (message.t) {
    case "v":
      for (const [log, version] of Object.entries(message.v)) wanted.set(log, Math.max(version, wanted.get(log) ?? 0));
      break;
    case "hello":
      now.online = true; now.me = message.me; now.spoken = message.language; now.lines = message.lines; now.ahead = message.at - Date.now() / 1000; now.turn = (now.turn ?? 0) + 1;
      recall();
      for (const one of outbox.values()) if (one.state !== "refused") { one.state = "sent"; say(one.message); }
      ask();
      break;
    case "talk": {
      now.lines.push(...message.lines);
      for (const line of message.lines) if (!MARKS.has(line.k)) now.spoke = own(line) && SPEECH.has(line.k) ? Date.now() : 0;
      const others = message.lines.filter((line) => !line.did && !MARKS.has(line.k) && !own(line));
      if (others.length) { unread += others.length; name(); }
      for (const line of message.lines) if (own(line)) for (const [key, one] of outbox) {
        if (words(one.message)?.trim() === line.text) { one.state = "stored"; outbox.delete(key); break; }
      }
      keep();
      break;
    }
    case "ok": {
      const one = outbox.get(message.key);
      if (!one) break;
      one.state = message.again ? "unsent" : message.why ? "refused" : "stored";
      one.why = message.why;
      if (message.again) setTimeout(() => { if (one.state === "unsent") { one.state = "sent"; say(one.message); } }, 1500);
      else if (words(one.message) && one.state === "stored") setTimeout(() => { outbox.delete(message.key); keep(); draw(); }, 1500);
      if (one.state === "stored" && one.done) toast(one.done);
      if (one.state === "stored" && one.message.t === "act") acted = Date.now();
      keep();
      break;
    }
    case "clock":
      if (now.clock && message.phase === "negotiate" && now.clock.place < message.place) bell();
      now.clock = { ...message, heard: performance.now() };
      break;
    case "here": now.here = message; break;
    case "read": now.read = message; break;
    case "mark": now.mark = message.mark; now.may = message.may; break;
  }
  draw();
}
const own = (line) => Boolean(line.mine);
// What a message of mine says, as talk or as an act with a meaning; undefined if it says nothing.
const words = ({ t, text, act }) => t === "say" ? text : act?.kind === "say" ? act.text : undefined;

// Not crypto.randomUUID, which browsers have on https only.
const key = () => [...crypto.getRandomValues(new Uint8Array(15))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function post(message, done) {
  const one = { message: { ...message, key: key() }, state: now.online ? "sent" : "unsent", why: null, done };
  outbox.set(one.message.key, one);
  keep();
  if (now.online) say(one.message);
  draw();
  return one;
}

// What is not stored yet survives a reload of this tab.
function keep() {
  const left = [...outbox.values()].filter((one) => one.state === "unsent" || one.state === "sent").map((one) => one.message);
  try { sessionStorage.setItem(KEPT, JSON.stringify({ person: now.me?.person, at: Date.now(), left })); } catch { /* private windows */ }
}
function recall() {
  try {
    const { person, at, left } = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
    if (person && person !== now.me.person) return outbox.clear();
    if (!(Date.now() - at < STALE)) return;
    for (const message of left ?? []) if (!outbox.has(message.key)) outbox.set(message.key, { message, state: "unsent", why: null });
  } catch { /* nothing kept */ }
}

addEventListener("online", dial);
for (const kind of ["pointerdown", "keydown", "visibilitychange"]) {
  addEventListener(kind, () => { touched = Date.now(); if (!document.hidden && !socket) dial(); if (!document.hidden && unread && !drawer()) { unread = 0; name(); } }, { capture: true, passive: true });
}
setInterval(() => { if (seated()) say({ t: "ping", idle: Date.now() - touched > IDLE }); }, PING);
setInterval(() => { for (const part of parts.values()) part.second?.(); }, 1000);

// ---- parts
function draw() { for (const part of parts.values()) { part.draw?.(); nudge(part); } }
function nudge(part) {
  if (!part.behind?.() || part.timer) return;
  const moment = performance.now(), due = Math.max(moment, part.fired + part.every, part.free);
  part.timer = setTimeout(() => {
    commit();                    // what is drawn next may take the field away in which somebody types
    part.fired = performance.now();
    part.asked ||= part.fired;
    part.fire();
    part.fires += 1;
    if (dialled > 1 && part.fires > DEAF) anew();
    part.timer = setTimeout(() => { part.timer = 0; nudge(part); }, part.again);
    part.again = Math.min(2 * part.again, LATEST);
  }, due - moment);
}
// A server that was started anew knows nothing of the parts of a page that waits: it has to be loaded again.
function anew() {
  const last = Number(sessionStorage.getItem(ANEW) ?? 0);
  if (Date.now() - last < 60000) return;
  try { sessionStorage.setItem(ANEW, String(Date.now())); sessionStorage.setItem(DRAFT, draft.text); } catch { /* private windows */ }
  location.reload();
}
function enter(element, make) {
  if (!parts.has(element)) parts.set(element, make());
  const part = parts.get(element);
  dial();
  return part;
}
function leave(element) {
  clearTimeout(parts.get(element)?.timer);
  parts.delete(element);
  setTimeout(() => { if (!parts.size && socket) { const old = socket; socket = null; now.online = false; old.close(); } }, LINGER);
}
// After an act of mine the page is drawn anew.
function stand() {
  if (Date.now() - acted > 10000) return;
  const until = Date.now() + 3000;
  const timer = setInterval(() => { if (stood(trail) || Date.now() > until) clearInterval(timer); }, 200);
}
function ticking(component, behind, seen) {
  const part = enter(component.parentElement, () => ({ fired: 0, fires: 0, timer: 0, every: 0, again: AGAIN, asked: 0, free: 0 }));
  if (part.drawn !== seen) {     // a busy server is left alone for as long as it took to draw: several changes, one drawing
    const moment = performance.now();
    part.free = part.asked ? moment + Math.min(moment - part.asked, CALM) : 0;
    part.asked = 0;
    clearTimeout(part.timer); part.timer = 0; part.drawn = seen; part.again = AGAIN; part.fires = 0;
    stand();
  }
  part.behind = behind;
  part.fire = () => component.setTriggerValue("tick", Date.now());
  return part;
}

export function watch(component) {
  const { seen, every } = component.data;
  const part = ticking(component, () => Object.entries(seen).some(([log, version]) => (wanted.get(log) ?? 0) > version), JSON.stringify(seen));
  part.seen = seen;
  part.every = every;
  ask();
  nudge(part);
  return () => leave(component.parentElement);
}

export function seat(component) {
  const { mark } = component.data;
  tongue = component.data.language ?? tongue;
  const part = ticking(component, () => now.mark !== null && now.online && now.mark !== mark, mark);
  part.seat = true;
  ask();
  nudge(part);
  return () => leave(component.parentElement);
}
function node(kind, css, text) {
  const made = document.createElement(kind);
  if (css) made.className = css;
  if (text !== undefined) made.textContent = text;
  return made;
}
function dressed(root) {
  if (root.querySelector("style")) return;
  const style = document.createElement("style");
  style.textContent = CSS;
  root.prepend(style);
}

