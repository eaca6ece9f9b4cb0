// The page's end of /api/live: one socket for all parts of a page, and the parts that it draws (messages: see live.py).
// Other people's text is only ever put into textContent.
const AGAIN = 2500;              // a trigger can be dropped: it is repeated until the page has caught up,
const LATEST = 40000;            // each time after twice as long: it also stops a page that is being drawn, which on a busy
                                 // server would otherwise begin again and again
const CALM = 1000;               // so long at most a page that was drawn late waits before it asks again
const LINGER = 2000;             // a part that is drawn anew finds the socket still open
const PING = 20000, IDLE = 120000;
const LONGEST = 1000;            // characters in anything said
const STALE = 600000;            // what a closed tab had not sent after ten minutes is not meant any more
const KEPT = "negotiation-unsent";
const parts = new Map();         // element -> part
const wanted = new Map();        // log -> its latest version
const outbox = new Map();        // key -> {message, state: "unsent" | "sent" | "stored" | "refused", why, done}
const now = { lines: [], me: null, may: { table: false, to: [], people: true }, clock: null, here: null, mark: null, online: false, gone: false };
let socket = null, dialling = 0, wait = 500, asked = "", acted = 0, touched = Date.now(), unread = 0, title = "";

// ---- the line
const say = (message) => { if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message)); };
const seated = () => [...parts.values()].some((part) => part.seat);

