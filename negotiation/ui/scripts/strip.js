// ---- the strip: connection, clock, people
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
      const bits = [c.called];
      if (c.round) bits.push(`${made.data.unit} ends in ${minutes((((c.round_left - passed) % c.round) + c.round) % c.round)}`);
      if (c.left !== null) bits.push(`${minutes(c.left - passed)} left`);
      if (!c.running && c.timed) bits.push("paused");
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

