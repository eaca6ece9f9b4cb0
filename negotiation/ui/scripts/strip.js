// ---- the strip: connection, clock, people; and in front for a while what the teacher told everybody, on every page
const FRONT = 600;               // seconds, as on the projector
let closed = 0;
function announced() {
  const last = now.lines.findLast((line) => line.k === "teacher" && !line.you);
  return last && last.at > closed && last.at > Date.now() / 1000 + now.ahead - FRONT ? last : null;
}
function minutes(seconds) {
  const s = Math.max(0, Math.ceil(seconds)), h = Math.floor(s / 3600), m = Math.floor((s % 3600) / 60);
  if (h >= 48) return worded("days", { n: Math.round(s / 86400) });  // the nearest: of seven days not six, a second after they began
  return h ? `${h}:${String(m).padStart(2, "0")}:${String(s % 60).padStart(2, "0")}` : `${m}:${String(s % 60).padStart(2, "0")}`;
}
function unsent() { return [...outbox.values()].filter((one) => one.state === "unsent").length; }

export function status({ data, parentElement }) {
  Object.assign(texts, data.told);
  const part = enter(parentElement, () => {
    dressed(parentElement);
    const strip = node("div", "strip"), made = { seat: true };
    const line = node("span", "line"), clock = node("span", "clock"), people = node("span", "people");
    line.setAttribute("role", "status");
    const front = node("div", "front"), told = node("span", "told"), close = node("button", "", "×");
    close.type = "button"; front.hidden = true; front.setAttribute("role", "status");
    close.onclick = () => { closed = announced()?.at ?? closed; made.tell(); };
    front.append(told, close);
    strip.append(line, clock, people, front);
    made.tell = () => {
      const one = announced(), text = one ? `${one.name}: ${one.text}` : "";
      if (told.textContent !== text) told.textContent = text;
      close.setAttribute("aria-label", worded("close"));
      front.hidden = !one;
    };
    parentElement.append(strip);
    made.draw = () => {
      const waiting = unsent();
      line.className = `line ${now.gone ? "bad" : now.online ? "good" : "bad"}`;
      const text = now.gone ? worded("no seat") : now.online ? worded("connected") : waiting ? worded("reconnecting with", { n: waiting }) : worded("reconnecting");
      if (line.textContent !== text) line.textContent = text;
      made.second();
      people.replaceChildren(...(now.here?.people ?? []).map(([who, party, state, me]) => {
        const chip = node("span", `chip ${state}`, me ? worded("you") : who);
        chip.style.setProperty("--c", made.data.colours[party] ?? "var(--st-text-color)");
        chip.title = worded(party ? "sits" : "observes", { who, party: made.data.names[party], state: worded(state) });
        return chip;
      }));
      if (now.here && !now.here.people.length) people.textContent = now.here.waiting === 1 ? worded("alone") : worded("people", { n: now.here.waiting });
    };
    made.second = () => {
      made.tell();
      const c = now.clock;
      if (!c) return;
      const passed = c.running ? (performance.now() - c.heard) / 1000 : 0;
      const bits = [c.called];
      if (c.round) bits.push(worded("ends in", { unit: made.data.unit, time: minutes((((c.round_left - passed) % c.round) + c.round) % c.round) }));
      if (c.left !== null) bits.push(worded("left", { time: minutes(c.left - passed) }));
      if (!c.running && c.timed) bits.push(worded("paused"));
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