function dial() {
  clearTimeout(dialling);
  if (socket || !parts.size) return;
  const address = new URL("/api/live", location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  const mine = socket = new WebSocket(address);
  mine.onopen = () => { wait = 500; asked = ""; now.hello = false; ask(); };
  mine.onmessage = (event) => { if (socket === mine) hear(JSON.parse(event.data)); };
  mine.onclose = (event) => {
    if (socket !== mine) return;
    socket = null; now.online = false; now.gone = event.code === 4403;
    for (const one of outbox.values()) if (one.state === "sent") one.state = "unsent";
    draw();
    if (now.gone || !parts.size) return;
    dialling = setTimeout(dial, wait + Math.random() * 500);
    wait = Math.min(1.5 * wait, 2000);
  };
}
function ask() {
  if (socket?.readyState !== WebSocket.OPEN) return;
  if (seated() && !now.hello) { now.hello = true; say({ t: "hello" }); }
  const logs = [...new Set([...parts.values()].flatMap((part) => Object.keys(part.seen ?? {})))].sort();
  if (logs.join() !== asked) { asked = logs.join(); say({ t: "watch", logs }); }
}
function hear(message) {
  switch (message.t) {
    case "v":
      for (const [log, version] of Object.entries(message.v)) wanted.set(log, Math.max(version, wanted.get(log) ?? 0));
      break;
    case "hello":
      now.online = true; now.me = message.me; now.lines = message.lines; now.turn = (now.turn ?? 0) + 1;
      recall();
      for (const [key, one] of outbox) if (one.state !== "refused") { one.state = "sent"; say(one.message); }
      break;
    case "talk": {
      now.lines.push(...message.lines);
      const others = message.lines.filter((line) => ["say", "private", "teacher"].includes(line.k) && !own(line));
      if (others.length) { unread += others.length; name(); }
      for (const line of message.lines) if (own(line)) for (const [key, one] of outbox) {
        if (one.message.t === "say" && one.message.text.trim() === line.text) { outbox.delete(key); break; }
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
      else if (one.message.t === "say" && one.state === "stored") setTimeout(() => { outbox.delete(message.key); keep(); draw(); }, 1500);
      if (one.state === "stored" && one.done) toast(one.done);
      if (one.state === "stored" && one.message.t === "act") acted = Date.now();
      keep();
      break;
    }
    case "clock":
      if (now.clock && message.phase === "negotiate" && ["lobby", "read", "prepare"].includes(now.clock.phase)) bell();
      now.clock = { ...message, heard: performance.now() };
      break;
    case "here": now.here = message; break;
    case "mark": now.mark = message.mark; now.may = message.may; break;
  }
  draw();
}
const own = (line) => Boolean(line.mine);

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
    part.timer = setTimeout(() => { part.timer = 0; nudge(part); }, part.again);
    part.again = Math.min(2 * part.again, LATEST);
  }, due - moment);
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
// Where the button that was pressed is gone, the focus goes to where the page says how things stand.
function stand() {
  if (Date.now() - acted > 10000) return;
  setTimeout(() => {
    const place = document.querySelector(".st-key-standing");
    if (!place || document.activeElement !== document.body) return;
    place.tabIndex = -1; place.style.outline = "none"; place.focus({ preventScroll: true });
  }, 400);
}
function ticking(component, behind, seen) {
  const part = enter(component.parentElement, () => ({ fired: 0, timer: 0, every: 0, again: AGAIN, asked: 0, free: 0 }));
  if (part.drawn !== seen) {     // a busy server is left alone for as long as it took to draw: several changes, one drawing
    const moment = performance.now();
    part.free = part.asked ? moment + Math.min(moment - part.asked, CALM) : 0;
    part.asked = 0;
    clearTimeout(part.timer); part.timer = 0; part.drawn = seen; part.again = AGAIN;
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

// ---- the strip: connection, clock, people
const PHASES = { lobby: "Waiting", read: "Reading", prepare: "Preparing", negotiate: "Negotiating", sign: "Signing", debrief: "Debrief", closed: "Closed" };
function minutes(seconds) {
  const s = Math.max(0, Math.ceil(seconds)), h = Math.floor(s / 3600), m = Math.floor((s % 3600) / 60);
  if (h >= 48) return `${Math.round(s / 86400)} days`;  // the nearest: of seven days not six, a second after they began
  return h ? `${h}:${String(m).padStart(2, "0")}:${String(s % 60).padStart(2, "0")}` : `${m}:${String(s % 60).padStart(2, "0")}`;
}
function unsent() { return [...outbox.values()].filter((one) => one.state === "unsent").length; }

export function status({ data, parentElement }) {
  const part = enter(parentElement, () => {
    dressed(parentElement);
    const strip = node("div", "strip"), made = { seat: true };
    const line = node("span", "line"), clock = node("span", "clock"), people = node("span", "people");
    line.setAttribute("role", "status");
    strip.append(line, clock, people);
    parentElement.append(strip);
    made.draw = () => {
      const waiting = unsent();
      line.className = `line ${now.gone ? "bad" : now.online ? "good" : "bad"}`;
      const text = now.gone ? "This device has no seat any more" : now.online ? "connected" : waiting ? `reconnecting, ${waiting} unsent` : "reconnecting…";
      if (line.textContent !== text) line.textContent = text;
      made.second();
      people.replaceChildren(...(now.here?.people ?? []).map(([who, party, state, me]) => {
        const chip = node("span", `chip ${state}`, me ? "you" : who);
        chip.style.setProperty("--c", made.data.colours[party] ?? "var(--st-text-color)");
        chip.title = `${who}${party ? `, ${made.data.names[party]}` : ", observing"}: ${state}`;
        return chip;
      }));
      if (now.here && !now.here.people.length) people.textContent = now.here.waiting === 1 ? "only you here yet" : `${now.here.waiting} people waiting`;
    };
    made.second = () => {
      const c = now.clock;
      if (!c) return;
      const passed = c.running ? (performance.now() - c.heard) / 1000 : 0;
      const bits = [PHASES[c.phase] ?? c.phase];
      if (c.round) bits.push(`${made.data.unit} ends in ${minutes((((c.round_left - passed) % c.round) + c.round) % c.round)}`);
      if (c.left !== null) bits.push(`${minutes(c.left - passed)} left`);
      if (!c.running && ["read", "prepare", "negotiate", "sign"].includes(c.phase)) bits.push("paused");
      clock.classList.toggle("low", c.running && c.left !== null && c.left - passed < 60);
      const text = bits.join(" · ");
      if (clock.textContent !== text) clock.textContent = text;
    };
    return made;
  });
  part.data = data;
  ask();
  part.draw();
  return () => leave(parentElement);
}

// ---- the conversation
const NARROW = matchMedia("(max-width: 760px)");
const drawer = () => [...parts.values()].some((part) => part.drawer?.());

const draft = { text: "", to: null, open: false };
const AGENTS = "Only agents sit opposite. They answer offers and signatures; what you write to the table none of them reads yet.";

function bubble(line, data) {
  const colour = (made) => { made.style.setProperty("--c", data.colours[line.who] ?? "var(--st-primary-color)"); return made; };
  const called = line.who !== data.me || !data.me ? data.names[line.who] ?? "The mediator" : line.mine ? "You" : `${line.by || "An agent"}, for your seat`;
  if (["mark", "ballot", "signed", "news"].includes(line.k)) return node("div", `mark ${line.k}`, line.text);
  if (line.k === "teacher") {
    const made = node("div", "say teacher");
    made.append(node("small", "", line.you ? `${line.name}, to you` : `${line.name}, to everybody`), node("div", "text", line.text));
    return made;
  }
  const made = colour(node("div", `say ${own(line) ? "mine" : ""} ${line.k}`));
  const head = node("small", "", "");
  if (line.k === "private") {
    const to = line.to.map((party) => party === "@teacher" ? "the teacher" : party !== data.me ? data.names[party] ?? party : line.who === data.me ? "your team" : "you").join(", ");
    head.textContent = `${line.to.includes(data.me) && line.by ? line.by : called} to ${to} only`;
  } else head.textContent = called;
  made.append(head);
  if (line.text) made.append(node("div", "text", line.text));
  if (line.k === "offer" || line.k === "draft") {
    const more = node("details"), terms = node("div", "terms");
    more.append(node("summary", "", `${line.k === "draft" ? "drafts" : "offers"} at ${line.where}`), terms);
    for (const [issue, option] of line.terms) { const row = node("div"); row.append(node("span", "dim", `${issue}: `), option); terms.append(row); }
    made.append(more);
  }
  const did = { sign: "signs at", withdraw: "takes back a signature at", walk: "leaves, for good," }[line.k];
  if (did) made.append(node("div", "did", `${did} ${line.where}`));
  return made;
}

export function talk({ data, parentElement }) {
  const part = enter(parentElement, () => {
    dressed(parentElement);
    const made = { seat: true, count: 0, turn: -1 };
    const box = node("section", "talk"), head = node("div", "head"), lines = node("div", "lines"), pending = node("div", "pending");
    const form = node("form"), to = node("select"), text = node("textarea"), send = node("button", "send", "Send"), close = node("button", "close", "Close");
    const open = node("button", "open"), hint = node("div", "hint"), much = node("div", "why");
    head.append(node("h4", "", "Conversation"), close);
    box.setAttribute("aria-label", "Conversation");
    lines.setAttribute("role", "log"); lines.tabIndex = 0; lines.setAttribute("aria-label", "What has been said");
    to.setAttribute("aria-label", "Who hears it"); text.setAttribute("aria-label", "What you say");
    text.rows = 1; text.enterKeyHint = "send";
    close.type = open.type = "button";
    much.setAttribute("role", "status");
    text.value = draft.text;     // what was begun in a page that has been drawn anew since
    form.append(to, text, send, much);
    lines.append(pending);
    box.append(head, lines, hint, form);
    parentElement.append(box, open);
    made.drawer = () => NARROW.matches && !box.classList.contains("shown");
    open.onclick = () => { box.classList.add("shown"); unread = 0; name(); draw(); lines.scrollTop = lines.scrollHeight; };
    close.onclick = () => { box.classList.remove("shown"); draw(); open.focus(); };
    const over = () => {         // said, and never cut off: people paste
      const count = [...text.value.trim()].length;
      much.textContent = count > LONGEST ? `${count.toLocaleString()} characters: at most ${LONGEST.toLocaleString()} can be sent. Shorten it, or send it in parts.` : "";
      return send.disabled = count > LONGEST;
    };
    made.typed = () => text.value.trim();
    const go = () => {
      const said = text.value.trim();
      if (!said || over()) return;
      post({ t: "say", text: said, to: to.value ? [to.value] : [] });
      text.value = draft.text = "";
      text.style.height = "";
      lines.scrollTop = lines.scrollHeight;
    };
    form.onsubmit = (event) => { event.preventDefault(); go(); };
    text.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); go(); }
    };
    text.onfocus = () => { draft.open = true; };
    text.onblur = () => setTimeout(() => { if (text.isConnected) draft.open = false; });
    text.oninput = () => { draft.text = text.value; over(); text.style.height = ""; text.style.height = `${Math.min(text.scrollHeight + 2, 130)}px`; };
    over();
    made.draw = () => {
      const data = made.data, low = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 60;
      if (made.turn !== now.turn) { while (lines.firstChild !== pending) lines.firstChild.remove(); made.count = 0; made.turn = now.turn; }
      for (; made.count < now.lines.length; made.count++) lines.insertBefore(bubble(now.lines[made.count], data), pending);
      pending.replaceChildren(...[...outbox].filter(([, one]) => one.message.t === "say").map(([key, one]) => {
        const line = node("div", `say mine ${one.state}`);
        line.append(node("small", "", { unsent: "unsent", sent: "sending…", stored: "stored ✓", refused: "not taken" }[one.state]), node("div", "text", one.message.text));
        if (one.state === "refused") {
          const again = node("button", "again", "Dismiss");
          again.type = "button";
          again.onclick = () => { if (!text.value) text.value = draft.text = one.message.text; over(); outbox.delete(key); draw(); };
          line.append(node("div", "why", one.why), again);
        }
        return line;
      }));
      const choices = [...(now.may.table ? [["", "Everybody at the table"]] : []),
        ...now.may.to.map((party) => [party, party === "@teacher" ? "The teacher only" : party === data.me ? "My team only" : `${data.names[party] ?? party} only`])];
      if (to.dataset.of !== JSON.stringify(choices)) {
        const chosen = to.dataset.of ? to.value : draft.to ?? to.value;
        to.replaceChildren(...choices.map(([value, label]) => { const option = node("option", "", label); option.value = value; return option; }));
        if (choices.some(([value]) => value === chosen)) to.value = chosen;
        to.dataset.of = JSON.stringify(choices);
      }
      form.hidden = !choices.length;
      const offline = now.online ? "" : `Reconnecting${unsent() ? `, ${unsent()} unsent` : ""}. `;
      hint.textContent = offline + (choices.length ? (!now.may.people ? AGENTS : now.may.table ? "" : "The table itself opens when the talks begin.") : "Here you can read; nobody is to be spoken to now.");
      hint.hidden = !hint.textContent;
      text.placeholder = to.value === data.me && data.me ? "Only those who share your seat will read this…" : to.value ? "Only they will read this…" : now.may.people ? "Say something…" : "For the record…";
      open.textContent = unread ? `Talk · ${unread}` : "Talk";
      open.classList.toggle("new", unread > 0);
      if (low) lines.scrollTop = lines.scrollHeight;
    };
    to.onchange = () => { draft.to = to.value; draw(); };
    setTimeout(() => { lines.scrollTop = lines.scrollHeight; if (draft.open) text.focus({ preventScroll: true }); }, 50);
    return made;
  });
  part.data = data;
  ask();
  part.draw();
  return () => leave(parentElement);
}

