// The page's end of /api/live: one socket for all parts of a page (see live.py for the messages).
const AGAIN = 2500;              // a trigger can be dropped: it is repeated until the page has caught up
const LINGER = 2000;             // a part that is drawn anew finds the socket still open
const parts = new Map();         // element -> part
const wanted = new Map();        // log -> its latest version
let socket = null, dialling = 0, wait = 500, asked = "";

function say(message) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

function dial() {
  clearTimeout(dialling);
  if (socket || !parts.size) return;
  const address = new URL("/api/live", location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  const mine = socket = new WebSocket(address);
  mine.onopen = () => { wait = 500; asked = ""; ask(); };
  mine.onmessage = (event) => hear(JSON.parse(event.data));
  mine.onclose = (event) => {
    if (socket !== mine) return;
    socket = null;
    if (event.code === 4403 || !parts.size) return;
    dialling = setTimeout(dial, wait + Math.random() * 500);
    wait = Math.min(2 * wait, 8000);
  };
}

function ask() {
  const logs = [...new Set([...parts.values()].flatMap((part) => Object.keys(part.seen)))].sort();
  if (logs.join() === asked || socket?.readyState !== WebSocket.OPEN) return;
  asked = logs.join();
  say({ t: "watch", logs });
}

function hear(message) {
  if (message.t !== "v") return;
  for (const [log, version] of Object.entries(message.v)) wanted.set(log, Math.max(version, wanted.get(log) ?? 0));
  for (const part of parts.values()) nudge(part);
}

function nudge(part) {
  const behind = Object.entries(part.seen).some(([log, seen]) => (wanted.get(log) ?? 0) > seen);
  if (!behind || part.timer) return;
  const now = performance.now(), due = Math.max(now, part.fired + part.every);
  part.timer = setTimeout(() => {
    part.fired = performance.now();
    part.fire();
    part.timer = setTimeout(() => { part.timer = 0; nudge(part); }, AGAIN);
  }, due - now);
}

function enter(element, make) {
  if (!parts.has(element)) parts.set(element, make());
  dial();
  return parts.get(element);
}

function leave(element) {
  const part = parts.get(element);
  clearTimeout(part?.timer);
  parts.delete(element);
  setTimeout(() => { if (!parts.size && socket) { const old = socket; socket = null; old.close(); } }, LINGER);
}

export function watch({ data, parentElement, setTriggerValue }) {
  const part = enter(parentElement, () => ({ seen: {}, fired: 0, timer: 0 }));
  if (JSON.stringify(part.seen) !== JSON.stringify(data.seen)) { clearTimeout(part.timer); part.timer = 0; }
  part.every = data.every;
  part.seen = data.seen;
  part.fire = () => setTriggerValue("tick", Date.now());
  ask();
  nudge(part);
  return () => leave(parentElement);
}