// ---- what is typed into the preparation sheet: Streamlit hears of it when its field is left, so it is told that it was. Until
// it is kept this tab remembers it, through a reload too.
const FIELDS = ["sheet-target", "sheet-away", "sheet-notes"], SHEET = "negotiation-sheet";
const PAUSE = 4000;              // milliseconds without a key
let field = null, typing = 0;
function commit() {
  clearTimeout(typing);
  const left = field;
  field = null;
  if (left?.isConnected) left.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
}
function typed() { try { return JSON.parse(sessionStorage.getItem(SHEET) ?? "{}"); } catch { return {}; } }
function remember(all) { try { sessionStorage.setItem(SHEET, JSON.stringify(all)); } catch { /* private windows */ } }
const same = (one, other) => one === other || (one !== "" && other !== "" && Number(one) === Number(other));
addEventListener("input", (event) => {
  const name = FIELDS.find((one) => event.target.closest?.(`.st-key-${one}`));
  if (!name) return;
  field = event.target;
  remember({ ...typed(), [name]: { text: field.value, at: Date.now(), me: sheetOf } });
  clearTimeout(typing);
  typing = setTimeout(commit, PAUSE);
}, true);
for (const kind of ["pagehide", "visibilitychange"]) addEventListener(kind, commit, true);
let sheetOf = "", recalled = false;
export function sheet(component) {
  const { me, kept } = component.data;
  enter(component.parentElement, () => ({}));
  sheetOf = me;
  const left = Object.entries(typed()).filter(([name, one]) => one.me === me && Date.now() - one.at < STALE && !same(one.text, kept[name] ?? ""));
  remember(Object.fromEntries(left));
  if (left.length && !recalled) component.setTriggerValue("typed", JSON.stringify(Object.fromEntries(left.map(([name, one]) => [name, one.text]))));
  recalled = true;             // only what a page had that was loaded anew: what is typed here is committed here
  return () => leave(component.parentElement);
}

// ---- a button that does an act at the table
// What is typed or changed on this page and not sent.
function unsaid() {
  const all = [...parts.values()], offers = all.map((part) => part.one ? "" : part.data?.unsent).filter(Boolean);
  return all.some((part) => part.typed?.()) ? [...offers, "You have typed something and not sent it."] : offers;
}
function question(root, label, left, go) {
  const box = node("dialog", "ask"), list = node("ul"), row = node("div", "row"), no = node("button", "", "Not yet"), yes = node("button", "act primary", `${label} all the same`);
  list.append(...left.map((text) => node("li", "", text)));
  row.append(no, yes);
  box.append(node("h4", "", `${label}?`), list, row);
  box.setAttribute("aria-label", `${label}?`);
  no.type = yes.type = "button";
  no.onclick = () => box.close();
  yes.onclick = () => { box.close(); go(); };
  box.onclose = () => box.remove();
  root.append(box);
  box.showModal();
}
export function act({ data, parentElement }) {
  const part = enter(parentElement, () => {
    dressed(parentElement);
    const made = { seat: true }, button = node("button", "act"), icon = node("span", "icon"), label = node("span"), why = node("div", "why");
    button.type = "button";
    icon.setAttribute("aria-hidden", "true");
    why.setAttribute("role", "alert");
    button.append(icon, label);
    parentElement.append(button, why);
    const go = () => {
      if (made.one && made.one.state !== "refused") return;
      made.one = post({ t: "act", act: made.data.act, basis: made.data.basis }, made.data.said);
      made.draw();
    };
    button.onclick = () => {
      const left = made.data.ends ? [...made.data.asks, ...unsaid()] : [];
      if (left.length) question(parentElement, made.data.label, left, go); else go();
    };
    made.draw = () => {
      const state = made.one?.state;
      icon.textContent = state === "stored" ? "check" : made.data.icon;
      label.textContent = state === "sent" ? "Sending…" : state === "unsent" ? "Waiting for the connection…" : state === "stored" ? "Stored" : made.data.label;
      button.className = `act ${made.data.primary ? "primary" : ""}`;
      button.disabled = made.data.disabled || (state && state !== "refused");
      why.textContent = state === "refused" ? made.one.why : "";
    };
    return made;
  });
  const what = JSON.stringify([data.act, data.basis]);
  if (part.what !== what && !["sent", "unsent"].includes(part.one?.state)) part.one = null;
  part.what = what;
  part.data = data;
  ask();
  part.draw();
  return () => leave(parentElement);
}

// ---- what calls for attention
function toast(text) {
  const made = node("div", "", text);
  made.setAttribute("role", "status");
  made.style.cssText = "position:fixed;left:50%;bottom:4.5rem;transform:translateX(-50%);z-index:1000000;background:#0f766e;color:#fff;padding:.6rem 1rem;border-radius:.65rem;font:500 15px Inter,sans-serif;box-shadow:0 4px 18px #0004;max-width:90vw";
  document.body.append(made);
  setTimeout(() => made.remove(), 3000);
}
function name() {
  const plain = document.title.replace(/^(\(\d+\) |● )+/, "");
  document.title = `${title}${unread && document.hidden ? `(${unread}) ` : ""}${plain}`;
}
function bell() {
  toast("The talks begin");
  try {
    const audio = new AudioContext(), tone = audio.createOscillator(), volume = audio.createGain();
    tone.frequency.value = 880; volume.gain.value = 0.12;
    tone.connect(volume).connect(audio.destination);
    tone.start(); tone.frequency.setValueAtTime(660, audio.currentTime + 0.18); tone.stop(audio.currentTime + 0.4);
    navigator.vibrate?.([120, 80, 120]);
  } catch { /* no sound here */ }
  const end = Date.now() + 30000;
  const blink = setInterval(() => {
    title = !document.hidden || Date.now() > end ? "" : title ? "" : "● ";
    if (!document.hidden || Date.now() > end) clearInterval(blink);
    name();
  }, 900);
}

// CSS, the styles of these parts, is live.css: live.py puts it behind this.
